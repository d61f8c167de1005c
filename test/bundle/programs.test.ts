import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

const dist = join(repositoryRoot, 'dist');

describe('the bundled programs', () => {
  it('are exactly these, so that none goes untested', () => {
    const programs = readdirSync(dist).filter((file) => file.endsWith('.js'));
    assert.deepEqual(programs.sort(), [
      'background.js',
      'cli.js',
      'client.js',
      'server.js',
      'web.js',
      'webclient.js',
      'webserver.js',
      'worker.js',
    ]);
  });

  it('dist/cli.js prints its version', () => {
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
      version: string;
    };
    const { status, stdout, stderr } = cli('--version');
    assert.deepEqual(
      { status, first: stdout.split('\n')[0], stderr },
      { status: 0, first: version, stderr: '' },
    );
  });

  it('dist/cli.js starts with a line that makes it a command', () => {
    assert.match(readFileSync(join(dist, 'cli.js'), 'utf8'), /^#!\/usr\/bin\/env node\n/);
  });

  it('dist/cli.js checks a policy with the reference data that is shipped', () => {
    const { status, stdout, stderr } = cli('lint', '--format', 'json', 'test/workspace/broken.json');
    assert.equal(status, 1, stderr);
    const findings = JSON.parse(stdout) as readonly { rule: string }[];
    assert.ok(
      findings.some((finding) => finding.rule === 'action-unknown'),
      stdout,
    );
  });

  it('dist/client.js loads beside the `vscode` module and exports what VS Code calls', () => {
    // Outside VS Code there is no such module: an empty one shows that loading alone runs nothing.
    const folder = mkdtempSync(join(tmpdir(), 'iam-policy-client-'));
    const preload = join(folder, 'vscode.cjs');
    writeFileSync(preload, vscodeStandIn);
    try {
      const script = `const client = require(${JSON.stringify(join(dist, 'client.js'))});
        process.stdout.write(typeof client.activate);`;
      const { stdout, stderr } = spawnSync(process.execPath, ['--require', preload, '-e', script], {
        encoding: 'utf8',
      });
      // Node quotes the line at fault, which in a minified bundle is everything.
      assert.equal(stdout, 'function', stderr.slice(-2000));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('need nothing but Node and, in the client, `vscode`', () => {
    const builtins = new Set(createRequire(__filename)('node:module').builtinModules as readonly string[]);
    for (const program of ['cli', 'client', 'server', 'webclient', 'webserver']) {
      const metafile = JSON.parse(
        readFileSync(join(repositoryRoot, 'out/meta', `${program}.json`), 'utf8'),
      ) as Metafile;
      const outside = Object.values(metafile.outputs)
        .flatMap((output) => output.imports)
        .filter((each) => each.external)
        .map((each) => each.path.replace(/^node:/, ''))
        .filter((path) => program.startsWith('web') || !builtins.has(path));
      assert.deepEqual([...new Set(outside)], program.endsWith('client') ? ['vscode'] : [], program);
    }
  });
});

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly imports: readonly { readonly path: string; readonly external?: boolean }[] }>
  >;
}

/** A `vscode` whose members, and theirs in turn, can be read, called and extended, and do nothing. */
const vscodeStandIn = `
const Module = require('node:module');
const load = Module._load;
const member = () =>
  new Proxy(class {}, { get: (own, name) => (name in own ? own[name] : member()), apply: () => member() });
// As a prototype, because a bundle copies what the module itself owns and keeps only that and the prototype.
const vscode = Object.assign(Object.create(member()), { version: '1.91.0' });
Module._load = (request, ...rest) => (request === 'vscode' ? vscode : load(request, ...rest));
`;

function cli(...args: readonly string[]) {
  return spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], {
    cwd: repositoryRoot,
    encoding: 'utf8',
  });
}
