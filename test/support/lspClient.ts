import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type ConfigurationItem,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  type LogMessageParams,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver/node';
import type { ServerHost, Timers } from '../../server/src/lsp/host';
import { type ServerOptions, startServer } from '../../server/src/lsp/server';
import type { RequestName, Requests } from '../../server/src/protocol/messages';

export interface LspClientOptions extends ServerOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  readonly workspaceFolders?: readonly string[];
  /** The `iamPolicy` section that the client answers with. */
  readonly settings?: object;
  /** Answers for other sections; for any other than these it is `settings`. */
  readonly sections?: Readonly<Record<string, object>>;
  readonly host?: Partial<ServerHost>;
}

/** A language client in this process, against the real server over a pair of streams. */
export interface LspClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly timers: FakeTimers;
  /** What the server sent, in order; `next` waits for one that has not been taken yet. */
  readonly published: Inbox<PublishDiagnosticsParams>;
  readonly log: Inbox<LogMessageParams>;
  open(uri: string, text: string, languageId?: string): Promise<void>;
  change(uri: string, version: number, changes: TextDocumentContentChangeEvent[]): Promise<void>;
  close(uri: string): Promise<void>;
  /** Sets the section and tells the server that something changed. */
  configure(settings: object): Promise<void>;
  /** Until the returned function is called, the server's questions about settings stay open. */
  holdConfiguration(): () => void;
  request<M extends RequestName>(method: M, params: Requests[M]['params']): Promise<Requests[M]['result']>;
  stop(): void;
}

/** Everything a test needs of a modern editor; tests take away or add what they are about. */
export const PULLING: ClientCapabilities = {
  workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
  textDocument: { diagnostic: {} },
};

export const PUSHED_TO: ClientCapabilities = { workspace: { configuration: true } };

export async function startLspClient(options: LspClientOptions = {}): Promise<LspClient> {
  const up = new PassThrough();
  const down = new PassThrough();
  const timers = createFakeTimers();
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  const {
    host,
    capabilities,
    initializationOptions,
    workspaceFolders,
    sections = {},
    ...serverOptions
  } = options;
  startServer(
    server,
    {
      name: 'server-under-test',
      version: '1.2.3',
      timers,
      iamDataAssets: () => undefined,
      rulePage: (rule) => `file:///pages/${rule}.md`,
      ...host,
    },
    serverOptions,
  );

  const connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const published = createInbox<PublishDiagnosticsParams>();
  const log = createInbox<LogMessageParams>();
  let settings = options.settings ?? {};
  let release: Promise<void> = Promise.resolve();
  connection.onNotification('textDocument/publishDiagnostics', published.put);
  connection.onNotification('window/logMessage', log.put);
  connection.onRequest(
    'workspace/configuration',
    async ({ items }: { items: readonly ConfigurationItem[] }) => {
      const answer = settings;
      await release;
      return items.map(({ section = '' }) => sections[section] ?? answer);
    },
  );
  connection.listen();

  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    capabilities: capabilities ?? PULLING,
    workspaceFolders: workspaceFolders?.map((uri) => ({ uri, name: uri })) ?? null,
    ...(initializationOptions === undefined ? {} : { initializationOptions }),
  });
  await connection.sendNotification('initialized', {});

  return {
    connection,
    initialized,
    timers,
    published,
    log,
    open: (uri, text, languageId = 'json') =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, contentChanges) =>
      connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges,
      }),
    close: (uri) => connection.sendNotification('textDocument/didClose', { textDocument: { uri } }),
    configure: (next) => {
      settings = next;
      return connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    },
    holdConfiguration: () => {
      let open = (): void => undefined;
      release = new Promise((resolve) => {
        open = resolve;
      });
      return open;
    },
    request: (method, params) => connection.sendRequest(method, params),
    stop: () => {
      connection.dispose();
      server.dispose();
    },
  };
}

export interface Inbox<T> {
  readonly all: readonly T[];
  readonly put: (item: T) => void;
  next(): Promise<T>;
}

function createInbox<T>(): Inbox<T> {
  const all: T[] = [];
  const waiting: ((item: T) => void)[] = [];
  let taken = 0;
  const hand = (): void => {
    for (let item = all[taken]; item !== undefined && waiting.length > 0; item = all[taken]) {
      taken += 1;
      waiting.shift()?.(item);
    }
  };
  return {
    all,
    put: (item) => {
      all.push(item);
      hand();
    },
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        hand();
      }),
  };
}

/**
 * Timers that only run when a test says so. Pauses are real, since they wait for messages and not for time. The clock goes on
 * by a millisecond each time that somebody looks at it.
 */
export interface FakeTimers extends Timers {
  /** Settles when so many timers are set that have neither run nor been called off. */
  set(count: number): Promise<void>;
  /** The delays of the timers that are set. */
  delays(): readonly number[];
  /** Runs everything that is set. */
  elapse(): void;
}

function createFakeTimers(): FakeTimers {
  const pending = new Map<object, { readonly delay: number; readonly run: () => void }>();
  let changed = (): void => undefined;
  let looks = 0;
  return {
    after: (delay, run) => {
      const key = {};
      pending.set(key, { delay, run });
      changed();
      return () => pending.delete(key);
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    now: () => {
      looks += 1;
      return looks;
    },
    set: async (count) => {
      while (pending.size !== count) {
        await new Promise<void>((resolve) => {
          changed = resolve;
        });
      }
    },
    delays: () => [...pending.values()].map(({ delay }) => delay),
    elapse: () => {
      const due = [...pending.values()];
      pending.clear();
      for (const { run } of due) {
        run();
      }
    },
  };
}
