import { strict as assert } from 'node:assert';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { changedSince } from '../../server/src/node/gitChanges';
import { readGitFile } from '../../server/src/node/gitFile';
import { limit } from '../support/patience';
import { skip } from '../support/skip';

describe('what changed since a revision', function () {
  this.timeout(limit(20_000));
  let root: string;
  const repository = (): string => join(root, 'repo');
  const write = (name: string, text = '{}'): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  const git = (folder: string, ...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        PATH: process.env.PATH,
        HOME: root,
        GIT_CONFIG_NOSYSTEM: '1',
        ...{ GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com' },
        ...{ GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' },
      },
    });
  const commit = (folder: string): void => {
    git(folder, 'add', '-A');
    git(folder, 'commit', '-qm', 'x');
  };
  const told = async (folder: string, ...names: readonly string[]): Promise<readonly string[]> => {
    const changes = await changedSince(folder, 'HEAD');
    assert.ok(!('problem' in changes), JSON.stringify(changes));
    return Promise.all(names.map((name) => changes.of(join(root, name))));
  };

  const scratch = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'iam-policy-changes-')));

  /** What every test begins with a copy of. */
  let begun: string;
  before(() => {
    root = begun = scratch();
    for (const name of ['kept.json', 'edited.json', 'gone.json', 'sub/in.json']) write(`repo/${name}`);
    git(root, 'init', '-q', '-b', 'main', 'repo');
    commit(repository());
    write('repo/edited.json', '{ }');
    write('repo/new\nline ü%.json');
    rmSync(join(root, 'repo/gone.json'));
  });
  after(() => rmSync(begun, { recursive: true, force: true }));

  beforeEach(() => {
    root = scratch();
    cpSync(begun, root, { recursive: true, preserveTimestamps: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('tells what is gone from what never was, whatever the names', async () => {
    assert.deepEqual(
      await told(
        repository(),
        ...[
          'repo/kept.json',
          'repo/edited.json',
          'repo/new\nline ü%.json',
          'repo/gone.json',
          'repo/never.json',
        ],
      ),
      ['unchanged', 'changed', 'changed', 'deleted', 'missing'],
    );
  });

  it('hangs on no setting of git', async () => {
    for (const setting of [
      'diff.relative=true',
      'diff.noprefix=true',
      'diff.external=false',
      'color.ui=always',
    ]) {
      const [name = '', value = ''] = setting.split('=');
      git(repository(), 'config', name, value);
    }
    assert.deepEqual(await told(join(repository(), 'sub'), 'repo/edited.json', 'repo/sub/in.json'), [
      'changed',
      'unchanged',
    ]);
  });

  it('follows links to a file and on the way to it', async function () {
    if (process.platform === 'win32') {
      skip(this, 'links take rights on Windows');
    }
    symlinkSync('repo', join(root, 'other'));
    symlinkSync('edited.json', join(repository(), 'link.json'));
    commit(repository());
    write('repo/edited.json', '{  }');
    assert.deepEqual(await told(repository(), 'other/edited.json', 'other/kept.json', 'repo/link.json'), [
      'changed',
      'unchanged',
      'changed',
    ]);
    assert.deepEqual(await told(join(root, 'other'), 'other/edited.json', 'repo/edited.json'), [
      'changed',
      'changed',
    ]);
  });

  it('has nothing to say of a file outside of the repository, which is taken for changed', async () => {
    write('elsewhere/p.json');
    assert.deepEqual(await told(repository(), 'elsewhere/p.json', 'elsewhere/never.json'), [
      'changed',
      'missing',
    ]);
    assert.deepEqual(await told(join(repository(), 'sub'), 'repo/kept.json', 'repo/sub/in.json'), [
      'unchanged',
      'unchanged',
    ]);
  });

  it('looks into submodules, and into repositories that nobody has added', async () => {
    commit(repository());
    git(root, 'init', '-q', '-b', 'main', 'outer');
    git(join(root, 'outer'), 'submodule', 'add', '-q', repository(), 'module');
    commit(join(root, 'outer'));
    assert.deepEqual(await told(join(root, 'outer'), 'outer/module/edited.json'), ['unchanged']);
    write('outer/module/edited.json', '{   }');
    git(root, 'init', '-q', 'outer/nested');
    write('outer/nested/p.json');
    assert.deepEqual(await told(join(root, 'outer'), 'outer/module/edited.json', 'outer/nested/p.json'), [
      'changed',
      'changed',
    ]);
  });

  it('is compared with the revision itself in a shallow clone that does not know where the branch left it', async () => {
    git(repository(), 'switch', '-qc', 'work');
    commit(repository());
    git(repository(), 'switch', '-q', 'main');
    write('repo/late.json');
    commit(repository());
    git(
      root,
      'clone',
      '-q',
      '--depth',
      '1',
      '--no-single-branch',
      '-b',
      'work',
      `file://${repository()}`,
      'shallow',
    );
    const changes = await changedSince(join(root, 'shallow'), 'origin/main');
    assert.ok(!('problem' in changes));
    assert.equal(await changes.of(join(root, 'shallow/edited.json')), 'changed');
    assert.equal(await changes.of(join(root, 'shallow/kept.json')), 'unchanged');
    const before = await changedSince(join(root, 'shallow'), 'HEAD~1');
    assert.match('problem' in before ? before.problem : '', /no such revision; this is a shallow clone/);
  });

  it('runs nothing that the repository or a submodule names', async () => {
    commit(repository());
    git(root, 'init', '-q', '-b', 'main', 'outer');
    git(join(root, 'outer'), 'submodule', 'add', '-q', repository(), 'module');
    write('outer/p.json');
    commit(join(root, 'outer'));
    const mark = join(root, 'ran');
    const spoil = (folder: string): void => {
      const at = git(folder, 'rev-parse', '--absolute-git-dir').trim();
      mkdirSync(join(at, 'info'), { recursive: true });
      writeFileSync(join(at, 'info/attributes'), '*.json filter=evil diff=evil\n');
      mkdirSync(join(folder, 'hooks'));
      writeFileSync(join(folder, 'hooks/post-index-change'), `#!/bin/sh\ntouch "${mark}"\n`, { mode: 0o755 });
      writeFileSync(
        join(at, 'included'),
        `[filter "evil"]\n\tclean = touch '${mark}'; cat\n\trequired\n[diff "evil"]\n\tcommand = touch '${mark}'\n`,
      );
      git(folder, 'config', 'include.path', 'included');
      git(folder, 'config', 'core.hooksPath', join(folder, 'hooks'));
      git(folder, 'config', 'core.fsmonitor', `touch '${mark}'`);
    };
    spoil(join(root, 'outer/module'));
    spoil(join(root, 'outer'));
    // As long as before, with another time: git has to look into it.
    write('outer/p.json', '[]');
    write('outer/module/kept.json', '[]');
    assert.deepEqual(
      await told(
        join(root, 'outer'),
        ...['outer/p.json', 'outer/module/kept.json', 'outer/module/sub/in.json'],
      ),
      ['changed', 'changed', 'unchanged'],
    );
    assert.ok(!existsSync(mark));
  });

  it('is told in a hook, for which git names the repository but not its top', async () => {
    write('repo/sub/in.json', '{ }');
    const before = process.env.GIT_DIR;
    process.env.GIT_DIR = join(repository(), '.git');
    try {
      assert.deepEqual(await told(join(repository(), 'sub'), 'repo/sub/in.json', 'repo/kept.json'), [
        'changed',
        'unchanged',
      ]);
      const file = await readGitFile('HEAD', join(repository(), 'sub/in.json'));
      assert.equal('bytes' in file && Buffer.from(file.bytes).toString(), '{}');
    } finally {
      if (before === undefined) {
        delete process.env.GIT_DIR;
      } else {
        process.env.GIT_DIR = before;
      }
    }
  });

  it('is not waited for where Git waits for an ignore file that is a pipe', async function () {
    if (process.platform === 'win32') {
      skip(this, 'there are no named pipes in folders');
    }
    execFileSync('mkfifo', [join(repository(), '.gitignore')]);
    assert.deepEqual(await changedSince(repository(), 'HEAD', 1000), { problem: 'git does not answer' });
  });

  it('says why it cannot be told', async () => {
    const bare = join(root, 'bare');
    git(root, 'clone', '-q', '--bare', repository(), 'bare');
    const problems = await Promise.all(
      (
        [
          [bare, 'HEAD'],
          [root, 'HEAD'],
          [repository(), 'nowhere'],
          [repository(), '--output=x'],
        ] as const
      ).map(([folder, revision]) => changedSince(folder, revision)),
    );
    assert.deepEqual(
      problems.map((each) => ('problem' in each ? each.problem.replace(/ \(.*/, '') : 'none')),
      [
        'git says: this operation must be run in a work tree',
        'git says: not a git repository',
        'git knows no such revision',
        'that is not a revision',
      ],
    );
  });

  it('takes no Git that is missing, or was ended, for one that knows no such revision', async function () {
    if (process.platform === 'win32') {
      skip(this, 'a script is no program');
    }
    const before = process.env.PATH;
    const folder = join(root, 'bin');
    mkdirSync(folder);
    process.env.PATH = folder;
    try {
      assert.deepEqual(await changedSince(repository(), 'HEAD'), { problem: 'git is not on the path' });
      writeFileSync(join(folder, 'git'), '#!/bin/sh\nkill -9 $$\n', { mode: 0o755 });
      assert.deepEqual(await changedSince(repository(), 'HEAD'), { problem: 'git was ended' });
    } finally {
      process.env.PATH = before;
    }
  });
});
