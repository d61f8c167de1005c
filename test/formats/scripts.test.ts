import assert from 'node:assert/strict';
import { languageOfFile } from '../../server/src/core/index';
import { languageService } from '../support/policies';

/*
 * Texts that hold a policy and more: scripts in YAML, Terraform and JSON. What is no JSON is not judged as JSON.
 */

const service = languageService();

const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObjct', Resource: '*' }],
};
const LINE = JSON.stringify(POLICY);
const LINES = JSON.stringify(POLICY, undefined, 2);
const UNKNOWN = 'action-unknown: GetObjct';

/** A text as a value of each language that has texts in it. */
const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'x.yaml': (text) => `steps:\n  - run: |\n${text.replaceAll(/^/gm, '      ')}\n`,
  'x.tf': (text) =>
    `resource "aws_instance" "i" {\n  user_data = <<-EOT\n${text.replaceAll('${', '$${').replaceAll(/^/gm, '    ')}\n  EOT\n}\n`,
  'x.json': (text) => JSON.stringify({ scripts: { deploy: text } }),
};

const TEXTS: readonly (readonly [title: string, text: string, expected: readonly string[]])[] = [
  ['a command', `aws iam create-policy --policy-name p --policy-document '${LINE}'`, [UNKNOWN]],
  [
    'two heredocs, of which one is quoted',
    `set -e\ncat > a.json <<EOF\n${LINES}\nEOF\ncat > b.json <<-'END'\n  ${LINE}\nEND\n`,
    [UNKNOWN, UNKNOWN],
  ],
  [
    'one in which the shell fills something in',
    `cat > a.json <<EOF\n${LINES.replace('*', 'arn:aws:s3:::$BUCKET/*')}\nEOF\naws iam create-policy --policy-document "$(cat a.json)"`,
    [],
  ],
  ['one that is not complete', `cat > a.json <<EOF\n${LINES.slice(0, -1)}\nEOF\n`, []],
  [
    'a part of a policy',
    `echo '{"Statement":[]}' | jq --argjson s '{"Statement":[{"Effect":"Allow"}]}' .`,
    [],
  ],
  ['a program', 'python3 - <<EOF\np = {"Version": "2012-10-17", "Statement": [x for x in y]}\nEOF\n', []],
  ['prose that shows one', `The policy has a "Statement", like this: ${LINE}`, []],
  ['prose that shows a part of one', 'Use "Statement" like\n{ "Statement": [ ... ] }', []],
  ['a text that begins like one', `${LINE}\n`, [UNKNOWN]],
];

describe('a script', () => {
  for (const [name, write] of Object.entries(FORMS)) {
    for (const [title, script, expected] of TEXTS) {
      it(`has the findings of the policies in it and no others: ${name}, ${title}`, () => {
        const text = write(script);
        const document = service.open({ text, language: languageOfFile(name, text) });
        const { findings } = service.lint(document);
        assert.deepEqual(
          findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`),
          expected,
        );
        const fixes = findings.flatMap((finding) => finding.fixes.flatMap((fix) => fix.edits()));
        assert.equal(fixes.length, script.startsWith('{') ? 1 : 0, 'how it is quoted is not known');
      });
    }
  }

  it('that stands where a policy does is a policy with a fault', () => {
    const text = `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: |\n        # mine\n        ${LINE}\n`;
    const { findings } = service.lint(service.open({ text, language: 'yaml' }));
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['json-syntax', 'action-unknown'],
    );
  });
});

describe('a template of CloudFormation in YAML in a text', () => {
  const TEMPLATE = `AWSTemplateFormatVersion: 2010-09-09
Resources:
  P:
    Type: AWS::S3::BucketPolicy
    Properties:
      PolicyDocument:
        Version: 2012-10-17
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: s3:GetObjct
            Resource: !Sub "arn:aws:s3:::\${Name}/*"
            Condition:
              StringEquals:
                aws:SourceAccount: '123456789012'
`;
  const HELD: Readonly<Record<string, (name: string) => string>> = {
    'x.yaml': (name) =>
      `Resources:\n  S:\n    Properties:\n      ${name}: |\n${TEMPLATE.replaceAll(/^/gm, '        ')}\n`,
    'x.tf': (name) =>
      `resource "aws_cloudformation_stack" "s" {\n  ${name} = <<-EOT\n${TEMPLATE.replaceAll('${', '$${').replaceAll(/^/gm, '    ')}\n  EOT\n}\n`,
  };

  for (const [file, held] of Object.entries(HELD)) {
    it(`has policies of the types that it says, with findings and without fixes: ${file}`, () => {
      for (const name of ['TemplateBody', 'template_body']) {
        const text = held(name);
        const document = service.open({ text, language: languageOfFile(file, text) });
        assert.deepEqual(
          document.policies.map(({ kind }) => kind.resourceType),
          ['AWS::S3::Bucket'],
          text,
        );
        const { findings } = service.lint(document);
        assert.deepEqual(
          findings.map(({ rule, span }) => `${rule}: ${text.slice(span.start, span.end)}`),
          [UNKNOWN],
        );
        const at = text.indexOf('GetObjct');
        const actions = service.codeActions(document, { start: at, end: at }, findings);
        assert.deepEqual(actions, []);
        const { items } = service.completions(document, at + 3, { snippets: 'plain' });
        assert.deepEqual(items, []);
      }
      assert.deepEqual(
        service.open({ text: held('Description'), language: languageOfFile(file, '') }).policies,
        [],
      );
    });
  }
});
