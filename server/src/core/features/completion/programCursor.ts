import type { PolicyDocument } from '../../document';
import type { Policy } from '../../model/policy';
import { type ArrayNode, type ObjectNode, type StringNode, stringWhere } from '../../syntax/nodes';
import { contentSpan, spanOfValue, valueIndexAt } from '../../syntax/stringSpans';
import { type Cursor, cursorOf } from './cursor';
import { type Insertion, type SnippetSupport, withHoles } from './insertion';
import type { Proposal } from './proposal';

/** What stands in a string literal of a program. */
export interface ProgramCursor {
  readonly cursor: Cursor;
  readonly string: StringNode;
}

/**
 * What stands at an offset of a program: within the quotes of a literal alone, for everything else there is the
 * language's own completion. `undefined` outside of policies, and where an expression is part of the text.
 */
export function programCursorAt(document: PolicyDocument, offset: number): ProgramCursor | undefined {
  for (const policy of document.policies) {
    const { source, span } = policy.node;
    if (source.syntax === 'program' && span.start <= offset && offset <= span.end) {
      const found = stringAt(policy.node, offset);
      const cursor = found && cursorIn(policy, found, offset);
      if (found !== undefined && cursor !== undefined) {
        return { cursor, string: found };
      }
    }
  }
  return undefined;
}

function stringAt(root: ObjectNode, offset: number): StringNode | undefined {
  return stringWhere(root, (node) => {
    const { start, end } = contentSpan(node);
    const isLiteral = node.source.isReadOnly !== true && node.writtenSlice === undefined;
    return isLiteral && start <= offset && offset <= end;
  });
}

function containerOf({ parent }: StringNode): ObjectNode | ArrayNode | undefined {
  return parent?.kind === 'member' ? parent.parent : parent;
}

function cursorIn(policy: Policy, string: StringNode, offset: number): Cursor | undefined {
  const { parent } = string;
  const container = containerOf(string);
  if (parent === undefined || container === undefined) {
    return undefined;
  }
  const isName = parent.kind === 'member' && parent.key === string;
  const { start, end } = contentSpan(string);
  const index = valueIndexAt(string, offset);
  return cursorOf(policy, container, {
    member: parent.kind === 'member' ? parent : undefined,
    node: string,
    site: {
      source: string.source,
      role: isName ? 'name' : 'value',
      holder: parent.kind === 'array' ? 'list' : 'member',
      string,
      quoted: true,
      from: start,
      to: end,
      before: string.value.slice(0, index),
      after: string.value.slice(index),
      missing: undefined,
      commaAfter: false,
      // Nothing but the letters between the quotes is written.
      value: 'present',
    },
  });
}

/** Writes proposals between the quotes of a literal; `undefined` for what is more than the text of one. */
export function programInserter(
  { string }: ProgramCursor,
  snippets: SnippetSupport,
): (proposal: Proposal) => Insertion | undefined {
  return ({ content, slice, label, filter = label }) => {
    if (content.kind !== 'string' && content.kind !== 'name') {
      return undefined;
    }
    const isSnippet = snippets === 'supported' && content.text.some((part) => typeof part !== 'string');
    const format = isSnippet ? 'snippet' : 'plain';
    return {
      edit: {
        span: slice === undefined ? contentSpan(string) : spanOfValue(string, slice.from, slice.to),
        text: withHoles(content.text, format, (text) => string.encode(text)),
      },
      additionalEdits: [],
      format,
      filterText: filter,
    };
  };
}
