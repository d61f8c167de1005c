import assert from 'node:assert/strict';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { changed } from '../../server/src/lsp/textEdits';
import { TextVersion } from '../../server/src/lsp/textVersion';
import { type Random, randomOf } from '../fuzz/random';
import { processorTime } from '../support/patience';

const SHORT = ['a', 'bc', '\n', '\r', '\r\n', '\n\n', '\r\r\n', '', 'd\ne', '\nf\r', '💥'];
const PIECES = [...SHORT, 'long '.repeat(8_000)];

/** Lines of some tens of thousands of characters, with line breaks of each kind. */
function textOf(random: Random): string {
  return Array.from({ length: 2_000 }, () => `${'x'.repeat(random.below(30))}${random.pick(SHORT)}`).join(
    '\n',
  );
}

function editAt(random: Random, lines: number): TextDocumentContentChangeEvent {
  const line = random.below(lines + 3) - 1;
  const start = { line, character: random.below(35) };
  const isLong = random.below(20) === 0;
  const end = isLong
    ? { line: line + random.below(lines), character: random.below(5) }
    : { line: line + random.below(2), character: random.below(35) };
  return { range: { start, end }, text: random.pick(PIECES) };
}

describe('edits of a text', () => {
  it('have the same effect in one message, in many, and one after the other', () => {
    const random = randomOf(11);
    for (let round = 0; round < 30; round += 1) {
      const text = round % 3 === 0 ? random.pick(PIECES) : textOf(random);
      const before = new TextVersion('file:///a', 'json', 1, text);
      const edits = Array.from({ length: 60 }, () => editAt(random, before.lineCount));
      let one = before;
      let last = before;
      for (const [index, edit] of edits.entries()) {
        one = changed(one, [edit], index + 2);
        // Asked for each time, so that there is never more than one edit to be applied.
        void one.getText();
        last = changed(last, [edit], index + 2);
      }
      const all = changed(before, edits, 61);
      assert.equal(all.getText(), one.getText());
      assert.equal(last.getText(), one.getText());
      assert.deepEqual([last.version, all.version, before.getText() === text], [61, 61, true]);
      const fresh = TextDocument.create('file:///a', 'json', 61, one.getText());
      assert.equal(all.lineCount, fresh.lineCount);
      assert.deepEqual(all.positionAt(all.getText().length / 2), fresh.positionAt(all.getText().length / 2));
    }
  });

  it('leave the versions between them as they were, whichever is asked for first', () => {
    const first = new TextVersion('file:///a', 'json', 1, 'a');
    const insert = (text: string) => ({ range: { start: ORIGIN, end: ORIGIN }, text });
    const second = changed(first, [insert('b')], 2);
    const third = changed(second, [insert('c')], 3);
    const fourth = changed(third, [{ text: 'all' }, insert('d')], 4);
    assert.deepEqual(
      [third, fourth, second, first].map((text) => text.getText()),
      ['cba', 'dall', 'ba', 'a'],
    );
  });

  it('that are none leave the text as it is', () => {
    const text = new TextVersion('file:///a', 'json', 1, 'a');
    for (const range of [null, {}, { start: ORIGIN }, { start: null, end: ORIGIN }]) {
      const edit = { range, text: 'b' } as unknown as TextDocumentContentChangeEvent;
      assert.throws(() => changed(text, [edit], 2), TypeError);
    }
    assert.equal(text.getText(), 'a');
  });

  it('by the thousand take little longer for a long text than for a short one', () => {
    const edits = (lines: number): TextDocumentContentChangeEvent[] =>
      Array.from({ length: 4_000 }, (_, index) => {
        const place = { line: (index * 7_919) % lines, character: 3 };
        return { range: { start: place, end: place }, text: 'x' };
      });
    const time = (lines: number): number => {
      const text = new TextVersion('file:///a', 'json', 1, 'some letters of a line\n'.repeat(lines));
      return processorTime(() => void changed(text, edits(lines), 2).getText());
    };
    time(1_000);
    // Ten seconds where each edit copies the whole text.
    assert.ok(time(100_000) < 20 * time(1_000) + 500);
  });
});

const ORIGIN = { line: 0, character: 0 };
