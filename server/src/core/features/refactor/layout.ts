import { hasComment } from '../../lint/layout';
import type { Policy } from '../../model/policy';
import { templatesIn } from '../../pattern/templates';
import { quotasOf } from '../../rules/support/policySize';
import { indexAt } from '../../syntax/stringSpans';
import { isIntact, type Refactor, textOf } from './refactoring';

/** Takes all white space out of the policy, as where a quota counts it. Not with comments, which end their lines. */
export const minify: Refactor = (place) => relaid(place, 'Minify', (tokens) => tokens.join(''));

/**
 * Gives everything in the policy a line of its own, indented as the rest of the document is. Not where white space
 * counts and the policy would come to be too long by it.
 */
export const prettify: Refactor = (place) => relaid(place, 'Prettify', pretty);

type Write = (tokens: readonly string[], layout: Layout) => string;

/** In a statement only for those who ask: it is the policy as a whole that changes. */
function relaid(
  { policy, statements, asked }: Parameters<Refactor>[0],
  verb: string,
  write: Write,
): ReturnType<Refactor> {
  const { node } = policy;
  const { syntax, isTemplate, hasDirectives, hasHoles, isReadOnly } = node.source;
  // What an expression writes, or a directive decides on, is no text that can be written anew.
  if (syntax !== 'json' || isTemplate || hasDirectives || hasHoles || isReadOnly) {
    return [];
  }
  if ((!asked && statements.length > 0) || !isIntact(policy, node) || hasComment(node)) {
    return [];
  }
  const before = textOf(node);
  const after = write(before.match(TOKENS) ?? [], layoutOf(policy));
  const outgrows = quotasOf(policy).some(
    ({ counts, characters }) => counts === 'all' && before.length <= characters && after.length > characters,
  );
  return after === before || outgrows || !hasSameTemplates(before, after)
    ? []
    : [
        {
          title: `${verb} this policy: ${before.length} characters become ${after.length}`,
          edits: () => [{ span: node.span, text: node.source.encode(after) }],
        },
      ];
}

/** Whether no mark of a template engine comes to be closed by another one that had white space in it. */
function hasSameTemplates(before: string, after: string): boolean {
  const expressionsIn = (text: string) => templatesIn(text).map(({ from, to }) => text.slice(from, to));
  const written = expressionsIn(after);
  return expressionsIn(before).every((expression, index) => expression === written[index]);
}

/** The tokens of JSON without a fault. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

interface Layout {
  /** A line break and the indentation of the policy as a whole. */
  readonly line: string;
  readonly indentation: string;
}

function layoutOf({ node: { source, span } }: Policy): Layout {
  const before = source.text.slice(0, indexAt(source, span.start));
  const own = /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? '';
  return {
    line: (source.text.includes('\r\n') ? '\r\n' : '\n') + own,
    indentation: /\n([ \t]+)\S/.exec(source.text)?.[1] ?? '  ',
  };
}

function pretty(tokens: readonly string[], { line, indentation }: Layout): string {
  let depth = 0;
  let text = '';
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1] ?? '';
    if (isClosing(token)) {
      depth -= 1;
    }
    const breaks = previous === ',' ? token !== ',' : isOpening(previous) !== isClosing(token);
    text += breaks ? line + indentation.repeat(depth) : previous === ':' ? ' ' : '';
    text += token;
    if (isOpening(token)) {
      depth += 1;
    }
  }
  return text;
}

function isOpening(token: string): boolean {
  return token === '{' || token === '[';
}

function isClosing(token: string): boolean {
  return token === '}' || token === ']';
}
