import type { Span } from './syntax/nodes';

/** Whether two spans touch: a cursor at the end of something is still at it. */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same of a span and a single offset. */
export function isAt({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
