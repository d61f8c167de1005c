import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { toSpan } from '../../server/src/lsp/convert';
import { TextVersion } from '../../server/src/lsp/textVersion';
import { randomOf } from '../fuzz/random';

const PIECES = ['a', 'bc', '\n', '\r', '\r\n', '\n\n', '\r\r\n', '', 'd\ne', '\nf\r', '💥'];

describe('a version of a text', () => {
  it('has the lines of the text, whatever was typed before', () => {
    const random = randomOf(7);
    for (let round = 0; round < 40; round += 1) {
      let text = new TextVersion('file:///a', 'json', 0, random.pick(PIECES) + random.pick(PIECES));
      for (let version = 1; version < 12; version += 1) {
        const place = () => ({ line: random.below(5), character: random.below(4) });
        const range = { start: place(), end: place() };
        const before = text.getText();
        const fresh = TextDocument.create('file:///a', 'json', 0, before);
        const span = toSpan(text, range);
        assert.deepEqual(span, toSpan(fresh, range), JSON.stringify(before));
        const inserted = random.pick(PIECES);
        const next = text.replaced(span, inserted, version);
        assert.equal(text.getText(), before);
        assert.equal(next.getText(), before.slice(0, span.start) + inserted + before.slice(span.end));
        assert.equal(next.version, version);
        const expected = TextDocument.create('file:///a', 'json', version, next.getText());
        assert.equal(next.lineCount, expected.lineCount, JSON.stringify([before, span, inserted]));
        for (let offset = -1; offset <= next.getText().length + 1; offset += 1) {
          const position = expected.positionAt(offset);
          assert.deepEqual(next.positionAt(offset), position);
          assert.equal(next.offsetAt(position), expected.offsetAt(position));
        }
        text = next;
      }
    }
  });
});
