import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLimited } from '../../server/src/node/readLimited';
import { replaceFile } from '../../server/src/node/replaceFile';
import { skip } from '../support/skip';

const BEFORE = Buffer.from('\ufeff{ "before": 1 }\r\n');
const AFTER = Buffer.from('\ufeff{ "after": 2, "longer": true }\r\n');
const isRoot = process.getuid?.() === 0;
const isPosix = process.platform !== 'win32';

describe('replacing a file', () => {
  let folder = '';
  let file = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
    file = join(folder, 'policy.json');
    writeFileSync(file, BEFORE);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const only = (...names: readonly string[]) =>
    assert.deepEqual(readdirSync(folder).sort(), [...names].sort());

  it('writes every byte and leaves nothing beside it', async () => {
    await replaceFile(file, BEFORE, AFTER);
    assert.deepEqual(readFileSync(file), AFTER);
    only('policy.json');
  });

  it('takes the place of the file in one step, so that no reader sees a part of it', async () => {
    const { ino } = statSync(file);
    await replaceFile(file, BEFORE, AFTER);
    assert.notEqual(statSync(file).ino, ino);
  });

  if (isPosix) {
    it('keeps mode, owner and what a link leads to', async () => {
      chmodSync(file, 0o640);
      mkdirSync(join(folder, 'links'));
      const link = join(folder, 'links', 'policy.json');
      symlinkSync('../policy.json', link);
      const { uid, gid } = statSync(file);
      await replaceFile(link, BEFORE, AFTER);
      assert.ok(lstatSync(link).isSymbolicLink());
      assert.equal(readlinkSync(link), '../policy.json');
      const now = statSync(file);
      assert.deepEqual([now.mode & 0o7777, now.uid, now.gid], [0o640, uid, gid]);
      assert.deepEqual(readFileSync(file), AFTER);
      only('links', 'policy.json');
    });

    it('keeps the other names of a file', async () => {
      linkSync(file, join(folder, 'other.json'));
      await replaceFile(file, BEFORE, AFTER);
      assert.deepEqual(readFileSync(join(folder, 'other.json')), AFTER);
      await replaceFile(file, AFTER, BEFORE);
      assert.deepEqual(readFileSync(file), BEFORE);
      only('other.json', 'policy.json');
    });
  }

  if (isPosix && !isRoot) {
    it('writes no file that may not be written', async () => {
      chmodSync(file, 0o444);
      await assert.rejects(replaceFile(file, BEFORE, AFTER), { code: 'EACCES' });
      assert.deepEqual(readFileSync(file), BEFORE);
    });
    it('writes in place where the folder is not ours', async () => {
      chmodSync(folder, 0o555);
      await replaceFile(file, BEFORE, AFTER);
      chmodSync(folder, 0o755);
      assert.deepEqual(readFileSync(file), AFTER);
      only('policy.json');
    });
  }

  for (const [title, theirs] of [
    ['longer', 'somebody else has saved this meanwhile, and it is longer than before'],
    ['shorter', '{}'],
    ['as long', BEFORE.toString().replace('1', '2')],
  ] as const) {
    it(`leaves what somebody else has saved meanwhile, ${title}`, async () => {
      writeFileSync(file, theirs);
      await assert.rejects(replaceFile(file, BEFORE, AFTER), { code: 'ECHANGED' });
      assert.equal(readFileSync(file, 'utf8'), theirs);
      only('policy.json');
    });
  }

  it('leaves no file where there was none, and none where one is gone', async () => {
    rmSync(file);
    await assert.rejects(replaceFile(file, BEFORE, AFTER), { code: 'ENOENT' });
    only();
  });

  it('leaves the file as it was when the disk is full', async function () {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      console.log('      no small disk can be mounted here: a full one was not tried');
      this.skip();
    }
    try {
      const small = join(disk, 'policy.json');
      const before = Buffer.alloc(40_000, 'a');
      writeFileSync(small, before);
      await assert.rejects(replaceFile(small, before, Buffer.alloc(48_000, 'b')), { code: 'ENOSPC' });
      assert.deepEqual(readFileSync(small), before);
      linkSync(small, join(disk, 'other.json'));
      await assert.rejects(replaceFile(small, before, Buffer.alloc(90_000, 'b')), { code: 'ENOSPC' });
      assert.deepEqual(readFileSync(small), before);
      assert.deepEqual(readdirSync(disk).sort(), ['other.json', 'policy.json']);
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

describe('replacing a file of another group', () => {
  it('leaves it to that group', async function () {
    if (!isRoot) {
      skip(this, 'nobody else may give a file away');
    }
    const folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
    try {
      const file = join(folder, 'policy.json');
      for (const [uid, gid] of [
        [0, 12_345],
        [12_345, 0],
      ] as const) {
        writeFileSync(file, BEFORE);
        chownSync(file, uid, gid);
        await replaceFile(file, BEFORE, AFTER);
        assert.deepEqual([statSync(file).uid, statSync(file).gid], [uid, gid]);
        rmSync(file);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('reading a file within limits', () => {
  const limits = { maxBytes: 1000, kinds: 'files' } as const;
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('reads all of one that is not too long', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, Buffer.alloc(1000, 'x'));
    assert.equal((await readLimited(path, limits)).length, 1000);
    writeFileSync(path, '');
    assert.equal((await readLimited(path, limits)).length, 0);
    writeFileSync(path, Buffer.alloc(1001, 'x'));
    await assert.rejects(readLimited(path, limits), { code: 'EFBIG' });
  });

  if (isPosix) {
    it('leaves devices, pipes and links to them alone', async () => {
      const pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      symlinkSync('/dev/zero', join(folder, 'zero'));
      for (const path of ['/dev/zero', pipe, join(folder, 'zero'), folder]) {
        await assert.rejects(readLimited(path, limits), { code: 'EFTYPE' });
      }
    });

    it('ends with a device that a person named, and with a link that leads to itself', async () => {
      await assert.rejects(readLimited('/dev/zero', { maxBytes: 100_000, kinds: 'any' }), { code: 'EFBIG' });
      symlinkSync('loop', join(folder, 'loop'));
      await assert.rejects(readLimited(join(folder, 'loop'), limits), { code: 'ELOOP' });
    });
  }
});
