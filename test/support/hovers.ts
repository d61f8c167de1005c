import assert from 'node:assert/strict';
import type { LanguageService } from '../../server/src/core/index';
import { cursorAt, withLineEndings } from './fixtures';
import { openJson } from './policies';

export interface HoverCase {
  readonly title: string;
  readonly fixture: string;
  /** The text that the hover is about, as it stands in the document. */
  readonly on?: string;
  /** What a reader finds. */
  readonly says: readonly RegExp[];
  readonly saysNot?: readonly RegExp[];
}

/** Makes a test of a hover, for each kind of line ending. */
export function checkHover(each: HoverCase, service: () => LanguageService): void {
  for (const { name, text: fixture } of withLineEndings(each.fixture)) {
    it(`${each.title} (${name})`, () => {
      const { text, offset } = cursorAt(fixture);
      const hover = service().hover(openJson(service(), text), offset);
      assert.ok(hover !== undefined, 'nothing is said');
      if (each.on !== undefined) {
        assert.equal(text.slice(hover.span.start, hover.span.end), each.on);
      }
      for (const expected of each.says) {
        assert.match(hover.contents, expected);
      }
      for (const unexpected of each.saysNot ?? []) {
        assert.doesNotMatch(hover.contents, unexpected);
      }
    });
  }
}

/** What is said at the cursor of a fixture. */
export function hoverAt(service: LanguageService, fixture: string): string | undefined {
  const { text, offset } = cursorAt(fixture);
  return service.hover(openJson(service, text), offset)?.contents;
}
