import assert from 'node:assert/strict';
import { certainFaults } from '../../server/src/core/syntax/faults';
import { type JsonDialect, parseJson } from '../../server/src/core/syntax/json';
import { shown } from '../support/shownTree';

/** What is no JSON, what it reads as, and the faults, each with its letters (RFC 8259). */
const FAULTS: readonly (readonly [written: string, read: string, ...faults: readonly string[]])[] = [
  ['{"a": 1}', '{a: 1}'],
  [' \t\r\n{ "a" : 1 }\n', '{a: 1}'],
  ['{\u00a0"a": 1}', '{a: 1}', 'unseen-character \u00a0'],
  ['{"a":\u00a0\u00a01}', '{a: 1}', 'unseen-character \u00a0\u00a0'],
  ['{"a":\u00a0 \t\u00a01}', '{a: 1}', 'unseen-character \u00a0 \t\u00a0'],
  ['{"a":\u00a0 \n\u00a01}', '{a: 1}', 'unseen-character \u00a0', 'unseen-character \u00a0'],
  ['{"a":\u00a0  1}', '{a: 1}', 'unseen-character \u00a0'],
  [
    '{"a" 1, "b": "c"\u00a0: 2}',
    '{a: 1, b: ∅, c: 2}',
    'colon-expected',
    'value-expected',
    'comma-expected',
    'unseen-character \u00a0',
  ],
  ['{"a": 1}\u00a0', '{a: 1}', 'unseen-character \u00a0'],
  ['{"a": 1}\u00a0 ', '{a: 1}', 'unseen-character \u00a0'],
  ['\u00a0', '∅', 'unseen-character \u00a0'],
  ['{"a":\u200b1}', '{a: 1}', 'unseen-character \u200b'],
  [
    '{"a":\u00a0true,\u00a0"b":\u00a0null}',
    '{a: true, b: null}',
    ...Array(3).fill('unseen-character \u00a0'),
  ],
  ['{"a": x}', '{a: ∅}', 'invalid-symbol x'],
  ['{"a": x\u00a0}', '{a: ∅}', 'invalid-symbol x\u00a0'],
  ['{"a": "\u00a0\u200b"}', '{a: "\u00a0\u200b"}'],
  ['{"a": 012}', '{a: 12}', 'invalid-number 012'],
  ['{"a": 0}', '{a: 0}'],
  ['[00]', '[0]', 'invalid-number 00'],
  ['[09]', '[9]', 'invalid-number 09'],
  ['{"a": -0.5e+1}', '{a: -5}'],
  ['{"a": 1,}', '{a: 1}', 'trailing-comma ,'],
  ['[1,]', '[1]', 'trailing-comma ,'],
  ['{"a": 1 "b": 2}', '{a: 1, b: 2}', 'comma-expected'],
  ['{"a" 1}', '{a: 1}', 'colon-expected'],
  // In a list that stands in no object, a name and a brace end nothing.
  ['[{"a": 1}, "b": 2]', '[{a: 1}, "b", 2]', 'value-expected :', 'comma-expected'],
  ['[{"a": 1}, 2}, 3]', '[{a: 1}, 2, 3]', 'value-expected }'],
  ['{"a": // x\n1}', '{a: 1}', 'comment-not-permitted // x'],
  ['{"a": /* x */ 1}', '{a: 1}', 'comment-not-permitted /* x */'],
];

describe('a text that is no JSON', () => {
  for (const [written, read, ...faults] of FAULTS) {
    it(`reads ${JSON.stringify(written)} as ${read}`, () => {
      const tree = parseJson(written, 'json');
      assert.equal(shown(tree.root), read);
      const told = tree.faults.map(({ code, span }, index) => {
        const withLetters = faults[index]?.includes(' ') ?? true;
        return withLetters ? `${code} ${written.slice(span.start, span.end)}` : code;
      });
      assert.deepEqual(told, faults);
    });
  }
});

/**
 * Which faults are told of a text that has several: behind one that leaves doubt nothing is certain up to the next comma
 * or, for most, the end of the line, and a missing end says nothing where something else was wrong before.
 */
const TOLD: readonly (readonly [written: string, ...told: readonly string[]])[] = [
  // One that leaves no doubt hides nothing.
  ['[012, 013]', 'invalid-number 012', 'invalid-number 013'],
  ['[012 1]', 'invalid-number 012', 'comma-expected 1'],
  ['["\\q" 1]', 'invalid-escape "\\q"', 'comma-expected 1'],
  // One that does hides the rest up to a comma,
  ['[x 012]', 'invalid-symbol x'],
  ['[x, 012]', 'invalid-symbol x', 'invalid-number 012'],
  ['[x, y]', 'invalid-symbol x', 'invalid-symbol y'],
  ['[x y]', 'invalid-symbol x'],
  ['{"a": x "b": 012, "c": 013}', 'invalid-symbol x', 'invalid-number 013'],
  // that is in no string,
  ['[x "a, b" 012]', 'invalid-symbol x'],
  ['[x "a\\", b" 012]', 'invalid-symbol x'],
  ['[x "a\\\\", 012]', 'invalid-symbol x', 'invalid-number 012'],
  ['[x "a", 012]', 'invalid-symbol x', 'invalid-number 012'],
  // up to the end of the line, save that a comma may be missing there,
  ['[x\n012]', 'invalid-symbol x', 'invalid-number 012'],
  ['[x\r012]', 'invalid-symbol x', 'invalid-number 012'],
  ['{"a": x\n"b": 012}', 'invalid-symbol x', 'invalid-number 012'],
  ['{"a": x\n"b": 1\n"c": 2}', 'invalid-symbol x'],
  // and behind an open string up to a comma alone, which may not stand in what was the string.
  ['["a\n012]', 'unterminated-string "a'],
  ['["a\n, 012]', 'unterminated-string "a', 'invalid-number 012'],
  ['["a, 013\n012]', 'unterminated-string "a, 013'],
  // A line break behind a backslash does not end a string.
  ['[x "a\\\n, b" 012]', 'invalid-symbol x'],
  ['["a\\\n, 012]', 'unterminated-string "a\\\n, 012]'],
  // A comma may be the last one or not where what follows it cannot be read.
  ['{"a": x,}', 'invalid-symbol x'],
  ['[x,]', 'invalid-symbol x'],
  ['[1,]', 'trailing-comma ,'],
  ['[1, x]', 'invalid-symbol x'],
  ['[1, 012,]', 'invalid-number 012', 'trailing-comma ,'],
  ['{"a": [1,], "b": x}', 'trailing-comma ,', 'invalid-symbol x'],
  ['{"a": {"b": 1,}, "c": x}', 'trailing-comma ,', 'invalid-symbol x'],
  // An end that is missing, or text behind it, is told where nothing else was wrong.
  ['[1', 'close-bracket-expected'],
  ['{"a": 1', 'close-brace-expected'],
  ['{"a": [1', 'close-bracket-expected'],
  ['[x', 'invalid-symbol x'],
  ['[x, 1', 'invalid-symbol x'],
  ['[012', 'invalid-number 012', 'close-bracket-expected'],
  ['[1] 2', 'end-of-file-expected 2'],
  ['[x] 2', 'invalid-symbol x'],
  ['{"a": ["b", "c": 1}', 'close-bracket-expected'],
];

/** The same where comments are allowed: a comma in one is none. */
const TOLD_WITH_COMMENTS: typeof TOLD = [
  ['{"a": ["b" // c, d\n"e": 1}', 'close-bracket-expected'],
  ['{"a": ["b", // c, d\n"e": 1}', 'close-bracket-expected'],
  ['[1, 2,]'],
  ['[1 // ,\n2]', 'comma-expected'],
];

describe('of several faults', () => {
  const rows: readonly (readonly [JsonDialect, typeof TOLD])[] = [
    ['json', TOLD],
    ['jsonc', TOLD_WITH_COMMENTS],
  ];
  for (const [dialect, table] of rows) {
    for (const [written, ...told] of table) {
      it(`${told.length === 0 ? 'none' : told.join(' and ')} is told of ${JSON.stringify(written)}`, () => {
        const { faults } = parseJson(written, dialect);
        const certain = certainFaults(faults, written, ({ span }) => span.start);
        assert.deepEqual(
          certain.map(({ code, span }, index) =>
            told[index]?.includes(' ') ? `${code} ${written.slice(span.start, span.end)}` : code,
          ),
          told,
        );
      });
    }
  }
});
