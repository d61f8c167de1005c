import { hasComment, insertItemsAfter, removeItems, replaceValue } from '../../lint/edits';
import type { Edit } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import type { ArrayNode, MemberNode, StringNode, SyntaxNode } from '../../syntax/nodes';
import { isIntact, type Refactor, textOf } from './refactoring';

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
  if (statements.length !== 1 || statement === undefined || list?.kind !== 'array') {
    return [];
  }
  return mergeableLists(statement).flatMap(({ path, value }) => {
    const rest = readStatement(statement, value);
    const group = policy.statements.flatMap((other): readonly Member[] => {
      const own = mergeableLists(other).find((candidate) => candidate.path === path);
      return own !== undefined &&
        other.node.parent === list &&
        isMergeable(policy, other) &&
        rest !== undefined &&
        readStatement(other, own.value) === rest
        ? [{ statement: other, value: own.value }]
        : [];
    });
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

/** One of the statements to be merged, with what is its share of the list. */
interface Member {
  readonly statement: Statement;
  readonly value: MergeableValue;
}

type MergeableValue = StringNode | ArrayNode;

interface MergeableList {
  /** As in "Action", or in "Principal AWS". */
  readonly path: string;
  readonly value: MergeableValue;
}

function isMergeable(policy: Policy, { node, effect }: Statement): boolean {
  return (effect?.value === 'Allow' || effect?.value === 'Deny') && isIntact(policy, node);
}

function mergeableLists({ members }: Statement): readonly MergeableList[] {
  return members.flatMap(({ key, value }) =>
    key.value === 'Principal' && value?.kind === 'object'
      ? value.members.flatMap((typed) => mergeableList(`Principal ${typed.key.value}`, typed.value))
      : key.value === 'Action' || key.value === 'Resource'
        ? mergeableList(key.value, value)
        : [],
  );
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
function merged(list: ArrayNode, first: Member, others: readonly Member[]): readonly Edit[] {
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

/** A statement but for its Sid and one of its lists, so that equal texts mean the same. */
function readStatement({ members }: Statement, list: SyntaxNode): string | undefined {
  return readMembers(
    members.filter(({ key }) => key.value !== 'Sid'),
    list,
  );
}

/** `undefined` where a name stands twice: readers disagree about which one counts. */
function readMembers(members: readonly MemberNode[], list: SyntaxNode): string | undefined {
  const names = new Set(members.map(({ key }) => key.value));
  const texts = members.map(({ key, value }) => {
    // The order in a template function matters, and so does whether it has a list.
    const text = value && (key.value.startsWith('Fn::') ? textOf(value) : read(value, list));
    return text && `${JSON.stringify(key.value)}:${text}`;
  });
  return names.size < members.length || texts.includes(undefined) ? undefined : `{${texts.sort().join()}}`;
}

/** A single value reads as a list of one, and the order of a list does not count. */
function read(node: SyntaxNode, list: SyntaxNode): string | undefined {
  if (node === list) {
    return '…';
  }
  switch (node.kind) {
    case 'array': {
      const items = node.items.map((item) => read(item, list));
      return items.length === 0
        ? '[]'
        : items.includes(undefined)
          ? undefined
          : [...new Set(items)].sort().join();
    }
    case 'object':
      return readMembers(node.members, list);
    case 'string':
      return JSON.stringify(node.value);
    default:
      return textOf(node);
  }
}
