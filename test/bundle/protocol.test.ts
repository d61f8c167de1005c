import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { type Message, StreamMessageReader } from 'vscode-languageserver/node';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';

const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const PARSE_ERROR = -32700;
const CANCELLED = -32800;

interface Answer extends Message {
  readonly id?: number | null;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly diagnostics?: readonly { readonly code: string }[] };
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A client that sends whatever bytes it likes to the shipped server. */
class RawClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #received: Answer[] = [];
  readonly #exit: Promise<unknown>;
  #changed = (): void => undefined;
  #nextId = 1;
  #complaint = '';

  constructor(args: readonly string[] = ['--stdio']) {
    this.#child = spawn(process.execPath, [join(repositoryRoot, 'dist/server.js'), ...args]);
    this.#child.stderr.on('data', (chunk) => {
      this.#complaint += chunk;
    });
    this.#exit = once(this.#child, 'exit');
    this.#exit.then(() => this.#changed());
    // What is sent to a server that has ended goes nowhere.
    this.#child.stdin.on('error', () => undefined);
    new StreamMessageReader(this.#child.stdout.pipe(new PassThrough())).listen((message) => {
      this.#received.push(message as Answer);
      this.#changed();
    });
  }

  write(bytes: string): void {
    this.#child.stdin.write(bytes);
  }

  send(message: unknown): void {
    const body = JSON.stringify(message);
    this.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  notify(method: string, params?: unknown): void {
    this.send({ jsonrpc: '2.0', method, params });
  }

  begin(method: string, params?: unknown): number {
    const id = this.#nextId;
    this.#nextId += 1;
    this.send({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  request(method: string, params?: unknown): Promise<Answer> {
    const id = this.begin(method, params);
    return this.message((each) => each.id === id && each.method === undefined);
  }

  /** The code of the error that a request is answered with. */
  async refusal(method: string, params?: unknown): Promise<number | undefined> {
    return (await this.request(method, params)).error?.code;
  }

  /** A message that came or will come; each is given once. */
  async message(is: (message: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const at = this.#received.findIndex(is);
      if (at !== -1) {
        return this.#received.splice(at, 1)[0] ?? assert.fail();
      }
      assert.equal(this.#child.exitCode, null, `the server ended: ${this.#complaint}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** What has come of a kind and was not taken. */
  waiting(is: (message: Answer) => boolean): readonly Answer[] {
    return this.#received.filter(is);
  }

  /** What it printed on standard error. */
  get complaint(): string {
    return this.#complaint;
  }

  async exitCode(): Promise<number | null> {
    await this.#exit;
    return this.#child.exitCode;
  }

  end(): void {
    this.#child.stdin.end();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

const INITIALIZE = { processId: null, rootUri: null, capabilities: {} };
const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*" }]
}`;

describe('the shipped server and the protocol', function () {
  this.timeout(limit(60_000));
  let client: RawClient | undefined;
  const start = (args?: readonly string[]): RawClient => {
    client = new RawClient(args);
    return client;
  };
  afterEach(() => client?.kill());

  it('holds a client to the order of things, and answers every request', async () => {
    const server = start();
    const hover = { textDocument: { uri: 'file:///a.json' }, position: { line: 0, character: 0 } };
    server.notify('textDocument/didOpen', { textDocument: { uri: 'file:///a.json' } });
    assert.equal(await server.refusal('textDocument/hover', hover), NOT_INITIALIZED);
    assert.equal(await server.refusal('shutdown'), NOT_INITIALIZED);
    assert.equal(await server.refusal('initialize', null), INVALID_PARAMS);
    assert.equal(await server.refusal('initialize', [INITIALIZE]), INVALID_PARAMS);
    const initialized = await server.request('initialize', INITIALIZE);
    assert.notEqual(initialized.result, undefined);
    assert.equal(await server.refusal('initialize', INITIALIZE), INVALID_REQUEST);
    server.notify('initialized', {});

    assert.equal(await server.refusal('no/such/method', {}), METHOD_NOT_FOUND);
    assert.equal(await server.refusal('textDocument/formatting', hover), METHOD_NOT_FOUND);
    server.notify('no/such/notification', { x: 1 });
    server.notify('$/whatever');
    assert.equal(await server.refusal('textDocument/hover'), INVALID_PARAMS);
    assert.equal(await server.refusal('textDocument/hover', 'x'), INVALID_PARAMS);
    assert.equal(await server.refusal('iamPolicy/actions'), INVALID_PARAMS);
    for (const odd of [
      [],
      [1],
      null,
      'x',
      {},
      { jsonrpc: '2.0', method: 5, id: 7 },
      { id: {}, method: 'x' },
    ]) {
      server.send(odd);
      const { error } = await server.message(
        ({ id, error: e }) => (id === null || id === 7) && e !== undefined,
      );
      assert.equal(error?.code, INVALID_REQUEST, JSON.stringify(odd));
    }
    server.write('Content-Length: 3\r\n\r\n{x}');
    const { error } = await server.message(({ id }) => id === null);
    assert.equal(error?.code, PARSE_ERROR);
    server.notify('$/cancelRequest');
    server.notify('$/cancelRequest', { id: null });
    server.send({ jsonrpc: '2.0', id: 4711, result: 'of nothing that was asked' });
    server.send({ jsonrpc: '2.0', id: null, error: { code: 1, message: 'x' } });

    assert.equal((await server.request('shutdown')).result, null);
    assert.equal(await server.refusal('textDocument/hover', hover), INVALID_REQUEST);
    assert.equal(await server.refusal('shutdown'), INVALID_REQUEST);
    assert.equal(await server.refusal('initialize', INITIALIZE), INVALID_REQUEST);
    server.notify('exit');
    assert.equal(await server.exitCode(), 0);
  });

  it('keeps its documents under garbage, storms and crowds', async () => {
    const server = start();
    const result = await server.request('initialize', {
      ...INITIALIZE,
      capabilities: {
        workspace: 5,
        textDocument: { completion: { completionItem: { insertTextModeSupport: 1 } } },
      },
      initializationOptions: 'x',
      workspaceFolders: [null, 5, { uri: 7 }],
    });
    assert.notEqual(result.result, undefined);
    server.notify('initialized', {});
    const open = (uri: string, text: unknown = POLICY): void =>
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    const change = (uri: string, version: number, contentChanges: unknown): void =>
      server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
    const codesOf = async (uri: string): Promise<readonly string[]> => {
      const { params } = await server.message(
        ({ method, params: p }) => method === 'textDocument/publishDiagnostics' && p?.uri === uri,
      );
      return (params?.diagnostics ?? []).map(({ code }) => code);
    };

    // Documents that are none, and edits of none.
    for (const odd of [undefined, {}, { textDocument: null }, { textDocument: { uri: 5 } }, []]) {
      server.notify('textDocument/didOpen', odd);
      server.notify('textDocument/didChange', odd);
      server.notify('textDocument/didClose', odd);
      server.notify('workspace/didChangeWatchedFiles', odd);
    }
    change('file:///unopened.json', 2, [{ text: 'x' }]);
    open('file:///odd.json', 5);
    change('file:///odd.json', 2, 'x');

    // Edits out of range apply at the nearest place, and leave the lines counted.
    open('file:///a.json', '');
    const at = (line: number, character: number) => ({ line, character });
    change('file:///a.json', 2, [
      { range: { start: at(1e9, 1e9), end: at(1e9 + 3, 0) }, text: `${POLICY}\n` },
    ]);
    change('file:///a.json', 3, [{ range: { start: at(-5, -5), end: at(-1, 2) }, text: '\n' }]);
    change('file:///a.json', 4, [{ range: { start: at(0.5, 'x' as never), end: at(0, 0) }, text: '' }]);
    const hovered = await server.request('textDocument/hover', {
      textDocument: { uri: 'file:///a.json' },
      position: at(3, 40),
    });
    assert.match(JSON.stringify(hovered.result), /"start":\{"line":3,/);
    for (const position of [
      at(1e9, 1e9),
      at(-1, -1),
      at(0.5, 1e308),
      at('x' as never, null as never),
      {},
      null,
    ]) {
      const params = { textDocument: { uri: 'file:///a.json' }, position };
      for (const method of ['hover', 'completion', 'documentHighlight', 'definition']) {
        assert.notEqual((await server.request(`textDocument/${method}`, params)).result, undefined, method);
      }
    }

    // Settings that are none.
    for (const settings of [
      null,
      5,
      { iamPolicy: [] },
      { iamPolicy: { rules: [1], policyTypes: 'x', codeLens: { show: 7 }, languages: null, enable: 'no' } },
      {
        iamPolicy: {
          rules: { '**': 7, __proto__: null, 'a\u0000': 'error' },
          policyTypes: { '[': 'identity' },
        },
      },
    ]) {
      server.notify('workspace/didChangeConfiguration', { settings });
    }
    server.notify('workspace/didChangeConfiguration');

    // A storm of requests that are called off at once: each is answered.
    const symbols = { textDocument: { uri: 'file:///a.json' } };
    const ids = Array.from({ length: 1000 }, () => {
      const id = server.begin('textDocument/documentSymbol', symbols);
      server.notify('$/cancelRequest', { id });
      return id;
    });
    let cancelled = 0;
    for (const id of ids) {
      const { error, result: list } = await server.message((each) => each.id === id);
      assert.ok(error?.code === CANCELLED || Array.isArray(list));
      cancelled += error === undefined ? 0 : 1;
    }
    assert.ok(cancelled > ids.length / 2, `only ${cancelled} were called off`);

    // A crowd of documents: each has its findings.
    const uris = Array.from({ length: 500 }, (_, index) => `file:///crowd/${index}.json`);
    for (const uri of uris) {
      open(uri);
    }
    for (const uri of uris) {
      assert.deepEqual(await codesOf(uri), ['action-unknown'], uri);
    }
    for (const uri of uris) {
      server.notify('textDocument/didClose', { textDocument: { uri } });
    }
    for (const uri of uris) {
      assert.deepEqual(await codesOf(uri), [], uri);
    }

    await server.request('shutdown');
    server.notify('exit');
    assert.equal(await server.exitCode(), 0);
  });

  it('takes an answer without a result for one that is nothing, and does not fail a request of the client for it', async () => {
    const server = start();
    await server.request('initialize', {
      ...INITIALIZE,
      capabilities: { workspace: { configuration: true, workspaceFolders: true } },
    });
    server.notify('initialized', {});
    server.notify('workspace/didChangeWorkspaceFolders', {});
    server.notify('workspace/didChangeWorkspaceFolders', { event: { added: 5 } });
    server.notify('textDocument/didOpen', {
      textDocument: { uri: 'file:///a.json', languageId: 'json', version: 1, text: POLICY },
    });
    const { id } = await server.message(({ method }) => method === 'workspace/configuration');
    server.send({ jsonrpc: '2.0', id });
    const next = await server.message(
      ({ method, error }) => method === 'textDocument/publishDiagnostics' || error !== undefined,
    );
    assert.deepEqual(
      next.params?.diagnostics?.map(({ code }) => code),
      ['action-unknown'],
    );
    assert.equal(server.complaint, '');
  });

  it('answers for documents whose URIs name no file of this machine, or one in endless folders', async () => {
    const server = start();
    await server.request('initialize', INITIALIZE);
    server.notify('initialized', {});
    const ARN = POLICY.replace('"*"', '"arn:aws:s3:::b"');
    for (const uri of [
      'file://server/share/a.json',
      'file:///%00/a.json',
      'file:///%ZZ/a.json',
      'file:///a%2Fb.json',
      `file:///${'a/'.repeat(50_000)}b.json`,
    ]) {
      const textDocument = { uri, languageId: 'json', version: 1, text: ARN };
      server.notify('textDocument/didOpen', { textDocument });
      const { params } = await server.message(({ method }) => method === 'textDocument/publishDiagnostics');
      assert.equal(params?.diagnostics?.length, 1, uri.slice(0, 40));
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const hints = await server.request('textDocument/inlayHint', { textDocument, range });
      assert.ok(Array.isArray(hints.result), uri.slice(0, 40));
    }
    await server.request('shutdown');
    const logged = server.waiting(({ method }) => method === 'window/logMessage');
    assert.deepEqual(logged, []);
  });

  it('ends with an error where the length of a message is wrong', async () => {
    const server = start();
    server.write('Content-Length: ninety\r\n\r\n{}');
    const { error } = await server.message(({ id }) => id === null);
    assert.equal(error?.code, PARSE_ERROR);
    assert.equal(await server.exitCode(), 1);
  });

  it('ends with 1 where the client leaves without a shutdown', async () => {
    const asked = start();
    asked.notify('exit');
    assert.equal(await asked.exitCode(), 1);
    const left = start();
    await left.request('initialize', INITIALIZE);
    left.end();
    assert.equal(await left.exitCode(), 1);
  });

  it('ends soon after the process that it serves', async () => {
    const served = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)']);
    const server = start();
    await server.request('initialize', { ...INITIALIZE, processId: served.pid });
    served.kill('SIGKILL');
    assert.equal(await server.exitCode(), 1);
  });

  it('says what is missing where it is not told how to talk', async () => {
    assert.equal(await start([]).exitCode(), 1);
  });
});
