import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  createProtocolConnection,
  InitializeRequest,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { repositoryRoot } from './repository';

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly { readonly code: string }[];
}

/** The shipped server over stdio, in a process of its own, as an editor starts it that is told the diagnostics. */
export class BuiltServer {
  readonly connection: ProtocolConnection;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<string, (codes: readonly string[]) => void>();
  readonly #ended: Promise<unknown>;
  #onPublished: (uri: string, codes: readonly string[]) => void = () => undefined;

  private constructor() {
    this.#child = spawn(process.execPath, [join(repositoryRoot, 'dist/server.js'), '--stdio']);
    this.#ended = once(this.#child, 'exit');
    // What is written to a server that has ended goes nowhere.
    this.#child.stdin.on('error', () => undefined);
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.#child.stdout),
      new StreamMessageWriter(this.#child.stdin),
    );
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, version, diagnostics }: Published) => {
        const key = `${uri} ${version}`;
        const codes = diagnostics.map(({ code }) => code);
        this.#waiting.get(key)?.(codes);
        this.#waiting.delete(key);
        this.#onPublished(uri, codes);
      },
    );
    this.connection.onRequest(
      'workspace/configuration',
      ({ items }: { readonly items: readonly unknown[] }) => items.map(() => ({})),
    );
    this.connection.listen();
  }

  /** @param folder the URI of the workspace, without a slash at the end */
  static async start(folder: string): Promise<BuiltServer> {
    const server = new BuiltServer();
    await server.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: [{ uri: folder, name: 'workspace' }],
      capabilities: {
        workspace: { configuration: true },
        textDocument: { publishDiagnostics: { versionSupport: true } },
      },
    });
    await server.connection.sendNotification('initialized', {});
    return server;
  }

  /** Opens a document, and gives the codes of its first diagnostics. */
  async open(uri: string, text: string, version = 1, languageId = 'json'): Promise<readonly string[]> {
    const found = this.#codes(uri, version);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version, text },
    });
    return found;
  }

  /** Replaces all of a document, and gives the codes of the diagnostics of that version. */
  async change(uri: string, text: string, version: number): Promise<readonly string[]> {
    const found = this.#codes(uri, version);
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
    return found;
  }

  /** Settles when a document has a finding, maybe long after it was changed. */
  finds(uri: string, code: string): Promise<void> {
    return new Promise((resolve) => {
      this.#onPublished = (published, codes) => {
        if (published === uri && codes.includes(code)) {
          resolve();
        }
      };
    });
  }

  #codes(uri: string, version: number): Promise<readonly string[]> {
    return new Promise((resolve) => {
      this.#waiting.set(`${uri} ${version}`, resolve);
    });
  }

  /**
   * Milliseconds that the thread which answers has had a processor; Linux alone tells (proc_pid_schedstat(5)). What other
   * threads do meanwhile, of which files are read, does not count.
   */
  busy(): number {
    const [nanoseconds] = readFileSync(`/proc/${this.#child.pid}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  }

  /** Ends it as an operating system does that has no memory left. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
    this.connection.dispose();
  }
}
