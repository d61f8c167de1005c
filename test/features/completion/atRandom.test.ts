import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentInput } from '../../../server/src/core/index';
import { take } from '../../support/completion';
import { limit } from '../../support/patience';
import { languageService } from '../../support/policies';
import { repositoryRoot } from '../../support/repository';
import { examplePolicies } from '../../support/rulePages';
import { step } from '../../support/thorough';

const pages = join(repositoryRoot, 'server/docs/rules');

const examples = readdirSync(pages)
  .sort()
  .flatMap((page) =>
    examplePolicies(readFileSync(join(pages, page), 'utf8')).map((input) => ({ page, input })),
  );

/** The faults of the document and of the policies in its strings. */
function faultsOf(input: DocumentInput): number {
  const { tree, policies } = languageService().open(input);
  const nested = policies.filter(({ node }) => node.source !== tree.source);
  return tree.faults.length + nested.reduce((sum, { faults }) => sum + faults.length, 0);
}

function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

const BEFORE_STRING = '{ "PolicyDocument": "';

type Variant = (text: string, offset: number) => { readonly text: string; readonly offset: number };

const variants: readonly (readonly [title: string, variant: Variant])[] = [
  ['leaves a document that parses no worse', (text, offset) => ({ text, offset })],
  ['does so where the text ends at the cursor', (text, offset) => ({ text: text.slice(0, offset), offset })],
  [
    'does so where the policy stands in a string',
    (text, offset) => ({
      text: `${BEFORE_STRING}${inString(text)}" }`,
      offset: BEFORE_STRING.length + inString(text.slice(0, offset)).length,
    }),
  ],
];

/** One in so many offsets of an example, another one in each example, so that all kinds of places have their turn. */
const STEP = step(37, 80);

describe('completing anywhere in the examples of the rule pages', function () {
  this.timeout(limit(120_000));

  it('has examples', () => assert.ok(examples.length > 200, String(examples.length)));

  for (const [title, variant] of variants) {
    it(title, () => {
      const service = languageService();
      let taken = 0;
      for (const [index, { page, input }] of examples.entries()) {
        for (let at = index % STEP; at <= input.text.length; at += STEP) {
          const { text, offset } = variant(input.text, at);
          const document = { ...input, text };
          const quotes = at % 2 === 0 ? 'taken' : 'left';
          const { items } = service.completions(service.open(document), offset, {
            snippets: 'plain',
            quotes,
          });
          let faults: number | undefined;
          const blocks = items.filter(({ kind }) => kind === 'block');
          for (const item of new Set([
            items[0],
            items[Math.floor(items.length / 2)],
            items.at(-1),
            ...blocks,
          ])) {
            if (item !== undefined) {
              const after = take(item, text, offset);
              taken += 1;
              faults ??= faultsOf(document);
              assert.ok(
                faultsOf({ ...document, text: after }) <= faults,
                `${page} at ${offset}, ${item.label}:\n${text}\n--- became ---\n${after}`,
              );
            }
          }
        }
      }
      assert.ok(taken > 75, `only ${taken} items were offered`);
    });
  }
});
