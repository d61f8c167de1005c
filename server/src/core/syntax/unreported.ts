import { firstIndex } from '../pattern/bisect';
import { rememberOf } from '../pattern/memo';
import type { ObjectNode, SourceText } from './nodes';
import { indexAt } from './stringSpans';

/**
 * The source around a node whose faults other tools tell; `undefined` in JSON, where a finding tells them.
 */
export function unreportedSourceOf(node: ObjectNode): SourceText | undefined {
  let source: SourceText | undefined = node.source;
  while (source !== undefined && source.unreportedFaults === undefined) {
    source = source.within?.source;
  }
  return source;
}

/**
 * Whether such a fault lies in an object, on the line before it, or right behind it, so that the object may be another than
 * what was read. Kept: every answer asks it of every statement of a policy, and nodes never change.
 */
export const isBesideUnreportedFault = rememberOf((node: ObjectNode): boolean => {
  const source = unreportedSourceOf(node);
  const faults = source?.unreportedFaults?.() ?? [];
  if (source === undefined || faults.length === 0) {
    return false;
  }
  const { text } = source;
  const start = indexAt(source, node.span.start);
  const end = behindBlanks(text, indexAt(source, node.span.end));
  return holdsFault(faults, source.offsetAt(startOfLineBefore(text, start)), source.offsetAt(end));
});

/** Whether one of some offsets, which are in order, lies in a range, its end included. */
export function holdsFault(faults: readonly number[], start: number, end: number): boolean {
  const first = faults[firstIndex(faults.length, (index) => (faults[index] ?? 0) >= start)];
  return first !== undefined && first <= end;
}

/** Where the line above the one of an index begins. */
export function startOfLineBefore(text: string, index: number): number {
  const line = text.lastIndexOf('\n', index - 1);
  return line < 0 ? 0 : text.lastIndexOf('\n', line - 1) + 1;
}

/** Behind the blanks and line breaks at an index. */
export function behindBlanks(text: string, index: number): number {
  let at = index;
  while (at < text.length && /\s/.test(text.charAt(at))) {
    at += 1;
  }
  return at;
}
