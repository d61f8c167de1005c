import assert from 'node:assert/strict';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Message } from 'vscode-languageserver/node';
import { FrameReader } from '../../server/src/node/frames';

/** What came of some bytes. */
interface Read {
  readonly messages: readonly Message[];
  readonly unreadable: readonly string[];
  readonly broken: readonly string[];
}

/** Reads bytes that come in pieces of a length. The stream stays open, as a client's does. */
async function read(bytes: Buffer | string, pieces = Number.POSITIVE_INFINITY): Promise<Read> {
  const stream = new PassThrough();
  const messages: Message[] = [];
  const unreadable: string[] = [];
  const broken: string[] = [];
  const reader = new FrameReader(stream, {
    onUnreadable: (problem) => unreadable.push(problem),
    onBroken: (problem) => broken.push(problem),
  });
  reader.listen((message) => messages.push(message));
  const all = Buffer.from(bytes);
  for (let at = 0; at < all.length && broken.length === 0; at += pieces) {
    const given = once(stream, 'data');
    stream.write(all.subarray(at, at + pieces));
    await given;
  }
  return { messages, unreadable, broken };
}

function framed(message: unknown): string {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const REQUEST = { jsonrpc: '2.0', id: 1, method: 'é \u{1f600}' };
const OTHER = { jsonrpc: '2.0', method: 'x' };

describe('the frames of messages', () => {
  it('are read however the bytes come', async () => {
    const bytes = `${framed(REQUEST)}content-type: application/vscode-jsonrpc; charset=utf8\r\n${framed(OTHER)}`;
    for (const pieces of [1, 2, 3, 7, 64, 1000]) {
      assert.deepEqual(
        await read(bytes, pieces),
        { messages: [REQUEST, OTHER], unreadable: [], broken: [] },
        `pieces of ${pieces}`,
      );
    }
  });

  it('that hold no JSON are told, and the next one is read', async () => {
    for (const body of ['', '{', '{x}', 'undefined', '\xff']) {
      const { messages, unreadable, broken } = await read(
        Buffer.concat([
          Buffer.from(`Content-Length: ${body.length}\r\n\r\n`),
          Buffer.from(body, 'latin1'),
          Buffer.from(framed(OTHER)),
        ]),
      );
      assert.deepEqual([messages, unreadable.length, broken], [[OTHER], 1, []], JSON.stringify(body));
    }
  });

  /** None of these can be made good by what may still come. */
  const HEADERS: readonly (string | Buffer)[] = [
    'hello\r\n\r\n',
    '{"jsonrpc":"2.0","id":1,"method":"x"}',
    'Content-Length: abc\r\n\r\n{}',
    'Content-Length: -5\r\n\r\n{}',
    'Content-Length: 1e3\r\n\r\n{}',
    'Content-Length: 0x10\r\n\r\n{}',
    'Content-Length: 2.5\r\n\r\n{}',
    'Content-Length: 99999999999\r\n\r\n{}',
    `Content-Length: ${'9'.repeat(400)}\r\n\r\n{}`,
    'Content-Length:\r\n\r\n',
    'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    'Content-Length: 2\n\n{}',
    'Content-Length: 2\r\n{}',
    'Content-Type: application/vscode-jsonrpc\r\n\r\n{}',
    'Content-Length: 2\r\nContent-Type: application/vscode-jsonrpc; charset=utf-16\r\n\r\n{}',
    '\r\n\r\n',
    ' Content-Length: 2\r\n\r\n{}',
    '\ufeffContent-Length: 2\r\n\r\n{}',
    Buffer.from([0, 1, 2, 255]),
    'a'.repeat(9000),
    `Content-Length: 2\r\n${'a: b\r\n'.repeat(2000)}`,
    // A length that is too small leaves the end of the message where a header should be.
    `Content-Length: 10\r\n\r\n${JSON.stringify(REQUEST)}`,
    `Content-Length: ${JSON.stringify(OTHER).length - 1}\r\n\r\n${JSON.stringify(OTHER)}`,
  ];
  for (const bytes of HEADERS) {
    it(`are given up at ${JSON.stringify(bytes.toString().slice(0, 60))}`, async () => {
      for (const pieces of bytes.length < 1000 ? [1, 1000] : [1000]) {
        const { messages, broken } = await read(bytes, pieces);
        assert.deepEqual(messages, []);
        assert.equal(broken.length, 1, `pieces of ${pieces}`);
      }
    });
  }

  it('are given up where a message is complete and more is waited for', async () => {
    const broken = ['', framed(OTHER)].map(
      (rest) =>
        new Promise<string>((resolve) => {
          const stream = new PassThrough();
          const reader = new FrameReader(stream, {
            onUnreadable: (problem) => assert.fail(problem),
            onBroken: resolve,
          });
          reader.listen(() => assert.fail('there is no message'));
          stream.write(`Content-Length: 500\r\n\r\n${JSON.stringify(OTHER)}${rest}`);
        }),
    );
    // The reader's own clock does not keep a process alive, as a client's stream does.
    const awake = setInterval(() => undefined, 1000);
    for (const problem of await Promise.all(broken)) {
      assert.match(problem, /Content-Length is 500/);
    }
    clearInterval(awake);
  });
});
