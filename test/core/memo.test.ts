import assert from 'node:assert/strict';
import { keepOnly, memoize } from '../../server/src/core/pattern/memo';

describe('what is remembered of texts', () => {
  it('is worked out once for each text', () => {
    const asked: string[] = [];
    const answer = memoize((text) => asked.push(text));
    assert.deepEqual([answer('s3:GetObject'), answer('*'), answer('s3:GetObject')], [1, 2, 1]);
    assert.deepEqual(asked, ['s3:GetObject', '*']);
  });

  it('is `undefined` only once, too', () => {
    let times = 0;
    const answer = memoize(() => {
      times += 1;
      return undefined;
    });
    assert.equal(answer('x'), answer('x'));
    assert.equal(times, 1);
  });

  it('is forgotten when there is too much of it and nobody asks any more', () => {
    const asked: string[] = [];
    const answer = memoize((text) => asked.push(text), { room: 650 });
    const ask = (...texts: readonly string[]): void => texts.forEach((text) => void answer(text));
    const many = 'abcdefghij'.split('');
    ask(...many);
    assert.deepEqual(asked.splice(0), many);
    ask(...many);
    assert.deepEqual(asked.splice(0), []);
    // What is new is refused at first; then what nobody asks for goes, and what somebody asks for stays.
    for (let round = 0; round < 40; round += 1) {
      ask('a', `${round}`);
    }
    assert.ok(!asked.includes('a'));
    asked.splice(0);
    ask(...many);
    assert.ok(asked.length > 5, 'what nobody asked for is gone');
  });

  it('is known as far as there is room, of texts that come round and round', () => {
    let made = 0;
    const answer = memoize(() => (made += 1), { room: 100 * 67 });
    const texts = Array.from({ length: 125 }, (_, index) => `${index}`.padStart(3));
    const rounds = 20;
    for (let round = 0; round < rounds; round += 1) {
      texts.forEach((text) => void answer(text));
    }
    assert.ok(made < 125 + (rounds - 1) * 80, `made ${made} of ${125 * rounds}`);
  });

  it('leaves out texts of any length, each version of which would stay while one types', () => {
    const long = 'x'.repeat(10_000);
    let times = 0;
    const answer = memoize((text) => {
      times += 1;
      return text.length;
    });
    assert.deepEqual([answer(long), answer(long)], [10_000, 10_000]);
    assert.equal(times, 2);
  });

  it('of documents is kept for those that are named, where it is much', () => {
    const made: string[] = [];
    const answer = memoize(
      (text) => {
        made.push(text);
        return text.length;
      },
      { holds: 'documents' },
    );
    const words = memoize((text) => made.push(text));
    const texts = ['one', 'two', 'three', 'four'];
    texts.forEach((text) => void answer(text));
    words('word');
    made.length = 0;
    const ask = (): void => void answer('two');
    keepOnly(ask, 1e9);
    texts.forEach((text) => void answer(text));
    assert.deepEqual(made, [], 'it was not much');
    keepOnly(ask, 0);
    assert.deepEqual(made, [], 'what is asked for meanwhile is known');
    texts.forEach((text) => void answer(text));
    words('word');
    assert.deepEqual(made, ['one', 'three', 'four']);
  });
});
