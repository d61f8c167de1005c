import assert from 'node:assert/strict';
import { memoize } from '../../server/src/core/pattern/memo';

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

  it('is forgotten when there is too much of it', () => {
    const asked: string[] = [];
    const answer = memoize((text) => asked.push(text), { room: 150 });
    for (const text of ['a', 'b', 'c', 'a']) {
      answer(text);
    }
    assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
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
});
