import assert from 'node:assert/strict';
import { plainText } from '../../client/src/plainText';

/** How VS Code finds links in notifications: src/vs/base/common/linkedText.ts. */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

describe('the text of a notification', () => {
  it('has no links', () => {
    const message = 'The path [x](command:workbench.action.terminal.new) and [y](https://evil.example "z")';
    assert.equal([...message.matchAll(LINK)].length, 2);
    assert.equal([...plainText(message).matchAll(LINK)].length, 0);
    assert.equal(plainText('a (b) [c] d'), 'a (b) [c] d');
  });
});
