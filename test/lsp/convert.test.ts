import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { positions, toOffset, toRange, toSpan, toTokenData } from '../../server/src/lsp/convert';
import { TextVersion } from '../../server/src/lsp/textVersion';
import { randomOf } from '../fuzz/random';

const document = (text: string): TextDocument => TextDocument.create('file:///x.json', 'json', 1, text);

describe('positions', () => {
  it('count UTF-16 code units: a character beyond the basic plane takes two', () => {
    const text = '{"Sid": "🐾🐾", "Action": "*"}';
    const start = text.indexOf('"*"');
    assert.deepEqual(toRange(document(text), { start, end: start + 3 }), {
      start: { line: 0, character: start },
      end: { line: 0, character: start + 3 },
    });
    assert.equal(toOffset(document(text), { line: 0, character: start }), start);
    assert.equal(start, 26, 'four units for two paws');
  });

  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ] as const) {
    it(`begin lines anew after ${name}`, () => {
      const text = ['{', '  "é": "🐾",', '  "b": 1', '}'].join(end);
      const start = text.indexOf('"b"');
      const range = toRange(document(text), { start, end: start + 3 });
      assert.deepEqual(range, { start: { line: 2, character: 2 }, end: { line: 2, character: 5 } });
      assert.deepEqual(toSpan(document(text), range), { start, end: start + 3 });
    });
  }

  it('beyond a line or the document fall on its end', () => {
    const text = '{\r\n}';
    assert.equal(toOffset(document(text), { line: 0, character: 99 }), 1);
    assert.equal(toOffset(document(text), { line: 9, character: 0 }), text.length);
    assert.deepEqual(toRange(document(text), { start: 99, end: 100 }), {
      start: { line: 1, character: 1 },
      end: { line: 1, character: 1 },
    });
  });

  it('of tokens are lengths in UTF-16 code units too', () => {
    const text = '"🐾" "a"';
    assert.deepEqual(
      [
        ...toTokenData(document(text), [
          { span: { start: 0, end: 4 }, type: 'iamAction' },
          { span: { start: 5, end: 8 }, type: 'iamAction' },
        ]),
      ],
      [0, 0, 4, 0, 0, 0, 5, 3, 0, 0],
    );
  });

  it('of a token that goes on in further lines are one in each of them, without blanks around', () => {
    for (const [text, data] of [
      ['"a\n  b\n\n   \n\tc" d', [0, 0, 2, 0, 0, 1, 2, 1, 0, 0, 3, 1, 2, 0, 0, 0, 3, 1, 0, 0]],
      ['"a\r\n  b" d', [0, 0, 2, 0, 0, 1, 2, 2, 0, 0, 0, 3, 1, 0, 0]],
      ['"a\r\r"\r d', [0, 0, 2, 0, 0, 2, 0, 1, 0, 0, 1, 1, 1, 0, 0]],
      ['\n\n d', [2, 1, 1, 0, 0]],
    ] as const) {
      for (const made of [document(text), new TextVersion('file:///a', 'yaml', 1, text)]) {
        const last = text.length - 1;
        const whole = { span: { start: 0, end: text.lastIndexOf('"') + 1 || 2 }, type: 'iamAction' } as const;
        const tokens = [whole, { span: { start: last, end: last + 1 }, type: 'iamAction' } as const];
        assert.deepEqual([...toTokenData(made, tokens)], data, JSON.stringify(text));
      }
    }
  });

  it('of many offsets are those of each, in whatever order they are asked for', () => {
    const random = randomOf(5);
    for (let trial = 0; trial < 200; trial += 1) {
      const pieces = Array.from({ length: random.below(40) }, () =>
        random.pick(['\n', '\r\n', '\r', 'a', 'bc', '']),
      );
      const text = new TextVersion('file:///x.json', 'json', 1, pieces.join(''));
      const { length } = text.getText();
      const positionAt = positions(text);
      let offset = 0;
      for (let ask = 0; ask < 30; ask += 1) {
        offset =
          random.below(2) === 0 ? Math.min(offset + random.below(4), length) : random.below(length + 1);
        assert.deepEqual(positionAt(offset), text.positionAt(offset), `${JSON.stringify(pieces)} ${offset}`);
      }
    }
  });
});
