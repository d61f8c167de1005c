import type { Edit } from '../../../lint/rule';
import type { SourceText } from '../../../syntax/nodes';
import { spanIn } from '../../../syntax/stringSpans';

/**
 * `terraform fmt` puts the `=` of arguments on lines that follow each other below each other, but for those whose value goes
 * on over lines in brackets (hashicorp/hcl, `hclwrite/format.go`). A value that begins or ceases to do so changes the lines
 * around it.
 */

/** A line of a file: half-open indexes without the line break. */
interface Line {
  readonly start: number;
  readonly end: number;
}

/** An argument on one line: where its blanks in front of `=` begin and end. */
interface Assignment {
  readonly from: number;
  readonly to: number;
  /** How long the name is, with the blanks in front. */
  readonly width: number;
}

/**
 * Puts a text in the place of an argument's value, and the `=` of the arguments around as `terraform fmt` would. Lines
 * that are not aligned as they stand are left alone.
 *
 * @param from where the value begins, an index into the source's text
 * @param end where it ends
 */
export function replaceValue(source: SourceText, from: number, end: number, text: string): readonly Edit[] {
  // The end of a heredoc may have blanks behind it.
  const to = end + (/^[ \t]+(?=\r?(?:\n|$))/.exec(source.text.slice(end, end + 200))?.[0].length ?? 0);
  const value: Edit = { span: spanIn(source, from, to), text: source.encode(text) };
  const line = lineAt(source.text, from);
  const own = nameIn(source.text.slice(line.start, from), line.start);
  if (own === undefined) {
    return [value];
  }
  const lead = source.text.slice(line.start + own.length, from);
  const last = lineAt(source.text, to);
  const rest = source.text.slice(to, last.end);
  const above = neighbours(source.text, line, 'above');
  const below = neighbours(source.text, last, 'below');
  const group = (written: string) =>
    goesOn(lead + written + rest) ? [above, [own.assignment], below] : [[...above, own.assignment, ...below]];
  if (!group(source.text.slice(from, to)).every(isAligned)) {
    return [value];
  }
  const moved = group(text).flatMap((each) => {
    const width = Math.max(...each.map(({ width: one }) => one));
    return each.flatMap((one): readonly Edit[] => {
      const blanks = ' '.repeat(width - one.width + 1);
      return source.text.slice(one.from, one.to) === blanks
        ? []
        : [{ span: spanIn(source, one.from, one.to), text: source.encode(blanks) }];
    });
  });
  return [...moved, value];
}

/** Whether a value goes on over lines in brackets; a heredoc opens none. */
function goesOn(value: string): boolean {
  return !isClosed(/^[^\n]*/.exec(value)?.[0] ?? '');
}

function isAligned(group: readonly Assignment[]): boolean {
  const width = Math.max(...group.map((each) => each.width));
  return group.every(({ from, to, width: own }) => own + to - from === width + 1);
}

function lineAt(text: string, at: number): Line {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at - 1) + 1, end: end < 0 ? text.length : end };
}

function neighbours(text: string, { start, end }: Line, where: 'above' | 'below'): readonly Assignment[] {
  const found: Assignment[] = [];
  let at = where === 'above' ? start - 1 : end + 1;
  while (at >= 0 && at < text.length) {
    let line = lineAt(text, at);
    const marker = /^[ \t]*(\w+)[ \t]*\r?$/.exec(text.slice(line.start, line.end))?.[1];
    // Above the end of a heredoc is the argument that it is the value of.
    if (where === 'above' && marker !== undefined) {
      const opening = Math.max(
        text.lastIndexOf(`<<${marker}\n`, line.start),
        text.lastIndexOf(`<<-${marker}\n`, line.start),
      );
      if (opening < 0) {
        break;
      }
      line = lineAt(text, opening);
    }
    const written = text.slice(line.start, line.end);
    const assignment = assignmentIn(written, line.start);
    if (assignment === undefined) {
      break;
    }
    found.push(assignment);
    const heredoc = where === 'below' ? /<<-?(\w+)\r?$/.exec(written)?.[1] : undefined;
    const closing = heredoc === undefined ? undefined : closingOf(text, heredoc, line.end);
    at = where === 'above' ? line.start - 1 : (closing ?? line.end) + 1;
  }
  return found;
}

/** Where the line ends that closes a heredoc. */
function closingOf(text: string, marker: string, from: number): number {
  for (let at = from + 1; at < text.length; ) {
    const line = lineAt(text, at);
    if (text.slice(line.start, line.end).trim() === marker) {
      return line.end;
    }
    at = line.end + 1;
  }
  return text.length;
}

/** The argument on a line, unless its value goes on behind it. */
function assignmentIn(line: string, start: number): Assignment | undefined {
  const named = nameIn(line, start);
  return named === undefined || !isClosed(line.slice(named.length)) ? undefined : named.assignment;
}

/** A name and the `=` behind it, and how long all of that is. */
function nameIn(
  line: string,
  start: number,
): { readonly assignment: Assignment; readonly length: number } | undefined {
  const [whole, name, blanks] = NAME.exec(line) ?? [];
  return whole === undefined || name === undefined || blanks === undefined
    ? undefined
    : {
        assignment: {
          from: start + name.length,
          to: start + name.length + blanks.length,
          width: name.length,
        },
        length: whole.length,
      };
}

const NAME = /^([ \t]*(?:[\w-]+|"(?:[^"\\]|\\.)*"))([ \t]*)=(?![=>])/;

/** Whether each bracket that is opened is closed. */
function isClosed(text: string): boolean {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|#.*|\/\/.*|[[\](){}]/g)) {
    depth += '([{'.includes(token) ? 1 : ')]}'.includes(token) ? -1 : 0;
  }
  return depth === 0;
}
