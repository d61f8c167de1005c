import assert from 'node:assert/strict';
import type { Log, Result, Run } from 'sarif';
import { createLanguageService } from '../../server/src/core/index';
import { allRules } from '../../server/src/core/rules/registry';
import type { Changes } from '../../server/src/node/gitChanges';
import { iamDataAssets } from '../support/iamData';
import { runCli } from './memoryIo';

const TWO = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "One", "Effect": "Allow", "Action": ["s3:BAD", "s3:WORSE"], "Resource": "*" }
  ]
}`;

const YAML = `Version: '2012-10-17'
Statement:
  # iam-policy-ignore action-bad: it is what we want
  - Effect: Allow
    Action: s3:BAD
    Resource: '*'
`;

/** What a document could say to break out of a format. */
const HOSTILE = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: 's3:BAD%\n::error::x\r]]></failure><script>&"\u0000\u001b[31m\ud800\u202e',
      Resource: '*',
    },
  ],
});

async function lint(args: readonly string[], files: Readonly<Record<string, string>>, more: object = {}) {
  return runCli(['lint', ...args, ...Object.keys(files)], { files, ...more });
}

describe('lint --format sarif', () => {
  async function runOf(files: Readonly<Record<string, string>>, more: object = {}): Promise<Run> {
    const { stdout } = await lint(['--format', 'sarif'], files, more);
    const log = JSON.parse(stdout) as Log;
    assert.equal(log.version, '2.1.0');
    assert.match(log.$schema ?? '', /sarif-schema-2\.1\.0\.json$/);
    const [run, ...others] = log.runs;
    assert.ok(run);
    assert.deepEqual(others, []);
    return run;
  }

  it('has the rules with findings, where each lies, and what would mend it', async () => {
    const { tool, results = [], columnKind } = await runOf({ 'a b.json': TWO }, {});
    assert.equal(columnKind, 'utf16CodeUnits');
    assert.deepEqual(
      tool.driver.rules?.map(({ id, defaultConfiguration }) => [id, defaultConfiguration?.level]),
      [
        ['action-bad', 'error'],
        ['sid-present', 'note'],
      ],
    );
    const [sid, bad, worse] = results;
    assert.deepEqual([sid?.ruleId, sid?.level, sid?.ruleIndex], ['sid-present', 'note', 1]);
    assert.deepEqual(
      [bad, worse].map((result) => result?.locations?.[0]?.physicalLocation),
      [
        {
          artifactLocation: { uri: 'a%20b.json' },
          region: { startLine: 4, startColumn: 55, endLine: 4, endColumn: 58 },
        },
        {
          artifactLocation: { uri: 'a%20b.json' },
          region: { startLine: 4, startColumn: 65, endLine: 4, endColumn: 70 },
        },
      ],
    );
    assert.equal(bad?.locations?.[0]?.logicalLocations?.[0]?.fullyQualifiedName, 'Statement.0.Action.0');
    const change = bad?.fixes?.[0]?.artifactChanges[0];
    assert.equal(bad?.fixes?.[0]?.description?.text, 'Mend it');
    assert.deepEqual(change?.replacements[0]?.insertedContent, { text: 's3:Good' });
    assert.deepEqual(change?.replacements[0]?.deletedRegion, {
      startLine: 4,
      startColumn: 52,
      endLine: 4,
      endColumn: 58,
    });
  });

  it('has what is suppressed with the reason, and by what', async () => {
    const config = JSON.stringify({
      suppressions: [{ rule: 'sid-present', files: 'b.json', reason: 'An old policy' }],
    });
    const { results = [] } = await runOf({ 'a.yaml': YAML, 'b.json': TWO, '.iam-policy.json': config });
    const told = results.map(({ ruleId, suppressions = [] }: Result) => [
      ruleId,
      ...suppressions.map(({ kind, justification }) => `${kind}: ${justification}`),
    ]);
    assert.deepEqual(told, [
      ['action-bad', 'inSource: it is what we want'],
      ['action-bad'],
      ['action-bad'],
      ['sid-present', 'external: An old policy'],
    ]);
  });

  it('says of a rule what it is about, and which check of Access Analyzer it repeats', async () => {
    const { tool } = await runOf({ 'a.json': TWO });
    assert.deepEqual(
      tool.driver.rules?.map(({ id, properties }) => [id, properties]),
      [
        ['action-bad', { category: 'error', tags: ['iam', 'error'], accessAnalyzer: 'BAD_ACTION' }],
        ['sid-present', { category: 'suggestion', tags: ['iam', 'suggestion'] }],
      ],
    );
  });

  it('has the page of a rule without what was generated for it, and its summary where there is none', async () => {
    const page =
      '# action-bad\n\n| | |\n<!-- End of the generated part. -->\n\nWhy it is bad.\n\n## Examples\n\nx\n';
    const { tool } = await runOf(
      { 'a.json': TWO },
      { io: { rulePage: (id: string) => (id === 'action-bad' ? page : undefined) } },
    );
    assert.deepEqual(
      tool.driver.rules?.map(({ id, help }) => [id, help]),
      [
        ['action-bad', { text: 'Why it is bad.', markdown: 'Why it is bad.' }],
        ['sid-present', { text: 'A statement has a Sid.' }],
      ],
    );
  });

  it('tells what could not be read', async () => {
    const { stdout, exitCode } = await runCli(['lint', '--format', 'sarif', 'none.json'], { files: {} });
    const [run] = (JSON.parse(stdout) as Log).runs;
    assert.equal(exitCode, 2);
    assert.equal(run?.invocations?.[0]?.executionSuccessful, false);
    assert.match(
      run?.invocations?.[0]?.toolExecutionNotifications?.[0]?.message.text ?? '',
      /none\.json: no such file/,
    );
  });

  it('names files as URIs, and gives a finding the same fingerprint wherever it moves', async () => {
    const fingerprintOf = ({ partialFingerprints }: Result) => partialFingerprints?.['iamPolicy/v1'];
    const { results = [] } = await runOf({ './sub/../x#y.json': TWO, '/etc/p.json': TWO });
    const uris = results.map(({ locations }) => locations?.[0]?.physicalLocation?.artifactLocation?.uri);
    assert.deepEqual([...new Set(uris)], ['x%23y.json', 'file:///etc/p.json']);
    assert.equal(new Set(results.map(fingerprintOf)).size, results.length);
    const moved = await runOf({ 'x#y.json': `\n\n${TWO}` });
    assert.deepEqual((moved.results ?? []).map(fingerprintOf), results.slice(0, 3).map(fingerprintOf));
  });
});

describe('lint for pipelines', () => {
  it('--format github writes a command for each finding', async () => {
    const { stdout, exitCode } = await lint(['--format', 'github'], { 'a,b.json': TWO });
    assert.equal(exitCode, 1);
    assert.deepEqual(stdout.split('\n'), [
      '::notice file=a%2Cb.json,line=4,endLine=4,col=14,endColumn=18,title=sid-present::The statement has a Sid',
      '::error file=a%2Cb.json,line=4,endLine=4,col=55,endColumn=57,title=action-bad::The action "s3:BAD" is bad',
      '::error file=a%2Cb.json,line=4,endLine=4,col=65,endColumn=69,title=action-bad::The action "s3:WORSE" is bad',
      '',
    ]);
  });

  it('--format gitlab writes a Code Quality report with fingerprints that differ', async () => {
    const { stdout } = await lint(['--format', 'gitlab'], { './a.json': TWO });
    const rows = JSON.parse(stdout);
    assert.deepEqual(
      rows.map(({ check_name, severity, location }: Record<string, unknown>) => [
        check_name,
        severity,
        location,
      ]),
      [
        ['sid-present', 'info', { path: 'a.json', lines: { begin: 4, end: 4 } }],
        ['action-bad', 'major', { path: 'a.json', lines: { begin: 4, end: 4 } }],
        ['action-bad', 'major', { path: 'a.json', lines: { begin: 4, end: 4 } }],
      ],
    );
    assert.equal(new Set(rows.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size, 3);
    assert.equal((await lint(['--format', 'gitlab'], { 'a.yaml': YAML })).stdout, '[]\n');
  });

  it('--format junit fails for what makes the exit code 1, and for nothing milder', async () => {
    const files = { 'a.json': TWO, 'b.yaml': YAML };
    const counts = async (...more: readonly string[]) =>
      /<testsuites [^>]*/.exec((await lint(['--format', 'junit', ...more], files)).stdout)?.[0];
    assert.equal(await counts(), '<testsuites name="iam-policy" tests="4" failures="2" errors="0"');
    assert.equal(
      await counts('--fail-on', 'info'),
      '<testsuites name="iam-policy" tests="4" failures="3" errors="0"',
    );
    const { stdout } = await runCli(['lint', '--format', 'junit', 'none.json'], { files: {} });
    assert.match(stdout, /errors="1"[\s\S]*<error message="cannot read none\.json: no such file">/);
  });

  it('no text of a document gets out of its place', async () => {
    const { stdout: commands } = await lint(['--format', 'github'], { 'a.json': HOSTILE });
    assert.equal(commands.split('\n').length, 2);
    assert.ok(!/[\u0000\u001b\u202e]/.test(commands));
    const { stdout: xml } = await lint(['--format', 'junit'], { 'a.json': HOSTILE });
    assert.equal(xml.split('<failure').length, 2);
    assert.ok(!xml.includes('<script>') && !/[\u0000\u001b\ud800]/.test(xml));
    for (const format of ['sarif', 'gitlab']) {
      JSON.parse((await lint(['--format', format], { 'a.json': HOSTILE })).stdout);
    }
  });

  it('--max-warnings takes so many warnings and no more', async () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: '*', Action: 's3:Good', Resource: '*' },
    });
    const run = (most: string) => lint(['--max-warnings', most], { 'a.json': policy, 'b.json': policy });
    assert.equal((await run('2')).exitCode, 0);
    const { exitCode, stderr } = await run('1');
    assert.deepEqual([exitCode, stderr], [1, 'iam-policy: 2 warnings, and --max-warnings allows 1\n']);
    const junit = async (most: string) =>
      (await lint(['--max-warnings', most, '--format', 'junit'], { 'a.json': policy, 'b.json': policy }))
        .stdout;
    assert.match(await junit('2'), /<testsuites name="iam-policy" tests="2" failures="0" errors="0">/);
    const tooMany = await junit('1');
    assert.match(tooMany, /<testsuites name="iam-policy" tests="3" failures="1" errors="0">/);
    assert.match(
      tooMany,
      /<testsuite name="iam-policy" tests="1" failures="1" errors="0">\s*<testcase [^>]*><failure message="2 warnings, and --max-warnings allows 1">/,
    );
    for (const wrong of ['-1', '1.5', 'x', '']) {
      assert.equal((await run(wrong)).exitCode, 2, wrong);
    }
  });

  it('--baseline leaves out what is known, wherever it has moved to, and as often as it was found', async () => {
    const known = (await lint(['--format', 'json'], { 'a.json': TWO })).stdout;
    const run = (text: string, baseline = known) =>
      runCli(['lint', '--baseline', 'known.json', '--format', 'json', './a.json'], {
        files: { 'a.json': text, './a.json': text, 'known.json': baseline },
      });
    assert.deepEqual(await run(`\n\n${TWO}`).then(({ stdout, exitCode }) => [stdout, exitCode]), ['[]\n', 0]);
    const { stdout, exitCode } = await run(TWO.replace('"s3:WORSE"', '"s3:WORSE", "s3:BAD"'));
    assert.equal(exitCode, 1);
    assert.deepEqual(
      JSON.parse(stdout).map(({ rule, column }: Record<string, unknown>) => [rule, column]),
      [['action-bad', 77]],
    );
    for (const wrong of ['', '{}', '[1]', '[{"file":"a"}]']) {
      const outcome = await run(TWO, wrong);
      assert.equal(outcome.exitCode, 2);
      assert.match(outcome.stderr, /cannot use the baseline known\.json/);
    }
    assert.equal((await run(TWO, '[]')).exitCode, 1);
  });

  it('what is known stays known when the service reference is renewed, though the message says its day', async () => {
    const unknown = TWO.replace('s3:BAD', 's3:Frobnicate').replace('s3:WORSE', 's3:GetObject');
    const ofDay = (date: string, args: readonly string[], files: Readonly<Record<string, string>> = {}) =>
      runCli(['lint', ...args, 'a.json'], {
        files: { 'a.json': unknown, ...files },
        createService: createLanguageService,
        io: {
          iamDataAssets: () => ({
            ...iamDataAssets(),
            index: JSON.stringify({ ...JSON.parse(iamDataAssets().index), date }),
          }),
        },
      });
    const { stdout: known } = await ofDay('2026-01-02', ['--format', 'json']);
    assert.match(known, /The service reference of 2026-01-02 has no action .{0,3}Frobnicate/);
    const renewed = await ofDay('2026-03-04', ['--baseline', 'known.json'], { 'known.json': known });
    assert.equal(renewed.exitCode, 0, renewed.stdout);
    const [older, newer] = await Promise.all(
      ['2026-01-02', '2026-03-04'].map(async (date) => {
        const { stdout } = await ofDay(date, ['--format', 'gitlab']);
        return (JSON.parse(stdout) as { readonly fingerprint: string }[]).map((row) => row.fingerprint);
      }),
    );
    assert.equal(older?.length, 1);
    assert.deepEqual(older, newer);
  });

  it('name files in the formats for pipelines from the root of the repository, wherever the command runs', async () => {
    const paths = async (format: string, root: string | undefined): Promise<readonly string[]> => {
      const files = { 'a b.json': TWO, '../c.json': TWO, '/elsewhere/d.json': TWO };
      const { stdout } = await lint(['--format', format], files, { io: { repositoryFolder: () => root } });
      return [...new Set(stdout.match(/[\w/%: .-]+\.json(?=[",])/g))];
    };
    for (const format of ['github', 'gitlab', 'sarif', 'junit']) {
      const [blank, scheme] = format === 'sarif' ? ['%20', 'file://'] : [' ', ''];
      const below = await paths(format, '/home');
      assert.ok(
        [`me/a${blank}b.json`, 'c.json', `${scheme}/elsewhere/d.json`].every((path) => below.includes(path)),
        `${format}: ${below.join()}`,
      );
      const outside = await paths(format, undefined);
      assert.ok(
        [`a${blank}b.json`, `${scheme}/home/c.json`].every((path) => outside.includes(path)),
        `${format}: ${outside.join()}`,
      );
    }
  });

  it('--baseline names files from the folder in which it lies too, as it was written there', async () => {
    const { stdout: known } = await runCli(['lint', '--format', 'json', 'a.json'], {
      files: { 'a.json': TWO },
    });
    for (const [baseline, name, text] of [
      ['../known.json', '../a.json', known],
      ['ci/known.json', 'a.json', known],
      ['ci/known.json', 'a.json', known.replaceAll('"a.json"', '"../a.json"')],
      ['/elsewhere/known.json', 'a.json', known],
      ['known.json', 'a.json', known.replaceAll('"a.json"', '"/home/me/a.json"')],
      // Written on Windows.
      ['known.json', 'sub/a.json', known.replaceAll('"a.json"', '"sub\\\\a.json"')],
      ['ci/known.json', 'a.json', known.replaceAll('"a.json"', '"..\\\\a.json"')],
    ] as const) {
      const { exitCode, stdout } = await runCli(['lint', '--baseline', baseline, name], {
        files: { [name]: TWO, [baseline]: text },
      });
      assert.equal(exitCode, 0, `${baseline} ${name}: ${stdout}`);
    }
  });

  it('takes a file once that is named twice, and no empty name for standard input', async () => {
    const { stdout } = await runCli(['lint', '--format', 'json', 'a.json', './a.json'], {
      files: { 'a.json': TWO, './a.json': TWO },
    });
    assert.deepEqual([...new Set(JSON.parse(stdout).map(({ file }: { file: string }) => file))], ['a.json']);
    const { exitCode, stderr } = await runCli(['lint', '--stdin-filename', '', '-'], { stdin: TWO });
    assert.equal(exitCode, 2);
    assert.match(stderr, /takes the name of a file/);
  });

  it('--changed-since takes only what changed', async () => {
    const files = { 'a.json': TWO, 'b.json': TWO };
    const run = (changes: Changes) =>
      lint(['--changed-since', 'main', '--format', 'json'], files, {
        io: { changedSince: async (revision: string) => (revision === 'main' ? changes : assert.fail()) },
      });
    const { stdout } = await run({
      of: async (path) => (path === '/home/me/b.json' ? 'changed' : 'unchanged'),
    });
    assert.deepEqual([...new Set(JSON.parse(stdout).map(({ file }: { file: string }) => file))], ['b.json']);
    const typo = await lint(
      ['--changed-since', 'main'],
      { 'a.json': TWO },
      {
        io: { changedSince: async () => ({ of: async () => 'missing' }) },
      },
    );
    assert.match(typo.stdout, /a\.json/, 'what is named and nowhere is not passed over');
    const { exitCode, stderr } = await run({ problem: 'git is not on the path' });
    assert.equal(exitCode, 2);
    assert.equal(stderr, 'iam-policy: cannot tell what changed since main: git is not on the path\n');
  });

  it('--statistics counts by rule', async () => {
    const { stderr } = await lint(['--statistics'], { 'a.json': TWO, 'b.yaml': YAML });
    assert.equal(stderr, '2 error   action-bad\n1 info    sid-present\n3 in total, 1 suppressed\n');
  });
});

describe('rules', () => {
  it('lists rules with their severities, and shows the page of one', async () => {
    const io = { rulePage: (id: string) => (id === 'action-bad' ? PAGE : undefined) };
    const { stdout, exitCode } = await runCli(['rules', '*-*d*'], { io });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^action-bad +error +An action is bad$/m);
    assert.match(stdout, /^suppression-unused +info /m);
    const shown = await runCli(['rules', 'action-bad'], { io });
    assert.equal(
      shown.stdout,
      'action-bad\n\nCategory: error\nSource: IAM <https://example.com>\n\nWhy.\n\nExamples\n\nReported:\n  {}\n',
    );
    const [row] = JSON.parse((await runCli(['rules', 'action-bad', '--format', 'json'], { io })).stdout);
    assert.deepEqual([row.id, row.severity, row.page], ['action-bad', 'error', PAGE]);
    for (const glob of ['action-b*', 'sid-present']) {
      const [other, ...more] = JSON.parse((await runCli(['rules', glob, '--format', 'json'], { io })).stdout);
      assert.deepEqual([more, 'page' in other], [[], false]);
    }
  });

  it('has examples in its help that there are', async () => {
    const { stdout } = await runCli(['rules', '--help']);
    const ids = [...stdout.matchAll(/^ {2}iam-policy rules ([a-z-]+)$/gm)].map(([, id]) => id);
    assert.ok(ids.length > 0);
    for (const id of ids) {
      assert.ok(
        allRules.some(({ meta }) => meta.id === id),
        id,
      );
    }
  });

  it('says which rule may be meant', async () => {
    const { exitCode, stderr } = await runCli(['rules', 'action-bed']);
    assert.equal(exitCode, 2);
    assert.match(stderr, /Did you mean action-bad\?/);
  });
});

const PAGE = `# action-bad

<!-- Generated. -->

| | |
| --- | --- |
| Category | error |
| Source | [IAM](https://example.com) |

<!-- End of the generated part. -->

Why.

## Examples

\`\`\`json bad
{}
\`\`\`
`;
