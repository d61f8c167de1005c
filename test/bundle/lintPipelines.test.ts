import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commandLineFile } from '../support/commandLine';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { step } from '../support/thorough';

const CLI = commandLineFile();
const PAGE = readFileSync(join(repositoryRoot, 'server/docs/pipelines.md'), 'utf8');

/** The blocks of a language under a heading. */
function blocks(heading: string, language: string): readonly string[] {
  const section = PAGE.split(/^#+ /m).find((each) => each.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text = '']) => text,
  );
}

const policy = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: action, Resource: '*' } });

describe('the checks of the documentation', function () {
  this.timeout(limit(60_000));
  let folder: string;

  function sh(script: string, variables: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH: `${folder}/.bin:${process.env.PATH}`, HOME: folder, ...variables },
    });
    return { code: status, stdout, stderr };
  }

  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

  /** What every test begins with a copy of. */
  let begun: string;
  before(() => {
    folder = begun = mkdtempSync(join(tmpdir(), 'checks-'));
    mkdirSync(join(folder, '.bin'));
    write('.bin/iam-policy', `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
    chmodSync(join(folder, '.bin/iam-policy'), 0o755);
    write('.gitignore', '.bin\n');
    write('old.json', policy('s3:GetObjekt'));
    const { code, stderr } = sh(
      'git init -q -b main . && git config user.email a@example.com && git config user.name A && git add . && git commit -qm one && git update-ref refs/remotes/origin/main HEAD && git switch -qc work',
    );
    assert.equal(code, 0, stderr);
  });
  after(() => rmSync(begun, { recursive: true, force: true }));

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'checks-'));
    cpSync(begun, folder, { recursive: true, preserveTimestamps: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('run in GitHub Actions: annotations of what changed, and a log of everything', () => {
    const [workflow = ''] = blocks('Checks in GitHub Actions', 'yaml');
    const { jobs } = parse(workflow) as {
      jobs: { lint: { steps: readonly { run?: string; uses?: string; with?: Record<string, unknown> }[] } };
    };
    const [changed = '', whole = '', ...others] = jobs.lint.steps.flatMap(({ run }) => run ?? []);
    assert.deepEqual(others, []);
    const variables = { GITHUB_BASE_REF: 'main' };
    const unchanged = sh(changed, variables);
    assert.deepEqual([unchanged.code, unchanged.stdout], [0, '']);
    write('new.json', policy('s3:GetObjects'));
    const { code, stdout } = sh(changed, variables);
    assert.equal(code, 1);
    assert.match(stdout, /^::warning file=new\.json,line=1,.*title=action-unknown::/);
    assert.ok(!stdout.includes('old.json'));
    assert.equal(sh(whole, variables).code, 0);
    const upload = jobs.lint.steps.find(({ uses }) => uses?.startsWith('github/codeql-action/upload-sarif'));
    const log = JSON.parse(readFileSync(join(folder, String(upload?.with?.sarif_file)), 'utf8'));
    assert.equal(log.runs[0].results.length, 2);
  });

  it('run in GitLab: what is known does not fail, what is new does', () => {
    const [job = ''] = blocks('Checks in GitLab', 'yaml');
    const [once = ''] = blocks('Checks in GitLab', 'sh');
    const { policies } = parse(job) as {
      policies: { script: readonly string[]; artifacts: { reports: { codequality: string } } };
    };
    const [script = ''] = policies.script;
    write('worse.json', policy('nothing'));
    assert.equal(sh(once).code, 0);
    assert.equal(sh(script).code, 0);
    write('newer.json', policy('less'));
    assert.equal(sh(script).code, 1);
    const rows = JSON.parse(readFileSync(join(folder, policies.artifacts.reports.codequality), 'utf8'));
    assert.deepEqual(
      rows.map(({ location }: { location: { path: string } }) => location.path),
      ['newer.json'],
    );
  });

  it('run elsewhere, with results of tests', () => {
    const [script = ''] = blocks('Others', 'sh');
    assert.equal(sh(script).code, 0);
    assert.match(
      readFileSync(join(folder, 'iam-policy.xml'), 'utf8'),
      /<testsuite name="old\.json" tests="1"/,
    );
  });

  it('run before a commit, as the hooks of the repository and of the documentation say', () => {
    const hooks = parse(readFileSync(join(repositoryRoot, '.pre-commit-hooks.yaml'), 'utf8')) as readonly {
      id: string;
      entry: string;
      language: string;
    }[];
    assert.deepEqual(
      hooks.map(({ id, language }) => [id, language]),
      [
        ['iam-policy-lint', 'system'],
        ['iam-policy-fix', 'system'],
      ],
    );
    const [local = ''] = blocks('Before a commit', 'yaml');
    const own = parse(local) as { repos: readonly [{ hooks: readonly { entry: string }[] }] };
    assert.equal(own.repos[0].hooks[0]?.entry, hooks[0]?.entry);
    write('package.json', '{"name": "no policy"}');
    write('bad.json', policy('nothing'));
    for (const { entry } of hooks) {
      // As pre-commit does: the names of the files follow.
      assert.equal(sh(`${entry} package.json old.json`).code, 0);
      assert.equal(sh(`${entry} package.json bad.json`).code, 1);
    }
  });

  it('tell what changed since a branch was left, whatever is committed and wherever one stands', () => {
    mkdirSync(join(folder, 'sub dir'));
    const changed = (where: string, revision = 'origin/main', threads = 'auto') => {
      const { stdout, code, stderr } = sh(
        `cd '${where}' && iam-policy lint --format json --concurrency ${threads} --changed-since ${revision} . ../old.json 2>&1 || test $? -eq 1`,
      );
      assert.equal(code, 0, stderr + stdout);
      return [...new Set(JSON.parse(stdout).map(({ file }: { file: string }) => file))];
    };
    assert.deepEqual(changed('sub dir'), []);
    write('sub dir/staged é.json', policy('s3:GetObjects'));
    sh('git add . && git commit -qm two && git switch -q main');
    write('main.json', policy('s3:GetObjects'));
    sh(
      'git add . && git commit -qm three && git update-ref refs/remotes/origin/main HEAD && git switch -q work',
    );
    assert.deepEqual(changed('sub dir'), ['staged é.json']);
    write('sub dir/untracked.json', policy('s3:GetObjects'));
    write('old.json', policy('s3:GetObjectts'));
    for (const threads of ['off', '3']) {
      assert.deepEqual(
        changed('sub dir', 'origin/main', threads).sort(),
        ['../old.json', 'staged é.json', 'untracked.json'],
        threads,
      );
    }
    sh('git rm -q --cached old.json');
    assert.deepEqual(changed('sub dir', 'HEAD').sort(), ['../old.json', 'untracked.json']);
  });

  it('say why where that cannot be told', () => {
    for (const [revision, why] of [
      ['nope', /git knows no such revision/],
      ['--output=x', /that is not a revision/],
      ["''", /that is not a revision/],
    ] as const) {
      const { code, stderr } = sh(`iam-policy lint --changed-since=${revision} .`);
      assert.equal(code, 2);
      assert.match(stderr, why);
    }
    rmSync(join(folder, '.git'), { recursive: true });
    const { code, stderr } = sh('iam-policy lint --changed-since HEAD .');
    assert.equal(code, 2);
    assert.match(stderr, /git says: not a git repository/);
  });

  it('end quietly where the reader leaves', () => {
    for (let index = 0; index < 50; index += 1) {
      write(`p${index}.json`, policy(`s3:Nothing${index}`));
    }
    const formats = ['text', 'sarif', 'github', 'json', 'gitlab', 'junit'];
    for (const format of formats.filter((_, index) => index % step(1, 2) === 0)) {
      const { stderr, stdout } = sh(`iam-policy lint --format ${format} . | head -c 10`);
      assert.deepEqual([stderr, stdout.length], ['', 10], format);
    }
  });
});
