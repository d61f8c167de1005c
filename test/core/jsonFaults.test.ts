import assert from 'node:assert/strict';
import { parseJson } from '../../server/src/core/syntax/json';
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
  ['{"a": -0.5e+1}', '{a: -5}'],
  ['{"a": 1,}', '{a: 1}', 'trailing-comma ,'],
  ['[1,]', '[1]', 'trailing-comma ,'],
  ['{"a": 1 "b": 2}', '{a: 1, b: 2}', 'comma-expected'],
  ['{"a" 1}', '{a: 1}', 'colon-expected'],
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
