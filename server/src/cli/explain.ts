import type { ArnExplanation, SegmentExplanation } from '../core/index';
import { displayWidth, printable } from './format/printable';
import type { Style } from './format/style';

/** Whether a segment is malformed. */
export function hasProblem(explanation: ArnExplanation): boolean {
  return explanation.segments.some((segment) => segment.problem !== undefined);
}

/** Of many widths the greatest: there may be more than a call takes. */
function widest(widths: readonly number[]): number {
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

/** An ARN's segments as an aligned table, each problem under the segment that has it. */
export function renderExplanation(explanation: ArnExplanation, style: Style): string {
  const { arn, summary, segments } = explanation;
  const nameWidth = widest(segments.map((segment) => displayWidth(printable(segment.name))));
  const valueWidth = Math.min(
    widest(segments.map((segment) => displayWidth(shownValue(segment)))),
    MAX_VALUE_WIDTH,
  );
  const indent = ' '.repeat(nameWidth + 4);
  const rows = segments.flatMap((segment) => {
    const value = shownValue(segment);
    const row = `  ${pad(printable(segment.name), nameWidth)}  ${style('bold', pad(value, valueWidth))}  ${printable(segment.meaning)}`;
    if (segment.problem === undefined) {
      return [row.trimEnd()];
    }
    const carets = '^'.repeat(Math.max(displayWidth(value), 1));
    return [
      row.trimEnd(),
      `${indent}${style('red', `${carets} ${printable(segment.problem)}`)}`,
      `${indent}legal: ${printable(segment.legal)}`,
    ];
  });
  return [printable(arn), '', ...rows, ...(summary === '' ? [] : ['', printable(summary)]), ''].join('\n');
}

/** The same for programs; `from` and `to` are UTF-16 indexes into the ARN, half-open. */
export function explanationToJson({ arn, summary, segments }: ArnExplanation): string {
  const rows = segments.map(({ name, text, from, to, meaning, legal, problem }) => ({
    name,
    text,
    from,
    to,
    meaning,
    legal,
    problem: problem ?? null,
  }));
  return `${JSON.stringify({ arn, summary, segments: rows }, undefined, 2)}\n`;
}

/** One long path does not push the meanings of all the other segments off the screen. */
const MAX_VALUE_WIDTH = 40;

function shownValue(segment: SegmentExplanation): string {
  return segment.text === '' ? '(empty)' : printable(segment.text);
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}
