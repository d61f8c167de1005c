import assert from 'node:assert/strict';
import type { CompletionItem, CompletionOptions, Edit, LanguageService } from '../../server/src/core/index';
import { cursorAt } from './fixtures';
import { languageService, openJson } from './policies';

export interface CompletionCase extends Partial<CompletionOptions> {
  readonly service?: LanguageService;
}

/** What is offered at the `$0` of a fixture. */
export function itemsAt(fixture: string, given: CompletionCase = {}): readonly CompletionItem[] {
  const { text, offset } = cursorAt(fixture);
  const { service = languageService(), snippets = 'plain', knowledge, quotes } = given;
  return service.completions(openJson(service, text), offset, { snippets, knowledge, quotes }).items;
}

/** The labels as an editor without a filter would list them. */
export function labelsAt(fixture: string, given: CompletionCase = {}): readonly string[] {
  return [...itemsAt(fixture, given)]
    .sort((a, b) => (a.sortText < b.sortText ? -1 : 1))
    .map(({ label }) => label);
}

/** The text of a fixture after the item of that label was taken. Fails with what there is where it is missing. */
export function accepted(fixture: string, label: string, given: CompletionCase = {}): string {
  const { text, offset } = cursorAt(fixture);
  const items = itemsAt(fixture, given);
  const item = items.find((each) => each.label === label);
  assert.ok(item, `${label} is not among: ${items.map((each) => each.label).join(', ')}`);
  return take(item, text, offset);
}

/** Applies an item, with what an editor relies on: the edit holds the cursor, is on one line, and stands alone. */
export function take(item: CompletionItem, text: string, offset: number): string {
  const { span } = item.edit;
  assert.ok(span.start <= offset && offset <= span.end, `${item.label}: the edit holds the cursor`);
  assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/, `${item.label}: the edit is on one line`);
  for (const other of item.additionalEdits) {
    assert.ok(
      other.span.end < span.start || other.span.start > span.end,
      `${item.label}: another edit touches the one at the cursor`,
    );
  }
  return applyEdits(text, [item.edit, ...item.additionalEdits]);
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce(
      (result, { span, text: inserted }) => result.slice(0, span.start) + inserted + result.slice(span.end),
      text,
    );
}

/** Whether an editor shows an item for what is typed: its letters occur in the item's filter text, in that order. */
export function isShown(item: CompletionItem, text: string, offset: number): boolean {
  const filter = item.filterText.toLowerCase();
  let at = 0;
  for (const letter of text.slice(item.edit.span.start, offset).toLowerCase()) {
    at = filter.indexOf(letter, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}
