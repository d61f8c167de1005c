import assert from 'node:assert/strict';
import type { DocumentLanguage } from '../../server/src/core/index';
import { languageService } from '../support/policies';

/*
 * Which findings a policy in YAML, Terraform or a program keeps while something in it is being typed. What is half-typed may
 * go on, and what depends on it is not told; anything else stays, so that findings do not come and go with each key.
 */

const service = languageService();

/** What each finding marks; its rule where that is what is missing. */
function told(text: string, language: DocumentLanguage): readonly string[] {
  const { findings, failures } = service.lint(service.open({ text, language }), {
    rules: [{ rule: '*', severity: 'default' }],
  });
  assert.deepEqual(failures, []);
  return findings.map(({ rule, span }) => {
    const marked = text.slice(span.start, span.end);
    return /-missing$/.test(rule) || /\s/.test(marked) ? rule : marked.replaceAll(/["']/g, '');
  });
}

/** Where the first text becomes the second, these findings are not told any more. */
type Row = readonly [from: string, to: string, silenced: string];

interface Table {
  readonly name: string;
  readonly language: DocumentLanguage;
  readonly text: string;
  readonly all: string;
  readonly rows: readonly Row[];
}

const TABLES: readonly Table[] = [
  {
    name: 'YAML',
    language: 'yaml',
    text: `Version: "2012-10-17"
Idd: x
Statement:
  - Sid: One
    Effect: allow
    Action:
      - s3:Frob
      - "s3:Get*"
  - Sid: "T-w"
    Effct: 'Allow'
    Action: a:Two
    Resource: b
  - Effect: Allow
    Action: [s3:GetObject, s3:PutObject, "s3:Get*"]
    Resource: "*"
    Condition:
      StringEqals:
        aws:SourceVpc: vpc-1
      Bool: { "aws:SecureTransport": "yes" }
`,
    all: 'Idd resource-missing allow Frob - Effct a b s3:GetObject * StringEqals vpc-1 yes',
    rows: [
      ['s3:Frob', 's3:', 'Frob'],
      ["Effct: 'Allow'\n    Action: a:Two", 'E\n    Action: []', 'Effct a'],
      ['{ "aws:SecureTransport": "yes" }', '', 'yes'],
      ['Idd: x', 'Idd', 'Idd'],
      ['Idd: x', 'Idd:', 'Idd'],
      ['Idd: x', 'Idd: "x', 'Idd'],
      ['Sid: One', 'Sid:', 'resource-missing'],
      ['    Effect: allow', '    E', 'resource-missing allow'],
      ['allow', '"allow', 'resource-missing allow'],
      ['Action:\n      - s3:Frob\n      - "s3:Get*"', 'Action:\n      -', 'Frob'],
      ['Action:\n      - s3:Frob\n      - "s3:Get*"', 'Action:', 'resource-missing Frob'],
      ['- "s3:Get*"\n', '- \n', ''],
      ['"s3:Get*"\n', '"s3:Get*\n', 'resource-missing'],
      ['Effct:', 'Effct', 'Effct'],
      ["Effct: 'Allow'", "Effct: 'Allow", 'Effct'],
      ['a:Two', '"a:Two', 'Effct a'],
      ['Resource: b', 'Resource:', 'b'],
      ['Resource: b', 'Resource:\n      -', 'b'],
      ['Resource: b', 'Resource: "', 'Effct b'],
      ['"s3:Get*"]', '"s3:Get*]', 's3:GetObject * StringEqals'],
      ['"s3:Get*"]', '"s3:Get*"', 's3:GetObject * StringEqals'],
      ['StringEqals:\n        aws:SourceVpc: vpc-1', 'StringEqals:', 'StringEqals vpc-1'],
      ['aws:SourceVpc: vpc-1', 'aws:SourceVpc', 'vpc-1'],
      ['aws:SourceVpc: vpc-1', 'aws:SourceVpc:', 'vpc-1'],
      ['"yes" }', '"yes }', 's3:GetObject * StringEqals yes'],
      ['"yes" }', '"yes"', 's3:GetObject * StringEqals'],
      ['  - Effect: Allow', '  - E', 'Idd Effct s3:GetObject * StringEqals'],
    ],
  },
  {
    name: 'YAML of a template',
    language: 'yaml',
    text: `Resources:
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument:
        Statement:
          Effect: Allow
          Principal: "x y"
          Action: s3:Frob
          Resorce: "*"
  Q:
    Type: AWS::S3::Bucket
`,
    all: 'version-missing principal-format Frob Resorce',
    rows: [
      ['Principal: "x y"', 'Principal:\n            x y', 'principal-format'],
      ['Principal: "x y"', 'Principal:\n            "x y"', ''],
      ['Principal: "x y"', 'Principal: x y', ''],
      ['Resorce: "*"', 'Resorce: "', 'principal-format Resorce'],
      ['Resorce: "*"', 'Resorce: *"', ''],
      ['Resorce: "*"', 'Resorce', 'principal-format Resorce'],
      ['Effect: Allow', 'E', 'version-missing principal-format Resorce'],
      ['Statement:', 'x: "a" b\n        Statement:', 'version-missing'],
      ['  Q:', '  x: "a" b\n  Q:', ''],
      ['Action: s3:Frob', 'Action: s3:Frob\n          x: "a" b', 'principal-format Resorce'],
      ['Type: AWS::S3::Bucket\n', 'x: "a" b\n', ''],
    ],
  },
  {
    name: 'a program',
    language: 'typescript',
    text: `import * as iam from 'aws-cdk-lib/aws-iam';
export const p = {
  Version: '2012-10-17',
  Statment: [],
  Statement: [{
    Effect: 'allow',
    Action: ['s3:Frob', 5],
    Resource: 's3:::x',
  }, {
    Effect: 'Allow',
    Action: ['s3:GetObject', 's3:PutObject', 's3:*'],
    Resorce: '*',
    Condition: { StringEqals: { 'aws:SourceVpc': 'vpc-1' } },
  }],
};
new iam.PolicyStatement({ actons: ['sqs:SendMessage'], resources: ['sqs:::x'] });
`,
    all: 'Statment allow Frob 5 s3 s3:GetObject s3:PutObject Resorce StringEqals actons sqs',
    rows: [
      ["'s3:*'],", "'s3:*\n    ],", 's3:GetObject s3:PutObject'],
      ["Effect: 'Allow'", "Effect: '", 's3:GetObject s3:PutObject'],
      ['Statment: []', 'Statment', 'Statment'],
      ["Effect: 'allow',", 'Ef', 'allow'],
      ["Effect: 'allow',", 'Effect', 'allow'],
      ["Effect: 'allow',", 'Effect:', 'allow'],
      ["'allow',", "'allow", 'allow'],
      ['5],', '5', '5 s3'],
      ["'s3:PutObject'", "'s3:PutObject", 's3:GetObject s3:PutObject Resorce StringEqals'],
      ["'s3:*']", "'s3:*]", 's3:GetObject s3:PutObject'],
      ["'s3:*'],", "'s3:*'", 's3:GetObject s3:PutObject Resorce StringEqals'],
      ["Resource: 's3:::x',", 'R', 's3'],
      ["Resource: 's3:::x',", 'Resource,', 's3'],
      ["Resorce: '*',", 'Resorce,', 's3:GetObject s3:PutObject Resorce'],
      ["Resorce: '*',", 'Resource,', 'Resorce'],
      ["'vpc-1'", "'vpc-1", ''],
      ["actons: ['sqs:SendMessage']", "actons: ['sqs:SendMessage", 'actons sqs'],
      ["actons: ['sqs:SendMessage']", 'acto', 'actons'],
      ['resources:', 'resources', 'actons sqs'],
    ],
  },
  {
    name: 'Terraform',
    language: 'hcl',
    text: `locals {
  p = jsonencode({
    Version = "2012-10-17"
    Statment = []
    Statement = [{
      Effect = "allow"
      Action = ["s3:Frob", 5]
      Resource = "s3:::x"
    }, {
      Effect = "Allow"
      Action = ["s3:GetObject", "s3:PutObject", "s3:*"]
      Resorce = "*"
    }]
  })
}

data "aws_iam_policy_document" "d" {
  statement {
    effect   = "deny"
    actions  = ["sqs:Nope"]
    resource = ["*"]
  }
}
`,
    all: 'Statment allow Frob 5 s3 s3:GetObject s3:PutObject Resorce deny Nope resource',
    rows: [
      ['"s3:*"]', '"s3:*\n      ]', 's3:GetObject s3:PutObject Resorce'],
      ['Statment = []', 'Statment', 'Statment'],
      ['Statment = []', 'Statment =', 'Statment'],
      ['Effect = "allow"', 'Ef', 'allow'],
      ['Effect = "allow"', 'Effect =', 'allow'],
      ['"s3:Frob", 5]', '"s3:Frob", 5', '5'],
      ['"s3:Frob"', '"s3:Frob', 'Frob 5'],
      ['"s3:*"]', '"s3:*]', 's3:GetObject s3:PutObject Resorce'],
      ['Resource = "s3:::x"', 'Resource =', 's3'],
      ['Resource = "s3:::x"', 'R', 's3'],
      ['effect   = "deny"', 'eff', 'deny'],
      ['effect   = "deny"', 'effect =', 'deny'],
      ['["sqs:Nope"]', '["sqs:Nope', 'Nope'],
      ['["sqs:Nope"]', '["sqs:Nope"', ''],
      ['resource = ["*"]', 'resource', 'resource'],
      ['resource = ["*"]', 'resource =', 'resource'],
    ],
  },
];

describe('a finding beside what is being typed', () => {
  for (const { name, language, text, all, rows } of TABLES) {
    const findings = all.split(' ');
    it(`is told where everything is complete, in ${name}`, () => {
      assert.deepEqual(told(text, language), findings);
    });

    for (const [from, to, silenced] of rows) {
      it(`is told if it does not depend on that: ${JSON.stringify(to)} instead of ${JSON.stringify(from)} in ${name}`, () => {
        assert.ok(text.includes(from));
        const gone = silenced === '' ? [] : silenced.split(' ');
        const typed = text.replace(from, () => to);
        assert.deepEqual(
          told(typed, language),
          findings.filter((each) => !gone.includes(each)),
          typed,
        );
        assert.ok(gone.every((each) => findings.includes(each)));
      });
    }
  }
});
