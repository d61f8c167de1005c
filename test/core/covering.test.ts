import assert from 'node:assert/strict';
import { coveredPatterns, coversText, listed } from '../../server/src/core/pattern/covering';
import { compilePattern, covers } from '../../server/src/core/pattern/pattern';
import { processorTime } from '../support/patience';
import { seedOf } from '../support/thorough';

describe('the covered patterns of a list', () => {
  it('are those that another one covers, with the widest as the cover', () => {
    assert.deepEqual(
      [...coveredPatterns(['s3:get*acl', 's3:get*', 'ec2:*', 's3:*'].map(listed), 'literal')],
      [
        [0, 3],
        [1, 3],
      ],
    );
  });

  it('leave one of several that match the same', () => {
    assert.deepEqual(
      [...coveredPatterns(['a?*', 'a', 'a*?', 'a', 'a?**'].map(listed), 'literal')],
      [
        [3, 1],
        [2, 0],
        [4, 0],
      ],
    );
  });

  it('take a variable for some text, where the version supports variables', () => {
    const texts = ['home/${aws:username}', 'home/*', 'home/????*'].map(listed);
    assert.deepEqual([...coveredPatterns(texts, 'substitute').keys()], [0, 2]);
    assert.deepEqual([...coveredPatterns(texts.toSpliced(1, 1), 'substitute').keys()], []);
    assert.deepEqual([...coveredPatterns(texts.toSpliced(1, 1), 'literal').keys()], [0]);
    const named = ['a*name*', 'a${aws:username}'].map(listed);
    assert.deepEqual([...coveredPatterns(named, 'substitute').keys()], []);
  });

  it('are the same in short lists and in long ones, and as when all are compared with all', () => {
    const random = generator(seedOf(7));
    for (let round = 0; round < 400; round += 1) {
      const texts = Array.from({ length: 2 + random(60) }, () =>
        Array.from({ length: random(6) }, () => 'ab*?'.charAt(random(4))).join(''),
      );
      const expected = texts.flatMap((narrow, index) =>
        texts.some(
          (wide, other) =>
            other !== index && coversSlowly(wide, narrow) && (other < index || !coversSlowly(narrow, wide)),
        )
          ? [index]
          : [],
      );
      const found = coveredPatterns(texts.map(listed), 'literal');
      assert.deepEqual(
        [...found.keys()].sort((a, b) => a - b),
        expected,
        JSON.stringify(texts),
      );
      for (const [covered, cover] of found) {
        assert.ok(coversSlowly(texts[cover] ?? '', texts[covered] ?? ''), JSON.stringify(texts));
        assert.ok(!found.has(cover), 'a cover stays');
      }
    }
  });

  it('are found in long lists without comparing all with all', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `arn:aws:s3:::bucket-${index}-*`);
    const took = processorTime(() => {
      const found = coveredPatterns([...texts, 'arn:aws:s3:::bucket-7-x'].map(listed), 'substitute');
      assert.deepEqual([...found], [[20_000, 7]]);
    });
    assert.ok(took < 2000, `${took} ms`);
  });

  it('agree with the comparison of two', () => {
    assert.ok(coversText('arn:*:bucket', 'arn:aws:s3:::bucket', 'literal'));
    assert.ok(!coversText('arn:*:bucket', 'arn:aws:s3:::buckets', 'literal'));
    assert.ok(!coversText('a?', 'a*', 'literal'));
  });
});

function coversSlowly(wide: string, narrow: string): boolean {
  return covers(compilePattern(wide), compilePattern(narrow), wide, narrow);
}

/** Whole numbers below a limit, the same in each run. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % limit;
  };
}
