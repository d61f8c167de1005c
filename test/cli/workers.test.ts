import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckedShare, CheckTask } from '../../server/src/cli/threads';
import { createThreads, workerScript } from '../../server/src/cli/workers';
import { limit } from '../support/patience';

const POLICY =
  '{"Version":"2012-10-17","Statement":{"Effect":"Alow","Action":"s3:GetObject","Resource":"*"}}';

describe('the threads of the command line', function () {
  this.timeout(limit(20_000));
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-threads-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const numbers = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(4 * length)).fill(0);
  const taskFor = (...names: readonly string[]): CheckTask => ({
    settings: {
      policyType: undefined,
      resourceType: undefined,
      rules: [],
      config: 'none',
      knowledge: undefined,
      fixing: 'none',
    },
    moduleFiles: [],
    inputs: names.map((name) => ({ name, path: join(folder, name), as: 'named' })),
    shares: names.map((_, number) => ({ inputs: [number], isLarge: false })),
    given: new Map(),
    edits: 'wanted',
    taken: numbers(names.length),
    at: numbers(1).fill(-1),
  });
  /** Runs a thread with a text as its script, or the one that is shipped. */
  const run = async (task: CheckTask, script?: string) => {
    const file = join(folder, 'script.js');
    writeFileSync(file, script ?? '');
    const told: CheckedShare[] = [];
    const threads = createThreads(script === undefined ? workerScript() : file, 32);
    return { end: await threads.run(task, (checked) => told.push(checked)), told, at: task.at[0] };
  };

  it('check shares until none is left', async () => {
    writeFileSync(join(folder, 'a.json'), POLICY);
    const task = taskFor('a.json', 'gone.json', 'a.json');
    // Another thread has this one.
    task.taken[2] = 1;
    const { end, told, at } = await run(task);
    assert.deepEqual([end, at, told.map(({ share }) => share)], ['done', 1, [0, 1]]);
    const [first, second] = told.map(({ files }) => files[0]);
    assert.equal(first?.report?.findings[0]?.rule, 'effect-invalid');
    assert.deepEqual(second?.problems, ['cannot read gone.json: no such file']);
  });

  it('say that they had no memory left, and at which file', async () => {
    const { end, at } = await run(
      taskFor('a.json'),
      `const { workerData } = require('node:worker_threads');
       Atomics.store(workerData.at, 0, 7);
       const all = [];
       for (;;) all.push(new Array(10_000).fill(0));`,
    );
    assert.deepEqual([end, at], [{ problem: 'out of memory' }, 7]);
  });

  it('say what they threw, and that they ended early', async () => {
    const thrown = await run(taskFor('a.json'), 'throw new TypeError("of a test")');
    assert.deepEqual(thrown.end, { problem: 'internal error: TypeError: of a test' });
    const ended = await run(taskFor('a.json'), 'process.exit(0)');
    assert.deepEqual(ended.end, { problem: 'internal error: its thread has ended' });
  });

  it('say that they cannot be started', async () => {
    const threads = createThreads(join(folder, 'no-such-script.js'));
    const end = await threads.run(taskFor('a.json'), () => undefined);
    assert.match(end === 'done' ? end : end.problem, /Cannot find module/);
  });
});
