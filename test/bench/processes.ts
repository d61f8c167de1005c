import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { policyOf } from './documents';
import { median } from './measure';
import { row } from './table';

const CLI = join(repositoryRoot, 'dist/cli.js');
const ROUNDS = 9;

/**
 * Runs something while dist/ has the bundles that are shipped. A development build has twice the letters, which V8 reads at
 * each start; it is made again afterwards if it was there.
 */
export async function withShippedBundles(run: () => Promise<void>): Promise<void> {
  const build = (...options: readonly string[]): void => {
    spawnSync(process.execPath, [join(repositoryRoot, 'esbuild.mjs'), ...options], { stdio: 'inherit' });
  };
  const isDevelopment = !existsSync(CLI) || existsSync(`${CLI}.map`);
  if (isDevelopment) {
    build('--production');
  }
  try {
    await run();
  } finally {
    if (isDevelopment) {
      build();
    }
  }
}

/**
 * How long the command line takes as a process, against a Node that does nothing. They take turns. What it keeps of its
 * compiled code is made by the first start.
 */
export function startRows(): void {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const file = join(folder, 'policy.json');
  writeFileSync(file, policyOf(3));
  const lint = [CLI, 'lint', file];
  const caches = (name: string) => ({ XDG_CACHE_HOME: join(folder, name) });
  const commands = {
    empty: () => processTime(['-e', '0']),
    version: () => processTime([CLI, '--version'], caches('kept')),
    lint: () => processTime(lint, caches('kept')),
    first: (round: number) => processTime(lint, caches(`of-${round}`)),
  };
  const times = { empty: [0], version: [0], lint: [0], first: [0] };
  for (const [name, run] of Object.entries(commands)) {
    run(-1);
    times[name as keyof typeof commands] = [];
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['empty', 'version', 'lint', 'first'] as const) {
      times[name].push(commands[name](round));
    }
  }
  rmSync(folder, { recursive: true });
  const empty = median(times.empty);
  for (const [name, what, most] of [
    ['version', 'start: --version', 1.5],
    ['lint', 'start: lint of one file', 1.8],
    ['first', 'the first start: lint of one file', undefined],
  ] as const) {
    const time = median(times[name]);
    row(what, ['', '', `empty Node ${empty.toFixed(0)} ms`, `${time.toFixed(0)} ms`], time / empty, most);
  }
}

/** The command line over a folder as a whole process; it may take as many times as long as an empty Node. */
export function folderRow(folder: string, files: number): void {
  const caches = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const run = () => {
    const begun = performance.now();
    const processor = processTime([CLI, 'lint', '--format', 'json', folder], { XDG_CACHE_HOME: caches });
    return { processor, clock: performance.now() - begun };
  };
  run();
  const runs = [run(), run(), run()];
  rmSync(caches, { recursive: true });
  const [time, clock] = [
    median(runs.map(({ processor }) => processor)),
    median(runs.map((each) => each.clock)),
  ];
  row(
    `command line, ${files} files, 1000 ms`,
    ['', '', `by the clock ${clock.toFixed(0)} ms`, `${time.toFixed(0)} ms`],
    time / 1000,
    1,
  );
}

/** The processor's time of a process, from its start to its end, which it tells itself. */
function processTime(args: readonly string[], variables: NodeJS.ProcessEnv = {}): number {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const [hook, told] = [join(folder, 'hook.cjs'), join(folder, 'told')];
  const tell = `require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage()))`;
  writeFileSync(hook, `process.on('exit', () => ${tell});`);
  spawnSync(process.execPath, ['--require', hook, ...args], {
    stdio: 'ignore',
    env: { ...process.env, ...variables },
  });
  const { user, system } = JSON.parse(readFileSync(told, 'utf8')) as NodeJS.CpuUsage;
  rmSync(folder, { recursive: true });
  return (user + system) / 1000;
}
