import { strict as assert } from 'node:assert';
import type { DataCallback, Message, MessageReader, MessageWriter } from 'vscode-languageserver/node';
import { withLifecycle } from '../../server/src/lsp/lifecycle';

const NOT_INITIALIZED = -32002;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;

/** What comes of messages, in order: those that are passed on, and the IDs and codes of the answers to others. */
function outcomesOf(...messages: readonly unknown[]): readonly unknown[] {
  const outcomes: unknown[] = [];
  let take: DataCallback = () => undefined;
  const reader = {
    listen: (callback: DataCallback) => {
      take = callback;
      return { dispose: () => undefined };
    },
  } as unknown as MessageReader;
  const writer = {
    write: async ({
      id,
      error,
    }: Message & { readonly id: unknown; readonly error: { readonly code: number } }) => {
      outcomes.push([id, error.code]);
    },
  } as unknown as MessageWriter;
  withLifecycle(reader, writer).listen((message) => outcomes.push(message));
  for (const message of messages) {
    take(message as Message);
  }
  return outcomes;
}

const jsonrpc = '2.0';
const request = (id: unknown, method: unknown, params?: unknown): object => ({
  jsonrpc,
  id,
  method,
  ...(params !== undefined && { params }),
});
const notification = (method: string, params?: unknown): object => ({
  jsonrpc,
  method,
  ...(params !== undefined && { params }),
});
const initialize = request(1, 'initialize', { capabilities: {} });
const shutdown = request(2, 'shutdown');

/** What comes of messages to a server that is initialized. */
const served = (...messages: readonly unknown[]): readonly unknown[] => {
  const [first, ...others] = outcomesOf(initialize, ...messages);
  assert.deepEqual(first, initialize);
  return others;
};

describe('the lifecycle of a server', () => {
  it('begins with initialize: before it requests fail, and notifications but exit are dropped', () => {
    const exit = notification('exit');
    assert.deepEqual(
      outcomesOf(request(7, 'textDocument/hover', {}), shutdown, notification('initialized', {}), exit),
      [[7, NOT_INITIALIZED], [2, NOT_INITIALIZED], exit],
    );
    const bad = ['x', [], {}, { capabilities: 1 }, { capabilities: null }, undefined];
    for (const params of bad) {
      assert.deepEqual(
        outcomesOf(request(1, 'initialize', params), request(2, 'x'), initialize),
        [[1, INVALID_PARAMS], [2, NOT_INITIALIZED], initialize],
        JSON.stringify(params),
      );
    }
  });

  it('has one initialize, and ends with shutdown', () => {
    const hover = request('a', 'textDocument/hover', {});
    const exit = notification('exit');
    assert.deepEqual(served(hover, initialize, shutdown, hover, shutdown, notification('x', {}), exit), [
      hover,
      [1, INVALID_REQUEST],
      shutdown,
      ['a', INVALID_REQUEST],
      [2, INVALID_REQUEST],
      exit,
    ]);
  });

  it('takes parameters that are an object, a list or nothing, which may be written out', () => {
    for (const params of [{}, [], undefined]) {
      const message = request(3, 'x', params);
      assert.deepEqual(served(message), [message]);
      const told = notification('x', params);
      assert.deepEqual(served(told), [told]);
    }
    assert.deepEqual(served(request(3, 'shutdown', null)), [request(3, 'shutdown')]);
    assert.deepEqual(served(notification('x', null)), [notification('x')]);
    for (const params of ['x', 1, true]) {
      assert.deepEqual(served(request(3, 'x', params), notification('x', params)), [[3, INVALID_PARAMS]]);
    }
  });

  it('answers what is no message, by its ID where it has one', () => {
    for (const none of ['x', 1, null, [], [initialize]]) {
      assert.deepEqual(served(none), [[null, INVALID_REQUEST]], JSON.stringify(none));
    }
    assert.deepEqual(
      served({ jsonrpc }, request(null, 'x'), request({}, 'x'), request(3, 4), { jsonrpc, method: 5 }),
      [
        [null, INVALID_REQUEST],
        [null, INVALID_REQUEST],
        [null, INVALID_REQUEST],
        [3, INVALID_REQUEST],
        [null, INVALID_REQUEST],
      ],
    );
  });

  it('takes answers to its own requests, also those that leave out a result that is nothing', () => {
    const result = { jsonrpc, id: 0, result: null };
    const error = { jsonrpc, id: 'a', error: { code: 1, message: 'x' } };
    assert.deepEqual(
      served(result, error, { jsonrpc, id: 5 }, { jsonrpc, id: null, error: {} }, { jsonrpc, result: 1 }),
      [result, error, { jsonrpc, id: 5, result: null }],
    );
  });

  it('takes a cancellation of a request, and of nothing else', () => {
    const cancel = (params: unknown) => notification('$/cancelRequest', params);
    assert.deepEqual(
      served(
        cancel({ id: 1 }),
        cancel({ id: 'a' }),
        cancel({ id: null }),
        cancel({}),
        cancel([1]),
        cancel(undefined),
      ),
      [cancel({ id: 1 }), cancel({ id: 'a' })],
    );
  });

  it('shortens the name of a method that nobody wrote by hand', () => {
    const texts: string[] = [];
    let take: DataCallback = () => undefined;
    const reader = {
      listen: (callback: DataCallback) => {
        take = callback;
      },
    } as unknown as MessageReader;
    const writer = {
      write: async ({ error }: { readonly error: { readonly message: string } }) => texts.push(error.message),
    } as unknown as MessageWriter;
    withLifecycle(reader, writer).listen(() => undefined);
    for (const length of [100, 101]) {
      take(request(1, 'x'.repeat(length)) as Message);
    }
    assert.deepEqual(
      texts,
      ['', '…'].map((end) => `${'x'.repeat(100)}${end} was sent before initialize.`),
    );
  });
});
