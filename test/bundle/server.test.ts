import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

/** Every way in which the shipped programs offer the language server. */
const transports: Readonly<Record<string, () => ChildProcess>> = {
  'dist/server.js over IPC': () =>
    fork(dist('server.js'), ['--node-ipc', `--clientProcessId=${process.pid}`], { silent: true }),
  'dist/server.js over stdio': () => spawn(process.execPath, [dist('server.js'), '--stdio']),
  'dist/cli.js language-server --stdio': () =>
    spawn(process.execPath, [dist('cli.js'), 'language-server', '--stdio']),
};

const uri = 'file:///sample/policy.json';
const resource = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/get/pets';
const text = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "${resource}" }]
}`;

describe('the bundled language server', function () {
  this.timeout(limit(20_000));
  let child: ChildProcess | undefined;

  // A test that runs into its deadline never comes back to clean up after itself.
  afterEach(() => {
    child?.kill('SIGKILL');
    child = undefined;
  });

  it('says what it is called with, and leaves', () => {
    const run = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [dist('server.js'), ...args], {
        encoding: 'utf8',
        input: '',
      });
      return { status, stdout, stderr };
    };
    assert.match(run('--version').stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(run('--help').stdout, /--stdio .*\n/);
    assert.deepEqual([run('--version').status, run('--help').status], [0, 0]);
    for (const args of [[], ['--socket'], ['--socket=99999'], ['--socket', 'x'], ['--stdout']]) {
      const { status, stdout, stderr } = run(...args);
      assert.match(stderr, /^How to talk to the client is missing\..*--stdio /s, args.join(' '));
      assert.deepEqual([status, stdout], [1, '']);
    }
  });

  for (const [name, start] of Object.entries(transports)) {
    it(`checks a policy and ends: ${name}`, async () => {
      const server = start();
      child = server;
      let complaint = '';
      server.stderr?.on('data', (chunk) => {
        complaint += chunk;
      });
      const ended = once(server, 'exit');
      const died = ended.then(([code]) => {
        throw new Error(`The server ended with ${code} before it was asked to:\n${complaint}`);
      });
      // Ending is what is expected later on, when nobody listens to this any more.
      died.catch(() => {});
      const connection = connect(server);
      const published = new Promise<PublishDiagnosticsParams>((resolve) => {
        connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
          if (params.diagnostics.length > 0) resolve(params);
        });
      });
      connection.listen();

      const { capabilities, serverInfo } = await Promise.race([
        connection.sendRequest(InitializeRequest.type, {
          processId: process.pid,
          rootUri: null,
          // No pull diagnostics: the server has to push, which needs its timers too.
          capabilities: {},
        }),
        died,
      ]);
      assert.notEqual(capabilities.textDocumentSync, undefined);
      assert.notEqual(serverInfo, undefined);
      await connection.sendNotification(InitializedNotification.type, {});
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: 'json', version: 1, text },
      });
      const { diagnostics } = await Promise.race([published, died]);
      assert.deepEqual(
        diagnostics.map(({ source, code, range }) => ({ source, code, line: range.start.line })),
        [{ source: 'iam-policy', code: 'execute-api-method-case', line: 2 }],
      );

      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      assert.deepEqual(await ended, [0, null]);
    });
  }
});

function connect(child: ChildProcess): ProtocolConnection {
  if (child.send !== undefined) {
    return createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  }
  assert.ok(child.stdout && child.stdin);
  return createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
}

function dist(name: string): string {
  return join(repositoryRoot, 'dist', name);
}
