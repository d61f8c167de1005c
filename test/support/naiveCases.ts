import assert from 'node:assert/strict';
import type { NaivePolicy, NaiveRequest, NaiveStatement } from './naiveEvaluation';

/** Policies and requests about a few actions, resources and keys, such that most of them have to do with each other. */

const ACCOUNT = '111122223333';
const OTHER = '444455556666';
export const USER = `arn:aws:iam::${ACCOUNT}:user/ann`;
const OTHER_USER = `arn:aws:iam::${OTHER}:user/bob`;

/** A policy variable, which is no template literal's. */
const variable = (inner: string): string => `\${${inner}}`;

/** The reference does not have s3:GetNothing: AWS may add it. */
const ACTIONS = ['s3:GetObject', 's3:PutObject', 's3:GetNothing', 'sqs:SendMessage'];
export const ACTION_PATTERNS = [...ACTIONS, 's3:*', '*', 'S3:get*', 'sqs:?endMessage', 's3:*Object'];
const RESOURCES = ['q/ann', 'q/bob', 'q/', 'q/annex', 'r/ann/x', 'rq/ann'].map(
  (name) => `arn:aws:sqs:eu-west-1:${ACCOUNT}:${name}`,
);
export const RESOURCE_PATTERNS = [
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

export function makeRequest(random: Random, index: number): NaiveRequest {
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

export function makePolicy(type: 'identity' | 'resource', random: Random): NaivePolicy {
  const statements = Array.from({ length: 1 + random(4) }, () => makeStatement(type, random));
  return { type, version: '2012-10-17', statements };
}

export function makeStatement(type: 'identity' | 'resource', random: Random): NaiveStatement {
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

export function makeConditions(random: Random): NonNullable<NaiveStatement['Condition']> {
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

export type Random = (below: number) => number;

/** The same numbers for the same seed, so that a failure is seen again. Mulberry32. */
export function generator(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

export function pick<Value>(values: readonly Value[], random: Random): Value {
  const value = values[random(values.length)];
  assert.ok(value !== undefined);
  return value;
}

export function some<Value>(values: readonly Value[], random: Random): readonly Value[] {
  return Array.from({ length: 1 + random(2) }, () => pick(values, random));
}
