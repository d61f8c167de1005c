import { removeComment } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import { certainFaults } from '../../syntax/faults';
import { firstFrom } from '../../syntax/firstFrom';
import type { ArrayNode, ObjectNode, SyntaxFault } from '../../syntax/nodes';
import { indexAt } from '../../syntax/stringSpans';
import { charactersName } from '../support/characters';

/**
 * Access Analyzer stops at the first such fault and checks nothing else. Here the rest of the policy is still checked:
 * while somebody types there is a fault of this kind most of the time.
 */
export const rule = defineRule({
  meta: {
    id: 'json-syntax',
    category: 'error',
    summary: 'The policy is not well-formed JSON',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'JSON_SYNTAX_ERROR',
    messages: {
      'invalid-symbol': 'This is not a JSON value: text needs double quotes.',
      'unseen-character':
        'The only white space in JSON is spaces, tabs and line breaks, and this is {characters}.',
      typographic: 'JSON has plain double quotes, and this has {characters}.',
      foreign: 'JSON has {characters} only in strings.',
      'invalid-number': 'This is not a number as JSON writes it.',
      'property-name-expected': 'A name in double quotes is expected here.',
      'value-expected': 'A value is expected here.',
      'colon-expected': 'A colon is expected here, between the name and its value.',
      'comma-expected': 'A comma is missing before this.',
      'close-brace-expected': 'The closing brace of this object is missing.',
      'close-bracket-expected': 'The closing bracket of this list is missing.',
      'end-of-file-expected': 'Nothing may follow the end of the document.',
      'comment-not-permitted': 'JSON has no comments, and IAM refuses a policy with one.',
      'trailing-comma': 'No comma may follow the last entry.',
      'unterminated-string': 'The closing quote of this string is missing.',
      'unterminated-comment': 'The end of this comment is missing.',
      'invalid-escape': 'This string contains an escape sequence that JSON does not have.',
      'invalid-character': 'This contains a control character, which JSON requires to be escaped.',
      'nested-too-deep': 'This is nested deeper than any policy can be.',
    },
  },
  create: (context) => ({
    policy: ({ node, faults }) => {
      // Between the control lines of a template engine stands what no reader of JSON can tell apart.
      if (faults.length === 0 || node.source.isTemplate) {
        return;
      }
      const { source } = node;
      const placeOf = ({ span }: SyntaxFault) => indexAt(source, span.start);
      for (const fault of certainFaults(faults, source.text, placeOf)) {
        const marked = source.text.slice(indexAt(source, fault.span.start), indexAt(source, fault.span.end));
        context.report({
          ...sayingOf(fault, marked),
          at: { node, span: fault.span },
          fixes: fixesOf(fault, marked, node),
        });
      }
    },
  }),
});

/** What a message quotes: a character that looks like another one is told by its name. */
function sayingOf(
  { code }: SyntaxFault,
  marked: string,
): {
  readonly message: SyntaxFault['code'] | 'typographic' | 'foreign';
  readonly data?: { readonly characters: string };
} {
  const quotes = code === 'invalid-symbol' ? /[\u2018-\u201f]/.exec(marked)?.[0] : undefined;
  if (quotes !== undefined) {
    return { message: 'typographic', data: { characters: charactersName(quotes) } };
  }
  const [foreign] = code === 'invalid-symbol' ? marked : '';
  if (foreign !== undefined && foreign > '\u007f') {
    return { message: 'foreign', data: { characters: charactersName(foreign) } };
  }
  return code === 'unseen-character'
    ? { message: code, data: { characters: charactersName(marked) } }
    : { message: code };
}

function fixesOf({ code, span }: SyntaxFault, marked: string, policy: ObjectNode): readonly Fix[] {
  const { source } = policy;
  switch (code) {
    case 'trailing-comma':
      return [{ title: 'Remove the comma', kind: 'safe', edits: () => [{ span, text: '' }] }];
    case 'comment-not-permitted':
      return [
        { title: 'Remove the comment', kind: 'suggestion', edits: () => [removeComment(source, span)] },
      ];
    case 'comma-expected': {
      const at = endBefore(policy, span.start);
      return at === undefined
        ? []
        : [
            {
              title: 'Insert the comma',
              kind: 'suggestion',
              edits: () => [{ span: { start: at, end: at }, text: ',' }],
            },
          ];
    }
    case 'unseen-character':
      return [
        {
          title: 'Write a space',
          kind: 'safe',
          edits: () => [{ span, text: ' ' }],
        },
      ];
    case 'invalid-symbol': {
      const word = /^["'\u2018-\u201f]?([A-Za-z][\w:*-]*)["'\u2018-\u201f]?$/.exec(marked)?.[1];
      return word === undefined
        ? []
        : [
            {
              title: `Write "${word}"`,
              kind: 'suggestion',
              edits: () => [{ span, text: source.encode(JSON.stringify(word)) }],
            },
          ];
    }
    default:
      return [];
  }
}

/** Where the element ends whose successor begins at an offset, unless that end itself is missing. */
function endBefore(node: ObjectNode | ArrayNode, offset: number): number | undefined {
  const elements = node.kind === 'object' ? node.members : node.items;
  const next = firstFrom(elements, offset);
  const before = elements[Math.max(next - 1, 0)];
  const value = before?.kind === 'member' ? before.value : before;
  if (value === undefined) {
    return undefined;
  }
  if (elements[next]?.span.start === offset) {
    return 'closed' in value && !value.closed ? undefined : value.span.end;
  }
  return value.kind === 'object' || value.kind === 'array' ? endBefore(value, offset) : undefined;
}
