import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';

const CLI = join(repositoryRoot, 'dist', 'cli.js');
const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  version: string;
};
const NAME = `cli-${process.versions.v8}-${process.arch}`;
const POLICY =
  '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObjekt","Resource":"*"}}';
const SAID = /^0 .*action-unknown/s;

describe('what dist/cli.js keeps of its compiled code', function () {
  this.timeout(limit(30_000));
  let caches = '';

  beforeEach(() => {
    caches = mkdtempSync(join(tmpdir(), 'iam-policy-caches-'));
  });
  afterEach(() => {
    chmodSync(caches, 0o700);
    rmSync(caches, { recursive: true, force: true });
  });

  const folder = () => join(caches, 'iam-policy-tools', version);
  const file = () => join(folder(), NAME);
  const lint = (variables: NodeJS.ProcessEnv = {}): string => {
    const { NODE_COMPILE_CACHE: _, ...env } = process.env;
    const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, 'lint', '-'], {
      input: POLICY,
      encoding: 'utf8',
      env: { ...env, XDG_CACHE_HOME: caches, ...variables },
    });
    return `${status} ${stdout}${stderr}`;
  };

  it('lies among the caches of the user, and starts that find it say the same', () => {
    const first = lint();
    assert.match(first, SAID);
    const { mtimeMs, size, mode } = statSync(file());
    assert.ok(size > 100_000, `${size} bytes`);
    if (process.platform !== 'win32') {
      assert.deepEqual([mode & 0o777, statSync(folder()).mode & 0o777], [0o600, 0o700]);
    }
    assert.equal(lint(), first);
    assert.equal(statSync(file()).mtimeMs, mtimeMs, 'it is written again though nothing is new');
    assert.deepEqual(readdirSync(folder()), [NAME]);
  });

  it('is nothing where a folder says of what is made in it that it does not exist', function () {
    if (!existsSync('/proc/self')) {
      skip(this, 'only Linux has such a folder that is always there');
    }
    const { NODE_COMPILE_CACHE: _, ...env } = process.env;
    const { status, signal } = spawnSync(process.execPath, [CLI, '--version'], {
      env: { ...env, XDG_CACHE_HOME: '/proc' },
      timeout: limit(10_000),
    });
    assert.deepEqual([status, signal], [0, null]);
  });

  it('grows with the code of another command, and loses nothing', () => {
    lint();
    const { size } = statSync(file());
    const env = { ...process.env, XDG_CACHE_HOME: caches };
    const { status } = spawnSync(process.execPath, [CLI, 'rules', 'action-unknown'], { env });
    assert.equal(status, 0);
    assert.ok(statSync(file()).size > size);
    const { mtimeMs } = statSync(file());
    lint();
    assert.equal(statSync(file()).mtimeMs, mtimeMs);
  });

  for (const [what, damage] of [
    ['is empty', () => Buffer.alloc(0)],
    ['was cut off', (all) => all.subarray(0, all.length / 3)],
    ['lost its last byte', (all) => all.subarray(0, -1)],
    // Behind the line of JSON and V8's own heads, in what V8 believes.
    ['has a bit that fell over', (all) => flipped(all, 100_000)],
    ['has zeros in its second half', (all) => Buffer.from(all).fill(0, all.length / 2)],
    ['holds something else', () => Buffer.from('[["cli.js", 5]]\n[["cli.js", 5]]\n')],
    ['is of another tool', () => Buffer.from('hello hello ')],
  ] as readonly [string, (all: Buffer) => Buffer][]) {
    it(`is made again if it ${what}`, () => {
      const expected = lint();
      const whole = readFileSync(file());
      writeFileSync(file(), damage(whole));
      assert.equal(lint(), expected);
      assert.ok(readFileSync(file()).length > whole.length / 2, 'it was not written again');
      assert.equal(lint(), expected);
    });
  }

  it('is forgotten with the scripts that it was made of', () => {
    lint();
    const gone = 'chunk-OFANOTHERBUILD.js';
    const all = readFileSync(file());
    const half = all.subarray(0, all.length / 2);
    const head = half.indexOf('\n');
    const names = JSON.parse(half.toString('utf8', 0, head)) as [string, number][];
    // One is renamed, as those of another build are.
    const renamed = names.map(([name, length], index) => [index === 0 ? gone : name, length]);
    const changed = Buffer.concat([Buffer.from(JSON.stringify(renamed)), half.subarray(head)]);
    writeFileSync(file(), Buffer.concat([changed, changed]));
    lint();
    const now = readFileSync(file(), 'latin1');
    assert.ok(!now.includes(gone));
    assert.ok(now.includes(names[0]?.[0] ?? '-'));
  });

  for (const [what, prepare] of [
    ['the caches cannot be written to', () => chmodSync(caches, 0o500)],
    ['a file lies in the way', () => writeFileSync(join(caches, 'iam-policy-tools'), '')],
    ['a folder has its name', () => mkdirSync(file(), { recursive: true })],
  ] as readonly [string, () => void][]) {
    it(`is nothing where ${what}`, () => {
      prepare();
      assert.match(lint(), SAID);
      const halfWritten = readdirSync(caches, { recursive: true })
        .map(String)
        .filter((each) => each.includes(`${NAME}.`));
      assert.deepEqual(halfWritten, []);
    });
  }

  it('is not taken from a folder that others may write to', function () {
    if (process.getuid === undefined) skip(this, 'Windows has no such permissions');
    lint();
    for (const each of [folder(), join(caches, 'iam-policy-tools')]) {
      chmodSync(each, 0o770);
      rmSync(file());
      lint();
      assert.ok(!existsSync(file()), `${each} can be written to by a group`);
      chmodSync(each, 0o700);
      lint();
      assert.ok(existsSync(file()));
    }
  });

  it('is not taken from where a link leads', function () {
    if (process.platform === 'win32') skip(this, 'links need a privilege on Windows');
    const elsewhere = join(caches, 'elsewhere');
    mkdirSync(elsewhere);
    symlinkSync(elsewhere, join(caches, 'iam-policy-tools'));
    lint();
    assert.deepEqual(readdirSync(elsewhere), []);
  });

  it('is switched off by the variable of Node, and left to Node where it is told a folder', () => {
    lint({ NODE_DISABLE_COMPILE_CACHE: '1' });
    lint({ NODE_COMPILE_CACHE: join(caches, 'of-node') });
    assert.ok(!existsSync(join(caches, 'iam-policy-tools')));
  });

  it('has those of versions that nobody started for a month removed by a new version', () => {
    const all = join(caches, 'iam-policy-tools');
    for (const [name, days] of [
      ['0.0.1', 31],
      ['0.0.2', 29],
    ] as const) {
      mkdirSync(join(all, name), { recursive: true, mode: 0o700 });
      const then = Date.now() / 1000 - days * 24 * 60 * 60;
      utimesSync(join(all, name), then, then);
    }
    lint();
    assert.deepEqual(readdirSync(all).sort(), ['0.0.2', version]);
  });
});

function flipped(all: Buffer, at: number): Buffer {
  const changed = Buffer.from(all);
  changed[at] = (changed[at] ?? 0) ^ 1;
  return changed;
}
