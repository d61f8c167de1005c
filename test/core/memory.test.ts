import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

/**
 * A piece that is cut out of a text keeps the whole text in memory. What is remembered of statements and names lives
 * for days, and would so keep each version of a document that was ever typed.
 */
describe('what is remembered', () => {
  it('keeps no version of a document', function () {
    this.timeout(limit(60_000));
    const program = join(repositoryRoot, 'out/test/support/memoryMain.js');
    const { used, read } = JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }));
    assert.ok(used < read / 4, `${used} bytes are kept of ${read} characters`);
  });
});
