import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { readCaller } from '../../server/src/core/evaluate/caller';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import { askOfMany } from '../../server/src/core/evaluate/manyCallers';
import { type PrincipalApplication, principalApplies } from '../../server/src/core/evaluate/principal';
import { relevantStatements } from '../../server/src/core/evaluate/principalIndex';
import type { PolicyType } from '../../server/src/core/locate/policyType';
import type { Policy, Statement } from '../../server/src/core/model/policy';

const A = '111122223333';
const B = '444455556666';

/** Who asks, in the order of the columns. */
const CALLERS: readonly (string | undefined)[] = [
  `arn:aws:iam::${A}:user/p/jo`,
  `arn:aws:iam::${A}:role/p/r`,
  `arn:aws:sts::${A}:assumed-role/r/s`,
  `arn:aws:iam::${A}:root`,
  's3.amazonaws.com',
  `arn:aws:sts::${A}:federated-user/f`,
  `arn:aws:iam::${A}:saml-provider/x`,
  'accounts.google.com',
  'anonymous',
  undefined,
  // Some user of the account.
  `arn:aws:iam::${A}:user/*`,
];

/**
 * What a Principal is, whom it names, and whom a Deny with it for a NotPrincipal is about: `-` nobody, `?` perhaps, and for
 * certain `e` as everybody, `x` as this very caller, `c` with its whole account, and `o` in another way. IAM User
 * Guide, "AWS JSON policy elements: Principal" and "AWS JSON policy elements: NotPrincipal".
 */
const PRINCIPALS: readonly (readonly [principal: string, named: string, notNamed: string])[] = [
  ['"*"', 'e e e e e e e e e e e', '- - - - - - - - - - -'],
  ['{"AWS":"*"}', 'e e e e e e e e e e e', '- - - - - - - - - - -'],
  ['{"Service":"*"}', '- - - - - - - - - ? ?', 'o o o o o o o o o ? ?'],
  ['{"Federated":"*"}', '- ? ? - - - ? ? - ? ?', 'o ? ? o o o ? ? o ? ?'],
  ['{"CanonicalUser":"*"}', '? ? ? ? ? ? ? ? - ? ?', '? ? ? ? ? ? ? ? o ? ?'],
  ['{"AWS":"A"}', 'c c c o - c - - - ? c', '? ? ? - o ? o o o ? ?'],
  ['{"AWS":"arn:aws:iam::A:root"}', 'c c c o - c - - - ? c', '? ? ? - o ? o o o ? ?'],
  ['{"AWS":"B"}', '- - - - - - - - - ? -', 'o o o o o o o o o ? o'],
  ['{"AWS":"arn:aws:iam::A:user/p/jo"}', 'x - - - - ? - - - ? ?', '? o o o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:iam::A:user/jo"}', '- - - - - ? - - - ? ?', 'o o o o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:iam::B:user/p/jo"}', '- - - - - - - - - ? -', 'o o o o o o o o o ? o'],
  ['{"AWS":"arn:aws:iam::A:role/p/r"}', '- o o - - ? - - - ? ?', 'o ? ? o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:iam::A:role/other"}', '- - - - - ? - - - ? ?', 'o o o o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:sts::A:assumed-role/r/s"}', '- ? x - - ? - - - ? ?', 'o ? ? o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:sts::A:assumed-role/r/t"}', '- ? - - - ? - - - ? ?', 'o ? o o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:sts::A:assumed-role/q/s"}', '- - - - - ? - - - ? ?', 'o o o o o ? o o o ? ?'],
  ['{"AWS":"arn:aws:sts::A:federated-user/f"}', '? ? ? ? - x - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":"AIDAEXAMPLE"}', '? ? ? ? - ? - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":"arn:aws:iam::A:user/*"}', '? ? ? ? - ? - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"Service":"s3.amazonaws.com"}', '- - - - o - - - - ? ?', 'o o o o - o o o o ? ?'],
  ['{"Service":"S3.amazonaws.com"}', '- - - - o - - - - ? ?', 'o o o o - o o o o ? ?'],
  ['{"Service":"ec2.amazonaws.com"}', '- - - - - - - - - ? ?', 'o o o o o o o o o ? ?'],
  ['{"Federated":"arn:aws:iam::A:saml-provider/x"}', '- ? ? - - - o - - ? ?', 'o ? ? o o o - o o ? ?'],
  ['{"Federated":"accounts.google.com"}', '- ? ? - - - - o - ? ?', 'o ? ? o o o o - o ? ?'],
  ['{"Federated":"arn:aws:iam::A:saml-provider/y"}', '- ? ? - - - - - - ? ?', 'o ? ? o o o o o o ? ?'],
  ['{"CanonicalUser":"abc"}', '? ? ? ? ? ? ? ? - ? ?', '? ? ? ? ? ? ? ? o ? ?'],
  ['{"Other":"x"}', '? ? ? ? ? ? ? ? - ? ?', '? ? ? ? ? ? ? ? o ? ?'],
  ['{"AWS":["B","A"]}', 'c c c o - c - - - ? c', '? ? ? - o ? o o o ? ?'],
  ['{"AWS":["arn:aws:iam::A:user/p/jo","A"]}', 'x c c o - c - - - ? c', '- ? ? - o ? o o o ? ?'],
  ['{"AWS":["B"],"Service":"s3.amazonaws.com"}', '- - - - o - - - - ? ?', 'o o o o - o o o o ? ?'],
  ['{"AWS":{"Fn::If":["C","A","B"]}}', '?c ?c ?c ? - ?c - - - ? ?c', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":{"Ref":"X"}}', '? ? ? ? ? ? ? ? ? ? ?', '? ? ? ? ? ? ? ? ? ? ?'],
  ['{"AWS":[]}', '- - - - - - - - - - -', 'o o o o o o o o o o o'],
  [
    '{"AWS":["arn:aws:sts::A:assumed-role/r/s","arn:aws:iam::A:role/p/r","A"]}',
    'c o x o - c - - - ? c',
    '? ? - - o ? o o o ? ?',
  ],
  ['{"AWS":["arn:aws:sts::A:assumed-role/r/s","A"]}', 'c c x o - c - - - ? c', '? ? ? - o ? o o o ? ?'],
  [
    '{"AWS":["arn:aws:iam::A:user/p/jo","arn:aws:iam::A:root","*"]}',
    'x e e e e e e e e e e',
    '- - - - - - - - - - -',
  ],
  ['{"AWS":["arn:aws:iam::A:role/p/r","A"]}', 'c o o o - c - - - ? c', '? ? ? - o ? o o o ? ?'],
  ['{"AWS":"${x}"}', '? ? ? ? ? ? ? ? ? ? ?', '? ? ? ? ? ? ? ? ? ? ?'],
  // A part of a name is never everybody, and nobody is of another type than his own.
  ['{"AWS":"arn:aws:iam::${x}:root"}', '? ? ? ? - ? - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":{"Fn::Sub":"arn:aws:iam::${x}:root"}}', '? ? ? ? - ? - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":{"Fn::GetAtt":["Role","Arn"]}}', '? ? ? ? - ? - - - ? ?', '? ? ? ? o ? o o o ? ?'],
  ['{"AWS":{"Fn::If":["C",{"Ref":"X"},"A"]}}', '? ? ? ? ? ? ? ? ? ? ?', '? ? ? ? ? ? ? ? ? ? ?'],
  [
    '{"AWS":"{% if x %}arn:aws:iam::A:root{% else %}*{% endif %}"}',
    '? ? ? ? ? ? ? ? ? ? ?',
    '? ? ? ? ? ? ? ? ? ? ?',
  ],
  ['{"Service":"${x}"}', '- - - - ? - - - - ? ?', 'o o o o ? o o o o ? ?'],
  ['{"Service":"s3.${x}.amazonaws.com"}', '- - - - ? - - - - ? ?', 'o o o o ? o o o o ? ?'],
  ['{"${type}":"${x}"}', '? ? ? ? ? ? ? ? ? ? ?', '? ? ? ? ? ? ? ? ? ? ?'],
  ['{"Federated":"${x}"}', '- ? ? - - - ? ? - ? ?', 'o ? ? o o o ? ? o ? ?'],
  ['{"Federated":"arn:aws:iam::A:oidc-provider/*"}', '- ? ? - - - ? ? - ? ?', 'o ? ? o o o ? ? o ? ?'],
  [
    '{"AWS":[{"Fn::If":["C","arn:aws:iam::A:user/p/jo","B"]},"A"]}',
    'c c c o - c - - - ? c',
    '? ? ? - o ? o o o ? ?',
  ],
];

/** Whom a statement names, with A and B for accounts. */
function statementWith(element: object, more: object = {}, policyType: PolicyType = 'resource'): Statement {
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*', ...element, ...more };
  const { policies } = openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    language: 'json',
    override: { policyType },
  });
  const [read] = policies[0]?.statements ?? [];
  assert.ok(read !== undefined);
  return read;
}

function parsed(principal: string): unknown {
  return JSON.parse(principal.replaceAll(/(?<=[":])A(?=[":])/g, A).replaceAll(/(?<=[":])B(?=[":])/g, B));
}

const REACHES = { account: 'c', exact: 'x', everybody: 'e', other: 'o' } as const;

function codeOf({ applies, reach }: PrincipalApplication): string {
  switch (applies) {
    case 'never':
      return '-';
    case 'always':
      return REACHES[reach];
    case 'perhaps':
      return reach === 'other' ? '?' : `?${REACHES[reach]}`;
  }
}

function codesOf(statement: Statement): string {
  return CALLERS.map((caller) => codeOf(principalApplies(statement, readCaller(caller)))).join(' ');
}

describe('whom a statement names', () => {
  for (const [principal, named, notNamed] of PRINCIPALS) {
    it(`is told for ${principal}`, () => {
      const read = parsed(principal);
      assert.equal(codesOf(statementWith({ Principal: read })), named);
      assert.equal(codesOf(statementWith({ NotPrincipal: read }, { Effect: 'Deny' })), notNamed);
    });

    it(`is told for ${principal} among many others`, () => {
      const others = Array.from({ length: 40 }, (_, index) => `arn:aws:iam::${B}:user/u${index}`);
      const read = parsed(principal);
      const object = typeof read === 'string' ? { AWS: read } : (read as Record<string, unknown>);
      const long = { ...object, AWS: [...others, ...[object.AWS ?? []].flat()] };
      const whole = codesOf(statementWith({ Principal: long }));
      // Somebody who is not known may be one of the others.
      const [known, lastKnown] = [whole, named].map((codes) => codes.split(' '));
      assert.deepEqual(known?.slice(0, 9), lastKnown?.slice(0, 9));
      assert.equal(known?.[10], lastKnown?.[10]);
      assert.deepEqual(
        codesOf(statementWith({ NotPrincipal: long }, { Effect: 'Deny' }))
          .split(' ')
          .slice(0, 9),
        notNamed.split(' ').slice(0, 9),
      );
    });
  }

  it('is the provider alone in a trust policy, and not the sessions that it authenticated', () => {
    const trusted = (provider: string) =>
      codesOf(statementWith({ Principal: { Federated: provider } }, {}, 'trust'));
    assert.equal(trusted('accounts.google.com'), '- - - - - - - o - ? ?');
    assert.equal(trusted('${x}'), '- - - - - - ? ? - ? ?');
  });

  it('is perhaps who is named where the endpoint may be that of a gateway, whose policy must name everybody', () => {
    const atEndpoint = (...actions: readonly string[]) =>
      codesOf(statementWith({ Principal: { AWS: A } }, { Action: actions }, 'endpoint'));
    assert.equal(atEndpoint('ec2:Describe*', 's3:GetObject'), '?c ?c ?c ? - ?c - - - ? ?c');
    assert.equal(atEndpoint('ec2:Describe*', 'sqs:SendMessage'), 'c c c o - c - - - ? c');
  });

  it('is everybody where nobody is named, and all of several elements together', () => {
    assert.equal(codesOf(statementWith({})), CALLERS.map(() => 'o').join(' '));
    const both = statementWith({ Principal: { AWS: A }, NotPrincipal: { AWS: `arn:aws:iam::${A}:role/q` } });
    assert.equal(codeOf(principalApplies(both, readCaller(`arn:aws:iam::${A}:user/jo`))), 'c');
    assert.equal(codeOf(principalApplies(both, readCaller(`arn:aws:iam::${A}:role/q`))), '-');
    assert.equal(codeOf(principalApplies(both, readCaller(`arn:aws:iam::${B}:user/jo`))), '-');
  });

  it('with NotPrincipal and Allow is whoever is not named', () => {
    const statement = statementWith({ NotPrincipal: { AWS: [`arn:aws:iam::${A}:user/p/jo`, A] } });
    assert.equal(codesOf(statement), '- - - - o - o o o ? -');
  });

  it('with NotPrincipal and Deny is whoever has a permissions boundary', () => {
    const statement = statementWith(
      { NotPrincipal: { AWS: [`arn:aws:iam::${A}:user/p/jo`, A] } },
      { Effect: 'Deny' },
    );
    const bounded = CALLERS.map((caller) =>
      codeOf(principalApplies(statement, { ...readCaller(caller), isBounded: true })),
    );
    assert.equal(bounded.join(' '), 'o o o - o o o o o ? o');
  });
});

describe('a policy of many statements', () => {
  const other = (index: number) => ({ Principal: { AWS: `arn:aws:iam::${B}:role/r${index}` } });
  const special: readonly object[] = [
    {},
    { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } },
    { Principal: { AWS: A }, Effect: 'Deny', Action: 's3:Put*' },
    { NotPrincipal: { AWS: A }, Effect: 'Deny', Action: 's3:Delete*' },
    { Principal: { AWS: A }, NotPrincipal: { AWS: `arn:aws:iam::${A}:role/q` }, Action: 's3:List*' },
    { Principal: { AWS: `arn:aws:iam::${A}:role/p/r` } },
    {
      Principal: {
        AWS: [`arn:aws:iam::${B}:role/r1`, { 'Fn::If': ['C', A, B] }],
      },
    },
    { Principal: { AWS: { Ref: 'X' } }, Action: 's3:Abort*' },
    { Principal: { Service: 's3.amazonaws.com' } },
    { Principal: { Federated: 'accounts.google.com' } },
    { Principal: { CanonicalUser: 'abc' }, Action: 's3:Restore*' },
    { Principal: { AWS: `arn:aws:iam::${A}:user/p/jo` }, Resource: 'arn:aws:s3:::b/${aws:username}/*' },
  ];
  const statements = (list: readonly object[]): Policy => {
    const { policies } = openDocument({
      text: JSON.stringify({
        Version: '2012-10-17',
        Statement: list.map((each) => ({ Effect: 'Allow', Action: 's3:Get*', Resource: '*', ...each })),
      }),
      language: 'json',
      override: { resourceType: 'AWS::S3::Bucket' },
    });
    const [policy] = policies;
    assert.ok(policy !== undefined);
    return policy;
  };
  const many = statements([
    ...Array.from({ length: 15 }, (_, index) => other(index)),
    ...special,
    ...Array.from({ length: 15 }, (_, index) => other(100 + index)),
  ]);

  it('has those looked at that may name the caller, in their order', () => {
    for (const caller of CALLERS) {
      const relevant = relevantStatements(many, readCaller(caller));
      const missed = many.statements.filter((each) => !relevant.includes(each));
      for (const each of missed) {
        assert.equal(
          principalApplies(each, readCaller(caller)).applies,
          'never',
          `${caller} and ${each.index}`,
        );
      }
      const indexes = relevant.map(({ index }) => index);
      assert.deepEqual(
        indexes,
        [...indexes].sort((a, b) => a - b),
      );
    }
    assert.ok(relevantStatements(many, readCaller(CALLERS[0])).length < 15);
  });

  const ACTIONS = [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:ListBucket',
    's3:AbortMultipartUpload',
  ];

  it('answers many callers as it answers each', () => {
    const callers = [
      ...CALLERS,
      `arn:aws:iam::${B}:role/none`,
      `arn:aws:iam::${B}:role/r1`,
      `arn:aws:iam::${B}:role/r2`,
      `arn:aws:iam::${B}:user/u`,
    ];
    for (const policy of [many, statements(special), statements(special.slice(0, 3))]) {
      for (const [action, resourceAccount] of ACTIONS.flatMap((each) => [
        [each, A] as const,
        [each, B] as const,
      ])) {
        const request = { action, resource: 'arn:aws:s3:::b/k', resourceAccount };
        const ask = askOfMany(policy, request, { left: 100_000 });
        // Twice, and the other way round: what is kept of one must not show in another.
        for (const principal of [...callers, ...callers.toReversed()]) {
          const answer = ask(principal);
          const alone = evaluate([policy], { ...request, principal });
          assert.equal(answer?.outcome, alone.outcome, `${action} by ${principal}`);
          // Of statements that decide alike some stand for all.
          assert.ok(answer.deciding.every((each) => alone.deciding.includes(each)));
          assert.equal(answer.deciding.length === 0, alone.deciding.length === 0);
          assert.deepEqual(new Set(answer.lacks), new Set(alone.lacks));
        }
      }
    }
  });

  it('answers no more than a budget allows', () => {
    const ask = askOfMany(many, { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }, { left: 1 });
    assert.notEqual(ask(`arn:aws:iam::${A}:user/a`), undefined);
    assert.equal(ask(`arn:aws:iam::${A}:user/b`), undefined);
    const spent = askOfMany(many, { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }, { left: 0 });
    assert.equal(spent(`arn:aws:iam::${A}:user/a`), undefined);
  });

  it('tells some of the statements that decide alike', () => {
    const deciding = (count: number) => {
      const policy = statements(Array.from({ length: count }, () => ({ Principal: '*' })));
      const request = { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k', resourceAccount: A };
      const answer = askOfMany(policy, request, { left: 1000 })(`arn:aws:iam::${A}:user/a`);
      assert.equal(answer?.outcome, 'allow');
      return answer.deciding.length;
    };
    assert.deepEqual([1, 19, 20, 21, 30].map(deciding), [1, 19, 20, 20, 20]);
  });

  it('spends a budget once on all callers whom nothing tells apart', () => {
    const budget = { left: 1000 };
    const open = statements([
      { Principal: '*' },
      { Principal: { AWS: A } },
      { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalArn': `arn:aws:iam::${A}:user/a` } } },
      { Principal: '*', Action: 's3:PutObject' },
      { Principal: { AWS: `arn:aws:iam::${B}:user/named` } },
    ]);
    const spentOn = (policy: Policy) => {
      const ask = askOfMany(policy, { action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' }, budget);
      return (...names: readonly string[]) =>
        names.map((name) => {
          const before = budget.left;
          assert.notEqual(ask(name), undefined);
          return before - budget.left;
        });
    };
    // With its ARN in a condition each user is another; whoever is named is judged by that statement as well.
    const user = (account: string, name: string) => `arn:aws:iam::${account}:user/${name}`;
    assert.deepEqual(spentOn(open)(user(B, 'a'), user(B, 'a'), user(B, 'b')), [4, 0, 4]);
    const alike = statements([{ Principal: '*' }, { Principal: { AWS: user(B, 'named') } }]);
    assert.deepEqual(
      spentOn(alike)(user(B, 'a'), user(B, 'b'), user(B, 'named'), user(A, 'a'), 's3.amazonaws.com', A),
      [2, 0, 0, 2, 2, 2],
    );
  });
});
