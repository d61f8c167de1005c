// Runs every test: `node test/run.mjs`, or some stages by name: `node test/run.mjs unit bundle`.
// Whatever is asked for, missing packages are installed and the project is built first (--no-build leaves that out).
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  endWithNpm,
  installDependencies,
  root,
  run,
  runAside,
  runScript,
  runTogether,
} from './support/tasks.mjs';

endWithNpm();
// Nothing under test may find the caller's AWS account.
for (const name of Object.keys(process.env)) {
  if (name.startsWith('AWS_')) delete process.env[name];
}
const scratch = mkdtempSync(join(tmpdir(), 'iam-policy-run-'));
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
const totalsFile = join(scratch, 'totals');
// What programs under test keep to start sooner is none of the user's.
process.env.XDG_CACHE_HOME = join(scratch, 'caches');

/** In order. A stage resolves with whether it went well; `first` ones run always, and the rest needs them. */
const stages = [
  {
    name: 'install',
    first: true,
    about: 'npm packages',
    run: async () => (await installDependencies()) === 0,
  },
  {
    name: 'build',
    first: true,
    about: 'data, types, bundles',
    run: built,
  },
  {
    name: 'package',
    about: 'the VSIX and the npm tarball, and every program in them',
    run: packaged,
  },
  {
    name: 'check',
    about: 'format, lint, layers',
    run: async () => (await runScript('check')) === 0,
  },
  {
    name: 'unit',
    about: 'everything that needs no editor and no program in dist',
    run: () => unitTestsAhead?.() ?? unitTests(),
  },
  {
    name: 'bundle',
    about: 'every program in dist is started',
    // The stage before has done that.
    run: () => isChosen('package') || mocha(testFiles().filter(isBundle), 'parallel'),
  },
  { name: 'suites', about: 'inside a real VS Code, and other editors', run: suites },
  {
    name: 'keys',
    about: 'by the keys of a real VS Code',
    run: () => mocha(testFiles().filter(isKeys)),
  },
];

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = asked.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length > 0) {
  console.error(
    `No such stage: ${unknown.join(', ')}. Stages: ${stages.map((stage) => stage.name).join(', ')}`,
  );
  process.exit(2);
}
const withoutBuild = process.argv.includes('--no-build');
const chosen = stages.filter(({ name, first }) =>
  first ? !withoutBuild : asked.length === 0 || asked.includes(name),
);

const started = Date.now();
const red = [];
/** Stages that are red without a failed test, as tests, so that the last line never looks green. */
const failedElsewhere = [];
/** Waits for the unit tests where they were begun before their turn, and prints what they had to say. */
let unitTestsAhead;
for (const stage of chosen) {
  console.log(`\n== ${stage.name}: ${stage.about}`);
  const begun = Date.now();
  const before = totals();
  const ok = await succeeds(stage.run);
  console.log(`== ${stage.name} ${ok ? 'ok' : 'FAILED'} after ${seconds(begun)}`);
  if (stage.name === 'build' && ok) {
    // An editor is downloaded while other stages work.
    if (isChosen('suites') || isChosen('keys')) void provisioned();
    // To make and to start packages takes one processor.
    if (isChosen('package') && isChosen('unit')) unitTestsAhead = beginUnitTests();
  }
  if (ok) continue;
  red.push(stage.name);
  if (totals().failed.length === before.failed.length) failedElsewhere.push(`stage ${stage.name}, see there`);
  if (stage.first) break;
}

const { passed, failed: failedTests, skipped } = totals();
const failed = [...failedTests, ...failedElsewhere];
// Once more at the end: of a long log, often the end alone is shown.
for (const each of failed) console.log(`\nFAILED ${each}`);
console.log(`\n${red.length === 0 ? 'All green' : `Red: ${red.join(', ')}`} after ${seconds(started)}`);
console.log(`${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(red.length === 0 && failed.length === 0 ? 0 : 1);

async function succeeds(run) {
  try {
    return await run();
  } catch (error) {
    console.error(error);
    return false;
  }
}

/** `npm run build`, its parts at the same time, since none needs another; what is packaged is bundled for production. */
function built() {
  return runTogether([
    [process.execPath, 'server/scripts/compileIamData.mjs'],
    [process.execPath, 'node_modules/typescript/bin/tsc', '-b'],
    [process.execPath, 'esbuild.mjs', ...(isChosen('package') ? ['--production'] : [])],
  ]);
}

function isChosen(name) {
  return chosen.some((stage) => stage.name === name);
}

/**
 * The suites inside VS Code, then what starts it or another editor from outside. The suite for a trusted workspace runs on
 * the installed VSIX where one was made.
 */
async function suites() {
  await provisioned();
  const development = { kind: 'development', path: root };
  const each = [
    () =>
      suiteInVsCode({
        extension: isChosen('package') ? { kind: 'vsix', file: vsixFile() } : development,
        trust: 'trusted',
        suite: 'suite',
      }),
    () =>
      suiteInVsCode({
        extension: development,
        trust: 'restricted',
        suite: 'restricted',
        opened: ({ workspaceWithVirtualFolder }) => workspaceWithVirtualFolder(),
      }),
    webSuite,
    () => mocha(testFiles().filter(isOutside)),
  ];
  let isGreen = true;
  // One that does not start costs none of the others.
  for (const suite of each) isGreen = (await succeeds(suite)) && isGreen;
  return isGreen;
}

/** Where that fails, whoever opens VS Code tries again and says why. */
async function provisioned() {
  await compiled('vscodeHost/provision.js')
    .provisionVsCode(console.log)
    .catch(() => undefined);
}

function unitTests(options) {
  return mocha(testFiles().filter(isUnit), 'parallel', options);
}

/** Starts the unit tests beside other stages. What they print and count is kept until somebody waits for them. */
function beginUnitTests() {
  const [printed, counted] = ['unit.txt', 'unit-totals'].map((name) => join(scratch, name));
  const output = openSync(printed, 'w');
  const options = { stdio: ['ignore', output, output], env: { ...process.env, TEST_TOTALS: counted } };
  const ended = succeeds(() => unitTests(options)).finally(() => closeSync(output));
  return async () => {
    const ok = await ended;
    process.stdout.write(readFileSync(printed));
    // Not before: what fails counts for the stage at whose end it is there.
    if (existsSync(counted)) appendFileSync(totalsFile, readFileSync(counted));
    return ok;
  };
}

/** Builds the VSIX, looks into both packages, and starts what they ship. */
async function packaged() {
  rmSync(vsixFile(), { force: true });
  if (withoutBuild && (await run(process.execPath, ['esbuild.mjs', '--production'])) !== 0) return false;
  const packaging = runAside(process.execPath, ['server/scripts/package.mjs', '--no-build']);
  const started = await mocha(testFiles().filter(isBundle), 'parallel');
  const isPackaged = (await packaging.code) === 0;
  packaging.show();
  // Not at the same time, since these build once more and compare the bytes.
  return isPackaged && (await mocha(testFiles().filter(isPackage))) && started;
}

function vsixFile() {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return join(root, `iam-policy-tools-${version}.vsix`);
}

async function suiteInVsCode({
  extension,
  trust,
  suite,
  opened = ({ copyOfSampleWorkspace }) => copyOfSampleWorkspace(),
}) {
  const gateway = await compiled('vscodeHost/gateway.js').startSampleGateway();
  try {
    const code = await compiled('vscodeHost/suite.js').runSuite({
      extension,
      trust,
      workspace: opened(compiled('vscodeHost/server.js')),
      settings: gateway.settings,
      env: { ...gateway.env, ...suiteEnvironment(suite), SAMPLE_GATEWAY: gateway.url },
      testsPath: join(root, 'out/test/e2e/index'),
      deadline: compiled('patience.js').limit(600_000),
    });
    return code === 0;
  } finally {
    await gateway.stop();
  }
}

/** The suite for a trusted workspace once more, with the extension as a web extension. */
async function webSuite() {
  const code = await compiled('vscodeHost/webSuite.js').runWebSuite({
    workspace: compiled('vscodeHost/server.js').copyOfSampleWorkspace(),
    deadline: compiled('patience.js').limit(600_000),
    totalsFile,
  });
  return code === 0;
}

/** A module below test/support; it is there once the project is built. */
function compiled(name) {
  return createRequire(import.meta.url)(join(root, 'out/test/support', name));
}

function suiteEnvironment(suite) {
  const grep = process.env.E2E_GREP;
  return { E2E_SUITE: suite, TEST_TOTALS: totalsFile, ...(grep === undefined ? {} : { E2E_GREP: grep }) };
}

/**
 * Runs compiled tests, named like their sources below test/; in `parallel` as many files at once as there are processors.
 * No files is a failure: a filter is wrong then.
 */
async function mocha(files, order = 'one by one', options = {}) {
  if (files.length === 0) return false;
  const code = await run(
    process.execPath,
    [
      join(root, 'node_modules/mocha/bin/mocha.js'),
      ...(order === 'parallel' ? ['--parallel', '--jobs', `${availableParallelism()}`] : []),
      ...[
        '--reporter',
        join(root, 'test/support/reporter.cjs'),
        '--forbid-only',
        '--timeout',
        String(compiled('patience.js').limit(20_000)),
      ],
      ...files.map((file) => join(root, 'out/test', file.replace(/\.ts$/, '.js'))),
    ],
    { env: { ...process.env, TEST_TOTALS: totalsFile }, ...options },
  );
  return code === 0;
}

/** Sources rather than compiled files, because out/ keeps the tests of sources that are gone. */
function testFiles() {
  return readdirSync(join(root, 'test'), { recursive: true })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
}

function isUnit(file) {
  return !file.startsWith('e2e/') && !isBundle(file) && !isPackage(file);
}

function isOutside(file) {
  return file.startsWith('e2e/') && !isKeys(file) && !/^e2e\/(suite|restricted|web)\//.test(file);
}

function isKeys(file) {
  return file.startsWith('e2e/keyboard/');
}

function isBundle(file) {
  return file.startsWith('bundle/');
}

function isPackage(file) {
  return file === 'meta/package.test.ts' || file.startsWith('package/');
}

function totals() {
  const lines = existsSync(totalsFile) ? readFileSync(totalsFile, 'utf8').trim().split('\n') : [];
  return lines
    .map((line) => JSON.parse(line))
    .reduce(
      (sum, each) => ({
        passed: sum.passed + each.passed,
        failed: [...sum.failed, ...each.failed],
        skipped: sum.skipped + each.skipped,
      }),
      { passed: 0, failed: [], skipped: 0 },
    );
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
