import { graphemes, graphemeWidth, printable } from './printable';

export interface Excerpt {
  readonly source: string;
  /** Blanks and carets: printed after a prefix of the same width, each caret stands under what it marks. */
  readonly marks: string;
}

/** A longer line is cut down to this many characters around the span: a minified policy is a single line. */
const MAX_LENGTH = 120;

/** How much of a long line is shown before the span. */
const LEAD = 40;

/**
 * A line with carets under the half-open span `from`..`to`, UTF-16 indexes into the line. An empty span gets one
 * caret. Tabs before the span stay tabs in both rows, so that they line up whatever the terminal's tab stops are.
 */
export function excerptOf(line: string, from: number, to: number): Excerpt {
  const window = windowAround(line, from);
  let source = window.start > 0 ? ELLIPSIS : '';
  let marks = window.start > 0 ? ' ' : '';
  const shownPart = line.slice(window.start, window.end);
  if (PLAIN.test(shownPart)) {
    // Most lines are: each character is a column, and there may be a finding for each.
    source += shownPart;
    marks += ' '.repeat(Math.max(0, from - window.start));
    marks += '^'.repeat(Math.max(0, Math.min(Math.max(to, from + 1), window.end) - from));
    return finished();
  }
  let marked = false;
  for (const { segment, index } of graphemes(shownPart)) {
    const start = window.start + index;
    const isMarked = start < Math.max(to, from + 1) && start + segment.length > from;
    const shown = segment === '\t' && !isMarked ? segment : printable(segment);
    const width = graphemeWidth(shown);
    source += shown;
    if (isMarked) {
      marks += '^'.repeat(from === to ? Math.min(width, 1) : width);
      marked = true;
    } else if (!marked) {
      marks += shown === '\t' ? '\t' : ' '.repeat(width);
    }
  }
  return finished();

  function finished(): Excerpt {
    return {
      source: window.end < line.length ? source + ELLIPSIS : source,
      // At the end of the line, or on a mark that has no width, there is nothing to stand under.
      marks: marks.includes('^') ? marks : `${marks}^`,
    };
  }
}

const PLAIN = /^[\u0020-\u007e]*$/;

const ELLIPSIS = '…';

function windowAround(line: string, from: number): { readonly start: number; readonly end: number } {
  if (line.length <= MAX_LENGTH) {
    return { start: 0, end: line.length };
  }
  const start = Math.max(0, Math.min(from - LEAD, line.length - MAX_LENGTH));
  return { start: wholeCharacter(line, start), end: wholeCharacter(line, start + MAX_LENGTH) };
}

/** The index itself, or the one before where it would part a surrogate pair. */
function wholeCharacter(line: string, index: number): number {
  const code = line.charCodeAt(index);
  return code >= 0xdc00 && code <= 0xdfff ? index - 1 : index;
}
