import assert from 'node:assert/strict';
import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

describe('npm start', function () {
  this.timeout(limit(180_000));
  let child: ChildProcess | undefined;

  afterEach(() => {
    child?.kill('SIGKILL');
  });

  it('shows findings, serves VS Code and a gateway, and leaves nothing behind', async () => {
    const started = start();
    child = started;
    const output = await linesUntil(started, 'Ctrl-C ends everything.');

    assert.match(output, /broken\.json:\d+:\d+ error/);
    const gateway = /API Gateway on this machine: (\S+)/.exec(output)?.[1];
    const vsCode = /VS Code: (\S+)/.exec(output)?.[1];
    const workspace = /Workspace: (\S+)/.exec(output)?.[1];
    assert.ok(gateway && vsCode && workspace, output);
    assert.equal((await fetch(vsCode)).status, 200);
    // What the Explorer of such a window opens has its findings: the tests of the keyboard look at that.
    assert.equal(new URL(vsCode).searchParams.get('folder'), workspace);
    assert.notEqual((await fetch(gateway)).status, undefined);
    assert.ok(existsSync(join(workspace, 'seed.json')));

    started.kill('SIGTERM');
    await once(started, 'exit');
    await Promise.all([gone(vsCode), gone(gateway)]);
    assert.ok(!existsSync(workspace), `${workspace} is left`);
  });
});

function start(): ChildProcessByStdio<null, Readable, null> {
  // As on a machine without a screen: nothing may pop up on the developer's.
  const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return spawn(process.execPath, [join(repositoryRoot, 'test/support/start.mjs'), '--no-build'], {
    env: { ...env, VSCODE_HOST: 'server' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function linesUntil(started: ChildProcess, last: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    assert.ok(started.stdout);
    createInterface(started.stdout).on('line', (line) => {
      lines.push(line);
      if (line === last) resolve(lines.join('\n'));
    });
    started.once('exit', (code) => reject(new Error(`It ended with ${code}:\n${lines.join('\n')}`)));
  });
}

/** Resolves when nobody listens there any more; a killed server may take a moment. */
async function gone(url: string): Promise<void> {
  for (;;) {
    try {
      await (await fetch(url)).arrayBuffer();
    } catch {
      return;
    }
  }
}
