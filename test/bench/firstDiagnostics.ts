import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { repositoryRoot } from '../support/repository';
import { provisionVsCode } from '../support/vscodeHost/provision';
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

/** What runs a server, and what of its environment differs. */
interface Runtime {
  readonly program: string;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Our server against VS Code's for JSON, which takes turns with it, on this Node and on that of VS Code as VS Code starts
 * it; both times ours has what was compiled the last time. The other one is no package of ours: its folder is named by
 * `--json-server`, as `npm install vscode-json-languageserver` makes it.
 */
export async function firstDiagnosticsRow(jsonServer: string | undefined): Promise<void> {
  const own = join(repositoryRoot, 'dist/server.js');
  if (jsonServer === undefined || !existsSync(own)) {
    console.log('First diagnostics: left out, since no --json-server names the server of VS Code for JSON.');
    return;
  }
  const other = join(jsonServer, 'bin/vscode-json-languageserver');
  const name = `first diagnostics, ${STATEMENTS} statements`;
  const folder = mkdtempSync(join(tmpdir(), 'iam-policy-compiled-'));
  try {
    const here = { program: process.execPath };
    const kept = { ...here, env: { XDG_CACHE_HOME: folder } };
    await startOf(own, kept);
    await compare(name, [own, kept], [other, here]);
    const { runtime: program } = await provisionVsCode(console.log);
    const ours = { program, env: { NODE_COMPILE_CACHE: folder } };
    await startOf(own, ours);
    await compare(`${name}, as VS Code starts them`, [own, ours], [other, { program }]);
  } catch (error) {
    console.log(`First diagnostics on the Node of VS Code: left out, since it is not here: ${error}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Server = readonly [script: string, runtime: Runtime];

async function compare(name: string, own: Server, other: Server): Promise<void> {
  const starts: { readonly own: Start[]; readonly other: Start[] } = { own: [], other: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    starts.own.push(await startOf(...own));
    starts.other.push(await startOf(...other));
  }
  const middle = (of: readonly Start[], by: 'wall' | 'processor'): number =>
    median(of.map((start) => start[by] ?? Number.NaN));
  const [ours, theirs] = [starts.own, starts.other];
  const processor = middle(ours, 'processor') / middle(theirs, 'processor');
  row(
    name,
    [
      `JSON server ${middle(theirs, 'wall').toFixed(0)} ms`,
      `${middle(ours, 'wall').toFixed(0)} ms`,
      ...(Number.isNaN(processor) ? [] : [`of the processor x ${processor.toFixed(2)}`]),
    ],
    middle(ours, 'wall') / middle(theirs, 'wall'),
    1,
  );
}

async function startOf(script: string, { program, env }: Runtime): Promise<Start> {
  const begun = performance.now();
  const server = spawn(program, [script, '--stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
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
    const start = await Promise.race([shown, ended]);
    // What was compiled is kept by one that ends in peace.
    const exit = once(server, 'exit');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await exit;
    return start;
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
