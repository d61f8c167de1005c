import assert from 'node:assert/strict';
import { step } from '../support/thorough';
import { lintRealPolicies } from './realPolicies';
import { falseWarningsInAHundredFiles, MOST_FALSE_WARNINGS, review } from './realReview';

describe('the policies of public repositories', () => {
  it('have no error that nobody has looked at or that is false, and hardly a false warning', function () {
    const files = lintRealPolicies(step(1, 2));
    if (files === undefined) {
      console.log('      skipped: shared/corpus/real-policies does not lie beside the repository');
      this.skip();
    }
    const rows = review(files);
    assert.deepEqual(
      rows
        .filter(({ severity, verdict }) => severity === 'error' && verdict !== 'true')
        .map(({ verdict, rule, message, files: [file] }) => `${verdict}: ${rule}: ${message} (${file})`),
      [],
      'UPDATE=1 npm run real writes the new ones into the table; look at each',
    );
    assert.ok(falseWarningsInAHundredFiles(rows, files.length) <= MOST_FALSE_WARNINGS);
  }).timeout(120_000);
});
