import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { repositoryRoot } from '../support/repository';
import { policyOf } from './documents';
import { median } from './measure';
import { row } from './table';

const ROUNDS = 7;
const STATEMENTS = 2_000;

/** From the start of a server to the first diagnostics of a policy that it is shown. */
interface Start {
  readonly wall: number;
  /** Of the processor; absent where the system does not tell. */
  readonly processor: number | undefined;
}

/**
 * Our server against VS Code's for JSON, which takes turns with it. That one is no package of ours: its folder is named by
 * `--json-server`, as `npm install vscode-json-languageserver` makes it.
 */
export async function firstDiagnosticsRow(jsonServer: string | undefined): Promise<void> {
  const own = join(repositoryRoot, 'dist/server.js');
  if (jsonServer === undefined || !existsSync(own)) {
    console.log('First diagnostics: left out, since no --json-server names the server of VS Code for JSON.');
    return;
  }
  const other = join(jsonServer, 'bin/vscode-json-languageserver');
  const starts: { readonly own: Start[]; readonly other: Start[] } = { own: [], other: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    starts.own.push(await startOf(own));
    starts.other.push(await startOf(other));
  }
  const middle = (of: readonly Start[], by: 'wall' | 'processor'): number =>
    median(of.map((start) => start[by] ?? Number.NaN));
  const [ours, theirs] = [starts.own, starts.other];
  const processor = middle(ours, 'processor') / middle(theirs, 'processor');
  row(
    `first diagnostics, ${STATEMENTS} statements`,
    [
      `JSON server ${middle(theirs, 'wall').toFixed(0)} ms`,
      `${middle(ours, 'wall').toFixed(0)} ms`,
      ...(Number.isNaN(processor) ? [] : [`of the processor x ${processor.toFixed(2)}`]),
    ],
    middle(ours, 'wall') / middle(theirs, 'wall'),
    1,
  );
}

async function startOf(script: string): Promise<Start> {
  const begun = performance.now();
  const server = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  try {
    const shown = new Promise<Start>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', () =>
        resolve({ wall: performance.now() - begun, processor: processorMsOf(server.pid ?? 0) }),
      );
    });
    // Else nothing would be waited for any more, and the bench would end without a word.
    const ended = new Promise<never>((_, reject) => {
      server.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
    });
    ended.catch(() => undefined);
    // Whatever the server asks of its client has no answer.
    connection.onRequest(() => null);
    connection.listen();
    const initialize = { processId: process.pid, rootUri: null, capabilities: {} };
    await Promise.race([connection.sendRequest('initialize', initialize), ended]);
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: {
        uri: 'file:///first.json',
        languageId: 'json',
        version: 1,
        text: policyOf(STATEMENTS),
      },
    });
    return await Promise.race([shown, ended]);
  } finally {
    connection.dispose();
    server.kill();
  }
}

/** By Linux (proc(5), /proc/pid/stat), in hundredths of a second. */
function processorMsOf(pid: number): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return 10 * (Number(fields[11]) + Number(fields[12]));
  } catch {
    return undefined;
  }
}
