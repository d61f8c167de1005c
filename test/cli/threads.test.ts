import assert from 'node:assert/strict';
import { lintFormats } from '../../server/src/cli/format/render';
import { openQuietService } from '../../server/src/cli/quietService';
import type { ServiceFactory } from '../../server/src/cli/services';
import { type CheckTask, checkShares, type Threads } from '../../server/src/cli/threads';
import { createLanguageService } from '../../server/src/core/index';
import type { Changes } from '../../server/src/node/gitChanges';
import { iamDataAssets } from '../support/iamData';
import { type CliRun, filesIo, runCli } from './memoryIo';

type Files = Readonly<Record<string, string>>;

const READ =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}]}';

/** Files of every kind that say something of each other. */
const FILES: Files = {
  ...Object.fromEntries(
    Array.from({ length: 24 }, (_, number) => [
      `many/p${String(number).padStart(2, '0')}.json`,
      `{\n"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject${number % 3 === 0 ? '' : 'x'}","s3:GetObject"],"Resource":"*"},\n{"Effect":"Allow","Action":["ec2:Foo${number}","ec2:Foo${number}"],"Resource":"*"}]}`,
    ]),
  ),
  'many/.iam-policy.json':
    '{"rules":{"action-redundant":"warning"},"suppressions":[{"rule":"action-redundant","files":"p01.json","reason":"known"},{"rule":"action-redundant","files":"p02.json","reason":"known"},{"rule":"effect-invalid","files":"p03.json","reason":"needless"}]}',
  'broken/.iam-policy.json': '{',
  'broken/p.json': READ,
  'none.json': '{}',
  'package.json': '{"name":"x"}',
  'm/main.tf': 'resource "aws_s3_bucket_policy" "b" {\n  policy = data.aws_iam_policy_document.d.json\n}\n',
  'm/p.tf':
    'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/*"]\n  }\n}\n',
  'w/a/main.tf':
    'resource "aws_s3_bucket_policy" "b" {\n  policy = file("${path.module}/../p/read.json")\n}\n',
  'w/p/read.json': READ,
  'y.yaml': 'Version: "2012-10-17"\nStatement:\n  Effect: Alow\n  Action: "s3:GetObject"\n  Resource: "*"\n',
};

const INPUTS = ['many', 'none.json', 'missing.json', 'm', 'w', 'broken', 'y.yaml', '-'];

/** Does the work of a thread, or fails. */
type Perform = (work: () => Promise<void>, task: CheckTask) => Promise<void>;

interface Told {
  threads: number;
  shares: number;
}

/** Threads that are none: what they are given and what they tell is copied, as it is between threads. */
function threadsOn(
  files: Files,
  createService: ServiceFactory,
  perform: Perform,
  told: Told,
): Omit<Threads, 'sizeOf'> {
  return {
    processors: 4,
    turn: () => new Promise((resolve) => setImmediate(resolve)),
    run: async (task, tell) => {
      told.threads += 1;
      const { taken, at, ...plain } = task;
      const own = { ...structuredClone(plain), taken, at };
      const work = () =>
        checkShares(filesIo(files), createService({ iamData: undefined }), own, (checked) => {
          told.shares += 1;
          tell(structuredClone(checked));
        });
      try {
        await perform(work, own);
        return 'done';
      } catch (error) {
        return { problem: String(error) };
      }
    },
  };
}

const withOwnRules: ServiceFactory = ({ iamData }) => createLanguageService({ iamData });

interface Trial {
  readonly files?: Files;
  readonly createService?: ServiceFactory;
  readonly perform?: Perform;
  /** How long each file is said to be. */
  readonly bytes?: number;
  /** What `--changed-since` hears of each file. */
  readonly changes?: Changes;
  readonly processors?: number;
}

async function lint(
  argv: readonly string[],
  {
    files = FILES,
    createService = withOwnRules,
    perform = (work) => work(),
    bytes = 1000,
    changes,
    processors = 4,
  }: Trial = {},
): Promise<CliRun & Told> {
  const told: Told = { threads: 0, shares: 0 };
  const run = await runCli(['lint', ...argv], {
    files,
    stdin: READ,
    createService,
    io: {
      threads: () => ({ ...threadsOn(files, createService, perform, told), processors, sizeOf: () => bytes }),
      ...(changes === undefined ? {} : { changedSince: async () => changes }),
    },
  });
  return { ...run, ...told };
}

/** The same run on one thread and on three, which has to say the same. */
async function bothWays(argv: readonly string[], trial: Trial = {}): Promise<CliRun & Told> {
  const { threads: none, shares: nothing, ...one } = await lint(['--concurrency', 'off', ...argv], trial);
  assert.deepEqual([none, nothing], [0, 0]);
  const { threads, shares, ...three } = await lint(['--concurrency', '3', ...argv], trial);
  assert.deepEqual(three, one);
  return { ...three, threads, shares };
}

describe('iam-policy lint --concurrency', () => {
  for (const format of lintFormats) {
    it(`prints the same ${format} with several threads`, async () => {
      const { threads, shares, stderr, exitCode } = await bothWays(['--format', format, ...INPUTS]);
      assert.equal(threads, 2);
      assert.ok(shares > 1, String(shares));
      assert.match(stderr, /cannot read missing\.json: no such file/);
      assert.equal(exitCode, 2);
    });
  }

  it('finds what a file of a module means to another', async () => {
    const { stdout } = await bothWays(['--format', 'json', 'm', 'w', 'many']);
    assert.match(stdout, /"m\/p\.tf"[^\n]*principal-missing/);
    assert.match(stdout, /"w\/p\/read\.json"[^\n]*principal-missing/);
  });

  it('counts, leaves out and fails alike', async () => {
    const { stdout: json } = await lint(['--format', 'json', 'many']);
    const known = json.split('\n').slice(0, -12).join('\n').replace(/,$/, '');
    const files = { ...FILES, 'known.json': `${known}\n]` };
    const options = ['--statistics', '--baseline', 'known.json', '--fail-on', 'info'];
    const { exitCode, stderr } = await bothWays([...options, 'many'], { files });
    assert.equal(exitCode, 1);
    assert.match(stderr, /in total, 2 suppressed/);
    const { exitCode: tooMany } = await bothWays(['--max-warnings', '0', '--rule', '*=warning', 'many']);
    assert.equal(tooMany, 1);
  });

  it('takes a configuration, routes and a type that the command line names', async () => {
    const files = {
      ...FILES,
      'own.json': '{"rules":{"action-redundant":"off"}}',
      'api.json': '{"swagger":"2.0","x-amazon-apigateway-policy":{},"paths":{"/pets":{"get":{}}}}',
      'many/api.json':
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pest"}}',
    };
    const options = ['--config', 'own.json', '--routes', 'api.json', '--policy-type', 'resource'];
    const { stdout, stderr } = await bothWays([...options, 'many'], { files });
    assert.match(stdout, /execute-api-route-unknown/);
    assert.ok(!stdout.includes('action-redundant') && stderr === '', stderr);
  });

  it('checks of a folder only what has changed, by what the other files mean to it', async () => {
    const changed = new Set(['many/p04.json', 'many/p05.json', 'm/p.tf', 'w/p/read.json']);
    const asked: string[] = [];
    const changes: Changes = {
      of: async (path) => {
        asked.push(path);
        return [...changed].some((name) => path.endsWith(`/${name}`)) ? 'changed' : 'unchanged';
      },
    };
    const argv = ['--format', 'json', '--changed-since', 'main', 'many', 'm', 'w'];
    const { stdout, threads, exitCode } = await bothWays(argv, { changes });
    const found: readonly { file: string; rule: string }[] = JSON.parse(stdout);
    // A configuration that speaks of a changed file is checked as well.
    const findings = found.filter(({ file }) => file !== 'many/.iam-policy.json');
    assert.deepEqual(new Set(findings.map(({ file }) => file)), changed);
    // The type of both is known from files that have not changed.
    for (const file of ['m/p.tf', 'w/p/read.json']) {
      assert.ok(
        found.some((row) => row.file === file && row.rule === 'principal-missing'),
        file,
      );
    }
    assert.equal(threads, 2);
    assert.equal(exitCode, 1);
    assert.ok(asked.length > 24);
    const { stdout: none, exitCode: clean } = await bothWays(argv, {
      changes: { of: async () => 'unchanged' },
    });
    assert.deepEqual([JSON.parse(none), clean], [[], 0]);
  });

  it('fixes the same files in the same way', async () => {
    const { written, stdout } = await bothWays(['--fix', 'many', 'none.json']);
    assert.equal(written.size, 22);
    assert.match(stdout, / \d\d fixed\b/);
  });

  it('lets one thread check where times are taken, files are few or the run is small', async () => {
    assert.equal((await lint(['--concurrency', '3', '--timing', 'many'])).threads, 0);
    assert.equal((await lint(['--concurrency', '3', 'none.json'])).threads, 0);
    assert.equal((await lint(['many'])).threads, 0);
    assert.equal((await lint(['--concurrency', 'auto', 'many'])).threads, 0);
    assert.equal((await lint(['many'], { bytes: 300_000 })).threads, 1);
    assert.equal((await lint(['many'], { bytes: 300_000, processors: 2 })).threads, 1);
    assert.equal((await lint(['many'], { bytes: 300_000, processors: 1 })).threads, 0);
    // Who asks for several knows better.
    assert.equal((await lint(['--concurrency', '2', 'many'], { processors: 1 })).threads, 1);
  });

  it('takes a number, auto and off', async () => {
    for (const wrong of ['0', '-1', '1.5', 'many', '']) {
      const { exitCode, stderr } = await lint(['--concurrency', wrong, 'none.json']);
      assert.equal(exitCode, 2, wrong);
      assert.match(stderr, /Give a number from 1 to 999, auto or off/);
    }
  });

  it('tells of a file that makes it throw, and checks the others', async () => {
    const createService: ServiceFactory = (dependencies) => {
      const service = withOwnRules(dependencies);
      return {
        ...service,
        open: (input) => {
          if (input.text.includes('ec2:Foo7"')) {
            throw new Error('a test throws');
          }
          return service.open(input);
        },
      };
    };
    const { exitCode, stderr, stdout } = await bothWays(['many'], { createService });
    assert.equal(exitCode, 2);
    assert.equal(stderr, 'iam-policy: cannot check many/p07.json: internal error: Error: a test throws\n');
    assert.match(stdout, /many\/p06\.json/);
    assert.match(stdout, /many\/p08\.json/);
  });

  it('loses to threads that end early the files that they were at, and no others', async () => {
    const names = Object.keys(FILES).filter((name) => name.startsWith('many/p'));
    for (const fatal of [['many/p05.json'], ['many/p05.json', 'many/p09.json']]) {
      // Every thread dies of these files; this one never gets to them, since they are too large for it.
      const perform: Perform = async (work, task) => {
        for (const [number, { name }] of task.inputs.entries()) {
          const position = task.shares.findIndex(({ inputs }) => inputs.includes(number));
          if (
            fatal.includes(name) &&
            position >= 0 &&
            Atomics.compareExchange(task.taken, position, 0, 1) === 0
          ) {
            Atomics.store(task.at, 0, number);
            throw new Error('out of memory');
          }
        }
        await work();
      };
      const trial = { perform, bytes: 2_000_000 };
      const { exitCode, stderr, stdout } = await lint(['--concurrency', '2', ...names], trial);
      assert.equal(
        stderr,
        fatal.map((name) => `iam-policy: cannot check ${name}: Error: out of memory\n`).join(''),
      );
      assert.equal(exitCode, 2);
      const one = await lint(['--concurrency', 'off', ...names.filter((name) => !fatal.includes(name))]);
      assert.equal(stdout, one.stdout);
    }
  });

  it('checks again what a thread had checked that ended for want of memory once', async () => {
    let deaths = 0;
    const perform: Perform = async (work, task) => {
      if (deaths === 0) {
        deaths += 1;
        const [first] = task.shares;
        Atomics.store(task.taken, 0, 1);
        Atomics.store(task.at, 0, first?.inputs[0] ?? -1);
        throw new Error('out of memory');
      }
      await work();
    };
    const { threads, shares: _, ...run } = await lint(['--concurrency', '2', ...INPUTS], { perform });
    const { threads: none, shares: nothing, ...one } = await lint(['--concurrency', 'off', ...INPUTS]);
    assert.deepEqual([run, none, nothing], [one, 0, 0]);
    assert.equal(threads, 2);
  });

  it('checks all files on one thread where no other can be started, large ones too', async () => {
    const perform: Perform = () => Promise.reject(new Error('no thread'));
    const { threads: none, shares: nothing, ...one } = await lint(['--concurrency', 'off', ...INPUTS]);
    for (const bytes of [1000, 2_000_000]) {
      const { threads, shares, ...run } = await lint(['--concurrency', '3', ...INPUTS], { perform, bytes });
      assert.deepEqual([run, shares, none, nothing], [one, 0, 0, 0]);
      assert.ok(threads >= 2);
    }
  });
});

describe('the language service of a thread', () => {
  it('is done without a service reference that is missing or cannot be read, and says nothing', () => {
    const missing = openQuietService(() => undefined);
    const unreadable = openQuietService(() => {
      throw new Error('in a test');
    });
    const damaged = openQuietService(() => ({ index: '{', facts: () => '', prose: () => '' }));
    for (const service of [missing, unreadable, damaged]) {
      assert.equal(service.iamData, undefined);
    }
    assert.ok(openQuietService(iamDataAssets).iamData !== undefined);
  });
});
