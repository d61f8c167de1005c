import assert from 'node:assert/strict';
import fc from 'fast-check';
import { firstIndex } from '../../server/src/core/pattern/bisect';
import { parseJson } from '../../server/src/core/syntax/json';
import { stringWhere } from '../../server/src/core/syntax/nodes';
import { runs } from '../support/thorough';

describe('the first index of which something holds', () => {
  it('is that of a search from the front', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.integer({ min: -1, max: 21 }),
        (list, least) => {
          const sorted = list.toSorted((a, b) => a - b);
          const naive = sorted.findIndex((each) => each >= least);
          assert.equal(
            firstIndex(sorted.length, (index) => (sorted[index] ?? 0) >= least),
            naive < 0 ? sorted.length : naive,
          );
        },
      ),
      { numRuns: runs(2000) },
    );
  });
});

describe('a string of a tree', () => {
  const rootOf = (text: string) => {
    const { root } = parseJson(text, 'json');
    assert.ok(root);
    return root;
  };

  it('is found among names and values, and in a list of any length', () => {
    const root = rootOf(`{"a": {"b": ["c", {"d": 1}]}, "many": [${'"x",'.repeat(300_000)}"y"]}`);
    for (const wanted of ['a', 'c', 'd', 'y']) {
      assert.equal(stringWhere(root, ({ value }) => value === wanted)?.value, wanted);
    }
    assert.equal(
      stringWhere(root, ({ value }) => value === 'e'),
      undefined,
    );
  });

  it('is found at any depth', () => {
    const root = rootOf(`${'['.repeat(100)}"deep"${']'.repeat(100)}`);
    assert.equal(stringWhere(root, () => true)?.value, 'deep');
  });
});
