import { Console } from 'node:console';
import { createConnection as connectSocket } from 'node:net';
import type { Duplex, Readable, Writable } from 'node:stream';
import {
  ErrorCodes,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import { FrameReader } from './frames';
import { FrameWriter } from './frameWriter';

/** The two ends of the way to the client. */
export interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Settles when the client has read enough of what it was sent; `undefined` where it need not be waited for. */
  room(): Promise<void> | undefined;
}

/**
 * Opens the way to the client that the process's arguments name: `--stdio`, `--node-ipc`, `--socket=PORT` or
 * `--pipe=NAME` (also with a blank for the `=`).
 *
 * @param end ends the process; called where the messages can no longer be told apart, after the client was told
 * @returns `undefined` where the arguments name none
 */
export function openTransport(args: readonly string[], end: () => void): Transport | undefined {
  for (const [index, arg] of args.entries()) {
    const [name, value = args[index + 1] ?? ''] = arg.split('=', 2);
    switch (name) {
      case '--stdio':
        // Standard output is the protocol's: whatever a library prints would be read as a message.
        globalThis.console = new Console(process.stderr, process.stderr);
        return overStreams(process.stdin, process.stdout, end);
      case '--node-ipc':
        return {
          reader: new IPCMessageReader(process),
          writer: new IPCMessageWriter(process),
          room: () => undefined,
        };
      case '--socket':
        return isPort(value) ? overSocket(connectSocket(Number(value), '127.0.0.1'), end) : undefined;
      case '--pipe':
        return overSocket(connectSocket(value), end);
    }
  }
  return undefined;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65_536;
}

function overSocket(socket: Duplex, end: () => void): Transport {
  socket.once('error', (error) => {
    process.stderr.write(`The connection to the client failed: ${error.message}\n`);
    end();
  });
  return overStreams(socket, socket, end);
}

/** The messages over two streams. Of a client that reads nothing no more is taken. */
export function overStreams(input: Readable, output: Writable, end: () => void): Transport {
  const writer = new FrameWriter(output, (isFull) => reader.hold(isFull));
  const tell = (message: string): Promise<void> =>
    writer.write({
      jsonrpc: '2.0',
      id: null,
      error: { code: ErrorCodes.ParseError, message },
    } as ResponseMessage);
  const reader = new FrameReader(input, {
    onUnreadable: (problem) => void tell(problem).catch(() => undefined),
    onBroken: (problem) => {
      process.stderr.write(`The messages of the client can no longer be told apart: ${problem}\n`);
      tell(problem).then(end, end);
    },
  });
  return { reader, writer, room: () => writer.room() };
}
