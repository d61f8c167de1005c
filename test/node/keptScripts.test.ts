import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeptFile } from '../../server/src/node/keptFile';
import { keepScripts } from '../../server/src/node/keptScripts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iam-policy-kept-'));
  file = join(folder, 'kept');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pieces = (...names: readonly string[]): Map<string, Buffer> =>
  new Map(names.map((name, index) => [name, Buffer.alloc(1000 * index, name)]));

describe('pieces of data in one file', () => {
  it('are read as they were written, one by one and together', () => {
    const written = pieces('a', 'b', 'ä\n"', 'c');
    new KeptFile(file).write(written);
    const kept = new KeptFile(file);
    for (const [name, piece] of written) {
      assert.deepEqual(kept.read(name), piece);
    }
    assert.equal(kept.read('d'), undefined);
    assert.deepEqual(kept.readAll(), written);
    kept.close();
    kept.close();
    assert.deepEqual(kept.read('b'), written.get('b'));
    kept.close();
    assert.deepEqual(readdirSync(folder), ['kept'], 'nothing else is left behind');
    if (process.platform !== 'win32') {
      assert.equal(statSync(file).mode & 0o777, 0o600);
    }
  });

  it('are replaced as a whole', () => {
    const kept = new KeptFile(file);
    kept.write(pieces('a', 'b'));
    assert.deepEqual([...kept.readAll().keys()], ['a', 'b']);
    kept.write(pieces('c'));
    assert.deepEqual([...kept.readAll().keys()], ['c']);
    kept.close();
  });

  it('are none where a file is missing, cut or none of ours', () => {
    assert.deepEqual([...new KeptFile(file).readAll()], []);
    assert.equal(new KeptFile(file).read('a'), undefined);
    new KeptFile(file).write(pieces('a', 'b', 'c'));
    const whole = readFileSync(file);
    for (const content of [
      whole.subarray(0, whole.length - 1),
      whole.subarray(0, whole.length - 2),
      whole.subarray(0, 10),
      Buffer.alloc(0),
      Buffer.from('[["a",1]]\n[["a",1]]\n'),
      Buffer.from('no JSON\nno JSON\n'),
      Buffer.from('{}\n{}\n'),
    ]) {
      writeFileSync(file, content);
      assert.deepEqual([...new KeptFile(file).readAll()], [], content.toString('latin1', 0, 20));
    }
  });

  it('are lost one by one where a byte was damaged, in either copy', () => {
    const length = 100_000;
    new KeptFile(file).write(new Map(['a', 'b', 'c'].map((name) => [name, Buffer.alloc(length, name)])));
    const whole = readFileSync(file);
    const half = whole.length / 2;
    const start = whole.indexOf('\n') + 1 + length;
    for (const place of [start, start + length - 1, half + start, half + start + length - 1]) {
      const damaged = Buffer.from(whole);
      damaged[place] = 0;
      writeFileSync(file, damaged);
      const kept = new KeptFile(file);
      assert.deepEqual([...kept.readAll().keys()], ['a', 'c']);
      assert.equal(kept.read('b'), undefined);
      kept.close();
    }
  });

  it('are as good as not written where they cannot be', () => {
    mkdirSync(file);
    new KeptFile(file).write(pieces('a'));
    assert.deepEqual(readdirSync(folder), ['kept']);
    assert.deepEqual([...new KeptFile(file).readAll()], []);
  });
});

describe('what V8 has compiled of scripts', () => {
  const modules = Module.prototype as unknown as { _compile: unknown };
  let compile: unknown;
  let scripts: string;
  let listeners: readonly unknown[];
  beforeEach(() => {
    compile = modules._compile;
    listeners = process.listeners('exit');
    scripts = join(folder, 'chunks');
    mkdirSync(scripts);
  });
  afterEach(() => {
    restore();
  });

  /** As at the end of a process. */
  function restore(): void {
    modules._compile = compile;
    for (const listener of process.listeners('exit')) {
      if (!listeners.includes(listener)) {
        process.removeListener('exit', listener);
      }
    }
  }

  /** What one process has of its scripts, and what it keeps of them. */
  function run(...names: readonly string[]): readonly unknown[] {
    const write = keepScripts(scripts, file);
    try {
      return names.map((name) => {
        const path = join(scripts, name);
        delete require.cache[path];
        return require(path);
      });
    } finally {
      write();
      restore();
    }
  }

  const kept = (): readonly string[] => {
    const opened = new KeptFile(file);
    const names = [...opened.readAll().keys()].sort();
    opened.close();
    return names;
  };

  it('is kept and used again, and that of scripts that are gone is not', () => {
    writeFileSync(
      join(scripts, 'a.js'),
      'exports.own = [module.exports === this, __filename, __dirname, require("./b.js")];\n// the end',
    );
    writeFileSync(join(scripts, 'b.js'), 'module.exports = new Error("here").stack.split("\\n")[1];');
    const [first] = run('a.js') as [{ own: readonly unknown[] }];
    assert.deepEqual(first.own.slice(0, 3), [true, join(scripts, 'a.js'), scripts]);
    assert.ok(String(first.own[3]).endsWith(`${join(scripts, 'b.js')}:1:18)`), String(first.own[3]));
    assert.deepEqual(kept(), ['a.js', 'b.js']);
    const { mtimeMs, ino } = statSync(file);
    assert.deepEqual(run('b.js'), [first.own[3]]);
    assert.deepEqual(
      [statSync(file).mtimeMs, statSync(file).ino],
      [mtimeMs, ino],
      'what is kept is not written again',
    );
    rmSync(join(scripts, 'b.js'));
    writeFileSync(join(scripts, 'c.js'), 'module.exports = 3;');
    assert.deepEqual(run('c.js'), [3]);
    assert.deepEqual(kept(), ['a.js', 'c.js']);
  });

  it('is made anew where the script is another one or what was kept is damaged', () => {
    const script = join(scripts, 'a.js');
    writeFileSync(script, 'module.exports = 1;');
    assert.deepEqual(run('a.js'), [1]);
    writeFileSync(script, 'module.exports = "one";');
    assert.deepEqual(run('a.js'), ['one']);
    assert.deepEqual(run('a.js'), ['one']);
    writeFileSync(file, 'damaged');
    assert.deepEqual(run('a.js'), ['one']);
    assert.deepEqual(kept(), ['a.js']);
  });

  it('is kept of the scripts of one folder alone', () => {
    mkdirSync(join(scripts, 'deep'));
    writeFileSync(join(scripts, 'deep', 'a.js'), 'module.exports = 1;');
    assert.deepEqual(run(join('deep', 'a.js')), [1]);
    assert.deepEqual(kept(), []);
  });
});
