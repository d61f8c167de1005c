import assert from 'node:assert/strict';
import { gainsOf } from '../../server/src/core/compare/gains';
import { type Random, randomOf } from '../fuzz/random';
import { loadIamData } from '../support/iamData';
import type { NaivePolicy, NaiveRequest, NaiveStatement } from '../support/naiveEvaluation';
import { allowsAlone, sideOfNaive } from '../support/naiveSides';
import { limit } from '../support/patience';
import { runs, seedOf } from '../support/thorough';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333';
const KEYS = ['app:a', 'app:b', 'app:c', 'aws:username'];
const GIVEN = [[], ['x'], ['y'], ['xy'], ['z'], ['ann']];
const variable = (key: string): string => `\${${key}}`;
const VARIABLES = ['app:a', 'app:b', 'App:C', 'aws:username'].map(variable);

const some = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  Array.from({ length: 1 + random.below(2) }, () => random.pick(values));

function makeStatement(random: Random, keys: readonly string[]): NaiveStatement {
  const conditions: Record<string, Record<string, readonly string[]>> = {};
  for (let count = random.below(3); count > 0; count -= 1) {
    const operator = random.pick(['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike']);
    const ifExists = random.pick(['', '', 'IfExists']);
    const whole = [...VARIABLES, ...VARIABLES, 'x', 'y', `x${random.pick(VARIABLES)}`];
    const values = operator.endsWith('Like') ? [...whole, `${random.pick(VARIABLES)}*`, '*'] : whole;
    conditions[`${operator}${ifExists}`] = { [random.pick(keys)]: some(values, random) };
  }
  const names = ['x', '*', `${random.pick(VARIABLES)}`, `${random.pick(VARIABLES)}*`, 'x*'];
  return {
    Effect: random.below(4) === 0 ? 'Deny' : 'Allow',
    Action: ['sqs:SendMessage'],
    ...(random.below(8) === 0
      ? { NotResource: queues(some(names, random)) }
      : { Resource: queues(some(names, random)) }),
    ...(Object.keys(conditions).length === 0 ? {} : { Condition: conditions }),
  };
}

function queues(names: readonly string[]): readonly string[] {
  return names.map((name) => `${QUEUE}:${name}`);
}

/**
 * Policy variables against a naive evaluation of many values: nothing that is granted newly for some values is missed, and
 * what is certain is granted for the values of its request.
 */
describe('gains by policy variables against a naive evaluation', function () {
  const CASES = Number(process.env.CASES ?? runs(6_000, 48));
  this.timeout(limit(60_000 + CASES * 100));

  it(`are right of ${CASES} edits, and miss no value`, () => {
    const random = randomOf(seedOf(20_261_206));
    const iamData = loadIamData();
    const seen = { gained: 0, empty: 0, open: 0, certain: 0 };
    for (let index = 0; index < CASES; index += 1) {
      const keys = KEYS.slice(0, 1 + random.below(KEYS.length));
      const makePolicy = (most: number): NaivePolicy => ({
        type: 'identity',
        version: random.below(12) === 0 ? '2008-10-17' : '2012-10-17',
        statements: Array.from({ length: 1 + random.below(most) }, () => makeStatement(random, keys)),
      });
      const before = makePolicy(3);
      const after = random.below(2) === 0 ? makePolicy(2) : edited(before, random, keys);
      const gains = gainsOf(sideOfNaive(after), sideOfNaive(before), { iamData });
      const requestOf = (
        resource: string,
        context: ReadonlyMap<string, readonly string[]>,
      ): NaiveRequest => ({
        action: 'sqs:SendMessage',
        resource,
        principal: 'arn:aws:iam::111122223333:user/ann',
        account: '111122223333',
        owner: '111122223333',
        context,
      });
      const isGained = (request: NaiveRequest): boolean =>
        allowsAlone(after, request) && !allowsAlone(before, request);
      const told = ({ resource, context }: NaiveRequest): string =>
        JSON.stringify({ resource, context: [...context], before, after });
      seen.empty += gains.length === 0 ? 1 : 0;
      for (const { isCertain, witness } of gains) {
        seen[isCertain ? 'certain' : 'open'] += 1;
        if (isCertain && witness !== undefined) {
          const context = [...(witness.context ?? [])].map(
            ([key, values]) => [key.toLowerCase(), values] as const,
          );
          const request = requestOf(witness.resource, new Map(context));
          assert.ok(isGained(request), `not gained: ${told(request)}`);
        }
      }
      for (let asked = 0; asked < 60; asked += 1) {
        const context = new Map(KEYS.map((key) => [key, random.pick(GIVEN)]));
        const request = requestOf(`${QUEUE}:${random.pick(['x', 'y', 'xy', 'xyz', 'z', 'ann'])}`, context);
        if (isGained(request)) {
          seen.gained += 1;
          assert.ok(gains.length > 0, `missed: ${told(request)}`);
        }
      }
    }
    // A generator that makes only one kind of case would prove nothing.
    assert.ok(
      seen.gained > CASES && seen.certain > CASES / 3 && seen.empty > CASES / 5,
      JSON.stringify(seen),
    );
    assert.ok(seen.open < seen.certain / 2, JSON.stringify(seen));
  });
});

/** An edit as people make them. */
function edited(policy: NaivePolicy, random: Random, keys: readonly string[]): NaivePolicy {
  const all = policy.statements;
  const at = random.below(all.length);
  const { Condition: _, ...bare } = all[at] ?? makeStatement(random, keys);
  const other = makeStatement(random, keys);
  const statements = random.pick([
    all.toSpliced(at, 1),
    [...all, other],
    all.toSpliced(at, 1, bare),
    all.toSpliced(at, 1, { ...bare, ...(other.Condition && { Condition: other.Condition }) }),
    all.toReversed(),
  ]);
  return { ...policy, statements };
}
