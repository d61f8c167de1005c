import assert from 'node:assert/strict';
import { openDocument, type PolicyDocument } from '../../server/src/core/document';
import { evaluate, openQuestion } from '../../server/src/core/evaluate/evaluate';
import { askOfMany } from '../../server/src/core/evaluate/manyCallers';
import { grantsOf } from '../../server/src/core/features/allows/grants';
import { refusalsOf } from '../../server/src/core/features/allows/refusals';
import { sidesOf } from '../../server/src/core/features/allows/sides';
import { whoMayInvalidate } from '../../server/src/core/features/allows/whoMayInvalidate';
import { grantedBy } from '../../server/src/core/features/compare/granted';
import { preflightOf } from '../../server/src/core/features/invalidation/draft';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import { processorTime } from '../support/patience';
import { runs } from '../support/thorough';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const PETS = `${API}/prod/GET/pets7/1`;

type Json = Readonly<Record<string, unknown>>;

function policy(type: PolicyType, statements: readonly Json[]): PolicyDocument {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: type },
  });
}

/**
 * The processor time of a run; where that is more than the bound, the shortest of three: a collection of garbage that others
 * left behind is no growth.
 */
const shortest = (run: () => unknown, bound = 0): number => {
  const once = (): number => processorTime(() => void run());
  const first = once();
  return first <= bound ? first : Math.min(first, once(), once());
};

const many = (count: number, make: (index: number) => Json): readonly Json[] =>
  Array.from({ length: count }, (_, index) => make(index));

const routes = (count: number): PolicyDocument =>
  policy(
    'identity',
    many(count, (index) => ({
      Sid: `S${index}`,
      Effect: index % 5 === 4 ? 'Deny' : 'Allow',
      Action: ['execute-api:Invoke', 'execute-api:InvalidateCache', 's3:Get*'],
      Resource: [`${API}/prod/GET/pets${index}/*`, `${API}/*/GET/x${index}`],
      ...(index % 3 === 0 && { Condition: { StringEquals: { [`aws:PrincipalTag/${index}`]: 'x' } } }),
    })),
  );

const role = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const resource = (AWS: unknown): Json => ({
  Effect: 'Allow',
  Action: 'execute-api:*',
  Resource: '*',
  Principal: { AWS },
});

describe('questions to large policies', function () {
  this.timeout(120_000);

  /**
   * What took the square of the size before; four times the size would take 16 times as long, and may take two thirds
   * of that.
   */
  const shapes: readonly (readonly [name: string, size: number, make: (size: number) => () => unknown])[] = [
    [
      'a question',
      1000,
      (size) => {
        const { policies } = routes(size);
        return () => evaluate(policies, { action: 'execute-api:Invoke', resource: PETS });
      },
    ],
    [
      'a question with a wildcard, which hangs on every statement',
      1000,
      (size) => {
        const { policies } = routes(size);
        return () => evaluate(policies, { action: 'execute-api:Invoke', resource: `${API}/*` });
      },
    ],
    [
      'what is asked before an invalidation',
      1000,
      (size) => {
        const document = routes(size);
        return () => preflightOf(document, PETS);
      },
    ],
    [
      'who may invalidate, of roles in one list',
      400,
      (size) => {
        const document = policy('resource', [
          resource(Array.from({ length: size }, (_, index) => role(`r${index}`))),
        ]);
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may invalidate, of roles in as many statements',
      400,
      (size) => {
        const document = policy(
          'resource',
          many(size, (index) => resource(role(`r${index}`))),
        );
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may invalidate, of roles in groups',
      400,
      (size) => {
        const document = policy(
          'resource',
          many(size / 20, (group) =>
            resource(Array.from({ length: 20 }, (_, index) => role(`r${group}-${index}`))),
          ),
        );
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may invalidate, of unique IDs',
      100,
      (size) => {
        const document = policy(
          'resource',
          many(size, (index) => resource(`AIDAEXAMPLE${index}`)),
        );
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may invalidate, beside what everybody may under conditions',
      100,
      (size) => {
        const document = policy('resource', [
          ...many(size, (index) => resource(role(`r${index}`))),
          ...many(size, (index) => ({
            ...resource('*'),
            Condition: { StringEquals: { 'aws:PrincipalTag/team': `t${index}` } },
          })),
        ]);
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may invalidate, of roles that are left out of denials',
      100,
      (size) => {
        const document = policy(
          'resource',
          many(size, (index) =>
            index % 2 === 0
              ? resource(role(`r${index}`))
              : {
                  Effect: 'Deny',
                  Action: '*',
                  Resource: '*',
                  NotPrincipal: { AWS: [role(`r${index - 1}`), role(`r${index + 1}`)] },
                },
          ),
        );
        return () => whoMayInvalidate(document, PETS);
      },
    ],
    [
      'who may do something, by what the policies grant',
      100,
      (size) => {
        const document = routes(size);
        return () => grantedBy([document], { action: 'execute-api:Invoke', onlyPublic: false }, undefined);
      },
    ],
    [
      'what AWS refuses',
      500,
      (size) => {
        const document = policy(
          'identity',
          many(size, (index) => ({ Effect: `allow${index}`, Action: 'Invoke', Foo: index })),
        );
        return () => refusalsOf(document);
      },
    ],
    [
      'what would grant a request',
      500,
      (size) => {
        const document = routes(size);
        return () =>
          grantsOf([document], { action: 'execute-api:ManageConnections', resource: `${API}/prod/POST/x` });
      },
    ],
  ];
  for (const [name, size, make] of shapes) {
    it(`${name} grows with the policy`, () => {
      const [small, large] = [make(size), make(size * 4)];
      // Compiled by now, and what they need is read.
      small();
      let one = processorTime(small);
      const bound = (): number => Math.max(one, 10) * 11;
      let four = processorTime(large);
      if (four > bound()) {
        [one, four] = [shortest(small), shortest(large)];
      }
      assert.ok(four <= bound(), `${one} ms, then ${four} ms`);
    });
  }

  it('tries the sides of thousands of conditions in the time of some answers', () => {
    const { policies } = policy(
      'identity',
      many(2000, (index) => ({
        Effect: index % 7 === 0 ? 'Deny' : 'Allow',
        Action: 's3:GetObject',
        Resource: '*',
        Condition: {
          StringLike: { [`aws:PrincipalTag/t${index}`]: [`a*${index}`, 'b?c*'] },
          IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
        },
      })),
    );
    const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' };
    const question = openQuestion(policies, request);
    assert.ok(sidesOf(question).length > 0);
    const answer = shortest(() => evaluate(policies, request));
    const bound = Math.max(answer, 10) * 8;
    const sides = shortest(() => sidesOf(question), bound);
    // Forty-eight trials, each of which judged every statement in full, took as many answers.
    assert.ok(sides <= bound, `${sides} ms, and an answer ${answer} ms`);
  });

  it('answers a hostile ARN within a second', () => {
    const document = routes(4000);
    for (const hostile of ['*a', '*a?', '?*', 'a*b*c']) {
      const asked = `${API}/${hostile.repeat(400)}`;
      const ask = () => evaluate(document.policies, { action: 'execute-api:*', resource: asked });
      const time = shortest(ask, 1000);
      assert.ok(time <= 1000, `${hostile}: ${time} ms`);
    }
  });

  it('answers hostile conditions within a second', () => {
    const openings = '${'.repeat(40_000);
    const blocks = Array.from({ length: 10_000 }, (_, at) => `10.${at >> 8}.${at & 255}.0/24`);
    for (const [name, Condition] of [
      ['openings', { StringLike: { 'aws:PrincipalTag/a': openings } }],
      ['openings with one end', { StringLike: { 'aws:PrincipalTag/a': `${openings}}` } }],
      ['address blocks', { NotIpAddress: { 'aws:SourceIp': blocks } }],
    ] as const) {
      const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Condition };
      const { policies } = policy('identity', [statement]);
      const context = new Map([['aws:PrincipalTag/a', ['x']]]);
      const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key', context };
      const time = shortest(() => sidesOf(openQuestion(policies, request)), 1000);
      assert.ok(time <= 1000, `${name}: ${time} ms`);
    }
  });

  it('finds whom a long list names as it finds it in short ones', () => {
    const names = ['a', 'b', 'path/a', 'c'].map(role);
    const principals: readonly unknown[] = [
      ...names,
      `arn:aws:iam::123456789012:user/a`,
      `arn:aws:iam::999999999999:role/a`,
      `arn:aws:sts::123456789012:assumed-role/a/s`,
      `arn:aws:sts::123456789012:assumed-role/b/s`,
      '123456789012',
      'arn:aws:iam::123456789012:root',
      '*',
      'AROAEXAMPLEID',
      { Ref: 'Role' },
    ];
    const conditions = [
      {},
      { Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
      { Condition: { ArnLike: { 'aws:PrincipalArn': [role('a'), role('b*')] } } },
      { Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } },
    ];
    let seed = 7;
    const pick = <Item>(items: readonly Item[]): Item | undefined => {
      seed = (seed * 1_103_515_245 + 12_345) & 0x7fff_ffff;
      return items[(seed >> 8) % items.length];
    };
    const callers = [
      role('a'),
      role('path/a'),
      role('z'),
      'arn:aws:sts::123456789012:assumed-role/a/s',
      'arn:aws:sts::123456789012:assumed-role/b/t',
      'arn:aws:iam::123456789012:user/a',
      'arn:aws:iam::999999999999:role/a',
      'arn:aws:sts::123456789012:federated-user/f',
      '123456789012',
      'anonymous',
    ];
    for (let round = 0; round < runs(24, 6); round += 1) {
      // Of few kinds in each round, so that not all rounds are decided by those who name everybody.
      const kinds = Array.from({ length: 1 + (round % 4) }, () => pick(principals));
      const statements = many(60, () => {
        const list = Array.from({ length: 1 + (round % 3) * 20 }, () => pick(kinds));
        const { Principal, ...rest } = resource(list);
        const names = pick([{ Principal }, { Principal }, { NotPrincipal: Principal }]);
        return { ...rest, ...names, Effect: pick(['Allow', 'Allow', 'Deny']), ...pick(conditions) };
      });
      const whole = policy('resource', statements);
      // Each statement in a policy of its own, and each principal in a list of its own, is looked at in any case.
      const parts = statements.flatMap((statement) => {
        const { Principal } = statement as { Principal?: { AWS: readonly unknown[] } };
        return Principal === undefined
          ? [policy('resource', [statement])]
          : Principal.AWS.map((each) => policy('resource', [{ ...statement, Principal: { AWS: [each] } }]));
      });
      const [opened] = whole.policies;
      assert.ok(opened !== undefined);
      const asked = { action: 'execute-api:Invoke', resource: PETS };
      const ofMany = askOfMany(opened, asked, { left: 100_000 });
      for (const principal of callers) {
        const request = { ...asked, principal };
        const { outcome } = evaluate(whole.policies, request);
        // Twice, since the second answer may come of what the first one left.
        for (const answer of [ofMany(principal), ofMany(principal)]) {
          assert.equal(answer?.outcome, outcome, `${round} ${principal}`);
        }
        const inParts = evaluate(
          parts.flatMap(({ policies }) => policies),
          request,
        );
        assert.equal(outcome, inParts.outcome, `${round} ${principal}`);
      }
    }
  });
});
