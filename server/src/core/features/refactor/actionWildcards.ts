import type { IamData } from '../../iamData/iamData';
import { removeItems, replaceItem, replaceString, replaceValue } from '../../lint/edits';
import { hasComment, rangeOf } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import type { ActionElement, ActionEntry } from '../../model/policy';
import { hasWildcard } from '../../pattern/pattern';
import { quote } from '../../rules/support/quote';
import { touches } from '../../spans';
import type { ArrayNode } from '../../syntax/nodes';
import { counted } from '../../wording';
import { isIntact, isOfTexts, type Refactor } from './refactoring';

/** More are no help to a reader, and would not fit into a policy. */
const MOST_EXPANDED = 250;

/**
 * Writes out the actions of a wildcard under the cursor, those of today. `*`, and wildcards in the service, would fill
 * any policy.
 */
export const expandActions: Refactor = ({ policy, statements, span, iamData }) => {
  const presentIn = new Map<ActionElement, ReadonlySet<string>>();
  const textsOf = (element: ActionElement): ReadonlySet<string> => {
    const texts = presentIn.get(element) ?? new Set(element.entries.map((other) => other.text.toLowerCase()));
    presentIn.set(element, texts);
    return texts;
  };
  return statements
    .flatMap(({ actions }) => actions.flatMap(({ entries }) => entries))
    .filter(({ node }) => touches(node.span, span) && isIntact(policy, node))
    .flatMap((entry) => {
      const { service, name, text, element } = entry;
      if (service === undefined || hasWildcard(service) || !hasWildcard(name)) {
        return [];
      }
      const present = textsOf(element);
      const granted = iamData?.expandActions(text) ?? [];
      const missing = granted.map(({ id }) => id).filter((id) => !present.has(id.toLowerCase()));
      return missing.length === 0 || granted.length > MOST_EXPANDED || !takes(entry, missing.length)
        ? []
        : [
            {
              title: `Expand ${quote(text)} to the ${counted(granted.length, 'action')} of today`,
              edits: () => [expansion(entry, missing.sort())],
            },
          ];
    });
};

/** Whether so many actions can stand where an entry does: in a list one function, such as a choice, gives one item. */
function takes({ node, element }: ActionEntry, count: number): boolean {
  const { value } = element.member;
  return count === 1 || value?.kind !== 'array' || value.items.includes(node);
}

function expansion({ node, element }: ActionEntry, ids: readonly string[]): Edit {
  const { value } = element.member;
  const [only = ''] = ids;
  if (value?.kind !== 'array') {
    return ids.length === 1 ? replaceString(node, only) : replaceValue(node, ids);
  }
  // A list on one line becomes too long for it.
  const texts = element.entries.flatMap((entry) => (entry.node === node ? ids : [entry.text]));
  const isPlain = isOfTexts(value) && !hasComment(value);
  const isOnOneLine = !value.source.text.slice(...extentOf(element)).includes('\n');
  return isPlain && isOnOneLine && ids.length > 1
    ? replaceValue(value, texts)
    : replaceItem(value, node, ids);
}

/** From the first token of a list to its last, in its source. */
function extentOf({ entries }: ActionElement): readonly [from: number | undefined, to: number | undefined] {
  const [first, last] = [entries[0], entries.at(-1)].map(
    (entry) => entry && rangeOf(entry.node.source, entry.node),
  );
  return [first?.from, last?.to];
}

/**
 * Writes a wildcard for the actions of a list that are all which that wildcard grants. It ends at the border of a
 * word, as people write them, and grants also what the service gets later, which the title says.
 */
export const collapseActions: Refactor = ({ policy, statements, span, iamData }) =>
  statements
    .flatMap(({ actions }) => actions)
    .filter(({ member }) => touches(member.span, span))
    .flatMap(({ member, entries }) => {
      const list = member.value;
      if (iamData === undefined || list?.kind !== 'array' || !isIntact(policy, list) || hasComment(list)) {
        return [];
      }
      const listed = new Set(entries.map(({ text }) => text.toLowerCase()));
      const wildcards = entries
        .filter(({ node }) => touches(member.key.span, span) || touches(node.span, span))
        .flatMap(({ text }) => wildcardAround(text, listed, iamData) ?? []);
      return [...new Set(wildcards)].map((wildcard) => {
        const isGranted = coveredBy(wildcard);
        const indexes = list.items.flatMap((item, index) =>
          item.kind === 'string' && isGranted(item.value) ? [index] : [],
        );
        return {
          title: `Collapse ${counted(indexes.length, 'action')} to ${quote(wildcard)} (also what AWS adds later)`,
          edits: () => collapsed(list, indexes, wildcard),
        };
      });
    });

/** The widest wildcard that grants an action and nothing that is not listed; at least two actions. */
function wildcardAround(text: string, listed: ReadonlySet<string>, iamData: IamData): string | undefined {
  const action = iamData.action(text);
  const ids = iamData
    .service(action?.service ?? '')
    ?.actionNames()
    .map((name) => `${action?.service}:${name}`.toLowerCase());
  return wordBordersOf(action?.name ?? '')
    .map((end) => `${action?.service}:${action?.name.slice(0, end)}*`)
    .find((wildcard) => {
      const granted = ids?.filter(coveredBy(wildcard)) ?? [];
      return granted.length > 1 && granted.every((id) => listed.has(id));
    });
}

/** Whether an action is one of those that a wildcard at the end of a name grants. */
function coveredBy(wildcard: string): (text: string) => boolean {
  const prefix = wildcard.slice(0, -1).toLowerCase();
  return (text) => text.toLowerCase().startsWith(prefix);
}

/** `GetObjectAcl` has them at 0, 3, 9 and 12. */
function wordBordersOf(name: string): readonly number[] {
  return [...name.matchAll(/(?<![A-Z])(?=[A-Z])|$/g)].map(({ index }) => index);
}

function collapsed(
  list: ArrayNode,
  [first = 0, ...others]: readonly number[],
  wildcard: string,
): readonly Edit[] {
  const node = list.items[first];
  return node?.kind === 'string' ? [replaceString(node, wildcard), ...removeItems(list, others)] : [];
}
