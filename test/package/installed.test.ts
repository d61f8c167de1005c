import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';
import { provisionVsCode } from '../support/vscodeHost/provision';
import { unzip } from '../support/zip';

const { name, version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  readonly name: string;
  readonly version: string;
};
const vsix = join(repositoryRoot, `${name}-${version}.vsix`);
const tarball = join(repositoryRoot, `${name}-${version}.tgz`);
const broken = join(repositoryRoot, 'test/workspace/broken.json');
const petstore = join(repositoryRoot, 'test/workspace/petstore-invoke.json');

describe('the packages, installed from their files', function () {
  this.timeout(limit(60_000));
  let folder = '';
  let installed = '';
  let extension = '';
  /** What was built first, and the end of a second build: nothing else here looks at dist/. */
  let built: Readonly<Record<string, string>> = {};
  let rebuilt: Promise<unknown> = Promise.resolve();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-packages-'));
    built = digestsBelow(join(repositoryRoot, 'dist'));
    rebuilt = buildAgain(join(folder, 'again'));
    // The test of the second build tells it.
    rebuilt.catch(() => undefined);
    const prefix = join(folder, 'global');
    const installing = promisify(execFile)(
      'npm',
      [
        'install',
        '--global',
        '--prefix',
        prefix,
        '--offline',
        '--no-audit',
        '--no-fund',
        '--silent',
        tarball,
      ],
      { cwd: folder, shell: process.platform === 'win32' },
    );
    const modules = join(prefix, process.platform === 'win32' ? 'node_modules' : 'lib/node_modules');
    installed = join(modules, name);
    extension = join(folder, 'vsix');
    for (const [path, bytes] of unzip(vsix)) {
      mkdirSync(dirname(join(extension, path)), { recursive: true });
      writeFileSync(join(extension, path), bytes);
    }
    await installing;
  });
  after(async () => {
    await rebuilt.catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });

  it('the tarball has no dependencies and runs nothing when it is installed', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    assert.deepEqual(Object.keys(manifest).sort(), [
      'bin',
      'description',
      'engines',
      'keywords',
      'license',
      'name',
      'version',
    ]);
    assert.deepEqual(readdirSync(installed).sort(), [
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'package.json',
      'server',
    ]);
    assert.match(readFileSync(join(installed, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8'), /Apache License/);
    assert.equal(
      readdirSync(join(installed, 'dist'), { recursive: true }).some((file) =>
        /client|browser/i.test(String(file)),
      ),
      false,
    );
  });

  it('npm puts both commands on the path', function () {
    if (process.platform === 'win32') {
      skip(this, 'npm makes command files on Windows, which are started otherwise');
    }
    const command = join(folder, 'global/bin/iam-policy');
    const { status, stdout } = spawnSync(command, ['lint', broken], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stdout, /broken\.json/);
    assert.match(readFileSync(`${command}-language-server`, 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });

  for (const [title, runtimeOf] of [
    [`Node ${process.version}`, async () => process.execPath],
    ['the Node of VS Code', async () => (await provisionVsCode(() => undefined)).runtime],
  ] as const) {
    describe(`on ${title}`, () => {
      let runtime = '';
      const children: ChildProcess[] = [];

      before(async () => {
        runtime = await runtimeOf();
      });
      // A test that runs into its deadline never comes back to clean up after itself.
      afterEach(() => {
        for (const child of children.splice(0)) {
          child.kill('SIGKILL');
        }
      });

      it('the command line of either checks, explains and answers', async () => {
        const outputs = await Promise.all(
          [join(installed, 'bin/iam-policy.js'), join(extension, 'extension/dist/cli.js')].map(
            async (program) => {
              const run = (...argv: readonly string[]) => outcomeOf(runtime, [program, ...argv], folder);
              const [found, shown, page, explained, asked, refused] = await Promise.all([
                run('lint', '--format', 'json', broken),
                run('--version'),
                run('rules', 'action-unknown'),
                run('explain', 'arn:aws:s3:::bucket/*'),
                run('allows', '--action', 'execute-api:Invoke', '--resource', '*', petstore),
                run('invalidate', 'https://example.com/prod/pets', '--yes'),
              ]);
              assert.equal(found.stderr, '');
              assert.equal(found.status, 1);
              assert.match(shown.stdout, /^\d+\.\d+\.\d+\nservice reference of \d{4}-/);
              assert.match(page.stdout, /no action of this name/);
              assert.match(explained.stdout, /s3/);
              assert.ok([0, 1].includes(asked.status), asked.stderr);
              assert.equal(refused.status, 2, refused.stdout);
              return found.stdout;
            },
          ),
        );
        assert.equal(outputs[0], outputs[1]);
        assert.notEqual(outputs[0], '[]\n');
      });

      it('the language server of the tarball checks a policy and ends', async () => {
        const server = spawn(runtime, [join(installed, 'bin/iam-policy-language-server.js')]);
        children.push(server);
        const ended = once(server, 'exit');
        assert.ok(server.stdout !== null && server.stdin !== null);
        const connection = createProtocolConnection(
          new StreamMessageReader(server.stdout),
          new StreamMessageWriter(server.stdin),
        );
        const published = new Promise<PublishDiagnosticsParams>((resolve) => {
          connection.onNotification(PublishDiagnosticsNotification.type, resolve);
        });
        connection.listen();
        await connection.sendRequest(InitializeRequest.type, {
          processId: process.pid,
          rootUri: null,
          capabilities: {},
        });
        await connection.sendNotification(InitializedNotification.type, {});
        const text = readFileSync(broken, 'utf8');
        await connection.sendNotification(DidOpenTextDocumentNotification.type, {
          textDocument: { uri: 'file:///sample/broken.json', languageId: 'json', version: 1, text },
        });
        assert.notEqual((await published).diagnostics.length, 0);
        await connection.sendRequest(ShutdownRequest.type);
        await connection.sendNotification(ExitNotification.type);
        assert.deepEqual(await ended, [0, null]);
        connection.dispose();
      });
    });
  }

  it('a second build gives the same bytes', async function () {
    this.timeout(limit(120_000));
    await rebuilt;
    assert.deepEqual(digestsBelow(join(repositoryRoot, 'dist')), built);
    for (const file of [vsix, tarball]) {
      const second = join(folder, 'again', file.slice(repositoryRoot.length + 1));
      assert.equal(digest(second), digest(file), `${second} has other bytes`);
    }
  });
});

/**
 * Bundles and packages once more, as somebody whose files nobody else may read; the packages go to a folder, the bundles to
 * dist/ as ever.
 */
async function buildAgain(out: string): Promise<void> {
  for (const argv of [
    ['esbuild.mjs', '--production'],
    ['server/scripts/package.mjs', '--no-build', '--out', out],
  ]) {
    const umask = process.umask(0o077);
    const outcome = outcomeOf(process.execPath, argv, repositoryRoot);
    process.umask(umask);
    const { status, stderr } = await outcome;
    assert.equal(status, 0, stderr);
  }
}

interface Outcome {
  /** 128 where it was ended by a signal. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program beside others. */
function outcomeOf(program: string, argv: readonly string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(program, argv, { cwd, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({
        status: typeof error?.code === 'number' ? error.code : error === null ? 0 : 128,
        stdout,
        stderr,
      });
    });
  });
}

function digestsBelow(below: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(below, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file, digest(file)]),
  );
}

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
