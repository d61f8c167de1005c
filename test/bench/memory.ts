import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { repositoryRoot } from '../support/repository';
import { policyOf, statementsFor } from './documents';
import { row } from './table';

const SERVER = join(repositoryRoot, 'dist/server.js');

const LARGE = 2_000;
/** How many megabytes the server may grow by. */
const MOST_OF_LARGE = 20;
const MOST_OF_EDITS = 10;
const MOST_OF_MANY = 60;
const MOST_OF_HUGE = 100;

const HUGE = 13_000_000;
const DOCUMENTS = 500;
const EDITS = 10_000;
/** After so many the server has read and compiled all that edits ask for. */
const FIRST_EDITS = 2_000;

/** A server that nobody asks for twenty seconds gives back what it can; the machine may be busy. */
const REST_MS = 30_000;

/**
 * By how many megabytes the resident memory of the real server grows, as the system counts it: by a long policy, by
 * hundreds of open documents, and by thousands of edits, each time when nobody has asked for anything for some time.
 * For each a server of its own, which has opened one short policy before.
 */
export async function memoryRows(): Promise<void> {
  if (!existsSync(SERVER) || !existsSync(`/proc/${process.pid}/status`)) {
    console.log('The bundles are not here, or no /proc: the rows of memory are left out.');
    return;
  }
  await memoryRow(`memory: ${LARGE} statements`, MOST_OF_LARGE, {
    act: (server) => server.open('large', policyOf(LARGE)),
  });
  await memoryRow(`memory: a policy of ${HUGE / 1e6} MB, closed again`, MOST_OF_HUGE, {
    act: async (server) => {
      await server.open('huge', policyOf(statementsFor(HUGE)));
      await server.close('huge');
    },
  });
  await memoryRow(`memory: ${DOCUMENTS} documents of 20 statements`, MOST_OF_MANY, {
    act: async (server) => {
      for (let index = 0; index < DOCUMENTS; index += 1) {
        await server.open(`document${index}`, policyOf(20, index));
      }
    },
  });
  await memoryRow(`memory: ${EDITS} edits after ${FIRST_EDITS}`, MOST_OF_EDITS, {
    prepare: async (server) => {
      await server.open('edited', policyOf(20));
      await server.type('edited', FIRST_EDITS);
    },
    act: (server) => server.type('edited', EDITS),
  });
}

interface Growing {
  readonly prepare?: (server: Server) => Promise<void>;
  readonly act: (server: Server) => Promise<void>;
}

async function memoryRow(name: string, most: number, { prepare, act }: Growing): Promise<void> {
  const server = await startServer();
  await server.open('first', policyOf(1));
  await prepare?.(server);
  const before = await server.megabytesAtRest();
  await act(server);
  const busy = server.megabytes();
  const after = await server.megabytesAtRest();
  server.stop();
  row(
    name,
    [
      `before ${before.toFixed(0)} MB`,
      `at first ${busy.toFixed(0)} MB`,
      `at rest ${after.toFixed(0)} MB`,
      `at most ${most} MB more`,
    ],
    (after - before) / most,
    1,
  );
}

class Server {
  readonly #child: ChildProcess;
  readonly #connection: ProtocolConnection;
  #version = 1;

  constructor(child: ChildProcess, connection: ProtocolConnection) {
    this.#child = child;
    this.#connection = connection;
  }

  /** What an editor asks when it shows a document. */
  async open(name: string, text: string): Promise<void> {
    const uri = uriOf(name);
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'json', version: 1, text },
    });
    await this.#ask(uri);
  }

  close(name: string): Promise<void> {
    return this.#connection.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(name) } });
  }

  /** Types letter after letter into a Sid, and takes every eighth word away again. */
  async type(name: string, edits: number): Promise<void> {
    const uri = uriOf(name);
    const at = { line: 4, character: policyOf(1).split('\n')[4]?.lastIndexOf('"') ?? 0 };
    for (let edit = 0; edit < edits; edit += 1) {
      this.#version += 1;
      const typed = edit % 8;
      const start = { ...at, character: at.character + (typed === 7 ? 0 : typed) };
      const change =
        typed === 7
          ? { range: { start, end: { ...start, character: start.character + 7 } }, text: '' }
          : { range: { start, end: start }, text: (edit >> 3).toString(36).slice(-1) };
      await this.#connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version: this.#version },
        contentChanges: [change],
      });
      await this.#connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
    }
  }

  megabytes(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  /** The least while nobody asks for anything. */
  async megabytesAtRest(): Promise<number> {
    let least = this.megabytes();
    for (const begun = performance.now(); performance.now() - begun < REST_MS; ) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      least = Math.min(least, this.megabytes());
    }
    return least;
  }

  stop(): void {
    this.#connection.dispose();
    this.#child.kill();
  }

  async #ask(uri: string): Promise<void> {
    const textDocument = { uri };
    await this.#connection.sendRequest('textDocument/diagnostic', { textDocument });
    await this.#connection.sendRequest('textDocument/documentSymbol', { textDocument });
    await this.#connection.sendRequest('textDocument/semanticTokens/full', { textDocument });
    await this.#connection.sendRequest('textDocument/codeLens', { textDocument });
  }
}

function uriOf(name: string): string {
  return `file:///bench/${name}.json`;
}

async function startServer(): Promise<Server> {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      textDocument: {
        diagnostic: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      },
    },
  });
  await connection.sendNotification('initialized', {});
  return new Server(child, connection);
}
