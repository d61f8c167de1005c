import { replaceItem, replaceValue } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import type { ActionEntry, ResourceEntry } from '../../model/policy';

/**
 * The edit that puts several texts where one entry stands: as items of its list, or as a list. `undefined` where neither can
 * be: what gives one item of a list, such as a choice of a template, cannot give several.
 */
export function severalTexts(
  { node, element }: ActionEntry | ResourceEntry,
  texts: readonly string[],
): (() => Edit) | undefined {
  const { value } = element.member;
  if (value?.kind !== 'array') {
    return () => replaceValue(node, texts);
  }
  return value.items.includes(node) ? () => replaceItem(value, node, texts) : undefined;
}
