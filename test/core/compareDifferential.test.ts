import assert from 'node:assert/strict';
import { type Gain, gainsOf } from '../../server/src/core/compare/gains';
import { loadIamData } from '../support/iamData';
import {
  type NaivePolicy,
  type NaiveRequest,
  type NaiveStatement,
  naiveAnswer,
} from '../support/naiveEvaluation';
import { allowsAlone, sideOfNaive, speaksOf } from '../support/naiveSides';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

/**
 * Comparing policies against a naive evaluation that shares no code with it, on generated policies and edits of them.
 * Whatever is said to be granted newly is: the naive one allows the witness by the new policy and not by the old one. And
 * no request that the new policy allows and the old one does not is missed: some gain speaks of it.
 */
describe('gains against a naive evaluation', function () {
  const CASES = Number(process.env.CASES ?? runs(4_000, 64));
  this.timeout(limit(60_000 + CASES * 100));

  it(`is right of ${CASES} edits, and misses nothing`, () => {
    const random = generator(seedOf(20_261_130));
    const seen = { gained: 0, certain: 0, undecided: 0, empty: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const type = random(3) === 0 ? 'resource' : 'identity';
      const before = makePolicy(type, random);
      const after = random(6) === 0 ? makePolicy(type, random) : edited(before, random);
      const is = sideOfNaive(after);
      const gains = gainsOf(is, sideOfNaive(before), { iamData: loadIamData() });
      const text = (): string => JSON.stringify({ before, after });
      for (const gain of gains) {
        seen[gain.isCertain ? 'certain' : 'undecided'] += 1;
        checkWitness(gain, before, after, text);
      }
      seen.empty += gains.length === 0 ? 1 : 0;
      for (let asked = 0; asked < 60; asked += 1) {
        const request = makeRequest(random, index);
        if (allowsAlone(after, request) && !allowsAlone(before, request)) {
          seen.gained += 1;
          assert.ok(
            gains.some((gain) => speaksOf(gain, is, after, request)),
            `missed ${JSON.stringify({ ...request, context: [...request.context] })} of ${text()}`,
          );
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(
      seen.gained > CASES && seen.certain > CASES / 3 && seen.empty > CASES / 5,
      JSON.stringify(seen),
    );
    assert.ok(seen.undecided < seen.certain / 10, JSON.stringify(seen));
  });
});

function checkWitness(gain: Gain, before: NaivePolicy, after: NaivePolicy, text: () => string): void {
  const { witness, isCertain } = gain;
  if (!isCertain || witness === undefined || !/:(?:user|assumed-role)\//.test(witness.principal ?? USER)) {
    return;
  }
  // The naive one reads IPv4 alone.
  if ([...(witness.context?.values() ?? [])].flat().includes('::')) {
    return;
  }
  const principal = witness.principal ?? USER;
  const account = principal.split(':')[4] ?? '';
  const context = new Map<string, readonly string[]>([
    ['aws:username', [principal.split('/').at(-1) ?? '']],
    ...[...(witness.context ?? [])].map(([key, values]) => [key.toLowerCase(), values] as const),
  ]);
  const request = {
    action: witness.action,
    resource: witness.resource,
    principal,
    account,
    owner: account,
    context,
  };
  const told = `${text()} ${JSON.stringify({ ...request, context: [...context] })}`;
  const granted = grantOf(after, request);
  assert.notEqual(granted, 0, `granted: ${told}`);
  assert.ok(granted > grantOf(before, request), `not granted before: ${told}`);
}

/** 2 for what a policy grants itself, 1 for what it leaves to the identity policies of the caller's account, else 0. */
function grantOf(policy: NaivePolicy, request: NaiveRequest): 0 | 1 | 2 {
  return naiveAnswer([policy], request) === 'allow' ? 2 : allowsAlone(policy, request) ? 1 : 0;
}

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const OTHER_USER = `arn:aws:iam::${OTHER}:user/bob`;

/** A policy variable, which is no template literal's. */
const variable = (inner: string): string => `\${${inner}}`;

/** The reference does not have s3:GetNothing: AWS may add it. */
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:GetNothing', 'sqs:SendMessage'];
const ACTION_PATTERNS = [...ACTIONS, 's3:*', '*', 'S3:get*', 'sqs:?endMessage', 's3:*Object'];
const RESOURCES = ['q/ann', 'q/bob', 'q/', 'q/annex', 'r/ann/x', 'rq/ann'].map(
  (name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
);
const RESOURCE_PATTERNS = [
  '*',
  ...['q/ann', 'q/*', 'q/an?', 'q/a*', '*/ann', '*nn*', 'q/?*', 'r/*/x'].map(
    (name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
  ),
  `arn:aws:sqs:*:*:q/*`,
  `arn:aws:sqs:*:*:q/${variable('aws:username')}`,
  `arn:aws:sqs:*:*:*/${variable('app:name')}`,
];
const PRINCIPAL_LISTS: readonly NonNullable<NaiveStatement['Principal']>[] = [
  '*',
  { AWS: [ACCOUNT] },
  { AWS: [USER] },
  { AWS: [USER, OTHER_USER] },
  { AWS: [OTHER] },
];
const KEY_VALUES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['app:name', [[], ['ann'], ['bob'], ['Ann'], ['annex']]],
  ['app:tags', [[], ['x'], ['x', 'y'], ['y', 'z', 'team']]],
  ['app:count', [[], ['7'], ['10'], ['8'], ['-3']]],
  ['app:flag', [[], ['true'], ['false']]],
  ['app:ip', [[], ['203.0.113.7'], ['10.1.2.3'], ['10.200.2.3'], ['198.51.100.0']]],
  ['app:arn', [[], ['arn:aws:sns:eu-west-1:111122223333:topic:a'], ['arn:aws:iam::444455556666:role/x/y']]],
]);

type Block = readonly [operators: readonly string[], key: string, values: readonly string[]];

const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];
const BLOCKS: readonly Block[] = [
  [['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase'], 'app:name', ['ann', 'bob', 'BOB', 'x']],
  [['StringLike', 'StringNotLike'], 'App:Name', ['a*', '?ob', '*', 'an?*', 'ANN']],
  [['StringEquals', 'StringNotEquals', 'StringLike'], 'app:tags', ['x', 'y', 'team', 't*m']],
  [COMPARISONS.map((name) => `Numeric${name}`), 'app:count', ['7', '10', '-3', '9']],
  [['Bool'], 'app:flag', ['true', 'false']],
  [['IpAddress', 'NotIpAddress'], 'app:ip', ['203.0.113.0/24', '10.0.0.0/8', '10.1.0.0/16', '0.0.0.0/0']],
  [['ArnLike', 'ArnNotEquals'], 'app:arn', ['arn:aws:sns:*:111122223333:topic:*', 'arn:*:iam::*:role/*']],
  [['Null'], 'app:name', ['true', 'false']],
];

function makeRequest(random: Random, index: number): NaiveRequest {
  const principal = index % 2 === 0 ? USER : OTHER_USER;
  const context = new Map<string, readonly string[]>();
  for (const [key, values] of KEY_VALUES) {
    context.set(key, pick(values, random));
  }
  context.set('aws:username', [principal.split('/').at(-1) ?? '']);
  const account = principal.split(':')[4] ?? '';
  return {
    action: pick(ACTIONS, random),
    resource: pick(RESOURCES, random),
    principal,
    account,
    owner: account,
    context,
  };
}

function makePolicy(type: 'identity' | 'resource', random: Random): NaivePolicy {
  const statements = Array.from({ length: 1 + random(4) }, () => makeStatement(type, random));
  return { type, version: '2012-10-17', statements };
}

function makeStatement(type: 'identity' | 'resource', random: Random): NaiveStatement {
  return {
    Effect: random(4) === 0 ? 'Deny' : 'Allow',
    ...(random(7) === 0
      ? { NotAction: some(ACTION_PATTERNS, random) }
      : { Action: some(ACTION_PATTERNS, random) }),
    ...(random(7) === 0
      ? { NotResource: some(RESOURCE_PATTERNS.slice(1, 9), random) }
      : { Resource: some(RESOURCE_PATTERNS, random) }),
    ...(type === 'resource' ? { Principal: pick(PRINCIPAL_LISTS, random) } : {}),
    ...(random(2) === 0 ? {} : { Condition: makeConditions(random) }),
  };
}

function makeConditions(random: Random): NonNullable<NaiveStatement['Condition']> {
  const conditions = new Map<string, Record<string, readonly string[]>>();
  for (let count = 1 + random(2); count > 0; count -= 1) {
    const [operators, key, values] = pick(BLOCKS, random);
    const base = pick(operators, random);
    const sets = ['ForAllValues:', 'ForAnyValue:'];
    // Without a qualifier what AWS does with several values is not documented.
    const qualifier = pick(key === 'app:tags' ? sets : ['', '', '', ...sets], random);
    const operator = base === 'Null' ? base : qualifier + base + pick(['', '', 'IfExists'], random);
    conditions.set(operator, { ...conditions.get(operator), [key]: some(values, random) });
  }
  return Object.fromEntries(conditions);
}

/** An edit as people make them: a statement more or less, a list longer or shorter, another condition or none. */
function edited(policy: NaivePolicy, random: Random): NaivePolicy {
  const statements = [...policy.statements];
  const at = random(statements.length);
  const statement = statements[at];
  assert.ok(statement !== undefined);
  const type = policy.type === 'resource' ? 'resource' : 'identity';
  switch (random(6)) {
    case 0:
      statements.splice(at, 1);
      break;
    case 1:
      statements.push(makeStatement(type, random));
      break;
    case 2: {
      const { Condition: _, ...bare } = statement;
      statements[at] = random(2) === 0 ? bare : { ...bare, Condition: makeConditions(random) };
      break;
    }
    case 3:
      if (statement.Action !== undefined) {
        statements[at] = { ...statement, Action: [...statement.Action, pick(ACTION_PATTERNS, random)] };
      }
      break;
    case 4:
      if (statement.Resource !== undefined) {
        statements[at] = { ...statement, Resource: [pick(RESOURCE_PATTERNS, random)] };
      }
      break;
    default:
      statements.reverse();
  }
  return { ...policy, statements };
}

type Random = (below: number) => number;

/** The same numbers for the same seed, so that a failure is seen again. Mulberry32. */
function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[random(values.length)];
  assert.ok(value !== undefined);
  return value;
}

function some<Value>(values: readonly Value[], random: Random): readonly Value[] {
  return Array.from({ length: 1 + random(2) }, () => pick(values, random));
}
