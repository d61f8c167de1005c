import assert from 'node:assert/strict';
import { limit } from '../support/patience';
import { skip } from '../support/skip';
import { step } from '../support/thorough';
import { type FormatFile, lintFormatFiles, missedIn } from './formatFiles';
import { falseWarningsInAHundredFiles, MOST_FALSE_WARNINGS, review } from './realReview';

describe('files of public repositories with policies in other forms', function () {
  this.timeout(limit(120_000));
  let files: readonly FormatFile[];

  before(function () {
    files = lintFormatFiles(step(1, 2)) ?? skip(this, 'the corpus of formats is not beside the repository');
  });

  it('have every literal statement in the model, save where it is recorded why not', () => {
    assert.deepEqual(
      missedIn(files).filter(({ why }) => why === ''),
      [],
    );
  });

  it('have no error that nobody has looked at or that is false, and hardly a false warning', () => {
    const rows = review(files, 'formatsReviewed.tsv');
    assert.deepEqual(
      rows
        .filter(({ severity, verdict }) => severity === 'error' && verdict !== 'true')
        .map(({ verdict, rule, message, files: [file] }) => `${verdict}: ${rule}: ${message} (${file})`),
      [],
      'UPDATE=1 npm run formats writes the new ones into the table; look at each',
    );
    assert.ok(falseWarningsInAHundredFiles(rows, files.length) <= MOST_FALSE_WARNINGS);
  });
});
