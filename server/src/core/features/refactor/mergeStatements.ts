import { insertItemsAfter, removeItems, replaceValue } from '../../lint/edits';
import { hasComment } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import { notedOf } from '../../pattern/internedText';
import { PRINCIPAL_TYPES } from '../../rules/support/elements';
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
  return groupsOf(policy, statement).flatMap(({ path, group }) =>
    group.length < 2 || group.slice(1).some(isCommented)
      ? []
      : [
          {
            title: `Merge ${group.length} statements that differ in ${path} only`,
            edits: () => merged(list, sharesOf(group, path, statement)),
          },
        ],
  );
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

/**
 * For each list of a statement those that say the same but for that list, by their sketches; the statement itself is one
 * of them. Nobody reads what thousands of statements say to offer something that is rarely taken.
 */
function groupsOf(
  policy: Policy,
  statement: Statement,
): readonly { readonly path: string; readonly group: readonly Statement[] }[] {
  const groups = restSketches(statement).map(([path, sketch]) => ({
    path,
    sketch,
    group: [] as Statement[],
  }));
  for (const other of policy.statements) {
    if (other.node.parent === statement.node.parent) {
      for (const [path, sketch] of restSketches(other)) {
        groups.find((each) => each.path === path && each.sketch === sketch)?.group.push(other);
      }
    }
  }
  return groups;
}

/** The shares of those of a group that do say the same but for their list. */
function sharesOf(group: readonly Statement[], path: string, statement: Statement): readonly Share[] {
  const shareOf = (other: Statement): readonly (Share & { readonly rest: string | undefined })[] =>
    mergeableLists(other)
      .filter((list) => list.path === path)
      .map(({ value }) => ({ statement: other, value, rest: statementContent(other, value) }));
  const [own] = shareOf(statement);
  return group.flatMap(shareOf).filter(({ rest }) => rest === own?.rest);
}

/** For each list of a statement a number that is the same for statements that say the same but for that list. */
const restSketches = notedOf((statement: Statement): readonly (readonly [path: string, sketch: number])[] =>
  (isMergeable(statement) ? mergeableLists(statement) : []).flatMap(({ path, value }) => {
    const rest = statementContent(statement, value);
    return rest === undefined ? [] : [[path, sketchOf(rest)]];
  }),
);

/** A number of 53 bits. Texts that were chosen to have the same are told apart where an offer is taken. */
function sketchOf(text: string): number {
  let one = 0;
  let other = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = (Math.imul(one, 31) + code) | 0;
    other = Math.imul(other ^ code, FNV_PRIME);
  }
  return (one >>> 0) * 2 ** 21 + (other >>> 11);
}

const FNV_PRIME = 0x01_00_01_93;

/** Whether a statement has comments. In JSON that follows from its text, and is noted. */
function isCommented(statement: Statement): boolean {
  return statement.node.source.syntax === 'json' ? isCommentedJson(statement) : hasComment(statement.node);
}

const isCommentedJson = notedOf((statement: Statement): boolean => hasComment(statement.node));

function isMergeable({ effect }: Statement): boolean {
  return effect?.value === 'Allow' || effect?.value === 'Deny';
}

/** Of an element or a type of principals that stands twice the first. */
function mergeableLists({ members }: Statement): readonly MergeableList[] {
  const lists = members.flatMap(({ key, value }) =>
    key.value === 'Principal' && value?.kind === 'object'
      ? value.members
          .filter((typed) => PRINCIPAL_TYPES.includes(typed.key.value))
          .flatMap((typed) => mergeableList(`Principal ${typed.key.value}`, typed.value))
      : key.value === 'Action' || key.value === 'Resource'
        ? mergeableList(key.value, value)
        : [],
  );
  const byPath = new Map(lists.toReversed().map((list) => [list.path, list]));
  return [...byPath.values()].toReversed();
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
function merged(list: ArrayNode, shares: readonly Share[]): readonly Edit[] {
  const [first, ...others] = shares;
  if (first === undefined) {
    return [];
  }
  const present = new Set(stringsOf(first.value));
  const more = new Set(others.flatMap(({ value }) => stringsOf(value)).filter((text) => !present.has(text)));
  const taken = new Set<SyntaxNode>(others.map(({ statement }) => statement.node));
  const last = first.value.kind === 'array' ? first.value.items.at(-1) : undefined;
  return [
    ...(more.size === 0
      ? []
      : first.value.kind === 'array' && last !== undefined
        ? [insertItemsAfter(first.value, last, [...more])]
        : [replaceValue(first.value, [...stringsOf(first.value), ...more])]),
    ...removeItems(
      list,
      list.items.flatMap((item, index) => (taken.has(item) ? [index] : [])),
    ),
  ];
}
