import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGitFile } from '../../server/src/node/gitFile';
import { limit } from '../support/patience';

describe('a file as it was in a revision', function () {
  this.timeout(limit(20_000));
  let folder = '';
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', folder, '-c', 'user.name=me', '-c', 'user.email=me@example.com', ...args], {
      stdio: 'pipe',
    });
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'git-file-'));
    git('init', '--quiet');
    writeFileSync(join(folder, 'a policy.json'), 'one');
    git('add', '.');
    git('commit', '--quiet', '--message', 'first');
    writeFileSync(join(folder, 'a policy.json'), 'two');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function read(revision: string, name = 'a policy.json', maxBytes = 1000): Promise<string> {
    const found = await readGitFile(revision, join(folder, name), { maxBytes, timeoutMs: limit(10_000) });
    return 'bytes' in found ? Buffer.from(found.bytes).toString() : `problem: ${found.problem}`;
  }

  it('is read from git, and not from the folder', async () => {
    assert.equal(await read('HEAD'), 'one');
  });

  it('is read where its folder has gone since', async () => {
    mkdirSync(join(folder, 'old', 'er'), { recursive: true });
    writeFileSync(join(folder, 'old', 'er', 'b.json'), 'three');
    git('add', '.');
    git('commit', '--quiet', '--message', 'second');
    rmSync(join(folder, 'old'), { recursive: true });
    assert.equal(await read('HEAD', 'old/er/b.json'), 'three');
    assert.match(await read('HEAD', 'old/b.json'), /^problem: path 'old\/b\.json' does not exist in 'HEAD'/);
  });

  it('is read whole, as long as any policy is', async () => {
    writeFileSync(join(folder, 'long.json'), ' '.repeat(2_000_000));
    git('add', '.');
    git('commit', '--quiet', '--message', 'long');
    const found = await readGitFile('HEAD', join(folder, 'long.json'));
    assert.ok('bytes' in found && found.bytes.length === 2_000_000);
  });

  it('is a problem where there is none', async () => {
    assert.match(await read('HEAD', 'other.json'), /^problem: path 'other\.json' does not exist in 'HEAD'/);
    assert.match(await read('gone'), /^problem: invalid object name 'gone'/);
    assert.match(await read('HEAD', 'a policy.json', 2), /^problem: it is too long/);
  });

  it('takes nothing for a revision that git could take for something else', async () => {
    for (const revision of ['--output=/tmp/x', '-p', '', 'HEAD:other', 'a\nb']) {
      assert.match(await read(revision), /^problem: .*is not a revision$/s, revision);
    }
  });

  it('runs nothing that the repository names', async () => {
    writeFileSync(join(folder, '.gitattributes'), '*.json diff=evil filter=evil\n');
    const mark = join(folder, 'ran');
    for (const name of [
      'diff.evil.textconv',
      'diff.external',
      'filter.evil.smudge',
      'core.pager',
      'core.fsmonitor',
    ]) {
      git('config', name, `touch ${mark}; cat`);
    }
    assert.equal(await read('HEAD'), 'one');
    assert.throws(() => execFileSync('ls', [mark], { stdio: 'pipe' }));
  });
});
