import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { createConnection, type Message } from 'vscode-languageserver/node';
import { createLanguageService, inOneStep, type SemanticToken } from '../../server/src/core/index';
import { startServer } from '../../server/src/lsp/server';
import { nodeTimers } from '../../server/src/node/timers';
import { overStreams } from '../../server/src/node/transport';

/** The client's end of what the server writes. */
class Unread extends Writable {
  bytes = 0;
  #isRead = false;
  #next: (() => void) | undefined;

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.bytes += chunk.length;
    this.#next = done;
    if (this.#isRead) {
      done();
    }
  }

  /** From now on everything is read. */
  read(): void {
    this.#isRead = true;
    this.#next?.();
  }
}

function framed(message: object): string {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const never = (): never => assert.fail('the connection ended');

/** So many turns of the event loop nothing has to happen, until nothing is said to happen any more. */
const QUIET = 300;

/** Settles when a number does not change any more. */
async function settled(count: () => number): Promise<number> {
  let last = count();
  for (let quiet = 0; quiet < QUIET; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    if (count() !== last) {
      last = count();
      quiet = 0;
    }
  }
  return last;
}

describe('a client that does not read', () => {
  it('is not listened to until it has read, not even to what has come already', async () => {
    const input = new PassThrough();
    const output = new Unread();
    const { reader, writer, room } = overStreams(input, output, never);
    const taken: unknown[] = [];
    reader.listen((message) => {
      taken.push((message as Message & { readonly id: number }).id);
      if (taken.length === 1) {
        void writer.write({ jsonrpc: '2.0', text: 'x'.repeat(20_000_000) } as Message);
      }
    });
    input.write([1, 2, 3].map((id) => framed({ id })).join(''));
    await settled(() => taken.length);
    assert.deepEqual(taken, [1]);
    assert.notEqual(room(), undefined);
    input.write(framed({ id: 4 }));
    await settled(() => taken.length);
    assert.deepEqual(taken, [1]);
    output.read();
    await settled(() => taken.length);
    assert.deepEqual(taken, [1, 2, 3, 4]);
    assert.equal(room(), undefined);
  });

  it('gets all answers once it reads; before that no more are worked out than fit in some megabytes', async () => {
    const input = new PassThrough();
    const output = new Unread();
    const { reader, writer, room } = overStreams(input, output, never);
    let workedOut = 0;
    const tokens = Array.from(
      { length: 20_000 },
      (_, at): SemanticToken => ({ span: { start: at, end: at + 1 }, type: 'iamService' }),
    );
    const connection = createConnection(reader, writer);
    startServer(
      connection,
      {
        name: 'server-under-test',
        version: '1.2.3',
        timers: nodeTimers(room),
        iamDataAssets: () => undefined,
        rulePage: () => undefined,
      },
      {
        createService: () => ({
          ...createLanguageService({ iamData: undefined }),
          semanticTokenSteps: () =>
            inOneStep(() => {
              workedOut += 1;
              return tokens;
            }),
        }),
      },
    );
    const textDocument = { uri: 'file:///policy.json' };
    const send = (message: object): boolean => input.write(framed(message));
    send({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    send({ method: 'initialized', params: {} });
    send({
      method: 'textDocument/didOpen',
      params: { textDocument: { ...textDocument, languageId: 'json', version: 1, text: ' '.repeat(20_001) } },
    });
    const requests = 200;
    for (let id = 2; id < requests + 2; id += 1) {
      send({ id, method: 'textDocument/semanticTokens/full', params: { textDocument } });
    }
    const ahead = await settled(() => workedOut);
    assert.ok(ahead > 10 && ahead < 150, `${ahead}`);
    output.read();
    assert.equal(await settled(() => workedOut), requests);
    await settled(() => output.bytes);
    assert.ok(output.bytes > requests * tokens.length * 5);
    connection.dispose();
  });
});
