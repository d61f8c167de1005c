import assert from 'node:assert/strict';
import { internText, noted, notedFor } from '../../server/src/core/pattern/internedText';

describe('a word', () => {
  it('is one for all places where a text stands', () => {
    assert.equal(internText(`s3:${'GetObject'}`), internText('s3:GetObject'));
    assert.notEqual(internText('s3:GetObject'), internText('s3:getobject'));
  });

  it('keeps the answer to each question, also that there is none', () => {
    const asked: string[] = [];
    const colon = noted((text) => {
      asked.push(text);
      return text.includes(':') ? text.indexOf(':') : undefined;
    });
    const length = noted((text) => text.length);
    const [known, none] = [internText('word.test:x'), internText('word.test')];
    assert.deepEqual(
      [colon(known), colon(none), length(known), colon(known), colon(none)],
      [9, undefined, 11, 9, undefined],
    );
    assert.deepEqual(asked, ['word.test:x', 'word.test']);
  });

  it('answers a question that is younger than itself', () => {
    const interned = internText('word.test/old');
    assert.equal(noted((text) => text.length)(interned), 13);
    assert.equal(noted((text) => text.toUpperCase())(interned), 'WORD.TEST/OLD');
  });

  it('answers anew for another reference', () => {
    const joined = notedFor((text: string, owner: { readonly name: string }) => text + owner.name);
    const [one, two] = [{ name: '1' }, { name: '2' }];
    const interned = internText('word.test');
    assert.deepEqual(
      [joined(interned, one), joined(interned, one), joined(interned, two), joined(interned, one)],
      ['word.test1', 'word.test1', 'word.test2', 'word.test1'],
    );
  });

  it('shows nothing of its notes', () => {
    const interned = internText('word.test/frozen');
    Object.freeze(interned);
    assert.equal(noted((text) => text.length)(interned), 16);
    assert.deepEqual(Object.keys(interned), ['text']);
  });
});
