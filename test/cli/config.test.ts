import assert from 'node:assert/strict';
import { type CliRun, type CliWorld, runCli } from './memoryIo';

const BAD = '{"Statement":[{"Sid":"Old","Effect":"Allow","Action":["s3:BAD"],"Resource":"*"}]}';
const GOOD = '{"Statement":[{"Effect":"Allow","Action":"s3:Good","Resource":"*"}]}';

type Row = Readonly<Record<string, unknown>>;

function rowsOf(run: CliRun): readonly Row[] {
  return JSON.parse(run.stdout) as readonly Row[];
}

/** File and rule of each finding. */
function told(run: CliRun): readonly string[] {
  return rowsOf(run).map(({ file, rule }) => `${file} ${rule}`);
}

const lint = (args: readonly string[], files: CliWorld['files']) =>
  runCli(['lint', '--format', 'json', ...args], files === undefined ? {} : { files });

const config = (value: object) => JSON.stringify(value);
const suppressing = (entry: object) => config({ suppressions: [entry] });

describe('iam-policy lint: configuration', () => {
  it('is the nearest file upwards, and that one alone', async () => {
    const files = {
      '.iam-policy.json': config({ rules: { 'action-bad': 'off', 'sid-present': 'off' } }),
      'a/p.json': BAD,
      'a/near/.iam-policy.json': config({ rules: { 'action-bad': 'warning' } }),
      'a/near/b/p.json': BAD,
    };
    const run = await lint(['a/p.json', 'a/near/b/p.json'], files);
    assert.deepEqual(
      rowsOf(run).map(({ file, rule, severity }) => [file, rule, severity]),
      [
        ['a/near/b/p.json', 'sid-present', 'info'],
        ['a/near/b/p.json', 'action-bad', 'warning'],
      ],
    );
    assert.equal(run.exitCode, 0);
  });

  it('is found from the working folder for standard input', async () => {
    const run = await runCli(['lint', '--format', 'json', '-'], {
      stdin: BAD,
      files: { '../.iam-policy.json': '', '/home/.iam-policy.json': config({ rules: { '*': 'off' } }) },
    });
    assert.equal(run.stdout, '[]\n');
  });

  it('gives way to --rule and to --policy-type, and to nothing at all with --no-config', async () => {
    const files = {
      '.iam-policy.json': config({ rules: { '*': 'off' }, policyTypes: { 'p.json': 'scp' } }),
      'p.json': BAD,
    };
    assert.deepEqual(
      rowsOf(await lint(['--rule', 'action-bad=error', 'p.json'], files)).map((row) => [
        row.rule,
        row.policyType,
      ]),
      [['action-bad', 'scp']],
    );
    const asked = await lint(['--rule', 'action-bad=info', '--policy-type', 'boundary', 'p.json'], files);
    assert.deepEqual(
      rowsOf(asked).map((row) => row.policyType),
      ['boundary'],
    );
    assert.equal((await lint(['--no-config', 'p.json'], files)).exitCode, 1);
  });

  it('can be named for all files, and has to be there then', async () => {
    const files = { 'ci/strict.json': config({ rules: { '*': 'off' } }), 'p.json': BAD };
    assert.equal((await lint(['--config', 'ci/strict.json', 'p.json'], files)).stdout, '[]\n');
    const run = await lint(['--config', 'ci/other.json', 'p.json', 'p.json'], files);
    assert.equal(run.exitCode, 2);
    assert.equal(run.stderr, 'iam-policy: cannot read ci/other.json: no such file\n');
  });

  it('takes suppressed findings out, by rule, file and Sid', async () => {
    const entry = { rule: 'action-bad', reason: 'legacy' };
    const suppressed = async (more: object) =>
      !told(
        await lint(['x/p.json'], { '.iam-policy.json': suppressing({ ...entry, ...more }), 'x/p.json': BAD }),
      ).some((line) => line.endsWith('action-bad'));
    assert.equal(await suppressed({}), true);
    assert.equal(await suppressed({ rule: 'action-*' }), true);
    assert.equal(await suppressed({ rule: 'sid-*' }), false);
    assert.equal(await suppressed({ files: 'x/*.json' }), true);
    assert.equal(await suppressed({ files: 'y/*.json' }), false);
    assert.equal(await suppressed({ sid: 'Old' }), true);
    assert.equal(await suppressed({ sid: 'New' }), false);
    assert.equal(await suppressed({ reason: ' ' }), false, 'without a reason it does not count');
    assert.equal(await suppressed({ file: 'q.json' }), false, 'with a mistake it does not count');
  });

  it('takes a suppressed finding from --fix too', async () => {
    const run = await lint(['--fix', 'p.json'], {
      '.iam-policy.json': suppressing({ rule: 'action-bad', reason: 'legacy' }),
      'p.json': BAD,
    });
    assert.equal(run.written.size, 0);
  });

  it('prints the mistakes of the file as its findings, once for all files', async () => {
    const run = await lint(['a.json', 'b.json'], {
      '.iam-policy.json': '{\n  "rules": { "acton-bad": "off" }\n}',
      'a.json': GOOD,
      'b.json': GOOD,
    });
    assert.deepEqual(rowsOf(run), [
      {
        file: '.iam-policy.json',
        line: 2,
        column: 14,
        endLine: 2,
        endColumn: 25,
        rule: 'config-rule-unknown',
        accessAnalyzer: null,
        category: 'error',
        severity: 'error',
        message: 'There is no rule "acton-bad". Did you mean action-bad?',
        path: ['rules', 'acton-bad'],
        policyType: 'identity',
      },
    ]);
    assert.equal(run.exitCode, 1);
  });

  it('is checked itself when it is named, and is not taken for a policy', async () => {
    assert.deepEqual(told(await lint(['.iam-policy.json'], { '.iam-policy.json': '{}' })), []);
    assert.deepEqual(told(await lint(['x/.iam-policy.json'], { 'x/.iam-policy.json': '{ "rule": 1 }' })), [
      'x/.iam-policy.json config-key-unknown',
    ]);
  });

  it('reports a suppression that suppresses nothing in any file that it may concern', async () => {
    const files = {
      '.iam-policy.json': suppressing({ rule: 'action-bad', reason: 'legacy' }),
      'a.json': GOOD,
    };
    const run = await lint(['a.json'], files);
    assert.deepEqual(told(run), ['.iam-policy.json suppression-unused']);
    assert.equal(rowsOf(run)[0]?.severity, 'info');
    assert.deepEqual(rowsOf(run)[0]?.path, ['suppressions', 0, 'rule']);
    assert.equal(run.exitCode, 0);
    assert.deepEqual(told(await lint(['.iam-policy.json'], files)), ['.iam-policy.json suppression-unused']);
  });

  it('reports none that a file needs which was not named, or that cannot be judged', async () => {
    const entry = suppressing({ rule: 'action-bad', reason: 'legacy' });
    const silent = async (args: readonly string[], files: CliWorld['files']) =>
      assert.deepEqual(told(await lint(args, { '.iam-policy.json': entry, 'a.json': GOOD, ...files })), []);
    await silent(['a.json'], { 'deep/er/b.json': BAD });
    await silent(['--rule', 'action-bad=off', 'a.json'], {});
    await silent(['--policy-type', 'scp', 'a.json'], {});
    await silent(['a.json'], { 'typing.json': BAD.slice(0, -2) });
    // What a configuration of its own speaks of needs nothing from this one.
    assert.deepEqual(
      told(
        await lint(['a.json'], {
          '.iam-policy.json': entry,
          'a.json': GOOD,
          'x/.iam-policy.json': '{}',
          'x/b.json': BAD,
        }),
      ),
      ['.iam-policy.json suppression-unused'],
    );
  });
});
