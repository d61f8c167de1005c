import { reorderItems } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import type { ActionElement, Policy, ResourceElement, Statement } from '../../model/policy';
import { compareTexts } from '../../pattern/bisect';
import { touches } from '../../spans';
import type { ArrayNode, Span } from '../../syntax/nodes';
import { isIntact, type Refactor } from './refactoring';

/**
 * Sorts actions and resources and takes out what stands there twice: in the selected entries, in the list under the
 * cursor, or in all lists of the statement. IAM takes the entries of a list in any order, and actions in any case.
 */
export const sort: Refactor = ({ policy, statements, span }) => {
  const lists = statements.flatMap((statement) => listsOf(statement, policy));
  const touched = lists.filter(({ element }) => touches(element.member.span, span));
  const isSelection = touched.length === 1 && touched.flatMap(({ list }) => selected(list, span)).length > 1;
  const chosen = touched.length === 0 ? lists : touched;
  const edits = chosen.flatMap((list) => sortedEdits(list, isSelection ? span : list.list.span));
  const names = [...new Set(chosen.map(({ element }) => element.member.name))].join(' and ');
  return edits.length === 0
    ? []
    : [
        {
          title: isSelection ? `Sort the selected entries of ${names}` : `Sort ${names}`,
          edits: () => edits,
        },
      ];
};

/** The same for every statement of a policy, as on save. */
export function sortPolicy(policy: Policy): readonly Edit[] {
  return policy.statements
    .flatMap((statement) => listsOf(statement, policy))
    .flatMap((list) => sortedEdits(list, list.list.span));
}

interface SortableList {
  readonly element: ActionElement | ResourceElement;
  readonly list: ArrayNode;
  /** Makes equal what IAM takes for equal. */
  readonly fold: (text: string) => string;
}

function listsOf({ actions, resources }: Statement, policy: Policy): readonly SortableList[] {
  const lists = (elements: readonly (ActionElement | ResourceElement)[], fold: SortableList['fold']) =>
    elements.flatMap((element) => {
      const { value } = element.member;
      return value?.kind === 'array' && isIntact(policy, value) ? [{ element, list: value, fold }] : [];
    });
  return [...lists(actions, (text) => text.toLowerCase()), ...lists(resources, (text) => text)];
}

/** The indexes of the strings that a span touches. */
function selected({ items }: ArrayNode, span: Span): readonly number[] {
  return items.flatMap((item, index) =>
    item.kind === 'string' && item.span.start < span.end && item.span.end > span.start ? [index] : [],
  );
}

/**
 * Sorts the strings that a span touches among the places they have; what is no string, such as a template function,
 * stays where it is. Of equal entries the first stays, unless comments speak of them.
 */
function sortedEdits({ list, fold }: SortableList, span: Span): readonly Edit[] {
  const places = selected(list, span);
  const text = (index: number): string => {
    const item = list.items[index];
    return item?.kind === 'string' ? fold(item.value) : '';
  };
  const inOrder = [...places].sort((a, b) => compareTexts(text(a), text(b)));
  const distinct = [
    ...new Map(inOrder.toReversed().map((index) => [text(index), index])).values(),
  ].toReversed();
  return (
    reorderItems(list, arranged(list, places, distinct)) ??
    reorderItems(list, arranged(list, places, inOrder)) ??
    []
  );
}

/** All indexes, those of `places` taken from `order`, which may run out. */
function arranged(list: ArrayNode, places: readonly number[], order: readonly number[]): readonly number[] {
  const next = order.values();
  const isPlace = new Set(places);
  return [...list.items.keys()].flatMap((index) =>
    isPlace.has(index) ? (next.next().value ?? []) : [index],
  );
}
