import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { DocumentLanguage } from '../../server/src/core/syntax/frontEnds';

const REQUEST = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' };

function outcome(text: string, language: DocumentLanguage): string {
  const { policies } = openDocument({ text, language });
  assert.ok(policies.length > 0, 'there is no policy');
  return evaluate(policies, REQUEST).outcome;
}

const ALLOW = "{Effect: Allow, Action: 's3:*', Resource: '*'}";
const DENY = "{Effect: Deny, Action: 's3:*', Resource: '*'}";
const template = (statements: readonly string[]): string =>
  `Resources:
  P:
    Type: AWS::IAM::Policy
    Properties:
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
${statements.map((statement) => `          - ${statement}`).join('\n')}
`;
const encoded = (statements: string): string =>
  `resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = ${statements}\n  })\n}\n`;
const HCL_ALLOW = '{ Effect = "Allow", Action = "s3:*", Resource = "*" }';

const JSON_ALLOW =
  '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}';
const inQuotes = (json: string): string => json.replaceAll('"', '\\"');

const cdk = (text: string): string => `import * as iam from 'aws-cdk-lib/aws-iam';\n${text}`;
const CDK_ALLOW = "new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })";
const CDK_DENY = "new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['s3:*'], resources: ['*'] })";
const OBJECT = "{ Effect: 'Allow', Action: 's3:*', Resource: '*' }";
const object = (statements: string): string =>
  `export const policy = { Version: '2012-10-17', Statement: [${statements}] };`;
const DICTIONARY = '{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}';
const dictionary = (statements: string): string =>
  `policy = {"Version": "2012-10-17", "Statement": ${statements}}\n`;

/** What stands there decides, and nothing else is to come. */
const FINISHED: readonly (readonly [DocumentLanguage, string, string])[] = [
  ['yaml', template([ALLOW]), 'allow'],
  ['yaml', template([ALLOW, DENY]), 'deny'],
  ['yaml', template([ALLOW]).replace(/PolicyDocument:[\s\S]*/, `PolicyDocument: '${JSON_ALLOW}'\n`), 'allow'],
  ['hcl', encoded(`[${HCL_ALLOW}]`), 'allow'],
  ['hcl', `resource "aws_iam_policy" "p" {\n  policy = "${inQuotes(JSON_ALLOW)}"\n}\n`, 'allow'],
  ['hcl', encoded(`[merge(${HCL_ALLOW}, { Sid = "A" })]`), 'allow'],
  ['typescript', cdk(`role.addToPolicy(${CDK_ALLOW});`), 'allow'],
  [
    'typescript',
    cdk(`const s = ${CDK_ALLOW};\nrole.addToPolicy(s);\nconsole.log(s.sid, s.toJSON());`),
    'allow',
  ],
  ['typescript', cdk(`role.addToPolicy(${CDK_DENY});`), 'deny'],
  ['typescript', object(OBJECT), 'allow'],
  ['typescript', `const policy = '${JSON_ALLOW}';`, 'allow'],
  [
    'typescript',
    `${object(OBJECT)}\nif (policy.Statement.length === 1) { send(JSON.stringify(policy)); }`,
    'allow',
  ],
  [
    'typescript',
    `const policy = { Version: '2012-10-17', Statement: [${OBJECT}] };\nclass A { addPolicy() {} }`,
    'allow',
  ],
  ['python', dictionary(`[${DICTIONARY}]`), 'allow'],
  ['python', `${dictionary(`[${DICTIONARY}]`)}print(policy["Statement"][0])\n`, 'allow'],
];

/** A fault that other tools tell of, and a condition that stands in no statement for it. */
const BROKEN: readonly (readonly [DocumentLanguage, string])[] = [
  [
    'yaml',
    "Version: '2012-10-17'\nStatement:\n  - Effect: Allow\n    Action: s3:*\n    Resource: '*'\n   Condition:\n      Bool: {'aws:SecureTransport': 'true'}\n",
  ],
  [
    'hcl',
    'data "aws_iam_policy_document" "d" {\n  statement {\n    actions   = ["s3:*"]\n    resources = ["*"]\n  }\n    condition {\n      test     = "Bool"\n      variable = "aws:SecureTransport"\n      values   = ["true"]\n    }\n  }\n}\n',
  ],
  [
    'hcl',
    encoded(
      '[\n      { Effect = "Allow", Action = "s3:*", Resource = "*" },\n      Condition = { Bool = { "aws:SecureTransport" = "true" } } }\n    ]',
    ),
  ],
  [
    'typescript',
    object(
      "{ Effect: 'Allow', Action: 's3:*', Resource: '*' },\n  Condition: { Bool: { 'aws:SecureTransport': 'true' } } }",
    ),
  ],
  [
    'python',
    dictionary(
      '[{"Effect": "Allow", "Action": "s3:*", "Resource": "*" },\n  "Condition": {"Bool": {"aws:SecureTransport": "true"}}}]',
    ),
  ],
];

/** More may come, another part may stand there, or none of it. */
const UNFINISHED: readonly (readonly [DocumentLanguage, string])[] = [
  ['yaml', template([ALLOW, `!If [Prod, ${DENY}, !Ref 'AWS::NoValue']`])],
  ['yaml', template([ALLOW, `Fn::ForEach::Each: [Name, [a, b], ${DENY}]`])],
  ['yaml', template([ALLOW, '{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/x.yaml}}}'])],
  ['yaml', template([`{Effect: Allow, Action: 's3:*', Resource: '*', Fn::Transform: {Name: X}}`])],
  [
    'yaml',
    `Resources: {P: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: !If [X, {Version: '2012-10-17', Statement: [${ALLOW}]}, {Version: '2012-10-17', Statement: [${DENY}]}]}}}`,
  ],
  [
    'yaml',
    template([ALLOW]).replace(/PolicyDocument:[\s\S]*/, `PolicyDocument: !If [X, '${JSON_ALLOW}', '{}']\n`),
  ],
  ['hcl', `resource "aws_iam_policy" "p" {\n  policy = var.x ? "${inQuotes(JSON_ALLOW)}" : null\n}\n`],
  ['hcl', `resource "aws_iam_policy" "p" {\n  policy = var.x ? null : <<EOF\n${JSON_ALLOW}\nEOF\n}\n`],
  ['hcl', `locals {\n  each = [for x in var.all : "${inQuotes(JSON_ALLOW)}"]\n}\n`],
  [
    'json',
    JSON.stringify({
      resource: {
        aws_iam_policy: {
          p: {
            policy:
              '${var.x ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] }) : null}',
          },
        },
      },
    }),
  ],
  ['hcl', encoded(`[merge(${HCL_ALLOW}, var.more)]`)],
  ['hcl', encoded(`concat([${HCL_ALLOW}], var.more)`)],
  [
    'hcl',
    'resource "aws_iam_policy" "p" {\n  policy = <<EOF\n{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}%{ if var.x },{"Effect":"Deny","Action":"s3:*","Resource":"*"}%{ endif }]}\nEOF\n}\n',
  ],
  ['typescript', cdk(`new iam.PolicyDocument({ statements: [...denies, ${CDK_ALLOW}] });`)],
  ['typescript', cdk(`new iam.PolicyDocument({ statements: [denial, ${CDK_ALLOW}] });`)],
  ['typescript', cdk(`if (prod) { role.addToPolicy(${CDK_DENY}); }\nrole.addToPolicy(${CDK_ALLOW});`)],
  ['typescript', cdk(`if (prod) role.addToPolicy(${CDK_ALLOW});`)],
  ['typescript', cdk(`for (const each of all) { role.addToPolicy(${CDK_ALLOW}); }`)],
  ['typescript', cdk(`prod && role.addToPolicy(${CDK_ALLOW});`)],
  ['typescript', cdk(`names.map((name) => ${CDK_ALLOW});`)],
  [
    'typescript',
    cdk(
      `role.addToPolicy(new iam.PolicyStatement({ effect: p ? iam.Effect.DENY : iam.Effect.ALLOW, actions: ['s3:*'], resources: ['*'] }));`,
    ),
  ],
  [
    'typescript',
    cdk("role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'], ...more }));"),
  ],
  [
    'typescript',
    cdk("role.addToPolicy(new iam.PolicyStatement({ ...more, actions: ['s3:*'], resources: ['*'] }));"),
  ],
  ['typescript', cdk(`const s = ${CDK_ALLOW};\ns.addCondition('StringEquals', { 'aws:SourceVpce': 'v' });`)],
  [
    'typescript',
    cdk(`const s = ${CDK_ALLOW};\ns.addConditions({ StringEquals: { 'aws:SourceVpce': 'v' } });`),
  ],
  ['typescript', cdk(`this.s = ${CDK_ALLOW};\nthis.s.effect = iam.Effect.DENY;`)],
  ['typescript', cdk(`new iam.PolicyDocument({ statements: prod ? [${CDK_DENY}] : [${CDK_ALLOW}] });`)],
  [
    'typescript',
    cdk(`new iam.PolicyDocument({ statements: [${CDK_ALLOW}, ...(prod ? [${CDK_DENY}] : [])] });`),
  ],
  [
    'typescript',
    cdk(`new iam.PolicyDocument({ statements: [${CDK_ALLOW}].filter((each) => wanted(each)) });`),
  ],
  ['typescript', `const policy = prod ? '${JSON_ALLOW}' : '{}';`],
  ['typescript', `if (prod) {\n  put({ PolicyDocument: '${JSON_ALLOW}' });\n}\n`],
  ['typescript', `if (prod) {\n  policy = '${JSON_ALLOW}';\n}\n`],
  ['typescript', object(`${OBJECT}, ...more`)],
  ['typescript', object(OBJECT.replace(' }', ', ...more }'))],
  ['typescript', object(OBJECT.replace('{ ', '{ ...more, '))],
  ['typescript', `${object(OBJECT)}\npolicy.Statement.push(denial);`],
  ['typescript', `${object(OBJECT)}\npolicy.Statement[0]!.Resource = 'arn:aws:s3:::b';`],
  ['typescript', `${object(OBJECT)}\npolicy['Statement'] = [];`],
  ['python', dictionary(`[${DICTIONARY}] + more`)],
  ['python', dictionary(`[${DICTIONARY.replace('}', ', **more}')}]`)],
  ['python', dictionary(`[{"Effect": "Deny" if x else "Allow", "Action": "s3:*", "Resource": "*"}]`)],
  ['python', `${dictionary(`[${DICTIONARY}]`)}policy["Statement"].append(denial)\n`],
  ['python', `${dictionary(`[${DICTIONARY}]`)}policy["Statement"] += more\n`],
  ['python', `if prod:\n    policy = '${JSON_ALLOW}'\n`],
  ['python', `policy = '${JSON_ALLOW}' if prod else '{}'\n`],
  ['python', `if prod:\n    ${dictionary(`[${DICTIONARY}]`)}`],
  ['python', dictionary(`[${DICTIONARY} for name in names]`)],
];

describe('policies of which a part is yet to come', () => {
  for (const [language, text, expected] of FINISHED) {
    it(`certain: ${language} ${text.slice(-110)}`, () => {
      assert.equal(outcome(text, language), expected);
    });
  }

  for (const [language, text] of UNFINISHED) {
    it(`depends: ${language} ${text.slice(-110)}`, () => {
      assert.equal(outcome(text, language), 'depends');
    });
  }
});

describe('policies beside what is not of their language', () => {
  for (const [language, text] of BROKEN) {
    it(`are no certain answer: ${language} ${text.slice(-110)}`, () => {
      assert.equal(outcome(text, language), 'depends');
    });
  }

  it('are one where the fault is elsewhere', () => {
    const broken = 'resource "aws_s3_bucket" "b" {\n  bucket = "pets""\n}\n';
    assert.equal(outcome(`${broken}\n${encoded(`[${HCL_ALLOW}]`)}\n${broken}`, 'hcl'), 'allow');
  });
});
