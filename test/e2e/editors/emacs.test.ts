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
  readonly diagnostics: readonly { readonly line: number; readonly text: string; readonly message: string }[];
  readonly hover: string;
  readonly actions: readonly string[];
  readonly words: readonly string[];
  /** The text of the buffer after the code action, and after the renaming that follows. */
  readonly mended: string;
  readonly renamed: string;
}

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Pets",
      "Effect": "Allow",
      "Action": ["execute-api:Invoke", "execute-api:InvalidateCach"],
      "Resource": "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/prod/get/pets"
    }
  ]
}
`;

describe('Emacs with eglot', () => {
  let folder = '';
  let report: Report;

  before(async function () {
    this.timeout(limit(60_000));
    try {
      execFileSync('emacs', ['--batch', '-q', '-l', 'eglot'], { stdio: 'ignore' });
    } catch {
      skip(this, 'emacs with eglot (Debian: emacs-nox, elpa-eglot) is not installed');
    }
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-emacs-'));
    report = await askEmacs(folder);
  });
  after(() => {
    if (folder !== '') {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('shows what is wrong where it is wrong', () => {
    assert.deepEqual(
      report.diagnostics.map(({ line, text }) => [line, text]).sort(),
      [
        [7, 'InvalidateCach'],
        [8, 'get'],
      ],
      JSON.stringify(report.diagnostics),
    );
  });

  it('explains what is under point, and completes', () => {
    assert.match(report.hover, /method/i);
    assert.ok(report.words.includes('execute-api:ManageConnections'), report.words.join(', '));
  });

  it('mends by a code action', () => {
    assert.ok(report.actions.includes('Replace with GET'), report.actions.join(', '));
    assert.equal(report.mended, POLICY.replace('/get/', '/GET/'));
  });

  it('renames a Sid', () => {
    assert.equal(report.renamed, report.mended.replace('"Pets"', '"Animals"'));
  });
});

async function askEmacs(folder: string): Promise<Report> {
  const file = join(folder, 'policy.json');
  const path = join(folder, 'report.json');
  writeFileSync(file, POLICY);
  const emacs = spawn('emacs', ['--batch', '-q', '-l', join(repositoryRoot, 'test/e2e/editors/emacs.el')], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      COMMAND: JSON.stringify([
        process.execPath,
        join(repositoryRoot, 'dist/cli.js'),
        'language-server',
        '--stdio',
      ]),
      FILE: file,
      REPORT: path,
      HOVER: '/prod/ge',
      COMPLETE: '"execute-api:',
      SID: '"Pe',
      ACTION: 'Replace with GET',
      NAME: 'Animals',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [emacs.stdout, emacs.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const patience = setTimeout(() => emacs.kill('SIGKILL'), limit(40_000));
  try {
    const [code] = await once(emacs, 'exit');
    assert.equal(code, 0, `emacs gave up: ${output}`);
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } finally {
    clearTimeout(patience);
  }
}
