import { strictEqual } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

const MODULE = join(repositoryRoot, 'out/server/src/node/releaseMemory.js');

describe('giving memory back at rest', () => {
  it('collects what nobody holds any more, each time that much has come since, and lets the process end', () => {
    strictEqual(printed(GARBAGE, GARBAGE), '1: collected, 2: collected');
  });

  it('collects what a document of many megabytes has left', () => {
    strictEqual(printed(MUCH_GARBAGE, ''), '1: collected, 2: kept');
  });

  it('leaves alone what has not grown, since a collection holds everything up', () => {
    strictEqual(printed(GARBAGE, ''), '1: collected, 2: kept');
  });
});

/** Statements that leave many megabytes that nobody holds, spread over many small objects. */
const GARBAGE = 'hold(Array.from({ length: 400_000 }, (_, index) => ({ index })));';

/** The same, more than half a gigabyte. */
const MUCH_GARBAGE = GARBAGE.replace('400_000', '15_000_000');

/** What became of an object that nobody holds, after each of the two steps and the rest that follows it. */
function printed(first: string, second: string): string {
  const script = `
    const { memoryReleaser } = require(${JSON.stringify(MODULE)});
    const held = [];
    const hold = (list) => held.push(list);
    const release = memoryReleaser();
    const said = [];
    const rest = async (step, make) => {
      make();
      held.length = 0;
      const lost = (() => new WeakRef({}))();
      // What a WeakRef has just been made of is kept until the task is over.
      await new Promise((resolve) => setImmediate(resolve));
      await release();
      said.push(step + ': ' + (lost.deref() === undefined ? 'collected' : 'kept'));
    };
    rest(1, () => { ${first} })
      .then(() => rest(2, () => { ${second} }))
      .then(() => console.log(said.join(', ')));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    timeout: limit(60_000),
  });
  strictEqual(stderr, '');
  return stdout.trim();
}
