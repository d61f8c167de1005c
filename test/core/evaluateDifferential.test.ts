import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { evaluate, openQuestion } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { Policy } from '../../server/src/core/model/policy';
import {
  type NaivePolicy,
  type NaiveRequest,
  type NaiveStatement,
  naiveAnswer,
} from '../support/naiveEvaluation';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

/**
 * The evaluation against a naive one that shares no code with it. With everything told the two must agree. With some
 * keys left out, whatever is answered for certain must be so with every value that they may have.
 *
 * What AWS's pages leave open is not among the cases, since there the one answers that it depends: several values of a
 * key without a qualifier, Null under a qualifier, texts that are not of the operator's type, and a wildcard in the value
 * of a variable.
 */
describe('evaluate against a naive evaluation', function () {
  // Each case takes less than a millisecond of an idle processor.
  const CASES = casesAsked(process.env.CASES) ?? runs(50_000, 40);
  this.timeout(limit(20_000 + CASES * 3));

  it(`agrees on ${CASES} requests whose context is known, and is right of them with a part of it left out`, () => {
    const random = generator(seedOf(20_261_129));
    let open = 0;
    const missing = new Set(everyKind());
    const seen = { allow: 0, deny: 0, 'implicit-deny': 0, undocumented: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const { policies, request } = makeCase(random);
      for (const kind of kindsOf(policies, request)) {
        missing.delete(kind);
      }
      const opened: Policy[] = [];
      const levels = new Map<Policy, string>();
      for (const policy of policies) {
        for (const each of openPolicy(policy)) {
          opened.push(each);
          if (policy.level !== undefined) {
            levels.set(each, policy.level);
          }
        }
      }
      const expected = naiveAnswer(policies, request);
      const text = (): string => JSON.stringify({ policies, ...request, context: [...request.context] });
      const told = evaluate(opened, { ...questionOf(request, new Set(request.context.keys())), levels });
      assert.equal(told.outcome, expected === 'undocumented' ? 'depends' : expected, text());
      seen[expected] += 1;
      const some = new Set(KEYS.filter(() => random(2) === 0));
      const question = openQuestion(opened, { ...questionOf(request, some), levels });
      const { outcome, asks } = question.evaluation;
      const rest = new Map([...request.context].filter(([key]) => !some.has(key)));
      assert.equal(question.outcomeWith(rest), told.outcome, text());
      const isRight =
        outcome === 'depends' ||
        (expected !== 'undocumented' && (outcome === 'allow') === (expected === 'allow'));
      assert.ok(isRight, `${outcome}: ${text()}`);
      open += outcome === 'depends' ? 1 : 0;
      // Nothing is asked for that was told.
      assert.ok(
        asks.every(({ key }) => !some.has(key.toLowerCase())),
        text(),
      );
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.deepEqual([...missing], []);
    const { undocumented, ...known } = seen;
    assert.ok(Math.min(...Object.values(known)) > CASES / 20, JSON.stringify(seen));
    assert.ok(undocumented > CASES / 1000, JSON.stringify(seen));
    assert.ok(open > CASES / 20, `${open} depend`);
  });
});

/** How many cases the environment asks for, where it does. */
function casesAsked(text: string | undefined): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const number = Number(text);
  assert.ok(Number.isInteger(number) && number >= 1000, `CASES is "${text}": give 1000 or more`);
  return number;
}

const ACCOUNT = '111122223333';
const OTHER = '444455556666';

/** A policy variable, which is no template literal's. */
const variable = (inner: string): string => `\${${inner}}`;

const ACTIONS = ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'];
const ACTION_PATTERNS = [...ACTIONS, 's3:*', '*', 'S3:get*', 'sqs:?endMessage', 's3:*Object'];
const RESOURCES = [`arn:aws:sqs:eu-west-1:${ACCOUNT}:q/ann`, `arn:aws:sqs:eu-west-1:${OTHER}:q/bob`];
const RESOURCE_PATTERNS = [
  '*',
  ...RESOURCES,
  `arn:aws:sqs:*:${ACCOUNT}:*`,
  `arn:aws:sqs:eu-west-1:${OTHER}:q/?ob`,
  `arn:aws:sqs:*:*:q/${variable('aws:username')}`,
  `arn:aws:sqs:*:*:q/${variable("app:name, 'bob'")}`,
  `arn:aws:sqs:*:*:*/${variable('app:name')}`,
];
const PRINCIPALS = [
  `arn:aws:iam::${ACCOUNT}:user/ann`,
  `arn:aws:sts::${ACCOUNT}:assumed-role/reader/bob`,
  `arn:aws:iam::${OTHER}:user/bob`,
  // A session's own role, asked about as a role, may be in any of its sessions: another one, whose sessions nobody names.
  `arn:aws:iam::${ACCOUNT}:role/x/writer`,
  'sns.amazonaws.com',
  'anonymous',
];
const PRINCIPAL_LISTS: readonly NonNullable<NaiveStatement['Principal']>[] = [
  '*',
  { AWS: ['*'] },
  { AWS: [ACCOUNT] },
  { AWS: [`arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${ACCOUNT}:role/x/reader`] },
  { AWS: [`arn:aws:iam::${ACCOUNT}:root`, `arn:aws:iam::${ACCOUNT}:user/ann`] },
  { AWS: [`arn:aws:sts::${ACCOUNT}:assumed-role/reader/bob`] },
  { AWS: [OTHER] },
  { AWS: [`arn:aws:iam::${ACCOUNT}:role/x/writer`], Service: ['sns.amazonaws.com'] },
  { AWS: [], Service: ['sqs.amazonaws.com'] },
  {
    AWS: [
      ACCOUNT,
      `arn:aws:iam::${ACCOUNT}:user/ann`,
      `arn:aws:iam::${ACCOUNT}:role/x/reader`,
      `arn:aws:sts::${ACCOUNT}:assumed-role/reader/bob`,
    ],
  },
];

/** The keys of the cases, each with the values that it may have in a request; none at all is that it is not in it. */
const KEY_VALUES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['app:name', [[], ['ann'], ['bob'], ['Ann'], ['a+b']]],
  ['app:star', [[], ['a*b'], ['a?b'], ['axb'], ['$']]],
  ['app:tags', [[], ['x'], ['x', 'y'], ['y', 'z', 'team']]],
  ['app:count', [[], ['7'], ['10'], ['-2.5'], ['007.50'], ['0']]],
  ['app:when', [[], ['2026-01-02'], ['2026-01-02T03:04:05Z'], ['1767323045'], ['2026-06-01T00:00:00+02:00']]],
  ['app:flag', [[], ['true'], ['false']]],
  ['app:ip', [[], ['203.0.113.7'], ['10.1.2.3'], ['198.51.100.0'], ['2001:DB8:1::5'], ['::1']]],
  ['app:arn', [[], ['arn:aws:sns:eu-west-1:111122223333:topic:a'], ['arn:aws:iam::444455556666:role/x/y']]],
  ['app:bytes', [[], ['QUJD'], ['QUI=']]],
  ['app:counts', [[], ['7'], ['-3', '9', '10']]],
  ['app:whens', [[], ['1780000000'], ['2026-01-02T03:04:05Z', '2026-06-01T00:00:00+02:00']]],
  ['app:flags', [[], ['true'], ['true', 'false']]],
  ['app:ips', [[], ['203.0.113.7'], ['10.1.2.3', '2001:db8:0:0:0:0:0:1']]],
  [
    'app:arns',
    [
      [],
      ['arn:aws:iam::444455556666:role/x/y'],
      ['arn:aws:sns:eu-west-1:111122223333:topic:a', 'arn:aws:iam::444455556666:role/x/y'],
    ],
  ],
  ['app:many-bytes', [[], ['QUJD'], ['QUI=', 'QUJD']]],
]);
const KEYS = [...KEY_VALUES.keys()];
/** Without a qualifier what AWS does with several values is not documented. */
const MULTIVALUED = new Set(
  KEYS.filter((key) => KEY_VALUES.get(key)?.some((values) => values.length > 1) === true),
);

type Block = readonly [operators: readonly string[], key: string, values: readonly string[]];

const STRINGS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const LIKES = ['StringLike', 'StringNotLike'];
const ARNS = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];
const COMPARISONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals'];

const NUMERIC = COMPARISONS.map((name) => `Numeric${name}`);
const DATE = COMPARISONS.map((name) => `Date${name}`);
const NUMBERS = ['7', '10.0', '-3', '9', '7.5', '-0'];
const DATES = ['2026-01-02T03:04:05Z', '1780000000', '2026-05-31T22:00:00Z', '2026-01-02T00:00:00-00:30'];
const FLAGS = ['true', 'false'];
const IP = ['IpAddress', 'NotIpAddress'];
const RANGES = [
  '203.0.113.0/24',
  '10.0.0.0/8',
  '198.51.100.0',
  '0.0.0.0/0',
  '2001:db8::/32',
  '::/0',
  '10.1.0.0/15',
];
const ARN_PATTERNS = [
  'arn:aws:sns:*:111122223333:topic:*',
  'arn:aws:sns:*:topic:?:*',
  'arn:*:iam::*:role/*',
  'arn:aws:*:eu-west-1:*:topic:a',
  'arn:a?s:s?s:eu-*-1:1111?2223333:*',
  'arn:*:*:*:*:*',
  `arn:aws:iam::444455556666:role/x/${variable("app:none, 'y'")}`,
];
const BYTES = ['QUJD', 'QUI='];

const BLOCKS: readonly Block[] = [
  [
    STRINGS,
    'app:name',
    ['ann', 'BOB', variable('app:name'), variable('aws:username'), variable("app:none, 'bob'"), 'x'],
  ],
  [LIKES, 'App:Name', ['a*', '?ob', '*', variable('aws:username'), 'ANN', variable('app:missing')]],
  [
    [...STRINGS, ...LIKES],
    'app:star',
    ['a*b', `a${variable('*')}b`, `a${variable('?')}?`, variable('$'), '$', 'A*'],
  ],
  [[...STRINGS, ...LIKES], 'app:tags', ['x', 'y', 'team', 'z', '?', 't*m']],
  [NUMERIC, 'app:count', NUMBERS],
  [NUMERIC, 'app:counts', NUMBERS],
  [DATE, 'app:when', DATES],
  [DATE, 'app:whens', DATES],
  [['Bool'], 'app:flag', FLAGS],
  [['Bool'], 'app:flags', FLAGS],
  [IP, 'app:ip', RANGES],
  [IP, 'app:ips', RANGES],
  [ARNS, 'app:arn', ARN_PATTERNS],
  [ARNS, 'app:arns', ARN_PATTERNS],
  [['BinaryEquals'], 'app:bytes', BYTES],
  [['BinaryEquals'], 'app:many-bytes', BYTES],
  [['Null'], 'app:name', FLAGS],
  [['Null'], 'app:tags', FLAGS],
];

/** What the conditions of a case are: each operator as written, and how many values its key has. */
function kindsOf(policies: readonly NaivePolicy[], { context }: NaiveRequest): readonly string[] {
  return policies
    .flatMap(({ statements }) => statements)
    .flatMap(({ Condition = {} }) =>
      Object.entries(Condition).flatMap(([operator, block]) =>
        Object.keys(block).map((key) => {
          const count = context.get(key.toLowerCase())?.length ?? 0;
          return `${operator} ${['missing', 'one'][count] ?? 'several'}`;
        }),
      ),
    );
}

/** Every operator with a missing key and one value, its IfExists, and under a qualifier with several values as well. */
function everyKind(): readonly string[] {
  const operators = [...STRINGS, ...LIKES, ...NUMERIC, ...DATE, 'Bool', ...IP, ...ARNS, 'BinaryEquals'];
  return [
    ...operators.flatMap((operator) =>
      ['', 'IfExists'].flatMap((suffix) => [
        ...['missing', 'one'].map((count) => `${operator}${suffix} ${count}`),
        ...['ForAllValues:', 'ForAnyValue:'].flatMap((qualifier) =>
          ['missing', 'one', 'several'].map((count) => `${qualifier}${operator}${suffix} ${count}`),
        ),
      ]),
    ),
    ...['missing', 'one', 'several'].map((count) => `Null ${count}`),
  ];
}

function makeCase(random: Random): {
  readonly policies: readonly NaivePolicy[];
  readonly request: NaiveRequest;
} {
  const principal = pick(PRINCIPALS, random);
  const resource = pick(RESOURCES, random);
  const context = new Map<string, readonly string[]>();
  for (const [key, values] of KEY_VALUES) {
    context.set(key, pick(values, random));
  }
  // What the evaluation derives by itself is told to the naive one.
  context.set('aws:username', principal.includes(':user/') ? [principal.split('/').at(-1) ?? ''] : []);
  context.set('app:none', []);
  context.set('app:missing', []);
  const request = {
    action: pick(ACTIONS, random),
    resource,
    principal,
    account: principal.split(':')[4] ?? '',
    owner: resource.split(':')[4] ?? '',
    context,
  };
  const principalIsArn = principal.startsWith('arn:');
  const types: NaivePolicy['type'][] = principalIsArn ? ['identity'] : ['identity', 'resource'];
  for (const type of ['resource', 'scp', 'boundary', 'session', 'rcp'] as const) {
    if (random(type === 'resource' ? 2 : 4) === 0) {
      types.push(type);
    }
  }
  // With levels each must allow.
  const levels = ['root', 'team'].slice(0, 1 + random(2));
  return {
    policies: types.flatMap((type) =>
      type === 'scp'
        ? levels.map((level) => ({ ...makePolicy(type, random), level }))
        : [makePolicy(type, random)],
    ),
    request,
  };
}

function makePolicy(type: NaivePolicy['type'], random: Random): NaivePolicy {
  const statements = Array.from({ length: 1 + random(3) }, (): NaiveStatement => {
    const isDeny = type === 'rcp' || random(5) === 0;
    return {
      Effect: isDeny ? 'Deny' : 'Allow',
      ...(random(6) === 0
        ? { NotAction: some(ACTION_PATTERNS, random) }
        : { Action: some(ACTION_PATTERNS, random) }),
      ...(random(6) === 0
        ? { NotResource: some(RESOURCE_PATTERNS.slice(1, 5), random) }
        : { Resource: some(RESOURCE_PATTERNS, random) }),
      ...(type === 'resource'
        ? { [random(5) === 0 ? 'NotPrincipal' : 'Principal']: pick(PRINCIPAL_LISTS, random) }
        : {}),
      ...(type === 'rcp' ? { Principal: '*' } : {}),
      ...(random(3) === 0 ? {} : { Condition: makeConditions(random) }),
    };
  });
  return { type, version: random(8) === 0 ? '2008-10-17' : '2012-10-17', statements };
}

function makeConditions(random: Random): NonNullable<NaiveStatement['Condition']> {
  const conditions = new Map<string, Record<string, readonly string[]>>();
  for (let count = 1 + random(2); count > 0; count -= 1) {
    const [operators, key, values] = pick(BLOCKS, random);
    const base = pick(operators, random);
    const sets = ['ForAllValues:', 'ForAnyValue:'];
    const qualifier = pick(MULTIVALUED.has(key) ? sets : ['', '', '', ...sets], random);
    const operator = base === 'Null' ? base : qualifier + base + pick(['', '', 'IfExists'], random);
    conditions.set(operator, { ...conditions.get(operator), [key]: some(values, random) });
  }
  return Object.fromEntries(conditions);
}

function questionOf(
  { action, resource, principal, context }: NaiveRequest,
  told: ReadonlySet<string>,
): EvaluationRequest {
  return { action, resource, principal, context: new Map([...context].filter(([key]) => told.has(key))) };
}

function openPolicy({ type, version, statements }: NaivePolicy): readonly Policy[] {
  return openDocument({
    text: JSON.stringify({ Version: version, Statement: statements }),
    language: 'json',
    override: { policyType: type },
  }).policies;
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
