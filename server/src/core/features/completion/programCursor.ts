import type { PolicyDocument } from '../../document';
import type { Policy } from '../../model/policy';
import { isAt } from '../../spans';
import { type ObjectNode, type StringNode, stringWhere } from '../../syntax/nodes';
import { contentSpan, spanOfValue, valueIndexAt } from '../../syntax/stringSpans';
import { type Cursor, cursorOf } from './cursor';
import { type Insertion, type SnippetSupport, withHoles } from './insertion';
import type { Proposal } from './proposal';
import { wordSite } from './site';

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
    const string =
      source.syntax === 'program' && isAt(span, offset) ? stringAt(policy.node, offset) : undefined;
    const found = string && cursorIn(policy, string, offset);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

function stringAt(root: ObjectNode, offset: number): StringNode | undefined {
  return stringWhere(root, (node) => {
    const isLiteral = node.source.isReadOnly !== true && node.writtenSlice === undefined;
    return isLiteral && isAt(contentSpan(node), offset);
  });
}

function cursorIn(policy: Policy, string: StringNode, offset: number): ProgramCursor | undefined {
  const { parent, source, value } = string;
  if (parent === undefined) {
    return undefined;
  }
  const member = parent.kind === 'member' ? parent : undefined;
  const container = parent.kind === 'member' ? parent.parent : parent;
  const { start, end } = contentSpan(string);
  const index = valueIndexAt(string, offset);
  const word = { from: start, to: end, before: value.slice(0, index), after: value.slice(index) };
  const cursor = cursorOf(policy, container, {
    member,
    node: string,
    site: {
      ...wordSite(source, word, {
        role: member?.key === string ? 'name' : 'value',
        holder: container.kind === 'array' ? 'list' : 'member',
        quoted: true,
        // Nothing but the letters between the quotes is written.
        value: 'present',
      }),
      string,
    },
  });
  return cursor && { cursor, string };
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
