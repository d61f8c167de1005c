import { createHash } from 'node:crypto';
import { type Finding, undated } from '../../core/index';
import type { FileReport } from './report';

/**
 * What tells the findings of a run from each other and is the same in the next run, wherever the line has moved to: the
 * rule, the file, the message and the text of the line, and a number where all of these are equal.
 *
 * @returns a function to be called once for each finding, in order; it gives 64 hexadecimal digits
 */
export function fingerprints(
  pathOf: (file: string) => string,
): (report: Pick<FileReport, 'file' | 'lines'>, finding: Finding) => string {
  const seen = new Map<string, number>();
  return ({ file, lines }, { rule, message, span }) => {
    const line = lines.lineAt(lines.positionAt(span.start).line).trim();
    // A minified document is one line: then the message has to do.
    const parts = [rule, pathOf(file), undated(message), line.length > LONGEST_LINE ? '' : line];
    const digest = sha256(JSON.stringify(parts));
    const count = seen.get(digest) ?? 0;
    seen.set(digest, count + 1);
    return count === 0 ? digest : sha256(`${digest} ${count}`);
  };
}

const LONGEST_LINE = 1_000;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
