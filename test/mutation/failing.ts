import assert from 'node:assert/strict';

/** No test of ours: it fails, for the test of what is said then. */
describe('what was broken before', () => {
  it('fails with any mutant and without one', () => {
    assert.fail('broken');
  });
});
