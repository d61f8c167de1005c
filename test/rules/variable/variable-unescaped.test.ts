import assert from 'node:assert/strict';
import { applyEdits, type DocumentLanguage } from '../../../server/src/core';
import { languageService } from '../../support/policies';

const service = languageService();

/** What the rule marks in a text, and the text with its fixes. */
function told(
  language: DocumentLanguage,
  text: string,
): { readonly marked: readonly string[]; readonly fixed: string } {
  const { findings, failures } = service.lint(service.open({ text, language }));
  assert.deepEqual(failures, []);
  const own = findings.filter(({ rule }) => rule === 'variable-unescaped');
  return {
    marked: own.map(({ span }) => text.slice(span.start, span.end)),
    fixed: applyEdits(
      text,
      own.flatMap(({ fixes }) => fixes.flatMap((fix) => fix.edits())),
    ),
  };
}

const sub = (text: string, more = ''): string =>
  `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: '2012-10-17'\n        Statement:\n          - Effect: Allow\n            Action: s3:GetObject\n            Resource: ${text}\n${more}`;
const data = (resource: string): string =>
  `data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = [${resource}]\n    condition {\n      test = "StringLike"\n      variable = "s3:prefix"\n      values = ["\${aws:PrincipalTag/team}/*", "&{aws:userid}"]\n    }\n  }\n}\n`;
const encoded = (resource: string): string =>
  `resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = ${resource} }]\n  })\n}\n`;
const heredoc = (resource: string): string =>
  `resource "aws_iam_policy" "p" {\n  policy = <<EOT\n{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "${resource}" }]\n}\nEOT\n}\n`;

describe('a variable of IAM that is not escaped', () => {
  const bad: readonly (readonly [
    title: string,
    language: DocumentLanguage,
    text: string,
    marked: readonly string[],
    fixed: string,
  ])[] = [
    [
      'in the data source',
      'hcl',
      data('"arn:aws:s3:::b/${aws:username}/*"'),
      ['${aws:username}', '${aws:PrincipalTag/team}'],
      data('"arn:aws:s3:::b/&{aws:username}/*"').replace('${aws:P', '&{aws:P'),
    ],
    [
      'in jsonencode, beside expressions',
      'hcl',
      encoded('"${aws_s3_bucket.b.arn}/${aws:username}/${var.x}/${ aws:userid }"'),
      ['${aws:username}', '${ aws:userid }'],
      encoded('"${aws_s3_bucket.b.arn}/$${aws:username}/${var.x}/$${ aws:userid }"'),
    ],
    [
      'in a heredoc',
      'hcl',
      heredoc('arn:aws:s3:::${var.b}/${cognito-identity.amazonaws.com:sub}/*'),
      ['${cognito-identity.amazonaws.com:sub}'],
      heredoc('arn:aws:s3:::${var.b}/$${cognito-identity.amazonaws.com:sub}/*'),
    ],
    [
      'in a heredoc, with a default',
      'hcl',
      heredoc("arn:aws:s3:::b/${aws:PrincipalTag/team, 'none'}/*"),
      ["${aws:PrincipalTag/team, 'none'}"],
      heredoc("arn:aws:s3:::b/$${aws:PrincipalTag/team, 'none'}/*"),
    ],
    [
      'in Fn::Sub',
      'yaml',
      sub("!Sub 'arn:${AWS::Partition}:s3:::${Bucket.Name}/${aws:username}/*'"),
      ['${aws:username}'],
      sub("!Sub 'arn:${AWS::Partition}:s3:::${Bucket.Name}/${!aws:username}/*'"),
    ],
    [
      'in Fn::Sub with a map of other names',
      'yaml',
      sub("!Sub ['arn:aws:s3:::${b}/${www.amazon.com:user_id}/*', { b: !Ref Bucket }]"),
      ['${www.amazon.com:user_id}'],
      sub("!Sub ['arn:aws:s3:::${b}/${!www.amazon.com:user_id}/*', { b: !Ref Bucket }]"),
    ],
  ];
  for (const [title, language, text, marked, fixed] of bad) {
    it(`is told: ${title}`, () => {
      assert.deepEqual(told(language, text), { marked, fixed });
      assert.deepEqual(told(language, fixed).marked, []);
    });
  }

  const good: readonly (readonly [title: string, language: DocumentLanguage, text: string])[] = [
    ['in YAML without a function', 'yaml', sub("'arn:aws:s3:::b/${aws:username}/*'")],
    [
      'that Fn::Sub has a value for',
      'yaml',
      sub("!Sub ['arn:aws:s3:::${aws:username}/*', { 'aws:username': x }]"),
    ],
    ['that a framework replaces', 'yaml', sub("!Sub 'arn:aws:s3:::b/${aws:region}/${self:custom.x}/*'")],
    [
      'that is an expression of Terraform',
      'hcl',
      encoded('"arn:aws:s3:::b/${var.x ? var.y : var.z}/${local.username}"'),
    ],
    ['in a comment', 'hcl', `# \${aws:username}\n${encoded('"*" # ${aws:username}')}`],
    [
      'in JSON',
      'json',
      JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::b/${aws:username}' },
      }),
    ],
  ];
  for (const [title, language, text] of good) {
    it(`is not told of one ${title}`, () => {
      assert.deepEqual(told(language, text).marked, []);
    });
  }

  it('is told in the JSON of Terraform, where an expression is one too', () => {
    const text = JSON.stringify({
      data: {
        aws_iam_policy_document: {
          d: { statement: [{ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::b/${aws:username}'] }] },
        },
      },
    });
    assert.deepEqual(told('json', text), {
      marked: ['${aws:username}'],
      fixed: text.replace('${aws', '&{aws'),
    });
  });

  it('is not told within a text for Fn::Sub that has it in both spellings', () => {
    const text = sub(
      '"*"',
      `      Other: !Sub |\n        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": ["\${aws:username}", "\${!aws:username}"]}}\n`,
    );
    assert.deepEqual(told('yaml', text).marked, []);
    assert.deepEqual(told('yaml', text.replace(', "${!aws:username}"', '')).marked, ['${aws:username}']);
  });
});
