import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { asScript } from '../../client/src/browser/script';
import { repositoryRoot } from '../support/repository';

describe('the programs for a browser', () => {
  it('are put together of files that need nothing of Node, and hold the signer of requests nowhere', () => {
    for (const program of ['webclient', 'webserver']) {
      for (const { name, text } of filesOf(program)) {
        const required = [...text.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)].map(
          ([, path]) => path ?? '',
        );
        assert.deepEqual(
          required.filter((path) => path !== 'vscode' && !path.startsWith('./') && !path.startsWith('../')),
          [],
          name,
        );
        assert.ok(!text.includes('AWS4-HMAC-SHA256'), name);
      }
    }
  });

  it('find policies in every language, in a world without Node', async () => {
    const server = startWorker();
    await server.request('initialize', { processId: null, rootUri: null, capabilities: {} });
    server.notify('initialized', {});
    const texts: Readonly<Record<string, string>> = {
      json: '{"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}',
      yaml: 'Version: "2012-10-17"\nStatement:\n  - Effect: allow\n    Action: s3:GetObject\n    Resource: "*"\n',
      terraform:
        'data "aws_iam_policy_document" "p" {\n  statement {\n    effect = "allow"\n    actions = ["s3:GetObject"]\n    resources = ["*"]\n  }\n}\n',
      python:
        'POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "allow", "Action": "s3:GetObject", "Resource": "*"}]}\n',
    };
    for (const [languageId, text] of Object.entries(texts)) {
      const uri = `memory:/${languageId}`;
      server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
      const { diagnostics } = await server.diagnosticsOf(uri);
      assert.ok(
        diagnostics.some(({ code }) => code === 'effect-invalid'),
        `${languageId}: ${JSON.stringify(diagnostics)}`,
      );
    }
    const hover = await server.request('textDocument/hover', {
      textDocument: { uri: 'memory:/json' },
      position: { line: 0, character: (texts.json ?? '').indexOf('s3:GetObject') + 6 },
    });
    assert.match(JSON.stringify(hover), /GetObject/);
  });
});

/** The files that the loader puts together, that with the entry first. */
function filesOf(program: string): readonly { readonly name: string; readonly text: string }[] {
  const loader = readFileSync(join(repositoryRoot, 'dist/web.js'), 'utf8');
  const list = new RegExp(`\\[\\s*"${program}\\.js"[^\\]]*\\]`).exec(loader)?.[0];
  assert.ok(list, program);
  return (JSON.parse(list) as readonly string[]).map((name) => ({
    name,
    text: readFileSync(join(repositoryRoot, 'dist', name), 'utf8'),
  }));
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly { readonly code?: string }[];
}

/** The server's worker, in a context that has what a worker of a browser has and the server uses, and nothing else. */
function startWorker() {
  const waiting = new Map<number | string, (value: never) => void>();
  const post = (message: Message): void => {
    const { uri } = (message.params ?? {}) as { readonly uri?: string };
    const key = message.method === 'textDocument/publishDiagnostics' ? uri : message.id;
    const result = message.method === undefined ? message.result : message.params;
    if (key !== undefined) waiting.get(key)?.(result as never);
  };
  type Listener = (event: { readonly data: unknown }) => void;
  const listeners: Listener[] = [];
  const scope: { onmessage?: Listener } & Record<string, unknown> = {
    addEventListener: (kind: string, listener: Listener) => {
      if (kind === 'message') listeners.push(listener);
    },
    ...{ setTimeout, clearTimeout, performance, TextDecoder, TextEncoder, URL, AbortController, console },
    postMessage: post,
  };
  scope.self = scope;
  createContext(scope);
  runInContext(`const require = undefined;\n${asScript(filesOf('webserver'))}.serveWorker();`, scope);
  const send = (data: unknown): void => {
    const heard = [scope.onmessage, ...listeners];
    for (const listener of heard) listener?.({ data });
  };
  const read = (name: string): Uint8Array => readFileSync(join(repositoryRoot, 'server/data', name));
  send({
    version: '1',
    reference: { index: read('index.json'), facts: read('facts.jsonl'), prose: read('prose.jsonl') },
  });
  let id = 0;
  return {
    request: (method: string, params: unknown): Promise<unknown> => {
      id += 1;
      const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
      send({ jsonrpc: '2.0', id, method, params });
      return answered;
    },
    notify: (method: string, params: unknown) => send({ jsonrpc: '2.0', method, params }),
    diagnosticsOf: (uri: string) => new Promise<Published>((resolve) => waiting.set(uri, resolve)),
  };
}
