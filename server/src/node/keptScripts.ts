import { existsSync } from 'node:fs';
import Module from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { KeptFile } from './keptFile';

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
 * @param file Where to keep it, whose folder exists. It is written at the end of the process if a script was loaded of which
 *   it had nothing.
 * @returns what writes it at once.
 */
export function keepScripts(folder: string, file: string): () => void {
  const kept = new KeptFile(file);
  /** Those that were compiled here, until they are written. */
  const compiled = new Map<string, Script>();
  const modules = Module.prototype as unknown as CompilingModule;
  const compile = modules._compile;
  modules._compile = function (content, path, ...more) {
    if (dirname(path) !== folder) {
      return compile.call(this, content, path, ...more);
    }
    const name = basename(path);
    const cachedData = kept.read(name);
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
    if (compiled.size > 0) {
      // Of other builds nothing is kept.
      const pieces = kept.readAll();
      for (const name of pieces.keys()) {
        if (!existsSync(join(folder, name))) {
          pieces.delete(name);
        }
      }
      for (const [name, script] of compiled) {
        // With the functions that have been called by now.
        pieces.set(name, script.createCachedData());
      }
      compiled.clear();
      kept.write(pieces);
    }
    kept.close();
  };
  process.on('exit', write);
  return write;
}

const HEAD = '(function (exports, require, module, __filename, __dirname) { ';
// On a line of its own: the last one of a script can be a comment.
const TAIL = '\n})';
