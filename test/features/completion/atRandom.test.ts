import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentInput } from '../../../server/src/core/index';
import { take } from '../../support/completion';
import { languageService } from '../../support/policies';
import { repositoryRoot } from '../../support/repository';
import { examplePolicies } from '../../support/rulePages';

const pages = join(repositoryRoot, 'server/docs/rules');

const examples = readdirSync(pages)
  .sort()
  .flatMap((page) =>
    examplePolicies(readFileSync(join(pages, page), 'utf8')).map((input) => ({ page, input })),
  );

function faultsOf(input: DocumentInput): number {
  return languageService().open(input).tree.faults.length;
}

/** One in so many offsets of an example, another one in each example, so that all kinds of places have their turn. */
const STEP = 41;

describe('completing anywhere in the examples of the rule pages', function () {
  this.timeout(120_000);

  it('has examples', () => assert.ok(examples.length > 200, String(examples.length)));

  for (const [title, shorten] of [
    ['leaves a document that parses no worse', (text: string) => text],
    [
      'does so too where the text ends at the cursor',
      (text: string, offset: number) => text.slice(0, offset),
    ],
  ] as const) {
    it(title, () => {
      const service = languageService();
      let taken = 0;
      for (const [index, { page, input }] of examples.entries()) {
        for (let offset = index % STEP; offset <= input.text.length; offset += STEP) {
          const text = shorten(input.text, offset);
          const { items } = service.completions(service.open({ ...input, text }), offset, {
            snippets: 'plain',
          });
          const chosen = new Set([items[0], items[Math.floor(items.length / 2)], items.at(-1)]);
          for (const item of chosen) {
            if (item !== undefined) {
              const after = take(item, text, offset);
              taken += 1;
              assert.ok(
                faultsOf({ ...input, text: after }) <= faultsOf({ ...input, text }),
                `${page} at ${offset}, ${item.label}:\n${text}\n--- became ---\n${after}`,
              );
            }
          }
        }
      }
      assert.ok(taken > 1_000, `only ${taken} items were offered`);
    });
  }
});
