import assert from 'node:assert/strict';
import { type CliWorld, runCli } from './memoryIo';

const BAD = '{"Statement":[{"Effect":"Allow","Action":["s3:Good","s3:BAD"],"Resource":"*"}]}';
const WORLD: CliWorld = { files: { 'a.json': BAD, 'b.json': BAD, 'none.json': '{}' } };

interface Row {
  readonly share: string;
  readonly ms: number;
  readonly calls: string;
  readonly findings: string;
  readonly name: string;
}

/** The rows of the table on standard error, without its head. In that world each look at the clock takes 1 ms. */
function rowsOf(stderr: string): readonly Row[] {
  return stderr
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const cell = (from: number, to?: number) => line.slice(from, to).trim();
      return {
        share: cell(0, 8),
        ms: Number(cell(8, 18)),
        calls: cell(18, 27),
        findings: cell(27, 37),
        name: cell(37),
      };
    });
}

describe('iam-policy lint --timing', () => {
  it('tells what each stage and each rule cost, over all files, the most expensive first', async () => {
    const rows = rowsOf((await runCli(['lint', '--timing', 'a.json', 'b.json'], WORLD)).stderr);
    assert.deepEqual(rows.map(({ name }) => name).toSorted(), [
      '(locate)',
      '(model)',
      '(parse)',
      '(walk and clock)',
      'action-bad',
      'principal-any',
      'sid-present',
      'total',
    ]);
    const times = rows.slice(0, -1).map(({ ms }) => ms);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    );
    const row = (name: string) => rows.find((each) => each.name === name);
    // Two files, of each two actions and one statement.
    assert.deepEqual(
      { ...row('action-bad'), share: '' },
      { share: '', ms: 4, calls: '4', findings: '2', name: 'action-bad' },
    );
    assert.deepEqual(
      { ...row('sid-present'), share: '' },
      { share: '', ms: 2, calls: '2', findings: '0', name: 'sid-present' },
    );
    assert.deepEqual(
      { ...row('(parse)'), share: '' },
      { share: '', ms: 2, calls: '', findings: '', name: '(parse)' },
    );
    assert.deepEqual(row('total'), {
      share: '100.0 %',
      ms: times.reduce((sum, ms) => sum + ms, 0),
      calls: '6',
      findings: '2',
      name: 'total',
    });
  });

  for (const format of ['text', 'json']) {
    it(`changes neither the ${format} on standard output nor the exit code`, async () => {
      const argv = ['lint', '--format', format, 'a.json', 'none.json'];
      const plain = await runCli(argv, WORLD);
      const timed = await runCli([...argv, '--timing'], WORLD);
      assert.deepEqual([timed.stdout, timed.exitCode], [plain.stdout, plain.exitCode]);
      assert.equal(plain.stderr, '');
    });
  }

  it('works where no file holds a policy', async () => {
    const rows = rowsOf((await runCli(['lint', '--timing', 'none.json'], WORLD)).stderr);
    assert.equal(rows.at(-1)?.name, 'total');
  });

  it('counts every pass of --fix', async () => {
    const once = rowsOf((await runCli(['lint', '--timing', 'a.json'], WORLD)).stderr);
    const fixing = rowsOf((await runCli(['lint', '--timing', '--fix', 'a.json'], WORLD)).stderr);
    const calls = (rows: readonly Row[]) => Number(rows.find(({ name }) => name === 'action-bad')?.calls);
    assert.ok(calls(fixing) > calls(once));
  });

  it('is documented', async () => {
    assert.match((await runCli(['lint', '--help'])).stdout, /--timing/);
  });
});
