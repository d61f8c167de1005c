import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { randomOf } from '../fuzz/random';
import { repositoryRoot } from '../support/repository';
import { testsOf } from './areas';
import { grouped } from './grouped';
import { type Mutant, mutantsOf } from './mutants';
import type { Asked, SurveyedFile, TestRun, Told } from './protocol';
import { type Judged, reportOf } from './report';

/*
 * `npm run mutate`: do the tests notice when one operator of the code is another?
 *
 *   FILE …              files or folders below server/src
 *   --changed-since REV the lines that were changed since a revision
 *   --all               everything that areas.ts has tests for
 *   --sample N          N mutants of each area of areas.ts, chosen by the seed
 *   --seed N            1 otherwise; the same seed chooses the same mutants of the same code
 *   --tests PATTERN     a regular expression of test files, rather than those of areas.ts
 *   --jobs N            processes; as many as processors otherwise
 *
 * The exit code is 1 where fewer than 95 % of the mutants that are not equivalent are noticed.
 */

/** A process is made anew after so many mutants, so that its memory stays bounded. */
const MOST_OF_PROCESS = 150;

/** Where a mutant is in the source. */
export interface Place {
  /** From the root of the repository. */
  readonly source: string;
  readonly line: number;
  readonly text: string;
}

/** A mutant with all that it takes to make it. */
export interface Target {
  /** The compiled file. */
  readonly path: string;
  readonly code: string;
  readonly mutant: Mutant;
  readonly place: Place;
}

/** Everything that can be changed in a source file, with its places in the source. */
export function targetsOf(source: string): readonly Target[] {
  const path = join(repositoryRoot, 'out', source.replace(/\.ts$/, '.js'));
  const code = readFileSync(path, 'utf8');
  const map = new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
  const lines = readFileSync(join(repositoryRoot, source), 'utf8').split('\n');
  return mutantsOf(code).map((mutant) => {
    const before = code.slice(0, mutant.at).split('\n');
    const entry = map.findEntry(before.length - 1, before.at(-1)?.length ?? 0);
    const line = 'originalLine' in entry ? entry.originalLine : 0;
    return { path, code, mutant, place: { source, line: line + 1, text: (lines[line] ?? '').trim() } };
  });
}

class Child {
  #process: ChildProcess | undefined;
  #asked = 0;

  /** Sends a job; `onTold` says with true that it is done. Resolves with whether the process survived it. */
  ask(asked: Asked, onTold: (told: Told) => boolean): Promise<boolean> {
    this.#asked += 1;
    if (this.#asked > MOST_OF_PROCESS) {
      this.end();
    }
    this.#process ??= fork(join(__dirname, 'child.js'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const child = this.#process;
    return new Promise((resolve) => {
      const onMessage = (told: Told): void => {
        if (onTold(told)) {
          child.removeListener('exit', onExit);
          child.removeListener('message', onMessage);
          resolve(true);
        }
      };
      const onExit = (): void => {
        child.removeListener('message', onMessage);
        this.#process = undefined;
        resolve(false);
      };
      child.on('message', onMessage);
      child.once('exit', onExit);
      child.send(asked);
    });
  }

  end(): void {
    this.#process?.kill();
    this.#process = undefined;
    this.#asked = 0;
  }
}

/** What reaches a mutant, the quickest file first, and how long that takes. */
function runsFor(index: number, surveyed: readonly SurveyedFile[]): { runs: readonly TestRun[]; ms: number } {
  const files = surveyed.flatMap(({ surveyed: file, loaded, tests }) => {
    const some = loaded.reached.includes(index)
      ? tests
      : tests.filter(({ reached }) => reached.includes(index));
    const ms = loaded.ms + some.reduce((sum, test) => sum + test.ms, 0);
    return some.length === 0 ? [] : [{ file, titles: some.map(({ title }) => title), ms }];
  });
  files.sort((a, b) => a.ms - b.ms);
  return { runs: files, ms: files.reduce((sum, { ms }) => sum + ms, 0) };
}

/**
 * Judges mutants by running tests, in processes of their own.
 *
 * @param tests the sources of the tests, below `test`
 * @param jobs how many processes
 * @param judged what came of them is added here, one after the other
 */
export async function judge(
  targets: readonly Target[],
  tests: readonly string[],
  jobs: number,
  judged: Judged[] = [],
): Promise<readonly Judged[]> {
  const first = new Child();
  const surveyed: SurveyedFile[] = [];
  const mutants = targets.map(({ path, mutant: { start } }) => ({ path, at: start }));
  const compiled = tests.map((test) => test.replace(/\.ts$/, '.js'));
  const survived = await first.ask({ tests: compiled, mutants }, (told) => {
    if ('surveyed' in told) {
      surveyed.push(told);
      return false;
    }
    return true;
  });
  if (!survived) {
    throw new Error(`The tests end their process without a mutant, after ${surveyed.at(-1)?.surveyed}.`);
  }
  first.end();
  const failing = surveyed.flatMap((each) => each.failing.map((title) => `${each.surveyed}: ${title}`));
  if (failing.length > 0) {
    throw new Error(`Tests fail without a mutant:\n${failing.join('\n')}`);
  }
  let next = 0;
  const work = async (): Promise<void> => {
    const child = new Child();
    for (let index = next++; index < targets.length; index = next++) {
      const target = targets[index];
      if (target !== undefined) {
        const { place, mutant } = target;
        const outcome = await outcomeOf(child, target, runsFor(index, surveyed));
        judged.push({ ...place, change: mutant.change, column: mutant.at, outcome });
        if (process.stderr.isTTY) {
          process.stderr.write(`\r${judged.length} of ${targets.length} `);
        } else if (outcome !== 'noticed') {
          // A run takes long: who has it written into a file can begin with what survived.
          console.error(`${place.source}:${place.line}: ${mutant.change} (${outcome})`);
        }
      }
    }
    child.end();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return judged;
}

async function outcomeOf(
  child: Child,
  { path, code, mutant }: Target,
  { runs, ms }: { readonly runs: readonly TestRun[]; readonly ms: number },
): Promise<Judged['outcome']> {
  if (runs.length === 0) {
    return 'unreached';
  }
  const text = code.slice(0, mutant.start) + mutant.text + code.slice(mutant.end);
  const noticedBy = async (tried: readonly TestRun[], limit: number): Promise<boolean> => {
    let noticed: string | undefined;
    const ended = await child.ask({ path, text, runs: tried, limit }, (told) => {
      noticed = 'noticed' in told ? told.noticed : undefined;
      return true;
    });
    return !ended || noticed !== undefined;
  };
  if (await noticedBy(runs, 5 * ms + 5000)) {
    return 'noticed';
  }
  // What one test leaves in a memo another finds there, and reaches nothing: alone it would.
  const whole = runs.map(({ file }) => ({ file }));
  return (await noticedBy(whole, 20 * ms + 60_000)) ? 'noticed' : 'survived';
}

function filesBelow(path: string): readonly string[] {
  const full = join(repositoryRoot, path);
  return statSync(full).isDirectory()
    ? readdirSync(full)
        .sort()
        .flatMap((name) => filesBelow(join(path, name)))
    : /(?<!\.d)\.ts$/.test(path)
      ? [path]
      : [];
}

/** The numbers of the lines that were changed, by file. */
function changedSince(revision: string): ReadonlyMap<string, ReadonlySet<number>> {
  const diff = execFileSync('git', ['diff', '--unified=0', '--no-color', revision, '--', 'server/src'], {
    cwd: repositoryRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  const changed = new Map<string, Set<number>>();
  let lines = new Set<number>();
  for (const line of diff.split('\n')) {
    const [, file] = /^\+\+\+ b\/(.*\.ts)$/.exec(line) ?? [];
    if (file !== undefined) {
      lines = new Set();
      changed.set(file, lines);
    }
    const [, start, count = '1'] = /^@@ [^+]*\+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    for (let at = 0; start !== undefined && at < Number(count); at += 1) {
      lines.add(Number(start) + at);
    }
  }
  return changed;
}

/** A random sample of a list without repetition, in the order of the list; the same seed gives the same one. */
export function sampleOf<T>(all: readonly T[], size: number, seed: number): readonly T[] {
  const random = randomOf(seed);
  let wanted = Math.min(size, all.length);
  return all.filter((_, index) => {
    const isChosen = random.below(all.length - index) < wanted;
    wanted -= isChosen ? 1 : 0;
    return isChosen;
  });
}

async function main(args: readonly string[]): Promise<void> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at === -1 ? undefined : args[at + 1];
  };
  const revision = option('changed-since');
  const changed = revision === undefined ? undefined : changedSince(revision);
  const named = args.filter((each, at) => !each.startsWith('--') && !/^--(?!all$)/.test(args[at - 1] ?? ''));
  const paths = args.includes('--all') ? ['server/src'] : [...named, ...(changed?.keys() ?? [])];
  if (paths.length === 0) {
    console.error('Which files? Name some below server/src, or say --changed-since REV or --all.');
    process.exitCode = 2;
    return;
  }
  const sample = Number(option('sample') ?? Number.POSITIVE_INFINITY);
  const seed = Number(option('seed') ?? 1);
  const jobs = Number(option('jobs') ?? availableParallelism());
  const allTests = readdirSync(join(repositoryRoot, 'test'), { recursive: true })
    .map((file) => String(file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  const sources = paths
    .flatMap((path) => filesBelow(relative(repositoryRoot, join(repositoryRoot, path))))
    .filter((source) => existsSync(join(repositoryRoot, 'out', source.replace(/\.ts$/, '.js'))));
  const chosen = option('tests');
  const byTests = grouped(sources, (source) =>
    (chosen === undefined
      ? testsOf(source, allTests)
      : allTests.filter((test) => new RegExp(chosen).test(test))
    ).join('\n'),
  );
  const judged: Judged[] = [];
  const tell = (): boolean => {
    const { text, isEnough } = reportOf(judged);
    console.log(text);
    return isEnough;
  };
  // Who has no more time sees what was judged until then.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => process.exit(tell() ? 0 : 1));
  }
  for (const [tests, files] of byTests) {
    if (tests === '') {
      console.log(`No tests are named for ${files.join(', ')} in areas.ts.`);
      continue;
    }
    const all = files
      .flatMap(targetsOf)
      .filter(({ place }) => changed?.get(place.source)?.has(place.line) !== false);
    const targets = sampleOf(all, sample, seed);
    await judge(targets, tests.split('\n'), jobs, judged);
  }
  process.exitCode = tell() ? 0 : 1;
}

if (require.main === module) {
  void main(process.argv.slice(2));
}
