import type { Writable } from 'node:stream';
import { AbstractMessageWriter, type Message } from 'vscode-languageserver/node';

/** So many bytes may wait for the client to read them. Of a client that reads, however slowly, far fewer wait. */
const MOST_UNREAD = 16_000_000;

/**
 * Writes messages of the base protocol, and tells when more has been written than the client reads. The protocol library's
 * writer keeps what waits as objects, whose size nobody knows.
 */
export class FrameWriter extends AbstractMessageWriter {
  readonly #stream: Writable;
  readonly #onFull: (isFull: boolean) => void;
  #room: Promise<void> | undefined;

  /** @param onFull called where too much waits, and again when the client has read it */
  constructor(stream: Writable, onFull: (isFull: boolean) => void = () => undefined) {
    super();
    this.#stream = stream;
    this.#onFull = onFull;
    stream.on('error', (error: Error) => this.fireError(error));
    stream.on('close', () => this.fireClose());
  }

  async write(message: Message): Promise<void> {
    const body = Buffer.from(JSON.stringify(message));
    const head = Buffer.from(`Content-Length: ${body.length}\r\n\r\n`);
    const written = new Promise<void>((resolve, reject) => {
      this.#stream.write(Buffer.concat([head, body]), (error) => (error ? reject(error) : resolve()));
    });
    if (this.#room === undefined && this.#stream.writableLength > MOST_UNREAD) {
      this.#room = new Promise((settle) => {
        this.#stream.once('drain', () => {
          this.#room = undefined;
          this.#onFull(false);
          settle();
        });
      });
      this.#onFull(true);
    }
    await written;
  }

  end(): void {
    this.#stream.end();
  }

  /** Settles when the client has read what it was sent; `undefined` where it need not be waited for. */
  room(): Promise<void> | undefined {
    return this.#room;
  }
}
