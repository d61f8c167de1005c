import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core/lint/edits';
import { generator, makePolicy, makeRequest, pick, type Random } from '../support/naiveCases';
import {
  type NaivePolicy,
  type NaiveRequest,
  type NaiveStatement,
  naiveAnswer,
} from '../support/naiveEvaluation';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { runs, seedOf } from '../support/thorough';

/** What these say follows from the policy alone: with their fix, safe or not, it grants the same. */
const CHANGE_NOTHING: ReadonlySet<string> = new Set([
  'action-redundant',
  'condition-numeric-redundant',
  'condition-wildcard-absent',
  'condition-wildcard-always',
  'condition-wildcard-present',
  'resource-redundant',
  'statement-denied',
  'statement-redundant',
]);

/** A statement with such a finding applies to no request. */
const NEVER: ReadonlySet<string> = new Set(['condition-wildcard-never', 'source-ip-private']);

/** Requests of each policy. */
const ASKED = 60;

/**
 * What findings say of a policy, against a naive evaluation of requests that shares no code with the rules: what adds
 * nothing can go, what never applies never does, and no safe fix changes an answer.
 */
describe('what findings claim', function () {
  const CASES = Number(process.env.CASES ?? runs(8_000, 40));
  this.timeout(limit(60_000 + CASES * 50));
  const service = languageService();

  it(`is true of ${CASES} policies`, () => {
    const random = generator(seedOf(20_261_207));
    const seen = new Map<string, number>();
    for (let index = 0; index < CASES; index += 1) {
      const type = random(3) === 0 ? 'resource' : 'identity';
      const policy = repeating(makePolicy(type, random), random);
      const text = JSON.stringify({ Version: policy.version, Statement: policy.statements }, undefined, 2);
      const open = (changed: string) =>
        service.open({ text: changed, language: 'json', override: { policyType: type } });
      const document = open(text);
      const { findings } = service.lint(document, { rules: [{ rule: '*', severity: 'default' }] });
      for (const finding of findings) {
        const { rule, fixes, path } = finding;
        const told = `${rule}: ${finding.message} ${text}`;
        if (NEVER.has(rule)) {
          const own = policy.statements[Number(path[1])];
          assert.ok(own !== undefined, told);
          seen.set(rule, (seen.get(rule) ?? 0) + 1);
          checkNever(own, policy, random, told);
        }
        for (const { kind, edits } of fixes) {
          if (kind === 'safe' || CHANGE_NOTHING.has(rule)) {
            const fixed = { ...policy, ...readBack(applyEdits(text, edits())) };
            seen.set(rule, (seen.get(rule) ?? 0) + 1);
            checkSame(policy, fixed, random, told);
          }
        }
      }
    }
    for (const rule of CHANGE_NOTHING) {
      assert.ok((seen.get(rule) ?? 0) > 0, `no ${rule}: ${JSON.stringify([...seen])}`);
    }
  });
});

/** Conditions on whether a key is there, in other words. */
const WILDCARDS = ['*', '**', '?*', '*?'] as const;
const LIKE = ['StringLike', 'StringNotLike'].flatMap((base) =>
  ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((qualifier) => [
    `${qualifier}${base}`,
    `${qualifier}${base}IfExists`,
  ]),
);

/** A policy in which some statements say again what others say, or deny it, and some conditions only test for a key. */
function repeating(policy: NaivePolicy, random: Random): NaivePolicy {
  const again = (statement: NaiveStatement): NaiveStatement => {
    const { Condition, ...rest } = statement;
    const other = policy.statements[random(policy.statements.length)] ?? statement;
    const Effect = random(2) === 0 ? statement.Effect : 'Deny';
    switch (random(4)) {
      case 0:
        return { ...statement, Effect };
      case 1:
        return { ...rest, Effect };
      case 2:
        return { ...statement, Effect, ...(other.Resource && { Resource: other.Resource }) };
      default:
        return {
          ...rest,
          Effect,
          Condition: {
            ...Condition,
            [pick(LIKE, random)]: { [pick(['app:name', 'app:tags'], random)]: [pick(WILDCARDS, random)] },
          },
        };
    }
  };
  return {
    ...policy,
    statements: policy.statements.flatMap((statement) =>
      random(2) === 0 ? [statement] : random(2) === 0 ? [again(statement)] : [statement, again(statement)],
    ),
  };
}

function readBack(text: string): Pick<NaivePolicy, 'statements' | 'version'> {
  const { Version, Statement } = JSON.parse(text) as {
    readonly Version: NaivePolicy['version'];
    readonly Statement: NaiveStatement | readonly NaiveStatement[];
  };
  return {
    version: Version,
    statements: Array.isArray(Statement) ? Statement : [Statement as NaiveStatement],
  };
}

function checkSame(before: NaivePolicy, after: NaivePolicy, random: Random, told: string): void {
  for (let asked = 0; asked < ASKED; asked += 1) {
    const request = makeRequest(random, asked);
    const [was, is] = [before, after].map((policy) => naiveAnswer([policy], request) === 'allow');
    assert.equal(is, was, `${tellingOf(request)} ${told} ${JSON.stringify(after.statements)}`);
  }
}

function checkNever(own: NaiveStatement, policy: NaivePolicy, random: Random, told: string): void {
  const alone: NaivePolicy = { ...policy, statements: [{ ...own, Effect: 'Allow' }] };
  for (let asked = 0; asked < ASKED; asked += 1) {
    const request = makeRequest(random, asked);
    assert.notEqual(naiveAnswer([alone], request), 'allow', `${tellingOf(request)} ${told}`);
  }
}

function tellingOf(request: NaiveRequest): string {
  return JSON.stringify({ ...request, context: [...request.context] });
}
