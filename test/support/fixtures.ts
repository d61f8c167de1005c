import assert from 'node:assert/strict';
import type { Span } from '../../server/src/core/syntax/nodes';

/** A text with the place of the cursor, written `$0` in the fixture. */
export interface CursorFixture {
  readonly text: string;
  /** UTF-16. */
  readonly offset: number;
}

/** Takes the one `$0` out of a fixture. Throws if there is none, or more: such a test would test nothing. */
export function cursorAt(fixture: string): CursorFixture {
  const parts = fixture.split('$0');
  assert.equal(parts.length, 2, `a fixture has one $0: ${fixture}`);
  return { text: parts.join(''), offset: parts[0]?.length ?? 0 };
}

/**
 * A text with its spans drawn under it: each line that has any is followed by a line of carets and a label per span.
 * An empty span is a single `|`. A span that leaves its line is a fault of whoever made it, and throws.
 */
export function drawSpans(
  text: string,
  spans: readonly { readonly span: Span; readonly label: string }[],
): string {
  const out: string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const visible = line.replace(/\r$/, '');
    const end = start + visible.length;
    const own = spans.filter(({ span }) => span.start >= start && span.start <= end);
    out.push(visible);
    for (const { span, label } of own) {
      assert.ok(span.end <= end, `the span of "${label}" leaves its line`);
      const carets = '^'.repeat(span.end - span.start) || '|';
      out.push(`${' '.repeat(span.start - start)}${carets} ${label}`);
    }
    start += line.length + 1;
  }
  return out.join('\n');
}

/** Runs the fixture a second time with the line endings of Windows. */
export function withLineEndings(text: string): readonly { readonly name: string; readonly text: string }[] {
  return [
    { name: 'LF', text },
    { name: 'CRLF', text: text.replaceAll('\n', '\r\n') },
  ];
}
