import { insertItemsAfter, removeItems, replaceValue } from '../../lint/edits';
import { hasComment } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { statementContent } from '../../rules/support/statementContent';
import type { ArrayNode, StringNode, SyntaxNode } from '../../syntax/nodes';
import { isIntact, type Refactor } from './refactoring';

/**
 * Merges the statement under the cursor with those that differ from it in one list only. Entries of Action, Resource
 * and Principal are alternatives, and so are statements of one Effect, so the union grants what each granted. Not so
 * of the Not… forms, whose entries must all be passed, nor of conditions.
 *
 * The first statement keeps its place and its Sid.
 */
export const mergeStatements: Refactor = ({ policy, statements }) => {
  const [statement] = statements;
  const list = statement?.node.parent;
  // Between statements a fault leaves open where each ends, and which comma goes with one.
  if (
    statements.length !== 1 ||
    statement === undefined ||
    list?.kind !== 'array' ||
    !isIntact(policy, list)
  ) {
    return [];
  }
  return groupsOf(policy, statement).flatMap(({ path, group }) => {
    const [first, ...others] = group;
    return first === undefined ||
      others.length === 0 ||
      others.some((other) => hasComment(other.statement.node))
      ? []
      : [
          {
            title: `Merge ${group.length} statements that differ in ${path} only`,
            edits: () => merged(list, first, others),
          },
        ];
  });
};

/** One of the statements to be merged, with its share of the list. */
interface Share {
  readonly statement: Statement;
  readonly value: MergeableValue;
}

type MergeableValue = StringNode | ArrayNode;

interface MergeableList {
  /** As in "Action", or in "Principal AWS". */
  readonly path: string;
  readonly value: MergeableValue;
}

/** For each list of a statement those that say the same but for that list; the statement itself is one of them. */
function groupsOf(
  policy: Policy,
  statement: Statement,
): readonly { readonly path: string; readonly group: readonly Share[] }[] {
  const groups = mergeableLists(statement).map(({ path, value }) => ({
    path,
    rest: statementContent(statement, value),
    group: [] as Share[],
  }));
  const byPath = new Map(groups.map((group) => [group.path, group]));
  const sketches = new Map(restSketches(statement));
  for (const other of policy.statements) {
    // The whole content is asked of hardly any.
    const mayFit = restSketches(other).some(([path, sketch]) => sketches.get(path) === sketch);
    if (mayFit && other.node.parent === statement.node.parent && isMergeable(other)) {
      for (const { path, value } of mergeableLists(other)) {
        const own = byPath.get(path);
        if (own?.rest !== undefined && statementContent(other, value) === own.rest) {
          own.group.push({ statement: other, value });
        }
      }
    }
  }
  return groups;
}

/** For each list of a statement a number that is the same for statements that say the same but for that list. */
const restSketches = notedOf((statement: Statement): readonly (readonly [path: string, sketch: number])[] =>
  mergeableLists(statement).flatMap(({ path, value }) => {
    const rest = statementContent(statement, value);
    return rest === undefined ? [] : [[path, sketchOf(rest)]];
  }),
);

function sketchOf(text: string): number {
  let sketch = 0;
  for (let at = 0; at < text.length; at += 1) {
    sketch = (Math.imul(sketch, 31) + text.charCodeAt(at)) | 0;
  }
  return sketch;
}

function isMergeable({ effect }: Statement): boolean {
  return effect?.value === 'Allow' || effect?.value === 'Deny';
}

/** Of an element or a kind of principals that stands twice the first. */
function mergeableLists({ members }: Statement): readonly MergeableList[] {
  const lists = members.flatMap(({ key, value }) =>
    key.value === 'Principal' && value?.kind === 'object'
      ? value.members.flatMap((typed) => mergeableList(`Principal ${typed.key.value}`, typed.value))
      : key.value === 'Action' || key.value === 'Resource'
        ? mergeableList(key.value, value)
        : [],
  );
  const byPath = new Map(lists.toReversed().map((list) => [list.path, list]));
  return byPath.size === lists.length ? lists : [...byPath.values()].toReversed();
}

/** An empty list grants nothing and is a mistake; what is no string cannot be written elsewhere. */
function mergeableList(path: string, value: SyntaxNode | undefined): readonly MergeableList[] {
  const isMergeableList =
    value?.kind === 'string' ||
    (value?.kind === 'array' && value.items.length > 0 && value.items.every(({ kind }) => kind === 'string'));
  return isMergeableList ? [{ path, value }] : [];
}

function stringsOf(value: MergeableValue): readonly string[] {
  const nodes = value.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) => (node.kind === 'string' ? [node.value] : []));
}

/** Adds to the list of the first statement what those of the others have besides, and takes these out. */
function merged(list: ArrayNode, first: Share, others: readonly Share[]): readonly Edit[] {
  const present = stringsOf(first.value);
  const more = new Set(
    others.flatMap(({ value }) => stringsOf(value)).filter((text) => !present.includes(text)),
  );
  const last = first.value.kind === 'array' ? first.value.items.at(-1) : undefined;
  return [
    ...(more.size === 0
      ? []
      : first.value.kind === 'array' && last !== undefined
        ? [insertItemsAfter(first.value, last, [...more])]
        : [replaceValue(first.value, [...present, ...more])]),
    ...removeItems(
      list,
      others.map(({ statement }) => list.items.indexOf(statement.node)),
    ),
  ];
}
