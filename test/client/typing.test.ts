import assert from 'node:assert/strict';
import { isTyping } from '../../client/src/typing';

describe('what counts as typing', () => {
  for (const [title, changes, expected] of [
    ['a letter', [{ rangeLength: 0, text: 'a' }], true],
    [
      'a letter at two cursors',
      [
        { rangeLength: 0, text: 'a' },
        { rangeLength: 0, text: 'a' },
      ],
      true,
    ],
    ['a letter in the place of a selected one', [{ rangeLength: 1, text: 'a' }], true],
    ['a quote that VS Code closes', [{ rangeLength: 0, text: '""' }], true],
    ['a line break with its indentation', [{ rangeLength: 0, text: '\n    ' }], true],
    ['a line break between braces', [{ rangeLength: 0, text: '\r\n\t\t\r\n\t' }], true],
    ['Backspace', [{ rangeLength: 1, text: '' }], true],
    ['Backspace between quotes', [{ rangeLength: 2, text: '' }], true],
    ['a suggestion', [{ rangeLength: 2, text: 's3:GetObject' }], false],
    ['a fix', [{ rangeLength: 3, text: 'GET' }], false],
    ['the removal of a word', [{ rangeLength: 9, text: '' }], false],
    ['text that is pasted', [{ rangeLength: 0, text: '\n  a' }], false],
    [
      'a fix at two places, of which one is a letter',
      [
        { rangeLength: 0, text: 's' },
        { rangeLength: 0, text: 'arn' },
      ],
      false,
    ],
    ['no change of the text', [], false],
    ['nothing in the place of nothing', [{ rangeLength: 0, text: '' }], false],
  ] as const) {
    it(`${expected ? '' : 'not '}${title}`, () => {
      assert.equal(isTyping(changes), expected);
    });
  }
});
