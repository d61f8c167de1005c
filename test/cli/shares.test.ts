import assert from 'node:assert/strict';
import { type SizedFile, sharesOf, threadCount } from '../../server/src/cli/shares';

const files = (count: number, bytes: number, path = (number: number) => `p${number}.json`): SizedFile[] =>
  Array.from({ length: count }, (_, number) => ({ number, path: path(number), bytes }));

describe('how many threads check files', () => {
  const MEGABYTE = 1024 * 1024;
  it('is one for a few files, and one for each processor for many', () => {
    assert.equal(threadCount('auto', 4, files(100, 2000)), 1);
    assert.equal(threadCount('auto', 4, files(100, MEGABYTE)), 4);
    assert.equal(threadCount('auto', 2, files(7, MEGABYTE)), 2);
  });

  it('grows with the bytes, to eight', () => {
    assert.equal(threadCount('auto', 64, files(10, MEGABYTE)), 3);
    assert.equal(threadCount('auto', 64, files(1000, MEGABYTE)), 8);
  });

  it('is less for programs, most of which are only looked at', () => {
    assert.equal(
      threadCount(
        'auto',
        4,
        files(8, MEGABYTE, (number) => `p${number}.ts`),
      ),
      1,
    );
  });

  it('is what somebody asks for, but no more than there are files', () => {
    assert.equal(threadCount(3, 1, files(5, 10)), 3);
    assert.equal(threadCount(30, 1, files(5, 10)), 5);
    assert.equal(threadCount('off', 8, files(1000, MEGABYTE)), 1);
    assert.equal(threadCount('auto', 8, []), 1);
  });
});

describe('the shares of files', () => {
  it('have each file once, in order, several in each of several shares', () => {
    const shares = sharesOf(files(500, 3000), 2);
    assert.deepEqual(
      shares.flatMap(({ inputs }) => inputs),
      files(500, 0).map(({ number }) => number),
    );
    assert.ok(shares.length > 8 && shares.length < 100, String(shares.length));
  });

  it('are one for each large file, first', () => {
    const all = files(4, 100).map((file) => (file.number === 2 ? { ...file, bytes: 9e6 } : file));
    assert.deepEqual(sharesOf(all, 2), [
      { inputs: [2], isLarge: true },
      { inputs: [0, 1, 3], isLarge: false },
    ]);
  });

  it('keep the modules of Terraform together, but no endless one', () => {
    const inFolders = files(60, 4000, (number) => `m${Math.floor(number / 6)}/f${number}.tf`);
    for (const { inputs } of sharesOf(inFolders, 2)) {
      assert.equal(inputs.length % 6, 0);
    }
    assert.ok(
      sharesOf(
        files(600, 4000, (number) => `m/f${number}.tf`),
        2,
      ).length > 4,
    );
  });
});
