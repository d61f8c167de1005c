import { removeText } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import { certainFaults } from '../../syntax/faults';
import type { ArrayNode, ObjectNode, Span, SyntaxFault } from '../../syntax/nodes';
import { indexAt, spanIn } from '../../syntax/stringSpans';

/**
 * Access Analyzer stops at the first such fault and checks nothing else. Here the rest of the policy is checked all
 * the same: whoever is typing has a fault of this kind most of the time.
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
      invisible:
        'An invisible character stands here: {character}. Between values JSON takes only spaces, tabs and line breaks.',
      'invalid-number': 'This is not a number as JSON writes it.',
      'property-name-expected': 'A name in double quotes is expected here.',
      'value-expected': 'A value is expected here.',
      'colon-expected': 'A colon is expected here, between the name and its value.',
      'comma-expected': 'A comma is missing before this.',
      'close-brace-expected': 'The closing brace of this object is missing.',
      'close-bracket-expected': 'The closing bracket of this list is missing.',
      'end-of-file-expected': 'Nothing may follow the end of the document.',
      'comment-not-permitted': 'JSON has no comments, and IAM refuses a policy that holds one.',
      'trailing-comma': 'No comma may stand behind the last entry.',
      'unterminated-string': 'The closing quote of this string is missing.',
      'unterminated-comment': 'The end of this comment is missing.',
      'invalid-escape': 'This string holds an escape sequence that JSON does not have.',
      'invalid-character': 'This holds a control character, which JSON wants escaped.',
      'nested-too-deep': 'This is nested deeper than any policy can be.',
    },
  },
  create: (context) => ({
    policy: ({ node, faults }) => {
      if (faults.length === 0) {
        return;
      }
      const { source } = node;
      const between = (from: SyntaxFault, to: SyntaxFault) =>
        source.text.slice(indexAt(source, from.span.start), indexAt(source, to.span.start));
      for (const fault of certainFaults(faults, between)) {
        const invisible = fault.code === 'invalid-symbol' ? invisibleIn(fault, node) : undefined;
        if (invisible === undefined) {
          context.report({
            message: fault.code,
            at: { node, span: fault.span },
            fixes: fixesOf(fault, node),
          });
          continue;
        }
        const { span, character } = invisible;
        context.report({
          message: 'invisible',
          at: { node, span },
          data: { character },
          fixes: [
            { title: 'Remove the invisible characters', kind: 'safe', edits: () => [{ span, text: '' }] },
          ],
        });
      }
    },
  }),
});

/**
 * What looks like a blank, or like nothing, and is none that JSON knows (RFC 8259, section 2). The names are Unicode's.
 */
const INVISIBLE: ReadonlyMap<string, string> = new Map([
  ['\u0085', 'next line'],
  ['\u00a0', 'no-break space'],
  ['\u00ad', 'soft hyphen'],
  ['\u2002', 'en space'],
  ['\u2003', 'em space'],
  ['\u2007', 'figure space'],
  ['\u2009', 'thin space'],
  ['\u200b', 'zero width space'],
  ['\u200c', 'zero width non-joiner'],
  ['\u200d', 'zero width joiner'],
  ['\u200e', 'left-to-right mark'],
  ['\u200f', 'right-to-left mark'],
  ['\u2028', 'line separator'],
  ['\u2029', 'paragraph separator'],
  ['\u202f', 'narrow no-break space'],
  ['\u2060', 'word joiner'],
  ['\u3000', 'ideographic space'],
  ['\ufeff', 'byte order mark'],
]);

/** The invisible characters that a symbol begins with, and the name of the first. */
function invisibleIn(
  { span }: SyntaxFault,
  { source }: ObjectNode,
): { readonly span: Span; readonly character: string } | undefined {
  const from = indexAt(source, span.start);
  const first = source.text.charAt(from);
  const name = INVISIBLE.get(first);
  if (name === undefined) {
    return undefined;
  }
  let to = from;
  while (INVISIBLE.has(source.text.charAt(to))) {
    to += 1;
  }
  const code = first.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return { span: spanIn(source, from, to), character: `${name} (U+${code})` };
}

function fixesOf({ code, span }: SyntaxFault, policy: ObjectNode): readonly Fix[] {
  const { source } = policy;
  switch (code) {
    case 'trailing-comma':
      return [{ title: 'Remove the comma', kind: 'safe', edits: () => [{ span, text: '' }] }];
    case 'comment-not-permitted':
      return [{ title: 'Remove the comment', kind: 'suggestion', edits: () => [removeText(source, span)] }];
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
    case 'invalid-symbol': {
      const symbol = source.text.slice(indexAt(source, span.start), indexAt(source, span.end));
      const word = /^'?([A-Za-z][\w-]*)'?$/.exec(symbol)?.[1];
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
  const next = elements.findIndex((element) => element.span.start >= offset);
  const before = elements.at(next < 0 ? -1 : Math.max(next - 1, 0));
  const value = before?.kind === 'member' ? before.value : before;
  if (value === undefined) {
    return undefined;
  }
  if (elements[next]?.span.start === offset) {
    return 'closed' in value && !value.closed ? undefined : value.span.end;
  }
  return value.kind === 'object' || value.kind === 'array' ? endBefore(value, offset) : undefined;
}
