import { strict as assert } from 'node:assert';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
const file = join(repositoryRoot, 'test/workspace/broken.json');

const ACTION = 'Replace with GET';
const SERVICE = '"execute-api:';

describe('Neovim over stdio', () => {
  let report: Report;

  before(async function () {
    this.timeout(limit(60_000));
    try {
      execFileSync('nvim', ['--version'], { stdio: 'ignore' });
    } catch {
      skip(this, 'nvim is not installed');
    }
    report = await askNeovim();
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
    assert.deepEqual(shown.sort(byPlace), findings().sort(byPlace));
    assert.ok(report.diagnostics.every((each) => each.source === 'iam-policy'));
  });

  it('explains and mends what is under the cursor', () => {
    assert.match(report.hover, /method/i);
    assert.ok(report.actions.includes(ACTION), report.actions.join(', '));
    assert.match(report.mended, /\/GET\//);
  });

  it('completes an action and says what it does', () => {
    assert.ok(report.words.includes('execute-api:ManageConnections'), report.words.join(', '));
    assert.match(report.documentation, /access level Write/);
  });
});

async function askNeovim(): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-neovim-'));
  const path = join(folder, 'report.json');
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.includes('/get/'));
  const action = lines.findIndex((text) => text.includes(SERVICE));
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
        REPORT: path,
        LINE: String(line),
        COLUMN: String((lines[line] ?? '').indexOf('/get/') + 2),
        ACTION,
        COMPLETE_LINE: String(action),
        COMPLETE_COLUMN: String((lines[action] ?? '').indexOf(SERVICE) + SERVICE.length),
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
  const patience = setTimeout(() => nvim.kill('SIGKILL'), 40_000);
  try {
    const [code] = await once(nvim, 'exit');
    assert.equal(code, 0, `nvim gave up: ${output}`);
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } finally {
    clearTimeout(patience);
    rmSync(folder, { recursive: true, force: true });
  }
}

function findings(): Finding[] {
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
