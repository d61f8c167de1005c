/** What stands for nothing but itself behind a backslash (CommonMark, "Backslash escapes"). */
const ESCAPABLE = /[!-/:-@[-`{-~]/;

/**
 * Our Markdown for editors that show it as plain text: without the marks of code, emphasis, links and escapes. It knows
 * what this folder writes, and no other Markdown.
 */
export function plainMarkdown(markdown: string): string {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of markdown.split('\n')) {
    const mark = /^(`{3,})[^`]*$/.exec(line)?.[1];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
    } else if (fence !== undefined && line.trimEnd() === fence) {
      fence = undefined;
    } else {
      lines.push(fence === undefined ? plainLine(line) : line);
    }
  }
  return lines.join('\n');
}

function plainLine(line: string): string {
  const text = line.replace(/^#{1,6} /, '');
  const runs = backquotes(text);
  const lastEnd = text.lastIndexOf(')');
  const lastLink = lastEnd < 0 ? -1 : text.lastIndexOf('](', lastEnd);
  let plain = '';
  for (let at = 0; at < text.length; ) {
    const letter = text.charAt(at);
    const run = letter === '`' ? runs.get(at) : undefined;
    if (run !== undefined) {
      plain += trimmedCode(text.slice(run.from, run.to));
      at = run.end;
    } else if (letter === '\\' && ESCAPABLE.test(text.charAt(at + 1))) {
      plain += text.charAt(at + 1);
      at += 2;
    } else if (letter === ']' && text.startsWith('](', at) && lastEnd > at) {
      // Addresses of ours have no bracket in them.
      const end = text.indexOf(')', at);
      plain += shownAddress(text.slice(at + 2, end));
      at = end + 1;
    } else {
      const isMark = letter === '*' || (letter === '[' && at < lastLink);
      plain += isMark ? '' : letter;
      at += 1;
    }
  }
  return plain;
}

/** A command is one of an editor that shows links. */
function shownAddress(address: string): string {
  return /^(?:https?|file):/.test(address) ? ` <${address}>` : '';
}

interface CodeSpan {
  /** What stands between the back quotes, half-open; back quotes that nothing ends are themselves what stands there. */
  readonly from: number;
  readonly to: number;
  /** Behind the last of them. */
  readonly end: number;
}

/** Code begins and ends with as many back quotes (CommonMark, "Code spans"); by the index of the first of them. */
function backquotes(text: string): ReadonlyMap<number, CodeSpan> {
  const spans = new Map<number, CodeSpan>();
  const open = new Map<number, number>();
  const runs = [...text.matchAll(/`+/g)].map((found) => ({ at: found.index, length: found[0].length }));
  // From behind, so that each finds the next of its length.
  for (const { at, length } of runs.toReversed()) {
    const end = at + length;
    const next = open.get(length);
    spans.set(
      at,
      next === undefined ? { from: at, to: end, end } : { from: end, to: next, end: next + length },
    );
    open.set(length, at);
  }
  return spans;
}

/** One blank on either side belongs to the marks. */
function trimmedCode(code: string): string {
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code;
}
