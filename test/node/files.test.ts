import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allPolicyFilesBelow, configFiles, forwardSlashes } from '../../server/src/node/files';
import {
  backgroundScript,
  installedVersion,
  readIamDataAssets,
  readRulePage,
} from '../../server/src/node/installation';
import { readFileNow, readLimited } from '../../server/src/node/readLimited';
import { rulePageUri } from '../../server/src/node/rulePageUri';
import { workspaceFiles } from '../../server/src/node/workspaceFiles';
import { repositoryRoot } from '../support/repository';

let root: string;

function write(...names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), '{}');
  }
}

function writeMany(count: number, name: (index: number) => string): void {
  for (let index = 0; index < count; index += 1) {
    writeFileSync(join(root, name(index)), '');
  }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'iam policy files '));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const below = async (folder = root): Promise<readonly string[] | undefined> =>
  (await allPolicyFilesBelow(folder))?.map((path) => path.slice(forwardSlashes(root).length + 1));

describe('the files below a configuration', () => {
  it('are those of languages that are read, in order, but for those of other people', async () => {
    write('b.json', 'a/deep/c.yaml', 'notes.txt', 'node_modules/x/d.json', '.git/e.json', '.hidden/f.tf');
    symlinkSync(join(root, 'b.json'), join(root, 'link.json'));
    assert.deepEqual(await below(), ['.hidden/f.tf', 'a/deep/c.yaml', 'b.json']);
    assert.deepEqual(await below(join(root, 'a')), ['a/deep/c.yaml']);
    assert.deepEqual(await below(join(root, 'missing')), []);
  });

  it('are looked for only as long as somebody would wait', async () => {
    writeMany(1000, (index) => `${index}.json`);
    assert.equal((await below())?.length, 1000);
    write('one.json');
    assert.equal(await below(), undefined);
  });

  it('may be among more programs, but not among any number of them', async () => {
    writeMany(4000, (index) => `${index}.ts`);
    write('one.json');
    assert.equal((await below())?.length, 4001);
    write('one.ts');
    assert.equal(await below(), undefined);
  });

  it('may lie in many folders, but not in any number of them', async () => {
    for (let index = 1; index < 1000; index += 1) {
      mkdirSync(join(root, String(index)));
    }
    write('1/a.json');
    assert.deepEqual(await below(), ['1/a.json']);
    mkdirSync(join(root, 'one'));
    assert.equal(await below(), undefined);
  });

  it('are named and read by their URIs', async () => {
    write('a b.json');
    const uri = pathToFileURL(join(root, 'a b.json')).href;
    assert.deepEqual(await configFiles.allPolicyFilesBelow(pathToFileURL(root).href), [uri]);
    assert.equal(await configFiles.read(uri), '{}');
    assert.equal(await configFiles.read(`${uri}x`), undefined);
    assert.equal(await configFiles.read('untitled:Untitled-1'), undefined);
    writeFileSync(join(root, 'a b.json'), Buffer.alloc(8 * 1024 * 1024 + 1, ' '));
    assert.equal(await configFiles.read(uri), undefined);
  });
});

describe('the files of a workspace, for clients that do not look for them', () => {
  const find = async (limit: number, excludedFolders: readonly string[] = []): Promise<readonly string[]> => {
    const uri = pathToFileURL(root).href;
    const found = await workspaceFiles.find({
      folders: ['vscode-vfs://elsewhere/x', uri],
      endings: ['.json', '.yaml'],
      excludedFolders,
      limit,
    });
    return found.map((each) => decodeURIComponent(each.slice(uri.length + 1)));
  };

  it('are those with the wanted ends of names, those near the top first', async () => {
    write('z.json', 'a/b/c.yaml', 'a/y #1.json', 'b.json', 'c.txt', 'skip/d.json', 'a/skip/e.json');
    symlinkSync(join(root, 'a'), join(root, 'linked'));
    assert.deepEqual(await find(10, ['skip']), ['b.json', 'z.json', 'a/y #1.json', 'a/b/c.yaml']);
  });

  it('are as many as are wanted: the first by name of each folder', async () => {
    writeMany(30, (index) => `${String(29 - index).padStart(2, '0')}.json`);
    write('a/b.json');
    assert.deepEqual(await find(3), ['00.json', '01.json', '02.json']);
    assert.deepEqual((await find(31)).slice(-2), ['29.json', 'a/b.json']);
    assert.equal((await find(30)).length, 30);
  });

  it('are not looked for in folders that ignore files leave out', async () => {
    write('out/a.json', 'src/b.json', 'src/out/c.json', 'src/kept/d.json');
    writeFileSync(join(root, '.gitignore'), 'out/\n');
    writeFileSync(join(root, 'src/.gitignore'), '!out/\nkept/\n');
    assert.deepEqual(await find(10), ['src/b.json', 'src/out/c.json']);
  });

  it('are read up to a length', async () => {
    write('a.json');
    const uri = pathToFileURL(join(root, 'a.json')).href;
    assert.equal(await workspaceFiles.read(uri, 2), '{}');
    assert.equal(await workspaceFiles.read(uri, 1), undefined);
    assert.equal(await workspaceFiles.read(`${uri}x`, 2), undefined);
  });
});

describe('reading a file at once', () => {
  it('reads all of it or says that it is too long', () => {
    const path = join(root, 'a');
    for (const length of [0, 1, 65_535, 65_536, 65_537, 200_000]) {
      writeFileSync(path, Buffer.alloc(length, 'x'));
      assert.deepEqual(Buffer.from(readFileNow(path, { maxBytes: length })), Buffer.alloc(length, 'x'));
      if (length > 0) {
        assert.throws(() => readFileNow(path, { maxBytes: length - 1 }), { code: 'EFBIG' });
      }
    }
    assert.throws(() => readFileNow(root, { maxBytes: 1 }), { code: 'EFTYPE' });
  });

  it('reads files that do not say how long they are', function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
    const { length } = readFileNow('/proc/self/status', { maxBytes: 1_000_000 });
    assert.ok(length > 500);
    assert.throws(() => readFileNow('/proc/self/status', { maxBytes: 100 }), { code: 'EFBIG' });
  });
});

describe('the page of a rule', () => {
  const folder = join(tmpdir(), 'installed here');

  it('is a file of the installation; rules about configurations share one', () => {
    const docs = `${pathToFileURL(folder).href}/server/docs`;
    assert.equal(rulePageUri('action-unknown', folder), `${docs}/rules/action-unknown.md`);
    assert.equal(rulePageUri('config-syntax', folder), `${docs}/configuration.md`);
  });

  it('is read from its file or from the one with all pages, by the ID of the rule and nothing else', () => {
    write('server/docs/rules/a-b.md', 'server/docs/secret.md');
    writeFileSync(join(root, 'server/docs/rules.json'), '{"c-d":"all","../secret":"x"}');
    assert.equal(readRulePage('a-b', root), '{}');
    assert.equal(readRulePage('c-d', root), 'all');
    for (const none of ['e-f', '../secret', 'A-B', '', 'constructor']) {
      assert.equal(readRulePage(none, root), undefined, none);
    }
    rmSync(join(root, 'server/docs/rules.json'));
    assert.equal(readRulePage('c-d', root), undefined);
  });
});

describe('what is read of an installation', () => {
  it('is its version, and the script of the thread where it was built', () => {
    writeFileSync(join(root, 'package.json'), '{ "version": "1.2.3" }');
    assert.equal(installedVersion(root), '1.2.3');
    assert.equal(backgroundScript(root), join(repositoryRoot, 'out/server/src/node/backgroundMain.js'));
    writeFileSync(join(root, 'package.json'), '{}');
    assert.equal(installedVersion(root), '');
  });

  it('is the service reference, line by line, of few as of many', () => {
    assert.equal(readIamDataAssets(root), undefined);
    mkdirSync(join(root, 'server', 'data'), { recursive: true });
    const lines = [...Array.from({ length: 40 }, (_, index) => 'abcdefg'.repeat(index)), 'x'.repeat(100_000)];
    writeFileSync(join(root, 'server/data/index.json'), '{"a":1}');
    writeFileSync(join(root, 'server/data/facts.jsonl'), lines.map((line) => `${line}\n`).join(''));
    writeFileSync(join(root, 'server/data/prose.jsonl'), Buffer.from('caf\u00e9 a\u00fc\nb', 'latin1'));
    const assets = readIamDataAssets(root);
    assert.equal(assets?.index, '{"a":1}');
    let offset = 0;
    const starts = lines.map((line) => {
      offset += line.length + 1;
      return offset - line.length - 1;
    });
    // From the longest on: some are read one by one, and the others from the whole.
    for (const [index, line] of [...lines.entries()].reverse()) {
      assert.equal(assets?.facts(starts[index] ?? 0), line);
    }
    assert.deepEqual([assets?.prose(0), assets?.prose(8)], ['caf\u00e9 a\u00fc', 'b']);
  });
});

describe('reading what does not come at once', () => {
  it('reads a pipe that a person named to its end', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    const pipe = join(root, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const writer = openSync(pipe, 'r+');
    const reading = readLimited(pipe, { maxBytes: 1000, kinds: 'any' });
    writeSync(writer, 'one');
    for (let turn = 0; turn < 100; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    // The first part has been read by now, and nothing says that it is all.
    writeSync(writer, 'two');
    closeSync(writer);
    assert.equal(Buffer.from(await reading).toString(), 'onetwo');
  });
});
