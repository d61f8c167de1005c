import assert from 'node:assert/strict';
import { counted, grouped, listed, shortened } from '../../server/src/core/wording';

describe('lists and numbers in sentences', () => {
  it('have a word before the last item', () => {
    assert.equal(listed([]), '');
    assert.equal(listed(['a']), 'a');
    assert.equal(listed(['a', 'b']), 'a and b');
    assert.equal(listed(['a', 'b', 'c'], 'or'), 'a, b or c');
  });

  it('say how many items are left out', () => {
    assert.equal(listed(['a', 'b', 'c'], 'and', 3), 'a, b and c');
    assert.equal(listed(['a', 'b', 'c'], 'and', 2), 'a, b and 1 more');
    assert.equal(shortened(['a', 'b', 'c'], 3), 'a, b, c');
    assert.equal(shortened(['a', 'b', 'c'], 1), 'a and 2 more');
  });

  it('have the plural where the number is not one', () => {
    assert.deepEqual(
      [0, 1, 2, 1000].map((count) => counted(count, 'byte')),
      ['0 bytes', '1 byte', '2 bytes', '1,000 bytes'],
    );
    assert.deepEqual(
      [1, 2].map((count) => counted(count, 'miss', 'misses')),
      ['1 miss', '2 misses'],
    );
  });

  it('have a comma before each three digits', () => {
    assert.deepEqual([0, 999, 1000, 12345, 1234567].map(grouped), [
      '0',
      '999',
      '1,000',
      '12,345',
      '1,234,567',
    ]);
  });
});
