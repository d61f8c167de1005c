import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Gain, gainsOf } from '../../server/src/core/compare/gains';
import { openDocument } from '../../server/src/core/document';
import { loadIamData } from '../support/iamData';
import {
  type NaivePolicy,
  type NaiveRequest,
  type NaiveStatement,
  naiveAnswer,
} from '../support/naiveEvaluation';
import { sideOfNaive } from '../support/naiveSides';
import { limit } from '../support/patience';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';
import { step } from '../support/thorough';

type Type = 'identity' | 'resource';
type Edit = { readonly [Name in keyof NaiveStatement]?: NaiveStatement[Name] | undefined };

const ACCOUNT = '111122223333';
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const BUCKET = 'arn:aws:s3:::mutated-bucket';

/** A policy variable, which is no template literal's. */
const USERNAME = `\${${'aws:username'}}`;

/**
 * Two ways to write the same part of a statement, and a request that only the second allows. An edit from the first to the
 * second grants something, and one from the second to the first nothing, unless neither has all that the other has.
 */
interface Mutation {
  readonly what: string;
  readonly narrow: Edit;
  readonly wide: Edit;
  readonly probe: {
    readonly action?: string;
    readonly resource?: string;
    readonly principal?: string;
    readonly context?: Readonly<Record<string, readonly string[]>>;
  };
  /** A request that only the first allows, where there is one. */
  readonly back?: Mutation['probe'];
  readonly type?: Type;
  /** A statement that is there before and after. */
  readonly beside?: NaiveStatement;
}

const condition = (operator: string, key: string, ...values: readonly string[]): Edit => ({
  Condition: { [operator]: { [key]: values } },
});
const having = (key: string, ...values: readonly string[]): Mutation['probe'] => ({
  context: { [key.toLowerCase()]: values },
});
const deny = (edit: Edit): Edit => ({ Effect: 'Deny', ...edit });
const EVERYTHING: NaiveStatement = { Effect: 'Allow', Action: ['zz:NewThing'], Resource: ['*'] };
const VPC = 'aws:SourceVpc';
const TAGS = 'aws:TagKeys';
const NOW = 'aws:CurrentTime';

const MUTATIONS: readonly Mutation[] = [
  {
    what: 'Action becomes NotAction',
    narrow: { Action: ['zz:NewThing'] },
    wide: { Action: undefined, NotAction: ['zz:Other'] },
    probe: { action: 'zz:Elsewhere' },
  },
  {
    what: 'an action is left out no more',
    narrow: { Action: undefined, NotAction: ['zz:NewThing', 'zz:Other'] },
    wide: { Action: undefined, NotAction: ['zz:Other'] },
    probe: {},
  },
  {
    what: 'a resource is left out no more',
    narrow: { Resource: undefined, NotResource: [`${BUCKET}/a/*`, `${BUCKET}/b/*`] },
    wide: { Resource: undefined, NotResource: [`${BUCKET}/a/*`] },
    probe: { resource: `${BUCKET}/b/x` },
  },
  {
    what: 'what is left out is less of a pattern',
    narrow: { Resource: undefined, NotResource: [`${BUCKET}/*`] },
    wide: { Resource: undefined, NotResource: [`${BUCKET}/a*`] },
    probe: { resource: `${BUCKET}/b` },
  },
  {
    what: 'Resource becomes NotResource',
    narrow: { Resource: [`${BUCKET}/a/*`] },
    wide: { Resource: undefined, NotResource: [`${BUCKET}/b/*`] },
    probe: { resource: `${BUCKET}/c` },
  },
  {
    what: 'StringEquals becomes StringLike',
    narrow: condition('StringEquals', VPC, 'vpc-*'),
    wide: condition('StringLike', VPC, 'vpc-*'),
    probe: having(VPC, 'vpc-1'),
  },
  {
    what: 'StringEquals stops to regard case',
    narrow: condition('StringEquals', VPC, 'vpc-a'),
    wide: condition('StringEqualsIgnoreCase', VPC, 'vpc-a'),
    probe: having(VPC, 'VPC-A'),
  },
  {
    what: 'IfExists is added',
    narrow: condition('StringEquals', VPC, 'vpc-1'),
    wide: condition('StringEqualsIfExists', VPC, 'vpc-1'),
    probe: {},
  },
  {
    what: 'ForAnyValue becomes ForAllValues',
    narrow: condition('ForAnyValue:StringEquals', TAGS, 'team'),
    wide: condition('ForAllValues:StringEquals', TAGS, 'team'),
    probe: {},
    back: having(TAGS, 'team', 'other'),
  },
  {
    what: 'a value is added',
    narrow: condition('StringEquals', VPC, 'vpc-1'),
    wide: condition('StringEquals', VPC, 'vpc-1', 'vpc-2'),
    probe: having(VPC, 'vpc-2'),
  },
  {
    what: 'a value is left out no more',
    narrow: condition('StringNotEquals', VPC, 'vpc-1', 'vpc-2'),
    wide: condition('StringNotEquals', VPC, 'vpc-1'),
    probe: having(VPC, 'vpc-2'),
  },
  {
    what: 'a value is another',
    narrow: condition('StringEquals', VPC, 'vpc-1'),
    wide: condition('StringEquals', VPC, 'vpc-2'),
    probe: having(VPC, 'vpc-2'),
    back: having(VPC, 'vpc-1'),
  },
  {
    what: 'a pattern of a value is wider',
    narrow: condition('StringLike', VPC, 'vpc-0a*'),
    wide: condition('StringLike', VPC, 'vpc-0*'),
    probe: having(VPC, 'vpc-0b'),
  },
  {
    what: 'a role is a pattern',
    narrow: condition('ArnEquals', 'aws:SourceArn', 'arn:aws:sns:us-east-1:111122223333:a'),
    wide: condition('ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:111122223333:a'),
    probe: having('aws:SourceArn', 'arn:aws:sns:eu-west-1:111122223333:a'),
  },
  {
    what: 'a block of addresses is wider',
    narrow: condition('IpAddress', 'aws:SourceIp', '203.0.113.0/26'),
    wide: condition('IpAddress', 'aws:SourceIp', '203.0.113.0/25'),
    probe: having('aws:SourceIp', '203.0.113.100'),
  },
  {
    what: 'a block of addresses is left out no more',
    narrow: condition('NotIpAddress', 'aws:SourceIp', '203.0.113.0/25'),
    wide: condition('NotIpAddress', 'aws:SourceIp', '203.0.113.0/26'),
    probe: having('aws:SourceIp', '203.0.113.100'),
  },
  {
    what: 'a date is later',
    narrow: condition('DateLessThan', NOW, '2026-01-01T00:00:00Z'),
    wide: condition('DateLessThan', NOW, '2026-01-01T00:00:01Z'),
    probe: having(NOW, '2026-01-01T00:00:00Z'),
  },
  {
    what: 'a date is earlier, and itself in it',
    narrow: condition('DateGreaterThan', NOW, '2026-01-01T00:00:00Z'),
    wide: condition('DateGreaterThanEquals', NOW, '2026-01-01T00:00:00Z'),
    probe: having(NOW, '2026-01-01T00:00:00Z'),
  },
  {
    what: 'a number is greater',
    narrow: condition('NumericLessThanEquals', 's3:max-keys', '10'),
    wide: condition('NumericLessThan', 's3:max-keys', '12'),
    probe: having('s3:max-keys', '11'),
  },
  {
    what: 'both truths are told',
    narrow: condition('Bool', 'aws:ViaAWSService', 'true'),
    wide: condition('Bool', 'aws:ViaAWSService', 'true', 'false'),
    probe: having('aws:ViaAWSService', 'false'),
  },
  {
    what: 'Null asks for the other',
    narrow: condition('Null', VPC, 'false'),
    wide: condition('Null', VPC, 'true'),
    probe: {},
    back: having(VPC, 'vpc-1'),
  },
  {
    what: 'one of two keys is asked for no more',
    narrow: { Condition: { StringEquals: { [VPC]: ['vpc-1'], 'aws:SourceAccount': ['111122223333'] } } },
    wide: { Condition: { StringEquals: { [VPC]: ['vpc-1'] } } },
    probe: having(VPC, 'vpc-1'),
  },
  {
    what: 'a condition is about another key',
    narrow: condition('StringEquals', VPC, 'x'),
    wide: condition('StringEquals', 'aws:SourceVpce', 'x'),
    probe: having('aws:SourceVpce', 'x'),
    back: having(VPC, 'x'),
  },
  {
    what: 'a variable becomes a wildcard',
    narrow: { Resource: [`${BUCKET}/${USERNAME}/*`] },
    wide: { Resource: [`${BUCKET}/*/*`] },
    probe: { resource: `${BUCKET}/bob/x` },
  },
  {
    what: 'a variable of a value becomes a wildcard',
    narrow: condition('StringLike', 's3:prefix', `home/${USERNAME}/*`),
    wide: condition('StringLike', 's3:prefix', 'home/*'),
    probe: having('s3:prefix', 'home/bob/'),
  },
  {
    what: 'a Deny speaks of less',
    narrow: deny({ Action: ['zz:*'], Resource: ['*'] }),
    wide: deny({ Action: ['zz:*'], Resource: [`${BUCKET}/a/*`] }),
    probe: { resource: `${BUCKET}/b` },
    beside: EVERYTHING,
  },
  {
    what: 'a Deny leaves an action out',
    narrow: deny({ Action: undefined, NotAction: ['zz:Other'] }),
    wide: deny({ Action: undefined, NotAction: ['zz:Other', 'zz:New*'] }),
    probe: {},
    beside: EVERYTHING,
  },
  {
    what: 'a Deny has a condition',
    narrow: deny({ Resource: ['*'] }),
    wide: deny({ Resource: ['*'], ...condition('Bool', 'aws:SecureTransport', 'false') }),
    probe: having('aws:SecureTransport', 'true'),
    beside: EVERYTHING,
  },
  {
    what: 'a Deny has one condition more',
    narrow: deny({ Resource: ['*'], ...condition('StringNotEquals', VPC, 'vpc-1') }),
    wide: deny({
      Resource: ['*'],
      Condition: { StringNotEquals: { [VPC]: ['vpc-1'] }, Bool: { 'aws:ViaAWSService': ['false'] } },
    }),
    probe: { context: { [VPC.toLowerCase()]: ['vpc-2'], 'aws:viaawsservice': ['true'] } },
    beside: EVERYTHING,
  },
  {
    what: 'a Deny becomes an Allow',
    narrow: deny({}),
    wide: {},
    probe: {},
  },
  {
    what: 'everybody of the account is named',
    type: 'resource',
    narrow: { Principal: { AWS: [USER] } },
    wide: { Principal: { AWS: [USER, 'arn:aws:iam::444455556666:user/bob'] } },
    probe: { principal: 'arn:aws:iam::444455556666:user/bob' },
  },
  {
    what: 'everybody is named',
    type: 'resource',
    narrow: { Principal: { AWS: [USER] } },
    wide: { Principal: '*' },
    probe: { principal: 'arn:aws:iam::444455556666:user/bob' },
  },
  {
    what: 'a condition confines everybody no more',
    type: 'resource',
    narrow: { Principal: '*', ...condition('StringEquals', 'aws:PrincipalAccount', ACCOUNT) },
    wide: { Principal: '*' },
    probe: {
      principal: 'arn:aws:iam::444455556666:user/bob',
      ...having('aws:PrincipalAccount', '444455556666'),
    },
  },
];

/** Other ways to say the same: neither grants anything that the other does not. */
const EQUAL: readonly (readonly [what: string, one: readonly Edit[], other: readonly Edit[]])[] = [
  [
    'a condition moves from the Allow to a Deny',
    [condition('StringEquals', VPC, 'vpc-1')],
    [{}, deny({ ...condition('StringNotEquals', VPC, 'vpc-1') })],
  ],
  [
    'two values become two statements',
    [condition('StringEquals', VPC, 'vpc-1', 'vpc-2')],
    [condition('StringEquals', VPC, 'vpc-1'), condition('StringEquals', VPC, 'vpc-2')],
  ],
  [
    'a block of addresses becomes its halves',
    [condition('IpAddress', 'aws:SourceIp', '203.0.113.0/24')],
    [condition('IpAddress', 'aws:SourceIp', '203.0.113.0/25', '203.0.113.128/25')],
  ],
  [
    'a date is written in another zone',
    [condition('DateLessThan', NOW, '2026-01-01T00:00:00Z')],
    [condition('DateLessThan', NOW, '2026-01-01T01:00:00+01:00')],
  ],
];

/**
 * Edits of statements that stand among those of AWS's managed policies, with a request that is allowed after the edit
 * and was not before. That it is so a naive evaluation confirms, which shares no code with the one that is tested.
 */
describe('gains of mutated managed policies', function () {
  this.timeout(limit(60_000));

  it('finds what each mutation grants, and calls nothing new that is narrowed', function () {
    const policies = policiesOf(this);
    const found = new Map<string, number>();
    for (const [at, statements] of policies.entries()) {
      for (const [index, mutation] of MUTATIONS.entries()) {
        // Each policy is mutated in two ways, and each mutation tried on several policies.
        if ((at + index) % Math.ceil(MUTATIONS.length / 2) === 0) {
          check(mutation, statements, found);
        }
      }
    }
    const never = MUTATIONS.filter(({ what }) => !found.has(what)).map(({ what }) => what);
    assert.deepEqual(never, [], 'mutations that never granted anything');
  });

  it('finds nothing in what says the same otherwise', function () {
    const policies = policiesOf(this);
    for (const [at, statements] of policies.entries()) {
      const [what, one, other] = EQUAL[at % EQUAL.length] ?? ['', [], []];
      const [before, after] = [one, other].map((edits): NaivePolicy => {
        const edited = edits.map(statementOf);
        return { type: 'identity', version: '2012-10-17', statements: [...statements, ...edited] };
      });
      if (before !== undefined && after !== undefined) {
        assert.deepEqual(shown(gains(before, after)), [], `${what}, ${at}`);
        assert.deepEqual(shown(gains(after, before)), [], `${what}, back, ${at}`);
      }
    }
  });

  function policiesOf(context: Mocha.Context): readonly (readonly NaiveStatement[])[] {
    const folder = sharedCorpus('managed-policies');
    if (folder === undefined) {
      return skip(context, 'the managed policies are not here');
    }
    return readdirSync(folder)
      .filter((name, index) => name.endsWith('.json') && index % step(5) === 0)
      .flatMap((name) => {
        const [policy] = openDocument({
          text: readFileSync(join(folder, name), 'utf8'),
          language: 'json',
        }).policies;
        const { Statement } = JSON.parse(policy?.node.text ?? '{}') as { readonly Statement?: unknown };
        const statements = ([Statement ?? []] as readonly unknown[]).flat() as readonly Record<
          string,
          unknown
        >[];
        // Of long ones a part is enough, and what allows everything leaves nothing to grant.
        return [statements.slice(0, 6).map(naive)];
      })
      .filter((statements) => !statements.some(({ Action }) => Action?.includes('*')));
  }
});

function check(
  { what, narrow, wide, probe, back, type = 'identity', beside }: Mutation,
  statements: readonly NaiveStatement[],
  found: Map<string, number>,
): void {
  const around =
    type === 'resource' ? statements.map((each) => ({ ...each, Principal: { AWS: [USER] } })) : statements;
  const [before, after] = [narrow, wide].map(
    (edit): NaivePolicy => ({
      type,
      version: '2012-10-17',
      statements: [...around, ...(beside === undefined ? [] : [beside]), statementOf(edit)],
    }),
  ) as [NaivePolicy, NaivePolicy];
  for (const [was, is, asked] of [
    [before, after, probe],
    [after, before, back],
  ] as const) {
    const told = gains(was, is);
    for (const gain of told) {
      confirm(gain, was, is, what);
    }
    if (asked === undefined) {
      assert.deepEqual(shown(told), [], `${what}: narrowed`);
      continue;
    }
    const request = requestOf(asked);
    if (naiveAnswer([is], request) === 'allow' && naiveAnswer([was], request) !== 'allow') {
      found.set(what, (found.get(what) ?? 0) + 1);
      assert.ok(
        told.some(({ actions }) =>
          actions.some(
            ({ name, isFuture }) => isFuture || name.toLowerCase() === request.action.toLowerCase(),
          ),
        ),
        `${what}: missed in ${JSON.stringify(is.statements)}`,
      );
    }
  }
}

/** What is said to be certain the naive evaluation sees as well. */
function confirm({ witness, isCertain }: Gain, was: NaivePolicy, is: NaivePolicy, what: string): void {
  const values = [...(witness?.context?.values() ?? [])].flat();
  // The naive one reads IPv4 alone.
  if (!isCertain || witness === undefined || values.includes('::')) {
    return;
  }
  const request = requestOf({
    action: witness.action,
    resource: witness.resource,
    ...(witness.principal === undefined ? {} : { principal: witness.principal }),
    context: Object.fromEntries(witness.context ?? []),
  });
  if (!request.principal.includes(':user/')) {
    return;
  }
  const text = JSON.stringify({ ...request, context: [...request.context], statements: is.statements });
  assert.equal(naiveAnswer([is], request), 'allow', `${what}: granted ${text}`);
  assert.notEqual(naiveAnswer([was], request), 'allow', `${what}: not granted before ${text}`);
}

function requestOf({
  action = 'zz:NewThing',
  resource = `${BUCKET}/x`,
  principal = USER,
  context = {},
}: Mutation['probe']): NaiveRequest {
  const account = principal.split(':')[4] ?? '';
  const told = Object.entries(context).map(([key, values]) => [key.toLowerCase(), values] as const);
  return {
    action,
    resource,
    principal,
    account,
    // What a resource policy grants across accounts is its part alone.
    owner: account,
    context: new Map([
      ['aws:username', [principal.split('/').at(-1) ?? '']],
      ['aws:principalaccount', [account]],
      ...told,
    ]),
  };
}

function gains(was: NaivePolicy, is: NaivePolicy): readonly Gain[] {
  return gainsOf(sideOfNaive(is), sideOfNaive(was), { iamData: loadIamData() });
}

/** An element that an edit takes away is not there at all. */
function statementOf(edit: Edit): NaiveStatement {
  const elements = Object.entries({ ...EVERYTHING, ...edit }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(elements) as unknown as NaiveStatement;
}

function shown(told: readonly Gain[]): readonly string[] {
  return told.map(
    ({ actions, isCertain, witness }) =>
      `${isCertain ? 'sure' : 'perhaps'} ${actions.map(({ name }) => name).join()} ${JSON.stringify([...(witness?.context ?? [])])}`,
  );
}

/** The naive evaluation takes lists alone. */
function naive(statement: Record<string, unknown>): NaiveStatement {
  const lists = Object.entries(statement).flatMap(([name, value]): [string, unknown][] =>
    /^(?:Not)?(?:Action|Resource)$/.test(name)
      ? [[name, [value].flat()]]
      : name === 'Effect' || name === 'Condition'
        ? [[name, value]]
        : [],
  );
  return Object.fromEntries(lists) as unknown as NaiveStatement;
}
