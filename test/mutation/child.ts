import { Session } from 'node:inspector';
import Module, { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { Worker } from 'node:worker_threads';
import Mocha from 'mocha';
import { repositoryRoot } from '../support/repository';
import { reachedBy, type ScriptCoverage } from './coverage';
import type { Asked, MutantId, Told } from './protocol';

/*
 * Runs tests in a process of its own, as often as it is asked: once as they are, to see which of them reach which mutants,
 * and then with one mutant at a time. Whatever our own modules keep is forgotten each time, by loading them anew.
 */

const OUT = join(repositoryRoot, 'out') + sep;
const requireHere = createRequire(__filename);

/** The mutated text of a file, by its path. */
const mutated = new Map<string, string>();

const extensions = (Module as unknown as { _extensions: Record<string, Loader> })._extensions;
type Loader = (module: { _compile(text: string, path: string): void }, path: string) => void;
const load = extensions['.js'] as Loader;
extensions['.js'] = (module, path) => {
  const text = mutated.get(path);
  if (text === undefined) {
    load(module, path);
  } else {
    module._compile(text, path);
  }
};

const session = new Session();
session.connect();

/** Milliseconds of processor time until what runs now is ended, since when of it, and since when by the clock. */
const watched = new Float64Array(new SharedArrayBuffer(3 * Float64Array.BYTES_PER_ELEMENT));
const watchdog = new Worker(
  `const { workerData: watched } = require('node:worker_threads');
   let seen = 0;
   let busy = 0;
   setInterval(() => {
     const [limit, since, begun] = watched;
     const used = process.cpuUsage().user / 1000;
     if (used > seen + 1_000) {
       seen = used;
       busy = Date.now();
     }
     // Who waits for what never comes takes no processor time.
     if (limit > 0 && (used > since + limit || Date.now() > Math.max(begun, busy) + 60_000)) {
       process.kill(process.pid, 'SIGKILL');
     }
   }, 200);`,
  { eval: true, workerData: watched },
);
watchdog.unref();

function watch(limit: number): void {
  watched[1] = process.cpuUsage().user / 1000;
  watched[2] = Date.now();
  watched[0] = limit;
}

/** Loads synchronously, so that what a file does when it is loaded is told from what its tests do. */
class Loadable extends Mocha {
  load(): void {
    this.loadFiles();
  }
}

interface Ran {
  readonly failed: boolean;
}

interface Runs {
  /** Only these, by their full titles; all without. */
  readonly titles?: ReadonlySet<string> | undefined;
  readonly bail: boolean;
  onLoaded?(): void;
  onTest?(title: string, passed: boolean): void;
}

/** Runs the tests of a file, with all modules of ours loaded anew. */
function run(file: string, { titles, bail, onLoaded, onTest }: Runs): Promise<Ran> {
  for (const path of Object.keys(requireHere.cache)) {
    if (path.startsWith(OUT) && path !== __filename && !path.startsWith(join(OUT, 'test/mutation'))) {
      delete requireHere.cache[path];
    }
  }
  const mocha = new Loadable({ reporter: class {}, bail, timeout: 0 } as unknown as Mocha.MochaOptions);
  mocha.addFile(join(OUT, 'test', file));
  try {
    mocha.load();
  } catch {
    return Promise.resolve({ failed: true });
  }
  onLoaded?.();
  if (titles !== undefined) {
    keep(mocha.suite, titles);
  }
  return new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      mocha.dispose();
      resolve({ failed: failures > 0 });
    });
    runner.on('test end', (test) => onTest?.(test.fullTitle(), test.state !== 'failed'));
  });
}

/** Leaves out all other tests; suites without any run none of their hooks. */
function keep(suite: Mocha.Suite, titles: ReadonlySet<string>): void {
  suite.tests = suite.tests.filter((test) => titles.has(test.fullTitle()));
  for (const each of suite.suites) {
    keep(each, titles);
  }
}

function covered(): readonly ScriptCoverage[] {
  let result: readonly ScriptCoverage[] = [];
  session.post('Profiler.takePreciseCoverage', (_error, taken) => {
    result = taken.result;
  });
  return result;
}

async function survey(tests: readonly string[], mutants: readonly MutantId[]): Promise<void> {
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  for (const file of tests) {
    covered();
    let before = process.cpuUsage();
    let loaded = { ms: 0, reached: [] as readonly number[] };
    const told: { title: string; ms: number; reached: readonly number[] }[] = [];
    const failing: string[] = [];
    const take = () => {
      const taken = { ms: process.cpuUsage(before).user / 1000, reached: reachedBy(covered(), mutants) };
      before = process.cpuUsage();
      return taken;
    };
    await run(file, {
      bail: false,
      onLoaded: () => {
        loaded = take();
      },
      onTest: (title, passed) => {
        const taken = take();
        if (passed) {
          told.push({ title, ...taken });
        } else {
          failing.push(title);
        }
      },
    });
    tell({ surveyed: file, loaded, tests: told, failing });
  }
  session.post('Profiler.stopPreciseCoverage');
  session.post('Profiler.disable');
  tell({ surveyedAll: true });
}

async function attempt({
  path,
  text,
  runs,
  limit,
}: Extract<Asked, { readonly path: string }>): Promise<void> {
  mutated.clear();
  mutated.set(path, text);
  watch(limit);
  let noticed: string | undefined;
  for (const { file, titles } of runs) {
    if (
      noticed === undefined &&
      (await run(file, { bail: true, titles: titles && new Set(titles) })).failed
    ) {
      noticed = file;
    }
  }
  watched[0] = 0;
  tell({ noticed });
}

function tell(told: Told): void {
  process.send?.(told);
}

// What a mutant leaves behind may fail after its tests have ended.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.on('message', (asked: Asked) => {
  void ('path' in asked ? attempt(asked) : survey(asked.tests, asked.mutants));
});
process.on('disconnect', () => process.exit());
