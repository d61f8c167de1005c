import assert from 'node:assert/strict';
import { languageService } from '../../support/policies';

const service = languageService();

/** A policy in JSON as a data source of Terraform; `undefined` where the data source cannot say the same. */
function dataSourceOf(policy: unknown): string | undefined {
  const document = service.open({ text: JSON.stringify(policy), language: 'json' });
  assert.equal(document.policies.length, 1);
  return service.terraformTexts(document).find(({ title }) => title.endsWith('data source'))?.text;
}

/** A policy of this Version with one statement; `undefined` leaves out what it stands for. */
function policyOf(statement: object, Version: unknown = '2012-10-17', rest: object = {}): object {
  return {
    ...(Version === 'none' ? {} : { Version }),
    ...rest,
    Statement: [{ Effect: 'Allow', ...statement }],
  };
}

/** The text of a data source with these lines in its statement, and others in front of that. */
function textOf(lines: readonly string[], head: readonly string[] = []): string {
  return `data "aws_iam_policy_document" "policy" {\n${head.map((line) => `  ${line}\n`).join('')}${head.length > 0 ? '\n' : ''}  statement {\n${lines.map((line) => `    ${line}`.trimEnd()).join('\n')}\n  }\n}\n`;
}

const ALL = ['effect    = "Allow"', 'actions   = ["s3:*"]', 'resources = ["*"]'];
const S3 = { Action: 's3:*', Resource: '*' };
const OLD = ['version = "2008-10-17"'];

function principals(type: string, identifier: string): readonly string[] {
  return [...ALL, '', 'principals {', `  type        = "${type}"`, `  identifiers = ["${identifier}"]`, '}'];
}

function condition(value: string): readonly string[] {
  return [
    ...ALL,
    '',
    'condition {',
    '  test     = "StringLike"',
    '  variable = "aws:a"',
    `  values   = [${value}]`,
    '}',
  ];
}

describe('a policy as a data source of Terraform', () => {
  const written: readonly (readonly [name: string, policy: object, text: string])[] = [
    ['of the Version that it writes itself', policyOf(S3), textOf(ALL)],
    ['of the old Version', policyOf(S3, '2008-10-17'), textOf(ALL, OLD)],
    ['without a Version, which means the old one', policyOf(S3, 'none'), textOf(ALL, OLD)],
    ['with an Id', policyOf(S3, '2012-10-17', { Id: 'x' }), textOf(ALL, ['policy_id = "x"'])],
    ['with a Sid that is empty', policyOf({ Sid: '', ...S3 }), textOf(ALL)],
    ['with a Sid', policyOf({ Sid: 'A', ...S3 }), textOf([ALL[0] ?? '', 'sid       = "A"', ...ALL.slice(1)])],
    ['of a statement alone', { Version: '2012-10-17', Statement: { Effect: 'Allow', ...S3 } }, textOf(ALL)],
    [
      'of two statements',
      {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', ...S3 },
          { Effect: 'Deny', NotAction: ['a:b'], NotResource: ['*'] },
        ],
      },
      textOf(ALL).replace(
        /\}\n$/,
        '\n  statement {\n    effect        = "Deny"\n    not_actions   = ["a:b"]\n    not_resources = ["*"]\n  }\n}\n',
      ),
    ],
    ['with everybody', policyOf({ ...S3, Principal: '*' }), textOf(principals('*', '*'))],
    ['with all of AWS', policyOf({ ...S3, Principal: { AWS: '*' } }), textOf(principals('AWS', '*'))],
    [
      'with variables',
      policyOf({ ...S3, Resource: 'arn:aws:s3:::${aws:a}' }),
      textOf([...ALL.slice(0, 2), 'resources = ["arn:aws:s3:::&{aws:a}"]']),
    ],
    [
      'with a condition',
      policyOf({ ...S3, Condition: { StringLike: { 'aws:a': ['${aws:b}'] } } }),
      textOf(condition('"&{aws:b}"')),
    ],
    [
      'with a number',
      policyOf({ ...S3, Condition: { StringLike: { 'aws:a': 1 } } }),
      textOf(condition('"1"')),
    ],
    [
      'with a truth value',
      policyOf({ ...S3, Condition: { StringLike: { 'aws:a': true } } }),
      textOf(condition('"true"')),
    ],
  ];
  for (const [name, policy, text] of written) {
    it(`is written: ${name}`, () => {
      assert.equal(dataSourceOf(policy), text);
    });
  }

  const refused: readonly (readonly [name: string, policy: object])[] = [
    ['another Version', policyOf(S3, '2012-10-18')],
    ['a Version that is no text', policyOf(S3, 1)],
    ['an element of the policy that it does not have', policyOf(S3, '2012-10-17', { Comment: 'x' })],
    ['no statement', { Version: '2012-10-17', Statement: [] }],
    ['a statement that is none', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...S3 }, null] }],
    ['a statement that is a list', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...S3 }, []] }],
    ['an Id that is empty', policyOf(S3, '2012-10-17', { Id: '' })],
    ['an Id that is a number', policyOf(S3, '2012-10-17', { Id: 1 })],
    ['an Id with a variable', policyOf(S3, '2012-10-17', { Id: '${aws:a}' })],
    ['an element of a statement that it does not have', policyOf({ ...S3, Comment: 'x' })],
    ['an element of the policy in a statement', policyOf({ ...S3, Id: 'x' })],
    ['an effect that is none', policyOf({ ...S3, Effect: 'allow' })],
    ['no effect', { Version: '2012-10-17', Statement: [S3] }],
    ['a Sid with a blank', policyOf({ ...S3, Sid: 'a b' })],
    ['a Sid that is a number', policyOf({ ...S3, Sid: 1 })],
    [
      'a Sid twice',
      {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'A', Effect: 'Allow', ...S3 },
          { Sid: 'A', Effect: 'Deny', ...S3 },
        ],
      },
    ],
    ['an empty list', policyOf({ ...S3, Action: [] })],
    ['an empty text', policyOf({ ...S3, Resource: '' })],
    ['a variable in an action', policyOf({ ...S3, Action: 's3:${aws:a}' })],
    ['a variable with the old Version', policyOf({ ...S3, Resource: '${aws:a}' }, '2008-10-17')],
    ['what would become a variable', policyOf({ ...S3, Resource: '&{aws:a}' })],
    ['what is not known', policyOf({ ...S3, Action: [null] })],
    ['an object among actions', policyOf({ ...S3, Action: [{}] })],
    ['a list in a list', policyOf({ ...S3, Action: [['s3:*']] })],
    ['no principals', policyOf({ ...S3, Principal: {} })],
    ['principals without identifiers', policyOf({ ...S3, Principal: { AWS: [] } })],
    ['principals without a type', policyOf({ ...S3, Principal: { '': 'a' } })],
    ['everybody of a type of its own', policyOf({ ...S3, Principal: { '*': 'a' } })],
    ['a variable as the type of principals', policyOf({ ...S3, Principal: { '${aws:a}': 'a' } })],
    ['principals that are a text', policyOf({ ...S3, NotPrincipal: 'a' })],
    ['a list of principals', policyOf({ ...S3, Principal: ['*'] })],
    ['no condition', policyOf({ ...S3, Condition: {} })],
    ['a condition without a key', policyOf({ ...S3, Condition: { Bool: {} } })],
    ['a list of conditions', policyOf({ ...S3, Condition: { Bool: [] } })],
    ['a variable as an operator', policyOf({ ...S3, Condition: { '${aws:a}': { a: 'b' } } })],
    ['a variable as a key', policyOf({ ...S3, Condition: { Bool: { '${aws:a}': 'b' } } })],
    ['a reference as a condition', policyOf({ ...S3, Condition: { Ref: { a: 'b' } } })],
  ];
  for (const [name, policy] of refused) {
    it(`is not offered for ${name}`, () => {
      assert.equal(dataSourceOf(policy), undefined);
    });
  }

  it('is not offered for what a copy would lose: a comment, a name twice, a value that is missing', () => {
    const text = JSON.stringify(policyOf(S3), undefined, 2);
    const offered = (changed: string, language: 'json' | 'jsonc' = 'json'): readonly string[] =>
      service.terraformTexts(service.open({ text: changed, language })).map(({ title }) => title);
    assert.equal(offered(text, 'jsonc').length, 2);
    assert.deepEqual(offered(text.replace('"s3:*"', '"s3:*" // all'), 'jsonc'), []);
    assert.deepEqual(offered(text.replace('"Resource"', '"Action"')), []);
    assert.deepEqual(offered(text.replace('"s3:*"', '[{ "a": 1, "a": 2 }]')), []);
    assert.equal(offered(text.replace('"s3:*"', '[{ "a": 1, "b": 2 }]')).length, 1);
    assert.deepEqual(offered(text.replace('"s3:*"', '')), []);
  });
});
