import assert from 'node:assert/strict';
import { noted, notedFor, wordOf } from '../../server/src/core/pattern/word';

describe('a word', () => {
  it('is one for all places where a text stands', () => {
    assert.equal(wordOf(`s3:${'GetObject'}`), wordOf('s3:GetObject'));
    assert.notEqual(wordOf('s3:GetObject'), wordOf('s3:getobject'));
  });

  it('keeps the answer to each question, also that there is none', () => {
    const asked: string[] = [];
    const colon = noted((text) => {
      asked.push(text);
      return text.includes(':') ? text.indexOf(':') : undefined;
    });
    const length = noted((text) => text.length);
    const [known, none] = [wordOf('word.test:x'), wordOf('word.test')];
    assert.deepEqual(
      [colon(known), colon(none), length(known), colon(known), colon(none)],
      [9, undefined, 11, 9, undefined],
    );
    assert.deepEqual(asked, ['word.test:x', 'word.test']);
  });

  it('answers a question that is younger than itself', () => {
    const word = wordOf('word.test/old');
    assert.equal(noted((text) => text.length)(word), 13);
    assert.equal(noted((text) => text.toUpperCase())(word), 'WORD.TEST/OLD');
  });

  it('answers anew for another reference', () => {
    const joined = notedFor((text: string, owner: { readonly name: string }) => text + owner.name);
    const [one, two] = [{ name: '1' }, { name: '2' }];
    const word = wordOf('word.test');
    assert.deepEqual(
      [joined(word, one), joined(word, one), joined(word, two), joined(word, one)],
      ['word.test1', 'word.test1', 'word.test2', 'word.test1'],
    );
  });

  it('shows nothing of its notes', () => {
    const word = wordOf('word.test/frozen');
    Object.freeze(word);
    assert.equal(noted((text) => text.length)(word), 16);
    assert.deepEqual(Object.keys(word), ['text']);
  });
});
