import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { EvaluationRequest } from '../../server/src/core/evaluate/request';
import type { Policy } from '../../server/src/core/model/policy';
import { type Random, randomOf } from '../fuzz/random';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

/**
 * What is never granted is allowed by no request, and by none of which it is left open. Here are the policies that the
 * comparisons with a naive evaluation leave out, because AWS does not document what comes of them: several operators for one
 * key, several values without a qualifier, values that are not of the operator's type or that a template fills in, and policy
 * variables that depend on each other.
 */
describe('never against the evaluation of requests', function () {
  const CASES = Number(process.env.CASES ?? runs(6_000, 12));
  this.timeout(limit(20_000 + CASES * 40));

  it(`says never of none of ${CASES} policies that may allow something`, () => {
    const random = randomOf(seedOf(20_261_130));
    const iamData = loadIamData();
    const seen = { never: 0, allow: 0, depends: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const statements = makeStatements(random);
      const policies = policiesOf(statements);
      const isNever = gainsOf(sideOf('identity', policies), sideOf('identity', []), { iamData }).length === 0;
      seen.never += isNever ? 1 : 0;
      for (let asked = 0; asked < 40; asked += 1) {
        const request = makeRequest(random);
        const { outcome } = evaluate(policies, request);
        if (outcome === 'allow' || (outcome === 'depends' && !isCorrelated(statements))) {
          seen[outcome] += 1;
          assert.ok(!isNever, `${outcome}: ${textOf(request)} of ${JSON.stringify(statements)}`);
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(Math.min(seen.never * 20, seen.allow, seen.depends) > CASES, JSON.stringify(seen));
  });
});

const variable = (inner: string): string => `\${${inner}}`;
const BUCKET = 'arn:aws:s3:::b';

/** What keys may have in a request; several values at once only where the service reference has several. */
const KEY_VALUES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'aws:PrincipalTag/a': [[], ['x'], ['xy'], ['X'], ['b']],
  'aws:PrincipalTag/b': [[], ['x'], ['xy'], ['y'], ['X']],
  's3:prefix': [[], ['x/1'], ['xy/2'], ['b/']],
  'aws:TagKeys': [[], ['x'], ['x', 'y'], ['xy', 'b', 'x']],
  's3:max-keys': [[], ['0'], ['7'], ['07'], ['10.5'], ['100']],
  'aws:CurrentTime': [['2026-01-01T00:00:00Z'], ['2026-06-01T12:00:00Z'], ['2027-01-01T00:00:00Z']],
  'aws:SecureTransport': [['true'], ['false']],
  'aws:SourceIp': [[], ['10.1.2.3'], ['203.0.113.7'], ['2001:db8::1'], ['198.51.100.7']],
  'aws:SourceArn': [[], ['arn:aws:sns:eu-west-1:111122223333:t'], ['arn:aws:sqs:eu-west-1:444455556666:q']],
};
const KEYS = Object.keys(KEY_VALUES);
const TAGS = [
  'x',
  'X',
  'y',
  'xy',
  '*y',
  'x*',
  '',
  variable('aws:PrincipalTag/a'),
  variable('aws:PrincipalTag/b'),
  `${variable('aws:PrincipalTag/b')}y`,
  `x${variable("aws:PrincipalTag/a, 'y'")}`,
  { Ref: 'Tag' },
];
const WANTED: Readonly<Record<string, readonly unknown[]>> = {
  'aws:PrincipalTag/a': TAGS,
  'aws:PrincipalTag/b': TAGS,
  's3:prefix': ['', 'x/*', `${variable('aws:PrincipalTag/a')}/*`, '*', { Ref: 'Prefix' }],
  'aws:TagKeys': ['x', 'y', 'x*', 'b'],
  's3:max-keys': ['7', '10', '7.0', 'many', { Ref: 'Most' }, '0*', '7?'],
  'aws:CurrentTime': ['2026-01-01T00:00:00Z', '2026-12-31', 'soon', { Ref: 'End' }, '2026-*'],
  'aws:SecureTransport': ['true', 'false', 'True', { Ref: 'Secure' }],
  'aws:SourceIp': ['10.0.0.0/8', '203.0.113.7', '2001:db8::/32', 'office', { Ref: 'Office' }, '10.*'],
  'aws:SourceArn': ['arn:aws:sns:*:111122223333:*', 'arn:aws:*:*:444455556666:?', 'topic', { Ref: 'Topic' }],
};
const STRING = ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike', 'StringEqualsIgnoreCase'];
const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  's3:max-keys': ['NumericEquals', 'NumericLessThan', 'NumericGreaterThanEquals', 'NumericNotEquals'],
  'aws:CurrentTime': ['DateLessThan', 'DateGreaterThanEquals', 'DateNotEquals'],
  'aws:SecureTransport': ['Bool', 'Bool', 'StringEquals'],
  'aws:SourceIp': ['IpAddress', 'NotIpAddress', 'IpAddress'],
  'aws:SourceArn': ['ArnLike', 'ArnNotEquals', 'ArnEquals'],
};

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;
}

function makeStatements(random: Random): readonly Statement[] {
  const keys = Array.from({ length: 1 + random.below(2) }, () => random.pick(KEYS));
  return Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    Effect: index === 0 || random.below(3) === 0 ? 'Allow' : 'Deny',
    Action: 's3:*',
    [random.below(5) === 0 ? 'NotResource' : 'Resource']: random.pick([
      `${BUCKET}/*`,
      `${BUCKET}/x/*`,
      `${BUCKET}/*/${variable('aws:PrincipalTag/a')}`,
      `${BUCKET}/${variable('aws:PrincipalTag/b')}/*`,
    ]),
    Condition: makeConditions(random, keys),
  }));
}

function makeConditions(random: Random, keys: readonly string[]): Statement['Condition'] {
  const conditions: Record<string, Record<string, readonly unknown[]>> = {};
  for (let count = random.below(4); count > 0; count -= 1) {
    const key = random.pick(keys);
    const own = OPERATORS[key] ?? STRING;
    const base = random.below(12) === 0 ? 'Null' : random.pick(random.below(4) === 0 ? STRING : own);
    const values =
      base === 'Null'
        ? ['true', 'false']
        : (WANTED[key] ?? []).filter((value) => random.below(3) > 0 || value === '');
    const qualifier = key === 'aws:TagKeys' ? random.pick(['', 'ForAnyValue:', 'ForAllValues:']) : '';
    const suffix = base !== 'Null' && random.below(6) === 0 ? 'IfExists' : '';
    const wanted = Array.from({ length: 1 + random.below(2) }, () =>
      random.pick(values.length > 0 ? values : ['x']),
    );
    conditions[`${qualifier}${base}${suffix}`] = {
      ...conditions[`${qualifier}${base}${suffix}`],
      [key]: wanted,
    };
  }
  return conditions;
}

function policiesOf(statements: readonly object[]): readonly Policy[] {
  return openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    language: 'json',
    override: { policyType: 'identity' },
  }).policies;
}

function makeRequest(random: Random): EvaluationRequest {
  return {
    action: 's3:GetObject',
    resource: random.pick([`${BUCKET}/x/1`, `${BUCKET}/y/x`, `${BUCKET}/xy/b/xy`]),
    context: new Map(KEYS.map((key) => [key, random.pick(KEY_VALUES[key] ?? [[]])])),
  };
}

/** Whether two statements ask for the same in the same way: what one of them makes of it the other makes as well. */
function isCorrelated(statements: readonly Statement[]): boolean {
  const asked = statements.flatMap(({ Condition }) =>
    Object.entries(Condition).flatMap(([operator, block]) =>
      Object.keys(block).map((key) => `${operator} ${key}`),
    ),
  );
  return new Set(asked).size < asked.length;
}

function textOf(request: EvaluationRequest): string {
  return JSON.stringify({ ...request, context: [...(request.context ?? [])] });
}
