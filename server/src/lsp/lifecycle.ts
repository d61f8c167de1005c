import {
  type DataCallback,
  ErrorCodes,
  ExitNotification,
  InitializeRequest,
  type Message,
  type MessageReader,
  type MessageWriter,
  type ResponseMessage,
  ShutdownRequest,
} from 'vscode-languageserver';

/** Before `initialize`, between it and `shutdown`, and after that. */
type Phase = 'waiting' | 'serving' | 'ending';

/**
 * A reader that passes on what the protocol allows at the time and answers the rest itself, which the connection would
 * take at any time:
 *
 * - before `initialize`, requests fail with `ServerNotInitialized`, and notifications are dropped;
 * - a second `initialize`, and every request after `shutdown`, fails with `InvalidRequest`;
 * - what is no message of JSON-RPC fails with `InvalidRequest`, and parameters that are no object and no list with
 *   `InvalidParams`.
 *
 * `exit` always passes. Source: the Language Server Protocol 3.17, "Server lifecycle", and JSON-RPC 2.0.
 */
export function withLifecycle(reader: MessageReader, writer: MessageWriter): MessageReader {
  let phase: Phase = 'waiting';

  /** There is nobody to report to if an answer cannot be written. */
  const refuse = (id: ResponseMessage['id'], code: number, message: string): void => {
    writer.write({ jsonrpc: '2.0', id, error: { code, message } } as ResponseMessage).catch(() => undefined);
  };

  /** The request as it is to be handled, `undefined` if it was refused. */
  const request = (message: Request): Request | undefined => {
    const { id, method, params } = message;
    if (phase === 'waiting' && method !== InitializeRequest.method) {
      refuse(id, ErrorCodes.ServerNotInitialized, `${named(method)} was sent before initialize.`);
    } else if (phase === 'ending') {
      refuse(id, ErrorCodes.InvalidRequest, `${named(method)} was sent after shutdown.`);
    } else if (phase === 'serving' && method === InitializeRequest.method) {
      refuse(id, ErrorCodes.InvalidRequest, 'The server is initialized already.');
    } else if (!isStructured(params) || (method === InitializeRequest.method && !hasCapabilities(params))) {
      refuse(id, ErrorCodes.InvalidParams, `The parameters of ${named(method)} are not what they should be.`);
    } else {
      if (method === InitializeRequest.method) {
        phase = 'serving';
      } else if (method === ShutdownRequest.method) {
        phase = 'ending';
      }
      return message;
    }
    return undefined;
  };

  const filter = (message: unknown): Message | undefined => {
    if (!isRecord(message)) {
      refuse(null, ErrorCodes.InvalidRequest, 'A message is one JSON object.');
      return undefined;
    }
    // Lists of parameters may end in nothing, and some clients write it out.
    const { params, ...bare } = message;
    const read = params === null ? bare : message;
    const { id, method } = read;
    if (method === undefined && (Object.hasOwn(read, 'result') || Object.hasOwn(read, 'error'))) {
      return isId(id) ? (read as unknown as Message) : undefined;
    }
    if (method === undefined && isId(id)) {
      // Some clients leave out a result that is nothing. An error would carry the ID of one of their own requests.
      return { ...read, result: null } as unknown as Message;
    }
    if (typeof method !== 'string' || (id !== undefined && !isId(id))) {
      refuse(
        isId(id) ? id : null,
        ErrorCodes.InvalidRequest,
        'The message is neither a request nor an answer.',
      );
      return undefined;
    }
    if (id !== undefined) {
      return request(read as unknown as Request);
    }
    const isTaken =
      method === ExitNotification.method ||
      (phase === 'serving' &&
        isStructured(read.params) &&
        (method !== CANCEL || (isRecord(read.params) && isId(read.params.id))));
    return isTaken ? (read as unknown as Message) : undefined;
  };

  return {
    onError: reader.onError,
    onClose: reader.onClose,
    onPartialMessage: reader.onPartialMessage,
    listen: (callback: DataCallback) =>
      reader.listen((message) => {
        const taken = filter(message);
        if (taken !== undefined) {
          callback(taken);
        }
      }),
    dispose: () => reader.dispose(),
  };
}

/** Its name is not exported by the library. */
const CANCEL = '$/cancelRequest';

interface Request extends Message {
  readonly id: number | string;
  readonly method: string;
  readonly params?: unknown;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string';
}

function isStructured(params: unknown): boolean {
  return params === undefined || (typeof params === 'object' && params !== null);
}

function hasCapabilities(params: unknown): boolean {
  return isRecord(params) && isRecord(params.capabilities);
}

/** A method's name may be as long as a message; of one that nobody wrote by hand the beginning is enough. */
function named(method: string): string {
  return method.length <= 100 ? method : `${method.slice(0, 100)}…`;
}
