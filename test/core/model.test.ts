import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import type { Statement } from '../../server/src/core/model/policy';

/** The first policy of a document in JSON, or whatever else is given as text. */
function statementsOf(value: unknown): readonly Statement[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return openDocument({ text, language: 'json' }).policies[0]?.statements ?? [];
}

/** What is understood of a statement, without its nodes. */
function shapeOf({ sid, effect, actions, resources, principals, operators, conditions }: Statement) {
  return {
    ...(sid === undefined ? {} : { sid: sid.value }),
    ...(effect === undefined ? {} : { effect: effect.value }),
    ...listed(
      'action',
      actions.map(({ negated, entries }) =>
        entries.map(({ service, name }) => `${negated ? '!' : ''}${service ?? '-'}:${name}`),
      ),
    ),
    ...listed(
      'resource',
      resources.map(({ negated, entries }) => entries.map(({ text }) => `${negated ? '!' : ''}${text}`)),
    ),
    ...listed(
      'principal',
      principals.map(({ negated, entries }) =>
        entries.map(({ type, text }) => `${negated ? '!' : ''}${type?.value ?? '-'}:${text}`),
      ),
    ),
    ...listed(
      'operator',
      operators.map(({ base }) => base),
    ),
    ...listed(
      'condition',
      conditions.map(
        ({ operator, key, values }) =>
          `${operator.base} ${key.value} ${values.map(({ text }) => text).join('|')}`,
      ),
    ),
  };
}

function listed(name: string, list: readonly unknown[]): object {
  return list.length === 0 ? {} : { [name]: list };
}

const IF = (...branches: readonly unknown[]) => ({ 'Fn::If': ['Test', ...branches] });
const NOTHING = { Ref: 'AWS::NoValue' };

describe('a statement is read', () => {
  const CASES: readonly (readonly [name: string, statement: object | string, shape: object])[] = [
    [
      'with all of its elements',
      {
        Sid: 'A',
        Effect: 'Allow',
        Principal: { AWS: ['1', '2'], Service: 's' },
        Action: ['s3:Get*', 'x', 'a:b:c'],
        Resource: '*',
        Condition: {
          StringEquals: { k: ['v', 'w'], l: 'x' },
          Bool: { m: true },
          NumericEquals: { n: [1, 2.5] },
        },
      },
      {
        sid: 'A',
        effect: 'Allow',
        principal: [['AWS:1', 'AWS:2', 'Service:s']],
        action: [['s3:Get*', '-:x', 'a:b:c']],
        resource: [['*']],
        operator: ['StringEquals', 'Bool', 'NumericEquals'],
        condition: ['StringEquals k v|w', 'StringEquals l x', 'Bool m true', 'NumericEquals n 1|2.5'],
      },
    ],
    [
      'with what it is not about',
      { NotAction: 'a:b', NotResource: ['x', 'y'], NotPrincipal: '*' },
      { action: [['!a:b']], resource: [['!x', '!y']], principal: [['!-:*']] },
    ],
    [
      'twice with an element, and the first of two names',
      '{"Sid":"A","Sid":"B","Effect":"Deny","Effect":"Allow","Action":"a:b","NotAction":"c:d","Resource":"x","NotResource":"y","Condition":{"Bool":{"k":"v"}},"Condition":{"Null":{"l":"w"}}}',
      {
        sid: 'A',
        effect: 'Deny',
        action: [['a:b'], ['!c:d']],
        resource: [['x'], ['!y']],
        operator: ['Bool', 'Null'],
        condition: ['Bool k v', 'Null l w'],
      },
    ],
    ['of which a name is no text', '{"Sid":1,"Sid":"B","Effect":true}', { sid: 'B' }],
    [
      'without what is of the wrong type',
      {
        Action: [1, 'a:b', null, ['c:d'], {}],
        Resource: { a: 'x' },
        Principal: ['*'],
        Condition: [{ Bool: { k: 'v' } }],
      },
      { action: [['a:b']], resource: [[]], principal: [[]] },
    ],
    [
      'without what no condition can be',
      { Condition: { Bool: [{ k: 'v' }], Null: 'x', StringLike: { k: null, l: {}, m: ['a', null] } } },
      {
        operator: ['Bool', 'Null', 'StringLike'],
        condition: ['StringLike k ', 'StringLike l ', 'StringLike m a'],
      },
    ],
    [
      'with what functions give',
      {
        Action: [{ 'Fn::Sub': '${Service}:Get' }, IF('a:b', ['c:d', 'e:f']), IF('g:h', NOTHING)],
        Resource: { 'Fn::Join': [':', ['arn', { Ref: 'X' }]] },
        Principal: { AWS: [{ 'Fn::GetAtt': ['Role', 'Arn'] }, IF('1', '2')] },
        Condition: { StringEquals: { k: IF(['v', 'w'], 'x'), l: { Ref: 'Y' } } },
      },
      {
        action: [['${Service}:Get', 'a:b', 'c:d', 'e:f', 'g:h']],
        resource: [['arn:${X}']],
        principal: [['AWS:${Role.Arn}', 'AWS:1', 'AWS:2']],
        operator: ['StringEquals'],
        condition: ['StringEquals k v|w|x', 'StringEquals l ${Y}'],
      },
    ],
    [
      'with what functions choose',
      {
        Principal: IF('*', { AWS: '1' }),
        Condition: IF({ Bool: { k: 'v' } }, { Null: IF({ l: 'w' }, NOTHING) }),
      },
      {
        principal: [['-:*', 'AWS:1']],
        operator: ['Bool', 'Null'],
        condition: ['Bool k v', 'Null l w'],
      },
    ],
    ['with a principal that a function gives', { Principal: { Ref: 'P' } }, { principal: [['-:${P}']] }],
    [
      'without what is longer than any ARN is',
      { Resource: ['a'.repeat(10_000), 'b'.repeat(10_001)], Action: 'c'.repeat(10_001) },
      { action: [[]], resource: [['a'.repeat(10_000)]] },
    ],
  ];
  for (const [name, statement, shape] of CASES) {
    it(name, () => {
      const written = typeof statement === 'string' ? statement : JSON.stringify(statement);
      const [read] = statementsOf(`{"Version":"2012-10-17","Statement":[${written}]}`);
      assert.ok(read !== undefined);
      assert.deepEqual(shapeOf(read), shape);
    });
  }

  it('with as many elements as there are', () => {
    for (const count of [1, 7, 8, 9, 10, 20]) {
      const numbers = Array.from({ length: count }, (_, index) => String(index));
      const [read] = statementsOf(
        `{"Statement":[{"Effect":"Allow",${numbers
          .map(
            (n) =>
              `"Action":"a:${n}","Resource":"${n}","Principal":{"AWS":"${n}"},"Condition":{"Bool":{"${n}":"v"},"Null":{"${n}":"v"}}`,
          )
          .join(',')}}]}`,
      );
      assert.ok(read !== undefined);
      assert.deepEqual(
        read.actions.map(({ entries }) => entries[0]?.name),
        numbers,
      );
      assert.deepEqual(
        read.resources.map(({ entries }) => entries[0]?.text),
        numbers,
      );
      assert.deepEqual(
        read.principals.map(({ entries }) => entries[0]?.text),
        numbers,
      );
      assert.equal(read.operators.length, 2 * count);
      assert.deepEqual(
        read.conditions.map(({ key }) => key.value),
        numbers.flatMap((n) => [n, n]),
      );
    }
  });

  it('with its text, unless its end is anybody’s guess', () => {
    const [whole] = statementsOf('{"Statement":[{"Effect":"Allow"}]}');
    assert.equal(whole?.interned?.text, '{"Effect":"Allow"}');
    const [open] = statementsOf('{"Statement":[{"Effect":"Allow"');
    assert.equal(open?.effect?.value, 'Allow');
    assert.equal(open.interned, undefined);
  });
});

describe('the statements of a policy', () => {
  const A = { Sid: 'A', Effect: 'Allow' };
  const B = { Sid: 'B', Effect: 'Allow' };
  const CASES: readonly (readonly [statement: unknown, sids: readonly string[]])[] = [
    [
      [A, B],
      ['A', 'B'],
    ],
    [A, ['A']],
    [
      [A, 1, 'x', [B], null, B],
      ['A', 'B'],
    ],
    [IF(A, B), ['A', 'B']],
    [
      [IF([A, B], NOTHING), A],
      ['A', 'B', 'A'],
    ],
    [[], []],
  ];
  for (const [statement, sids] of CASES) {
    it(`of ${JSON.stringify(statement)} are ${sids.join(' and ') || 'none'}`, () => {
      const read = statementsOf({ Version: '2012-10-17', Statement: statement });
      assert.deepEqual(
        read.map(({ sid }) => sid?.value),
        sids,
      );
      assert.deepEqual(
        read.map(({ index }) => index),
        sids.map((_, index) => index),
      );
    });
  }
});

describe('the version of a policy', () => {
  for (const [version, read] of [
    ['"2012-10-17"', '2012-10-17'],
    ['"2008-10-17"', '2008-10-17'],
    ['"2012-10-18"', '2008-10-17'],
    ['2012', '2008-10-17'],
    [undefined, '2008-10-17'],
  ] as const) {
    it(`${version} is read as ${read}`, () => {
      const members = version === undefined ? '' : `"Version": ${version}, `;
      const text = `{ ${members}"Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }`;
      assert.equal(openDocument({ text, language: 'json' }).policies[0]?.version, read);
    });
  }

  it('is the newest where Terraform writes it', () => {
    const text =
      'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:*"]\n    resources = ["*"]\n  }\n}\n';
    assert.equal(openDocument({ text, language: 'hcl' }).policies[0]?.version, '2012-10-17');
    const old = text.replace('{\n', '{\n  version = "2008-10-17"\n');
    assert.equal(openDocument({ text: old, language: 'hcl' }).policies[0]?.version, '2008-10-17');
  });
});
