import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentInput, PolicyDocument } from '../../server/src/core/document';
import { openDocument } from '../../server/src/core/document';
import { sortEdits } from '../../server/src/core/features/codeActions';
import { type OfferedRefactoring, refactorings } from '../../server/src/core/features/refactor/refactorings';
import type { Policy } from '../../server/src/core/model/policy';
import type { Span } from '../../server/src/core/syntax/nodes';
import { loadIamData } from '../support/iamData';
import { limit } from '../support/patience';
import { answer, type Probe, probesOf } from '../support/probes';
import { sharedCorpus } from '../support/repository';
import { applyEdits, badPolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';
import { step } from '../support/thorough';

/** One policy in so many; primes, so that no series of like-named policies is left out as a whole. */
const STEPS = {
  pages: step(3, 2),
  'access-analyzer': step(23, 2),
  'managed-policies': step(37, 4),
} as const;

/** Longer policies take long and show nothing new. */
const LONGEST = 5_000;

/** Each refactoring is asked about one in so many of the requests, in turn. */
const TURNS = 5;

/** So many statements of a policy are tried, from its beginning. */
const MOST_STATEMENTS = 6;

describe('a refactoring', function () {
  this.timeout(limit(120_000));
  const iamData = loadIamData();
  let turn = 0;

  /** Tries what is offered at each element of a policy, and counts by kind. */
  function check(samples: readonly DocumentInput[]): ReadonlyMap<string, number> {
    const tried = new Map<string, number>();
    for (const sample of samples) {
      const before = openDocument(sample);
      // What is offered at several places is tried at one of them.
      const titles = new Set<string>();
      for (const span of cursorsOf(before)) {
        for (const refactoring of refactorings(before, span, iamData, () => true)) {
          const offer = `${refactoring.title} ${refactoring.edits()[0]?.span.start}`;
          if (titles.has(offer)) {
            continue;
          }
          titles.add(offer);
          const kind = refactoring.kind.replace(/.*\./, '');
          tried.set(kind, (tried.get(kind) ?? 0) + 1);
          checkOne(sample, before, kind, refactoring);
        }
      }
      checkSorting(sample, before);
    }
    return tried;
  }

  function checkOne(
    sample: DocumentInput,
    before: PolicyDocument,
    kind: string,
    refactoring: OfferedRefactoring,
  ): void {
    const text = applyEdits(sample.text, refactoring.edits());
    const shown = `${refactoring.title}\n${sample.text}\nbecomes\n${text}`;
    assert.notEqual(text, sample.text, shown);
    const after = openDocument({ ...sample, text });
    assert.ok(after.tree.faults.length <= before.tree.faults.length, shown);
    assert.equal(after.policies.length, before.policies.length, shown);
    for (const [index, policy] of before.policies.entries()) {
      const now = after.policies[index];
      assert.ok(now !== undefined);
      assert.equal(now.kind.type, policy.kind.type, shown);
      for (const probe of probesFor(kind, policy)) {
        assert.deepEqual(answer(now, probe), answer(policy, probe), `${JSON.stringify(probe)} ${shown}`);
      }
    }
  }

  function checkSorting(sample: DocumentInput, before: PolicyDocument): void {
    const text = applyEdits(sample.text, sortEdits(before));
    assert.deepEqual(sortEdits(openDocument({ ...sample, text })), [], `sorting has no end:\n${text}`);
  }

  /** What AWS adds later is not known to a list of today's actions: of wildcards only these are asked about. */
  function probesFor(kind: string, policy: Policy): readonly Probe[] {
    turn += 1;
    const probes = probesOf(policy).filter((_, index) => index % TURNS === turn % TURNS);
    return kind === 'expandWildcard' || kind === 'collapseToWildcard'
      ? probes.flatMap((probe) =>
          iamData
            .expandActions(probe.action)
            .slice(0, 5)
            .map(({ id }) => ({ ...probe, action: id })),
        )
      : probes;
  }

  it('never changes what the examples of the rule pages grant', () => {
    const samples = ruleFiles()
      .flatMap(({ page, furtherCases }) =>
        [page, furtherCases].flatMap((path) => badPolicies(readIfThere(path) ?? '')),
      )
      .filter(({ text }, index) => text.length < LONGEST && index % STEPS.pages === 0);
    const tried = check(samples);
    console.log(`    tried: ${[...tried].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
    assert.ok(tried.size >= 6, 'most kinds come up');
  });

  for (const [name, folder] of [
    ['access-analyzer', sharedCorpus(join('access-analyzer', 'policies'))],
    ['managed-policies', sharedCorpus('managed-policies')],
  ] as const) {
    it(`never changes what the policies of ${name} grant`, () => {
      if (folder === undefined) {
        console.log(`    corpus ${name} is not here: no refactoring is tried on it`);
        return;
      }
      const samples = readdirSync(folder)
        .filter((file) => file.endsWith('.json'))
        .filter((_, index) => index % STEPS[name] === 0)
        .map((file) => ({ text: readFileSync(join(folder, file), 'utf8'), language: 'json' as const }))
        .filter(({ text }) => text.length < LONGEST);
      const tried = check(samples);
      console.log(`    tried: ${[...tried].map(([kind, count]) => `${count} ${kind}`).join(', ')}`);
      assert.ok(tried.size >= 5);
    });
  }
});

/** Before the policy's first member, and on each key of its first statements. */
function cursorsOf({ policies }: PolicyDocument): readonly Span[] {
  const nodes = policies.flatMap(({ members, statements }) => [
    ...members.map(({ key }) => key),
    ...statements
      .slice(0, MOST_STATEMENTS)
      .flatMap((statement) => [
        ...statement.members.map(({ key }) => key),
        ...statement.actions.flatMap(({ entries }) => entries.slice(0, 3).map(({ node }) => node)),
        ...statement.principals.flatMap(({ entries }) => entries.slice(0, 1).map(({ node }) => node)),
        ...statement.conditions.map(({ key }) => key),
      ]),
  ]);
  return nodes.map(({ span: { start } }) => ({ start: start + 1, end: start + 1 }));
}
