import assert from 'node:assert/strict';
import { limit } from '../support/patience';
import { languageService } from '../support/policies';
import { report, runCase } from './cases';
import { minimize } from './minimize';
import { ownSeeds } from './seeds';

/** So many cases take some seconds; `npm run fuzz` goes on where they end. */
const CASES = 300;

describe('every feature about documents that nobody would write', function () {
  this.timeout(limit(120_000));

  it(`fails on none of ${CASES}`, () => {
    const service = languageService();
    const seeds = ownSeeds();
    for (let index = 0; index < CASES; index += 1) {
      const failed = runCase(service, { seed: 0, index }, seeds);
      assert.equal(failed && report(failed), undefined);
    }
  });
});

describe('what failed', () => {
  it('is made as short as it can be', () => {
    const long = `${'x'.repeat(300)}ab${'y'.repeat(500)}c${'z'.repeat(100)}`;
    const isWrong = (text: string): boolean => /a.*b.*c/.test(text);
    assert.equal(minimize(long, isWrong), 'abc');
  });
});
