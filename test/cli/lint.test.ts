import assert from 'node:assert/strict';
import { createLanguageService } from '../../server/src/core/index';
import { type AnyRule, defineRule } from '../../server/src/core/lint/rule';
import { iamDataAssets } from '../support/iamData';
import { type CliRun, type CliWorld, runCli, testRules, withRules } from './memoryIo';

const GOOD = '{"Statement":[{"Effect":"Allow","Action":"s3:Good","Resource":"*"}]}';
const BAD = '{"Statement":[{"Effect":"Allow","Action":["s3:Good","s3:BAD"],"Resource":"*"}]}';
const WARNED = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:Good"}]}';
const INFORMED = '{"Statement":[{"Sid":"A","Effect":"Allow","Action":"s3:Good","Resource":"*"}]}';

type Row = Readonly<Record<string, unknown>>;

/** The findings of a run with `--format json`; anything else on stdout fails to parse. */
function rowsOf(run: CliRun): readonly Row[] {
  return JSON.parse(run.stdout) as readonly Row[];
}

async function lintJson(text: string, options: readonly string[] = [], world: CliWorld = {}) {
  return rowsOf(
    await runCli(['lint', '--format', 'json', ...options, 'p.json'], { files: { 'p.json': text }, ...world }),
  );
}

describe('iam-policy lint --format json', () => {
  it('prints each finding with the members of the contract, in their order', async () => {
    const run = await runCli(['lint', '--format', 'json', './dir/p.json'], {
      files: { './dir/p.json': BAD },
    });
    const start = BAD.indexOf('BAD') + 1;
    assert.deepEqual(
      rowsOf(run).map((row) => Object.entries(row)),
      [
        [
          ['file', './dir/p.json'],
          ['line', 1],
          ['column', start],
          ['endLine', 1],
          ['endColumn', start + 3],
          ['rule', 'action-bad'],
          ['accessAnalyzer', 'BAD_ACTION'],
          ['category', 'error'],
          ['severity', 'error'],
          ['message', 'The action "s3:BAD" is bad'],
          ['path', ['Statement', 0, 'Action', 1]],
          ['policyType', 'identity'],
        ],
      ],
    );
    assert.equal(run.stderr, '');
    assert.equal(run.exitCode, 1);
  });

  it('adds the other places of a problem that has some', async () => {
    const pair = defineRule({
      meta: {
        id: 'test-pair',
        category: 'warning',
        summary: 'A pair',
        since: '0.1.0',
        messages: { first: 'The first', second: 'The second' },
      },
      create: ({ report }) => ({
        action: ({ node, element }) => {
          const [resource] = element.statement.resources;
          if (resource !== undefined) {
            report({
              message: 'first',
              at: node,
              also: [{ message: 'second', at: resource.member }],
            });
          }
        },
      }),
    });
    const [row, ...others] = await lintJson(GOOD, [], { createService: withRules([pair]) });
    const column = GOOD.indexOf('"Resource"') + 1;
    assert.deepEqual(others, []);
    assert.equal(row?.message, 'The first');
    assert.deepEqual(row?.also, [
      {
        line: 1,
        column,
        endLine: 1,
        endColumn: column + '"Resource"'.length,
        message: 'The second',
        path: ['Statement', 0, 'Resource'],
      },
    ]);
  });

  it('gives null where Access Analyzer has no such check', async () => {
    assert.deepEqual(
      (await lintJson(WARNED)).map((row) => [row.rule, row.accessAnalyzer, row.severity, row.policyType]),
      [['principal-any', null, 'warning', 'resource']],
    );
  });

  it('prints an empty array for a clean file', async () => {
    const run = await runCli(['lint', '--format', 'json', 'p.json'], { files: { 'p.json': GOOD } });
    assert.equal(run.stdout, '[]\n');
    assert.equal(run.exitCode, 0);
  });

  it('reads standard input and calls it "-"', async () => {
    const run = await runCli(['lint', '--format', 'json', '-'], { stdin: BAD });
    assert.deepEqual(
      rowsOf(run).map((row) => row.file),
      ['-'],
    );
  });

  it('finds every policy of a file, each with a path from its own root', async () => {
    const policy = JSON.parse(BAD);
    const rows = await lintJson(JSON.stringify({ one: policy, more: [{ two: policy }] }, undefined, 2));
    assert.deepEqual(
      rows.map((row) => row.path),
      [
        ['Statement', 0, 'Action', 1],
        ['Statement', 0, 'Action', 1],
      ],
    );
    assert.notEqual(rows[0]?.line, rows[1]?.line);
  });

  it('marks what it means in a policy that is a JSON string', async () => {
    const text = JSON.stringify({ PolicyDocument: BAD });
    const [row] = await lintJson(text);
    assert.equal(row?.column, text.indexOf('BAD') + 1);
    assert.equal(row?.endColumn, text.indexOf('BAD') + 4);
    assert.deepEqual(row?.path, ['Statement', 0, 'Action', 1]);
  });

  for (const [name, end] of [
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ] as const) {
    it(`counts lines that end with ${name}`, async () => {
      const text = ['{"Statement":', '', ' {"Effect":"Allow","Action":', '  "s3:BAD"}}'].join(end);
      const [row] = await lintJson(text);
      assert.deepEqual([row?.line, row?.column, row?.endLine, row?.endColumn], [4, 7, 4, 10]);
    });
  }

  it('does not count a byte order mark', async () => {
    assert.deepEqual(await lintJson(`\ufeff${BAD}`), await lintJson(BAD));
  });

  it('counts a character beyond the basic plane as two UTF-16 units', async () => {
    const [row] = await lintJson('{"Statement":{"Sid":"😀","Action":"s3:BAD"}}', ['--rule', 'sid-*=off']);
    assert.equal(row?.column, '{"Statement":{"Sid":"__","Action":"s3:'.length + 1);
  });

  it('reports a file without a policy', async () => {
    const run = await runCli(['lint', '--format', 'json', 'p.json'], { files: { 'p.json': '{"a": 1}' } });
    assert.deepEqual(rowsOf(run), [
      {
        file: 'p.json',
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 1,
        rule: 'policy-not-found',
        accessAnalyzer: null,
        category: 'error',
        severity: 'error',
        message: 'No policy was found: nothing in this file, read as JSON, has a Statement',
        path: [],
        policyType: 'identity',
      },
    ]);
    assert.equal(run.exitCode, 1);
  });

  it('gives a file without a policy the type that was asked for', async () => {
    assert.equal((await lintJson('[]', ['--policy-type', 'scp']))[0]?.policyType, 'scp');
    assert.equal((await lintJson('[]', ['--resource-type', 'AWS::S3::Bucket']))[0]?.policyType, 'resource');
  });

  it('lets a setting speak of files without a policy', async () => {
    assert.equal((await lintJson('', ['--rule', 'policy-not-found=warning']))[0]?.severity, 'warning');
    assert.deepEqual(await lintJson('', ['--rule', 'policy-*=off']), []);
  });

  it('takes the type of a policy from the command line', async () => {
    assert.equal((await lintJson(BAD, ['--policy-type', 'session']))[0]?.policyType, 'session');
    assert.equal((await lintJson(BAD, ['--resource-type', 'AWS::SQS::Queue']))[0]?.policyType, 'resource');
  });

  it('takes the type of a policy from the path where nothing else tells', async () => {
    const files = { 'scp/p.json': BAD, 'boundaries/p.json': BAD, 'p.json': BAD };
    const typeOf = async (...argv: readonly string[]) =>
      rowsOf(await runCli(['lint', '--format', 'json', ...argv], { files }))[0]?.policyType;
    assert.equal(await typeOf('scp/p.json'), 'scp');
    assert.equal(await typeOf('/home/me/boundaries/p.json'), 'boundary');
    assert.equal(await typeOf('p.json'), 'identity');
    assert.equal(await typeOf('--policy-type', 'session', 'scp/p.json'), 'session');
  });

  it('keeps the order of the files and reads a file that is named twice once', async () => {
    const run = await runCli(['lint', '--format', 'json', 'b.json', 'a.json', 'b.json'], {
      files: { 'a.json': BAD, 'b.json': BAD },
    });
    assert.deepEqual(
      rowsOf(run).map((row) => row.file),
      ['b.json', 'a.json'],
    );
  });

  it('keeps stdout to the array when a file cannot be read, and lints the others', async () => {
    const run = await runCli(['lint', '--format', 'json', 'missing.json', 'p.json'], {
      files: { 'p.json': BAD },
    });
    assert.deepEqual(
      rowsOf(run).map((row) => row.file),
      ['p.json'],
    );
    assert.equal(run.stderr, 'iam-policy: cannot read missing.json: no such file\n');
    assert.equal(run.exitCode, 2);
  });

  const LATIN = Buffer.from(BAD.replace('{', '{"Id":"\u00e9",'), 'latin1');
  for (const [encoding, bytes, problem] of [
    ['in Latin-1', LATIN, 'not UTF-8 text'],
    ['in UTF-16', Buffer.from(`\ufeff${BAD}`, 'utf16le'), 'UTF-16 text'],
    ['in UTF-16 without a byte order mark', Buffer.from(BAD, 'utf16le'), 'UTF-16 text'],
    ['in big-endian UTF-16', Buffer.from(`\ufeff${BAD}`, 'utf16le').swap16(), 'UTF-16 text'],
  ] as const) {
    it(`refuses a file ${encoding}, whether it was named or a folder has it`, async () => {
      for (const name of ['a/p.json', 'a']) {
        const run = await runCli(['lint', name], { files: { 'a/p.json': bytes } });
        assert.equal(run.stderr, `iam-policy: cannot read a/p.json: ${problem}; save it as UTF-8\n`);
        assert.equal(run.exitCode, 2);
      }
    });
  }

  it('says nothing of such a file in a folder when it seems to hold no policy', async () => {
    const files = { 'a/p.json': Buffer.from('{"Statement": "\u00e9"}', 'latin1'), 'a/q.json': BAD };
    const run = await runCli(['lint', 'a'], { files });
    assert.deepEqual([run.stderr, run.exitCode], ['', 1]);
  });

  it('promises no fix that cannot be written where a finding stands', async () => {
    const policy =
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject","s3:GetObject"],"Resource":"*"}]}';
    for (const [name, text, isPromised] of [
      ['p.json', policy, true],
      ['p.yaml', policy, true],
      ['p.py', `P = ${policy}`, false],
    ] as const) {
      const run = await runCli(['lint', name], {
        files: { [name]: text },
        createService: createLanguageService,
      });
      assert.match(run.stdout, /action-redundant/);
      assert.equal(/--fix can fix 1/.test(run.stdout), isPromised, run.stdout);
    }
  });

  it('takes an empty name for no file, and not for the working folder', async () => {
    const run = await runCli(['lint', ''], { files: { 'p.json': BAD } });
    assert.equal(run.stderr, 'iam-policy: cannot read : the name is empty\n');
    assert.equal(run.exitCode, 2);
  });

  it('applies the last setting that fits a rule', async () => {
    const severities = async (...settings: readonly string[]) =>
      (
        await lintJson(
          BAD,
          settings.flatMap((setting) => ['--rule', setting]),
        )
      ).map((row) => row.severity);
    assert.deepEqual(await severities('action-*=info'), ['info']);
    assert.deepEqual(await severities('action-bad=off', '*=warning'), ['warning']);
    assert.deepEqual(await severities('*=warning', 'action-bad=off'), []);
    assert.deepEqual(await severities('*=off', 'action-bad=default'), ['error']);
  });
});

describe('iam-policy lint: exit code', () => {
  const files = { 'error.json': BAD, 'warning.json': WARNED, 'info.json': INFORMED, 'clean.json': GOOD };
  for (const [failOn, file, exitCode] of [
    [undefined, 'error.json', 1],
    [undefined, 'warning.json', 0],
    ['error', 'warning.json', 0],
    ['warning', 'error.json', 1],
    ['warning', 'warning.json', 1],
    ['warning', 'info.json', 0],
    ['info', 'info.json', 1],
    ['info', 'clean.json', 0],
  ] as const) {
    it(`is ${exitCode} for ${file} with --fail-on ${failOn ?? '(default)'}`, async () => {
      const options = failOn === undefined ? [] : ['--fail-on', failOn];
      assert.equal((await runCli(['lint', ...options, file], { files })).exitCode, exitCode);
    });
  }

  it('is 2 when a rule fails, since silence would pass for a clean file', async () => {
    const failing = defineRule({
      meta: { id: 'always-fails', category: 'error', summary: 'Fails', since: '0.1.0', messages: {} },
      create: () => {
        throw new Error('on purpose');
      },
    });
    const run = await runCli(['lint', 'p.json'], {
      files: { 'p.json': BAD },
      createService: withRules([failing as AnyRule, ...testRules]),
    });
    assert.equal(run.exitCode, 2);
    assert.match(run.stderr, /rule always-fails failed on p\.json: Error: on purpose/);
    assert.match(run.stdout, /action-bad/);
  });

  for (const [argv, message] of [
    [['lint'], /missing required argument 'files'/],
    [['lnit', 'p.json'], /unknown command 'lnit'\n\(Did you mean lint\?\)/],
    [['lint', '--fromat', 'json', 'p.json'], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    [['lint', '--format', 'xml', 'p.json'], /Allowed choices are text, json/],
    [['lint', '--config', 'c.json', 'p.json'], /cannot read c.json: no such file/],
    [['lint', '--policy-type', 'user', 'p.json'], /Allowed choices are identity, resource, trust/],
    [['lint', '--resource-type', 's3', 'p.json'], /AWS::S3::Bucket/],
    [
      ['lint', '--policy-type', 'scp', '--resource-type', 'AWS::S3::Bucket', 'p.json'],
      /--policy-type is scp/,
    ],
    [['lint', '--rule', 'action-bad', 'p.json'], /RULE=SEVERITY/],
    [['lint', '--rule', 'action-bad=worning', 'p.json'], /Did you mean warning\?/],
    [
      ['lint', '--rule', 'acton-bad=off', 'p.json'],
      /There is no rule "acton-bad"\. Did you mean action-bad\?/,
    ],
    [['lint', '--rule', 'zebra-*=off', 'p.json'], /No rule matches "zebra-\*"\./],
    [['lint', '--fail-on', 'never', 'p.json'], /Allowed choices are error, warning, info/],
    [['lint', '--fix', '-'], /cannot rewrite standard input/],
    [['lint', '--baseline', '-', '-'], /standard input cannot be both a policy and the baseline/],
    [['lint', '--config', '-', '-'], /standard input cannot be both a policy and the configuration/],
    [['lint', '--config', '-', '--routes', '-', 'p.json'], /both the configuration and a definition/],
  ] as const) {
    it(`is 2 for: iam-policy ${argv.join(' ')}`, async () => {
      const run = await runCli(argv, { files: { 'p.json': BAD }, stdin: BAD });
      assert.match(run.stderr, message);
      assert.ok(run.stderr.startsWith('iam-policy: '), run.stderr);
      assert.equal(run.stdout, '');
      assert.equal(run.exitCode, 2);
    });
  }

  it('has help of at most 100 columns for every command, except in examples', async () => {
    const { stdout } = await runCli(['--help']);
    const commands = [...stdout.matchAll(/^ {2}([a-z]+(?:-[a-z]+)*) \[options\]/gm)].map(
      ([, name = '']) => name,
    );
    assert.ok(commands.length > 10, stdout);
    for (const command of commands) {
      const help = await runCli([command, '--help']);
      assert.deepEqual(
        help.stdout.split('\n').filter((line) => line.length > 100 && !line.startsWith('  ')),
        [],
        command,
      );
    }
  });

  it('is 0 for --version and --help, which go to stdout', async () => {
    const version = await runCli(['--version']);
    assert.deepEqual([version.stdout, version.exitCode], ['1.2.3\nno service reference\n', 0]);
    const help = await runCli(['lint', '--help']);
    assert.match(help.stdout, /^Usage: iam-policy lint/);
    assert.equal(help.exitCode, 0);
  });

  it('is 0 for --version, which says how old the service reference is', async () => {
    const ofDay = (date: string) =>
      runCli(['-V'], {
        io: {
          iamDataAssets: () => ({
            ...iamDataAssets(),
            index: JSON.stringify({ ...JSON.parse(iamDataAssets().index), date }),
          }),
        },
      });
    // The clock of the tests says 2026-01-31, at noon.
    for (const [date, age] of [
      ['2025-12-31', '31 days'],
      ['2026-01-30', '1 day'],
      ['2026-01-31', '0 days'],
      ['2026-02-05', '0 days'],
    ] as const) {
      const { stdout, exitCode } = await ofDay(date);
      assert.deepEqual([stdout, exitCode], [`1.2.3\nservice reference of ${date}, ${age} old\n`, 0]);
    }
  });

  it('is 2 without a command, and the help goes to stderr', async () => {
    const run = await runCli([]);
    assert.match(run.stderr, /^Usage: iam-policy/);
    assert.deepEqual([run.stdout, run.exitCode], ['', 2]);
  });

  it('is 2 where the working folder has been deleted, which is said', async () => {
    const resolvePath = (): string => {
      throw new Error('ENOENT: uv_cwd');
    };
    const { exitCode, stdout, stderr } = await runCli(['lint', '/p.json'], { io: { resolvePath } });
    assert.deepEqual(
      [exitCode, stdout, stderr],
      [2, '', 'iam-policy: the working folder does not exist any more\n'],
    );
    let isServed = false;
    const serveLanguage = async () => {
      isServed = true;
    };
    const serving = await runCli(['language-server', '--stdio'], { io: { resolvePath, serveLanguage } });
    assert.deepEqual([serving.exitCode, isServed], [0, true], 'a language server has no use for it');
  });

  it('is 2 for an error that nobody expected', async () => {
    const run = await runCli(['lint', 'p.json'], {
      createService: () => {
        throw new Error('on purpose');
      },
    });
    assert.match(run.stderr, /internal error: Error: on purpose/);
    assert.equal(run.exitCode, 2);
  });
});

describe('iam-policy lint: the service reference', () => {
  for (const [name, assets, reason] of [
    ['missing', () => undefined, 'it has not been compiled'],
    [
      'unreadable',
      () => {
        throw new Error('permission denied');
      },
      'permission denied',
    ],
  ] as const) {
    it(`is done without, with a line on stderr, where it is ${name}`, async () => {
      const lines: string[] = [];
      const run = await runCli(['lint', '--format', 'json', 'p.json'], {
        files: { 'p.json': BAD },
        io: { iamDataAssets: assets, stderr: { write: (text) => lines.push(text), isTty: false } },
      });
      assert.deepEqual(lines, [
        `iam-policy: no service reference (${reason}); checks that need it are skipped\n`,
      ]);
      assert.equal(rowsOf(run).length, 1);
    });
  }
});

describe('iam-policy lint: language', () => {
  const faultRule = defineRule({
    meta: {
      id: 'syntax',
      category: 'error',
      summary: 'Syntax',
      since: '0.1.0',
      messages: { fault: '{code}' },
    },
    create: (context) => ({
      policy: (policy) => {
        for (const { code, span } of policy.faults) {
          context.report({ message: 'fault', at: { node: policy.node, span }, data: { code } });
        }
      },
    }),
  });
  const text = '// why\n{"Statement":[{"Effect":"Allow","Action":"s3:Good","Resource":"*"},]}';
  const faults = async (name: string) =>
    rowsOf(
      await runCli(['lint', '--format', 'json', name], {
        files: { [name]: text },
        createService: withRules([faultRule as AnyRule]),
      }),
    ).map((row) => row.message);

  it('takes comments and trailing commas in .jsonc, and in nothing else', async () => {
    assert.deepEqual(await faults('p.jsonc'), []);
    assert.deepEqual(await faults('p.json'), ['comment-not-permitted', 'trailing-comma']);
    assert.deepEqual(await faults('p.txt'), ['comment-not-permitted', 'trailing-comma']);
  });
});

describe('iam-policy lint --fix', () => {
  const fix = (text: string, world: CliWorld = {}) =>
    runCli(['lint', '--fix', '--format', 'json', 'p.json'], { files: { 'p.json': text }, ...world });

  it('applies safe fixes, writes the file and reports what remains', async () => {
    const run = await fix('{"Statement":{"Sid":"A","Action":["s3:BAD","s3:aBAD"]}}');
    assert.equal(run.written.get('p.json'), '{"Statement":{"Sid":"A","Action":["s3:Good","s3:aGood"]}}');
    assert.deepEqual(
      rowsOf(run).map((row) => row.rule),
      ['sid-present'],
    );
    assert.equal(run.exitCode, 0);
  });

  it('goes on until nothing is left to fix', async () => {
    const run = await fix('{"Statement":{"Action":"s3:WORSE"}}');
    assert.equal(run.written.get('p.json'), '{"Statement":{"Action":"s3:Good"}}');
  });

  it('comes to an end when a fix never satisfies its rule', async () => {
    const growing = defineRule({
      meta: {
        id: 'growing',
        category: 'error',
        summary: 'Grows',
        since: '0.1.0',
        messages: { more: 'More' },
      },
      create: (context) => ({
        action: ({ node }) => {
          const span = { start: node.span.end - 1, end: node.span.end - 1 };
          const edits = () => [{ span, text: 'x' }];
          context.report({ message: 'more', at: node, fixes: [{ title: 'Grow', kind: 'safe', edits }] });
        },
      }),
    });
    const run = await fix('{"Statement":{"Action":"a"}}', { createService: withRules([growing as AnyRule]) });
    assert.match(run.written.get('p.json') ?? '', /"ax{2,}"/);
    assert.equal(run.exitCode, 1);
  });

  it('does not write a file in which nothing changes', async () => {
    const run = await fix(INFORMED);
    assert.deepEqual([...run.written], []);
  });

  it('keeps a byte order mark and the line ends', async () => {
    const run = await fix('\ufeff{"Statement":\r\n{"Action":"s3:BAD"}}\r\n');
    assert.equal(run.written.get('p.json'), '\ufeff{"Statement":\r\n{"Action":"s3:Good"}}\r\n');
  });

  it('reports the findings of the file as it is when it cannot be written', async () => {
    const run = await fix('{"Statement":{"Action":"s3:BAD"}}', { unwritable: { 'p.json': 'EACCES' } });
    assert.equal(run.stderr, 'iam-policy: cannot write p.json: permission denied\n');
    assert.deepEqual(
      rowsOf(run).map((row) => row.rule),
      ['action-bad'],
    );
    assert.equal(run.exitCode, 2);
  });
});
