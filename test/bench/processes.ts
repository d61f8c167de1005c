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

/** How long the command line takes as a process, against a Node that does nothing. They take turns. */
export function startRows(): void {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const file = join(folder, 'policy.json');
  writeFileSync(file, policyOf(3));
  const commands = { empty: ['-e', '0'], version: [CLI, '--version'], lint: [CLI, 'lint', file] };
  const times: Record<keyof typeof commands, number[]> = { empty: [], version: [], lint: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const name of ['empty', 'version', 'lint'] as const) {
      times[name].push(processTime(commands[name]));
    }
  }
  rmSync(folder, { recursive: true });
  const [empty, version, lint] = [median(times.empty), median(times.version), median(times.lint)];
  row(
    'start: --version',
    ['', '', `empty Node ${empty.toFixed(0)} ms`, `${version.toFixed(0)} ms`],
    version / empty,
    1.5,
  );
  row(
    'start: lint of one file',
    ['', '', `empty Node ${empty.toFixed(0)} ms`, `${lint.toFixed(0)} ms`],
    lint / empty,
    1.8,
  );
}

/** The command line over a folder as a whole process; it may take as many times as long as an empty Node. */
export function folderRow(folder: string, files: number): void {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    times.push(processTime([CLI, 'lint', '--format', 'json', folder]));
  }
  const time = median(times);
  row(`command line, ${files} files, 1000 ms`, ['', '', '', `${time.toFixed(0)} ms`], time / 1000, 1);
}

/** The processor's time of a process, from its start to its end, which it tells itself. */
function processTime(args: readonly string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-bench-'));
  const [hook, told] = [join(folder, 'hook.cjs'), join(folder, 'told')];
  const tell = `require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.cpuUsage()))`;
  writeFileSync(hook, `process.on('exit', () => ${tell});`);
  spawnSync(process.execPath, ['--require', hook, ...args], { stdio: 'ignore' });
  const { user, system } = JSON.parse(readFileSync(told, 'utf8')) as NodeJS.CpuUsage;
  rmSync(folder, { recursive: true });
  return (user + system) / 1000;
}
