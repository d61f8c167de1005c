import type { Readable } from 'node:stream';
import { AbstractMessageReader, type DataCallback, type Disposable } from 'vscode-languageserver/node';

/** No header of ours is longer, and a client that never ends one has lost its place. */
const MAX_HEADER_BYTES = 8192;

/** V8 makes no longer string than twice this. */
const MAX_BODY_BYTES = 256 * 1024 * 1024;

/** How long the rest of a message may be away before the part that is there is looked at; doubled each time. */
const FIRST_LOOK_MS = 1000;

export interface FrameProblems {
  /** The place in the stream is lost: nothing more is read. */
  readonly onBroken: (problem: string) => void;
  /** A message is no JSON. The next one is read. */
  readonly onUnreadable: (problem: string) => void;
}

/**
 * Reads messages of the base protocol: `Content-Length: N`, an empty line, N bytes of JSON. Stricter than the protocol
 * library's reader, which waits forever for what can no longer come: a header that cannot be read, and a length that is
 * certainly wrong, end the reading at once. Source: the Language Server Protocol 3.17, "Base Protocol".
 */
export class FrameReader extends AbstractMessageReader {
  readonly #stream: Readable;
  readonly #problems: FrameProblems;
  #chunks: Buffer[] = [];
  #length = 0;
  /** Of the body that is awaited; `undefined` while a header is. */
  #bodyLength: number | undefined;
  #look: NodeJS.Timeout | undefined;
  #isBroken = false;
  #isHeld = false;
  #callback: DataCallback = () => undefined;

  constructor(stream: Readable, problems: FrameProblems) {
    super();
    this.#stream = stream;
    this.#problems = problems;
  }

  override listen(callback: DataCallback): Disposable {
    this.#callback = callback;
    const onData = (chunk: Buffer): void => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#take();
    };
    this.#stream.on('data', onData);
    this.#stream.on('error', (error: Error) => this.fireError(error));
    this.#stream.once('end', () => this.fireClose());
    this.#stream.once('close', () => this.fireClose());
    return { dispose: () => this.#stream.off('data', onData) };
  }

  /** Reads no more, not even what has come already, or goes on with that. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    clearTimeout(this.#look);
    if (this.#isBroken) {
      return;
    }
    if (isHeld) {
      this.#stream.pause();
    } else {
      this.#stream.resume();
      if (this.#bodyLength !== undefined) {
        this.#lookLater(FIRST_LOOK_MS);
      }
      this.#take();
    }
  }

  #take(): void {
    while (!this.#isBroken && !this.#isHeld && this.#length > 0) {
      const before = this.#length;
      if (this.#bodyLength === undefined) {
        this.#takeHeader();
      } else if (this.#length >= this.#bodyLength) {
        this.#takeBody(this.#bodyLength);
      }
      if (this.#length === before) {
        return;
      }
    }
  }

  #takeHeader(): void {
    const bytes = this.#joined();
    const end = bytes.subarray(0, MAX_HEADER_BYTES).indexOf('\r\n\r\n');
    const text = bytes.subarray(0, end === -1 ? MAX_HEADER_BYTES : end).toString('latin1');
    const problem = headerProblem(text, end === -1 ? 'begun' : 'whole');
    if (problem !== undefined) {
      this.#break(problem);
    } else if (end !== -1) {
      this.#keep(bytes.subarray(end + 4));
      this.#bodyLength = contentLength(text);
      this.#lookLater(FIRST_LOOK_MS);
      // An empty body is there already.
      if (this.#bodyLength === 0) {
        this.#bodyLength = undefined;
        this.#problems.onUnreadable('The message is empty.');
      }
    } else if (bytes.length >= MAX_HEADER_BYTES) {
      this.#break('The header does not end.');
    }
  }

  #takeBody(length: number): void {
    clearTimeout(this.#look);
    const bytes = this.#joined();
    this.#keep(bytes.subarray(length));
    this.#bodyLength = undefined;
    let message: unknown;
    try {
      message = JSON.parse(bytes.subarray(0, length).toString('utf8'));
    } catch {
      this.#problems.onUnreadable('The message is no JSON.');
      return;
    }
    try {
      this.#callback(message as Parameters<DataCallback>[0]);
    } catch (error) {
      this.fireError(error);
    }
  }

  /** A message whose JSON is complete, or in which the next one has begun, has a wrong length: more would never come. */
  #lookLater(delay: number): void {
    clearTimeout(this.#look);
    this.#look = setTimeout(() => {
      const text = this.#joined().toString('utf8');
      if (this.#bodyLength !== undefined && (isJson(text) || NEXT_MESSAGE.test(text))) {
        this.#break(`Content-Length is ${this.#bodyLength}, but the message is shorter.`);
      } else {
        this.#lookLater(delay * 2);
      }
    }, delay).unref();
  }

  #break(problem: string): void {
    this.#isBroken = true;
    clearTimeout(this.#look);
    this.#stream.pause();
    this.#problems.onBroken(problem);
  }

  #joined(): Buffer {
    const joined = this.#chunks.length === 1 ? this.#chunks[0] : undefined;
    const bytes = joined ?? Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#length = rest.length;
  }
}

/** In a JSON string a line break is escaped, so that this can stand in none. */
const NEXT_MESSAGE = /\}\s*Content-Length: *\d+\r\n/i;

const FIELD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*$/;
const BEGUN_FIELD = /^(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+(?::[\t\x20-\x7e\x80-\xff]*)?)?\r?$/;

/** What is wrong with a header, or with the part of it that has come so far. */
function headerProblem(text: string, extent: 'begun' | 'whole'): string | undefined {
  const lines = text.split('\r\n');
  const begun = extent === 'begun' ? lines.pop() : undefined;
  if (lines.some((line) => !FIELD.test(line)) || (begun !== undefined && !BEGUN_FIELD.test(begun))) {
    return 'The header has a line that is not a field.';
  }
  if (extent === 'begun') {
    return undefined;
  }
  const length = contentLength(text);
  if (length === undefined) {
    return 'The header has no Content-Length that is a number of bytes.';
  }
  if (length > MAX_BODY_BYTES) {
    return `Content-Length is more than ${MAX_BODY_BYTES}.`;
  }
  const charset = /^content-type:.*;\s*charset\s*=\s*"?([^";\s]*)/im.exec(text)?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset) ? undefined : 'The charset is not utf-8.';
}

/** `undefined` where it is missing, no number, or told twice in different ways. */
function contentLength(header: string): number | undefined {
  const values = header
    .split('\r\n')
    .flatMap((line) => /^content-length:(.*)$/i.exec(line)?.[1]?.trim() ?? []);
  const [value = ''] = values;
  return /^\d{1,15}$/.test(value) && values.every((each) => each === value) ? Number(value) : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
