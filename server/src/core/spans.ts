import type { Span } from './syntax/nodes';

/**
 * Whether two spans have an offset in common, be it only that between them: a cursor at the end of a thing is still at
 * it.
 */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The same of a span and a single offset. */
export function isAt({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
