import type { Statement } from '../../model/policy';
import { holdsTemplate } from '../../pattern/templates';
import { textNodeOf } from '../../syntax/functionTexts';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';

/**
 * What a statement says, its Sid aside, in one spelling: equal texts mean the same. `undefined` where a part of it
 * cannot be understood.
 *
 * @param without a value of the statement that does not count
 */
export function statementContent({ node }: Statement, without?: SyntaxNode): string | undefined {
  if (!node.closed) {
    return undefined;
  }
  const names = new Set<string>();
  const parts: string[] = [];
  for (const member of node.members) {
    const name = member.name;
    const part = name === 'Sid' ? '' : partOf(member, without);
    if (part === undefined || names.has(name)) {
      return undefined;
    }
    names.add(name);
    if (part !== '') {
      parts.push(part);
    }
  }
  return parts.length === 0 ? undefined : parts.sort().join();
}

function partOf({ key, value }: MemberNode, without: SyntaxNode | undefined): string | undefined {
  if (value !== undefined && value === without) {
    return `${JSON.stringify(key.value)}:…`;
  }
  // The order in the list of a template function matters.
  if (value?.kind === 'array' && key.value.startsWith('Fn::')) {
    return undefined;
  }
  const content = contentOfValue(value, key.value === 'Action' || key.value === 'NotAction', without);
  return content === undefined ? undefined : `${JSON.stringify(key.value)}:${content}`;
}

function contentOfValue(
  value: SyntaxNode | undefined,
  foldsCase: boolean,
  without: SyntaxNode | undefined,
): string | undefined {
  const made = value?.kind === 'object' ? contentOfScalar(value, foldsCase) : undefined;
  if (made !== undefined) {
    return sortedSet([made]);
  }
  switch (value?.kind) {
    case 'array':
      return value.closed
        ? sortedSet(value.items.map((item) => contentOfScalar(item, foldsCase)))
        : undefined;
    case 'object': {
      // Of a key that stands twice only one counts, and which is for the reader to say.
      const keys = new Set(value.members.map(({ key }) => key.value));
      return value.closed && keys.size === value.members.length
        ? sortedSet(value.members.map((member) => partOf(member, without)))
        : undefined;
    }
    default:
      return value === undefined ? undefined : sortedSet([contentOfScalar(value, foldsCase)]);
  }
}

function contentOfScalar(node: SyntaxNode, foldsCase: boolean): string | undefined {
  switch (node.kind) {
    case 'string':
      return JSON.stringify(foldsCase ? node.value.toLowerCase() : node.value);
    case 'number':
    case 'boolean':
      return JSON.stringify(String(node.value));
    case 'object': {
      // What a template fills in stays as it is written.
      const text = textNodeOf(node)?.value;
      return text === undefined || holdsTemplate(text)
        ? undefined
        : JSON.stringify(foldsCase ? text.toLowerCase() : text);
    }
    default:
      return undefined;
  }
}

function sortedSet(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : `[${[...new Set(parts)].sort().join()}]`;
}
