import assert from 'node:assert/strict';
import { settleManagedPolicies } from '../compare/managedQuestions';
import { sharedCorpus } from '../support/repository';
import { skip } from '../support/skip';

describe('questions to managed policies', function () {
  this.timeout(120_000);

  it('depend in 5 of 100 cases at most once the answer has what it asks for', function () {
    const folder = sharedCorpus('managed-policies');
    if (folder === undefined) {
      skip(this, 'the corpus of managed policies is not beside the repository');
    }
    // `npm run settled` asks all of them.
    const { depends, open } = settleManagedPolicies(folder, 4);
    const left = [...open.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(depends > 200, `${depends} depend`);
    assert.ok(left / depends <= 0.05, `${left} of ${depends}`);
  });
});
