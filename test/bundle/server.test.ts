import assert from 'node:assert/strict';
import { type ChildProcess, fork, spawn } from 'node:child_process';
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
const text =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Permit", "Action": "*", "Resource": "*" }] }';

describe('the bundled language server', () => {
  for (const [name, start] of Object.entries(transports)) {
    it(`answers and ends: ${name}`, async function () {
      this.timeout(20_000);
      const child = start();
      let complaint = '';
      child.stderr?.on('data', (chunk) => {
        complaint += chunk;
      });
      const ended = once(child, 'exit');
      const died = ended.then(([code]) => {
        throw new Error(`The server ended with ${code} before it was asked to:\n${complaint}`);
      });
      died.catch(() => {});
      const connection = connect(child);
      try {
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
        assert.ok(
          diagnostics.some(
            (each) => each.source === 'iam-policy' && JSON.stringify(each.message).includes('Permit'),
          ),
          JSON.stringify(diagnostics),
        );

        await connection.sendRequest(ShutdownRequest.type);
        await connection.sendNotification(ExitNotification.type);
        assert.deepEqual(await ended, [0, null]);
      } finally {
        connection.dispose();
        child.kill('SIGKILL');
      }
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
