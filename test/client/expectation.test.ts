import assert from 'node:assert/strict';
import { expectationOf } from '../../client/src/invalidation/expectation';

describe('what a policy lets expect of an invalidation', () => {
  it('is a refusal only where the policy surely does not grant it', () => {
    for (const [invalidateCache, expected] of [
      ['allow', 'obeyed'],
      ['deny', 'not-obeyed'],
      ['implicit-deny', 'not-obeyed'],
      ['depends', 'open'],
    ] as const) {
      assert.equal(expectationOf({ invoke: 'allow', invalidateCache }), expected);
    }
  });
});
