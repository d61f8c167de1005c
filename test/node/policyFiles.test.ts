import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { policyFilesBelow, repositoryAround } from '../../server/src/node/policyFiles';
import { skip } from '../support/skip';

describe('the files of a folder that may hold policies', () => {
  let root: string;

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'policy-files-'));
  });

  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  it('are told by their names, at any depth and in order', async () => {
    write({
      'b.json': '',
      'a.yaml': '',
      'deep/er/c.yml': '',
      'deep/d.template': '',
      'e.jsonc': '',
      'readme.md': '',
      'notes.txt': '',
      '.iam-policy.json': '',
      '.github/f.yaml': '',
      'node_modules/x/g.json': '',
      '.git/h.json': '',
    });
    assert.deepEqual(policyFilesBelow(root), {
      paths: [
        '.github/f.yaml',
        '.iam-policy.json',
        'a.yaml',
        'b.json',
        'deep/d.template',
        'deep/er/c.yml',
        'e.jsonc',
        'readme.md',
      ],
      isCut: false,
      unread: [],
    });
  });

  it('are not all where there are more files and folders than anybody looks at', () => {
    write({ 'a.json': '', 'notes.txt': '', 'deep/b.json': '' });
    assert.deepEqual(policyFilesBelow(root, 4), {
      paths: ['a.json', 'deep/b.json'],
      isCut: false,
      unread: [],
    });
    assert.deepEqual(policyFilesBelow(root, 3), { paths: ['a.json'], isCut: true, unread: [] });
  });

  it('are without those that ignore files leave out, those of the folders around included', async () => {
    write({
      '.git/HEAD': '',
      '.gitignore': 'build/\n*.gen.json\n/app/root.json\n',
      'app/.gitignore': 'own.json\n!kept.gen.json\n',
      'app/own.json': '',
      'app/root.json': '',
      'app/a.gen.json': '',
      'app/kept.gen.json': '',
      'app/build/b.json': '',
      'app/sub/own.json': '',
      'app/sub/c.json': '',
      'app/sub/root.json': '',
    });
    assert.deepEqual(policyFilesBelow(join(root, 'app'))?.paths, [
      'kept.gen.json',
      'sub/c.json',
      'sub/root.json',
    ]);
  });

  it('are those of an ignored folder that was named', async () => {
    write({ '.git/HEAD': '', '.gitignore': 'build/\n', 'build/b.json': '' });
    assert.deepEqual(policyFilesBelow(join(root, 'build'))?.paths, ['b.json']);
    assert.deepEqual(policyFilesBelow(root)?.paths, []);
  });

  it('are without links, which may lead anywhere and round in a ring', async function () {
    write({ 'in/a.json': '', 'out/b.json': '' });
    try {
      symlinkSync(join(root, 'out'), join(root, 'in', 'folder'), 'dir');
      symlinkSync(join(root, 'out', 'b.json'), join(root, 'in', 'b.json'));
      symlinkSync(join(root, 'in'), join(root, 'in', 'ring'), 'dir');
    } catch {
      console.log('      skipped: links cannot be made here');
      this.skip();
    }
    assert.deepEqual(policyFilesBelow(join(root, 'in'))?.paths, ['a.json']);
  });

  it('lie in the repository that is nearest around, be its .git a folder or a file', () => {
    write({
      'a/.git/HEAD': '',
      'a/b/c/x.json': '',
      'a/module/.git': 'gitdir: ../.git/modules/m',
      'a/module/d/y.json': '',
    });
    assert.equal(repositoryAround(join(root, 'a/b/c')), join(root, 'a'));
    assert.equal(repositoryAround(join(root, 'a')), join(root, 'a'));
    assert.equal(repositoryAround(join(root, 'a/module/d')), join(root, 'a/module'));
  });

  it('are told with the folders that cannot be read', function () {
    if (process.platform !== 'linux') {
      skip(this, 'how long a path may be differs');
    }
    write({ 'a.json': '' });
    // Beyond what a system call takes as a path; each folder is made from the one before.
    const part = 'x'.repeat(250);
    const before = process.cwd();
    const at: string[] = [];
    try {
      process.chdir(root);
      while (at.length < 17) {
        mkdirSync(part);
        process.chdir(part);
        at.push(part);
      }
    } finally {
      process.chdir(before);
    }
    const found = policyFilesBelow(root);
    assert.deepEqual(found?.paths, ['a.json']);
    assert.deepEqual(
      found.unread.map(({ error }) => (error as NodeJS.ErrnoException).code),
      ['ENAMETOOLONG'],
    );
    assert.ok(at.join('/').startsWith(found.unread[0]?.path ?? 'nothing'));
    // Node's own takes paths as well.
    execFileSync('rm', ['-r', join(root, part)]);
  });

  it('are none of a file, and none of what is not there', async () => {
    write({ 'a.json': '' });
    assert.equal(policyFilesBelow(join(root, 'a.json')), undefined);
    assert.equal(policyFilesBelow(join(root, 'b')), undefined);
  });
});
