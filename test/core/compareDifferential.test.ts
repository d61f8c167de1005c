import assert from 'node:assert/strict';
import { type Gain, gainsOf } from '../../server/src/core/compare/gains';
import { loadIamData } from '../support/iamData';
import {
  ACTION_PATTERNS,
  generator,
  makeConditions,
  makePolicy,
  makeRequest,
  makeStatement,
  pick,
  type Random,
  RESOURCE_PATTERNS,
  USER,
} from '../support/naiveCases';
import { type NaivePolicy, type NaiveRequest, naiveAnswer } from '../support/naiveEvaluation';
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
