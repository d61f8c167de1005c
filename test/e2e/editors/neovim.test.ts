import { strict as assert } from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limit } from '../../support/patience';
import { repositoryRoot } from '../../support/repository';
import { skip } from '../../support/skip';

interface Report {
  readonly diagnostics: readonly {
    readonly line: number;
    readonly column: number;
    readonly endLine: number;
    readonly endColumn: number;
    readonly rule: string;
    readonly message: string;
    readonly severity: number;
    readonly source: string;
  }[];
  readonly hover: string;
  readonly actions: readonly string[];
  /** What completion offers, what it says of the first of them, and the hovered line after the code action. */
  readonly words: readonly string[];
  readonly documentation: string;
  readonly mended: string;
  /** The line of the Sid after its renaming; empty where there is none. */
  readonly renamed: string;
}

/** What `iam-policy lint --format json` prints of a finding; product contract. */
interface Finding {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly message: string;
}

const cli = join(repositoryRoot, 'dist/cli.js');
const broken = join(repositoryRoot, 'test/workspace/broken.json');

const ACTION = 'Replace with GET';

/** A template of AWS SAM with the mistakes that are asked about. */
const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Version: '2012-10-17'
          Statement:
            - Effect: Allow
              Action:
                - execute-api:Invoke
                - execute-api:InvalidateCach
              Resource: !Sub arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/prod/get/pets # the route
`;

/** A data source of Terraform with the same. */
const MODULE = `data "aws_iam_policy_document" "caller" {
  statement {
    actions = [
      "execute-api:Invoke",
      "execute-api:InvalidateCach",
    ]
    resources = [
      "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/prod/get/pets", # the route
    ]
  }
}
`;

describe('Neovim over stdio', () => {
  let report: Report;
  const file = broken;

  before(async function () {
    this.timeout(limit(60_000));
    try {
      execFileSync('nvim', ['--version'], { stdio: 'ignore' });
    } catch {
      skip(this, 'nvim is not installed');
    }
    report = await askNeovim({ file, filetype: 'json', service: '"execute-api:' });
  });

  it('shows the same findings as the command line, at the same places', () => {
    const shown = report.diagnostics.map((each) => ({
      line: each.line + 1,
      column: each.column + 1,
      endLine: each.endLine + 1,
      endColumn: each.endColumn + 1,
      rule: each.rule,
      message: each.message,
    }));
    assert.deepEqual(shown.sort(byPlace), findings(file).sort(byPlace));
    assert.ok(report.diagnostics.every((each) => each.source === 'iam-policy'));
  });

  it('explains and mends what is under the cursor', () => {
    assert.match(report.hover, /method/i);
    assert.ok(report.actions.includes(ACTION), report.actions.join(', '));
    assert.match(report.mended, /\/GET\//);
  });

  it('renames a Sid', () => {
    assert.equal(report.renamed.trim(), '"Sid": "readPets",');
  });

  it('completes an action and says what it does', () => {
    assert.ok(report.words.includes('execute-api:ManageConnections'), report.words.join(', '));
    assert.match(report.documentation, /access level Write/);
  });
});

for (const [name, filetype, text, service, mended] of [
  [
    'a template in YAML',
    'yaml',
    TEMPLATE,
    '- execute-api:',
    /!Sub arn:.*\$\{Api\}\/prod\/GET\/pets # the route$/,
  ],
  [
    'a configuration of Terraform',
    'terraform',
    MODULE,
    '"execute-api:',
    /"arn:.*\/prod\/GET\/pets", # the route$/,
  ],
] as const) {
  describe(`Neovim over stdio, on ${name}`, () => {
    let report: Report;
    let folder: string;

    before(async function () {
      this.timeout(limit(60_000));
      try {
        execFileSync('nvim', ['--version'], { stdio: 'ignore' });
      } catch {
        skip(this, 'nvim is not installed');
      }
      folder = mkdtempSync(join(tmpdir(), 'iam-policy-template-'));
      const file = join(folder, filetype === 'yaml' ? 'template.yaml' : 'main.tf');
      writeFileSync(file, text);
      report = await askNeovim({ file, filetype, service });
      assert.deepEqual(
        report.diagnostics.map(({ line, column, rule }) => `${line + 1}:${column + 1} ${rule}`).sort(),
        findings(file)
          .map(({ line, column, rule }) => `${line}:${column} ${rule}`)
          .sort(),
      );
    });

    after(() => {
      if (folder !== undefined) {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('explains, mends and completes, and keeps what stands around', () => {
      assert.match(report.hover, /method/i);
      assert.ok(report.actions.includes(ACTION), report.actions.join(', '));
      assert.match(report.mended, mended);
      assert.ok(report.words.includes('execute-api:ManageConnections'), report.words.join(', '));
    });
  });
}

async function askNeovim({
  file,
  filetype,
  service,
}: {
  readonly file: string;
  readonly filetype: string;
  /** The beginning of an action that is to be completed. */
  readonly service: string;
}): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-neovim-'));
  const path = join(folder, 'report.json');
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('/get/'));
  const action = lines.findIndex((text) => text.includes(service));
  const sid = lines.findIndex((text) => text.includes('"Sid": "'));
  const nvim = spawn(
    'nvim',
    ['--headless', '--clean', '-S', join(repositoryRoot, 'test/e2e/editors/neovim.lua')],
    {
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
        COMMAND: JSON.stringify([process.execPath, cli, 'language-server', '--stdio']),
        FILE: file,
        FILETYPE: filetype,
        REPORT: path,
        LINE: String(line),
        COLUMN: String((lines[line] ?? '').indexOf('/get/') + 2),
        ACTION,
        NAME: 'readPets',
        ...(sid === -1
          ? {}
          : { SID_LINE: String(sid), SID_COLUMN: String((lines[sid] ?? '').indexOf('"Sid": "') + 9) }),
        COMPLETE_LINE: String(action),
        COMPLETE_COLUMN: String((lines[action] ?? '').indexOf(service) + service.length),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  nvim.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  nvim.stderr.on('data', (chunk) => {
    output += String(chunk);
  });
  const patience = setTimeout(() => nvim.kill('SIGKILL'), limit(40_000));
  try {
    const [code] = await once(nvim, 'exit');
    assert.equal(code, 0, `nvim gave up: ${output}`);
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } finally {
    clearTimeout(patience);
    rmSync(folder, { recursive: true, force: true });
  }
}

function findings(file: string): Finding[] {
  let output: string;
  try {
    output = execFileSync(process.execPath, [cli, 'lint', '--format', 'json', file], { encoding: 'utf8' });
  } catch (error) {
    // Exit code 1 says that there are findings.
    output = String((error as { stdout?: unknown }).stdout);
  }
  return (JSON.parse(output) as Finding[]).map(({ line, column, endLine, endColumn, rule, message }) => ({
    line,
    column,
    endLine,
    endColumn,
    rule,
    message,
  }));
}

function byPlace(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column;
}
