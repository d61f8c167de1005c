import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../server/src/core/document';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { applyEdits, badPolicies } from '../support/rulePages';
import { readIfThere, ruleFiles } from '../support/rules';

/** Rules whose fix takes a condition away that holds nobody off. */
const HOLDING_NOBODY_OFF: ReadonlySet<string> = new Set(['condition-empty', 'condition-wildcard-always']);

/** Words that say to whom or to what a wildcard extends a grant. */
const SAYS_SO = /\*|every|everything/;

describe('a fix that widens what is granted', function () {
  this.timeout(limit(120_000));
  const service = languageService();
  const fixes = ruleFiles().flatMap(({ page, furtherCases }) =>
    [page, furtherCases]
      .flatMap((path) => badPolicies(readIfThere(path) ?? ''))
      .flatMap((sample) => {
        const before = service.open(sample);
        return service
          .lint(before, { rules: [{ rule: '*', severity: 'default' }] })
          .findings.flatMap(({ rule, fixes: offered }) =>
            offered.map((fix) => ({ rule, fix, before, sample, edits: fix.edits() })),
          );
      }),
  );

  it('takes no condition of an Allow away', () => {
    const taking = fixes.filter(({ rule, before, sample, edits }) => {
      const after = service.open({ ...sample, text: applyEdits(sample.text, edits) });
      return (
        !HOLDING_NOBODY_OFF.has(rule) &&
        statementsIn(after) === statementsIn(before) &&
        conditionsIn(after) < conditionsIn(before)
      );
    });
    assert.deepEqual([...new Set(taking.map(({ rule, fix }) => `${rule}: ${fix.title}`))], []);
  });

  it('says so in its title where it writes a wildcard', () => {
    const silent = fixes.filter(
      ({ fix, sample, edits }) =>
        !SAYS_SO.test(fix.title) && starsIn(applyEdits(sample.text, edits)) > starsIn(sample.text),
    );
    assert.deepEqual([...new Set(silent.map(({ rule, fix }) => `${rule}: ${fix.title}`))], []);
  });

  it('is looked for among hundreds', () => {
    assert.ok(fixes.length > 300, `${fixes.length} fixes`);
  });
});

function statementsIn({ policies }: PolicyDocument): number {
  return policies.flatMap(({ statements }) => statements).length;
}

/** The keys that conditions of Allow statements test, each under its operator. */
function conditionsIn({ policies }: PolicyDocument): number {
  return policies
    .flatMap(({ statements }) => statements)
    .filter(({ effect }) => effect?.value === 'Allow')
    .flatMap(({ conditions }) => conditions).length;
}

function starsIn(text: string): number {
  return text.split('*').length;
}
