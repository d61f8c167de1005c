import { insertItemAfter, removeItems, replaceValue } from '../../lint/edits';
import { hasComment, isCopyable, type JsonValue, plainValue } from '../../lint/layout';
import type { Edit, Fix } from '../../lint/rule';
import type { ActionEntry, Statement } from '../../model/policy';
import type { ArrayNode } from '../../syntax/nodes';

/**
 * Moves actions of a list into a statement of their own behind it, with `"Resource": "*"` and all that the statement says
 * beside. Nothing is offered where a comment, or what a template computes, would be lost, and where no action would stay.
 */
export function splitStatementFix(
  statement: Statement,
  moved: readonly ActionEntry[],
  title: string,
): readonly Fix[] {
  const { node, actions } = statement;
  const list = actions[0]?.member.value;
  if (
    actions.length !== 1 ||
    list?.kind !== 'array' ||
    !node.closed ||
    !isCopyable(node) ||
    hasComment(node) ||
    moved.some((entry) => !list.items.includes(entry.node))
  ) {
    return [];
  }
  return [{ title, kind: 'suggestion', edits: () => split(statement, list, moved) }];
}

function split({ node }: Statement, list: ArrayNode, moved: readonly ActionEntry[]): readonly Edit[] {
  const going = new Set(moved.map((entry) => list.items.indexOf(entry.node)));
  const texts = moved.map(({ text }) => text);
  const members = node.members.filter(({ name }) => name !== 'Sid');
  const own: JsonValue = Object.fromEntries(
    members.map(({ name, value }) => [
      name,
      name === 'Action'
        ? texts.length === 1
          ? (texts[0] ?? '')
          : texts
        : name === 'Resource'
          ? '*'
          : value === undefined
            ? null
            : plainValue(value),
    ]),
  );
  const { parent } = node;
  if (parent?.kind === 'array') {
    return [...removeItems(list, [...going]), insertItemAfter(parent, parent.items.indexOf(node), own)];
  }
  // A single statement becomes a list: it is written anew, since its lines move.
  const rest: JsonValue = Object.fromEntries(
    node.members.map(({ name, value }) => [
      name,
      name === 'Action'
        ? list.items.filter((_, index) => !going.has(index)).map(plainValue)
        : value === undefined
          ? null
          : plainValue(value),
    ]),
  );
  return [replaceValue(node, [rest, own])];
}
