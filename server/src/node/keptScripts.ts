import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';

/** What Node's class has beside what it documents, and what all that compiles for `require` builds on. */
interface CompilingModule {
  exports: unknown;
  require(id: string): unknown;
  _compile(content: string, path: string, ...more: readonly unknown[]): unknown;
}

/**
 * Keeps what V8 has compiled of scripts, by its code cache.
 *
 * V8 takes what was kept for another release, other flags or a script of another length for nothing. Names of chunks hold a
 * hash of their content, so that one of another content has another name.
 *
 * @param folder Of the scripts: those that lie in it and are loaded after this call.
 * @param file Where to keep it, whose folder exists. It is read once, and written at the end of the process if a script
 *   was loaded of which it had nothing.
 * @returns what writes it at once.
 */
export function keepScripts(folder: string, file: string): () => void {
  const kept = readKept(file);
  /** Those that were compiled here, until they are written. */
  const compiled = new Map<string, Script>();
  const modules = Module.prototype as unknown as CompilingModule;
  const compile = modules._compile;
  modules._compile = function (content, path, ...more) {
    if (dirname(path) !== folder) {
      return compile.call(this, content, path, ...more);
    }
    const name = basename(path);
    const cachedData = kept.get(name);
    const script = new Script(HEAD + content + TAIL, {
      filename: path,
      columnOffset: -HEAD.length,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) {
      compiled.set(name, script);
    }
    const run = script.runInThisContext() as (...given: readonly unknown[]) => unknown;
    return run.call(this.exports, this.exports, (id: string) => this.require(id), this, path, folder);
  };
  const write = (): void => {
    if (compiled.size === 0) {
      return;
    }
    for (const [name, script] of compiled) {
      // With the functions that have been called by now.
      kept.set(name, script.createCachedData());
    }
    compiled.clear();
    for (const name of kept.keys()) {
      if (!existsSync(join(folder, name))) {
        kept.delete(name);
      }
    }
    writeKept(file, kept);
  };
  process.on('exit', write);
  return write;
}

const HEAD = '(function (exports, require, module, __filename, __dirname) { ';
// On a line of its own: the last one of a script can be a comment.
const TAIL = '\n})';

/**
 * Reads a line of JSON, names and lengths in order, and the data of each behind it. The whole stands there twice: V8 looks
 * at nothing and would crash on a letter that the disk has lost, and to compare takes a tenth of the time of a checksum.
 */
function readKept(file: string): Map<string, Buffer> {
  const kept = new Map<string, Buffer>();
  try {
    const both = readFileSync(file);
    const all = both.subarray(0, both.length / 2);
    if (!all.equals(both.subarray(all.length))) {
      return kept;
    }
    let at = all.indexOf('\n') + 1;
    for (const [name, length] of JSON.parse(all.toString('utf8', 0, at)) as [string, number][]) {
      kept.set(name, all.subarray(at, at + length));
      at += length;
    }
  } catch {
    // There is none yet, or it is none of ours.
  }
  return kept;
}

function writeKept(file: string, kept: ReadonlyMap<string, Buffer>): void {
  const lengths = [...kept].map(([name, { length }]) => [name, length]);
  const all = [Buffer.from(`${JSON.stringify(lengths)}\n`), ...kept.values()];
  // Whoever reads it meanwhile has the old one whole.
  const made = `${file}.${process.pid}`;
  try {
    writeFileSync(made, Buffer.concat([...all, ...all]), { mode: 0o600 });
    renameSync(made, file);
  } catch {
    // A full disk, say: then nothing is kept.
    rmSync(made, { force: true });
  }
}
