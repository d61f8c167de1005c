import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackground } from '../../server/src/node/background';
import { startLspClient } from '../support/lspClient';
import { limit } from '../support/patience';
import { policyWithResource, positionOf } from '../support/policies';

const POLICY = 'file:///repo/policy.json';
const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';

/** A thread that never gets to the end of its first file, and waits without a processor. */
const STUCK = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', () => {
  parentPort.postMessage({ id: 0, told: 'begun' });
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
parentPort.postMessage('ready');
`;

describe('typing while the files of a workspace are read', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-stuck-'));
    writeFileSync(join(folder, 'stuck.js'), STUCK);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('every key is answered before the first file is', async () => {
    // Ended long after the test: a thread that waits costs nothing, and keeps no process.
    const thread = createBackground(join(folder, 'stuck.js'), {
      time: limit(60_000),
      memory: 64,
      idle: 1000,
    });
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    let filesRead = 0;
    const client = await startLspClient({
      workspaceFolders: ['file:///repo'],
      host: {
        workspaceFiles: {
          find: async () => ['file:///repo/openapi.yaml', 'file:///repo/template.yaml'],
          read: async () => 'openapi: 3.0.1\n',
        },
        background: {
          read: async (name, uri, text) => {
            isAsked();
            const told = await thread.read(name, uri, text);
            filesRead += 1;
            return told;
          },
        },
      },
    });
    const textDocument = { uri: POLICY };
    const ask = (method: string, params: object): Promise<unknown> =>
      client.connection.sendRequest(method, { textDocument, ...params });
    try {
      await client.open(POLICY, policyWithResource(`${API}/prod/GET/pets`));
      await ask('textDocument/diagnostic', {});
      await asked;
      let answers = 0;
      for (let key = 0; key < 25; key += 1) {
        const method = key % 2 === 0 ? 'get' : 'GET';
        const text = policyWithResource(`${API}/prod/${method}/pets${'x'.repeat(key)}`);
        await client.change(POLICY, key + 2, [{ text }]);
        const place = positionOf(text, '/pets');
        const [report] = await Promise.all([
          ask('textDocument/diagnostic', {}) as Promise<{ readonly items: readonly unknown[] }>,
          ask('textDocument/completion', { position: place }),
          ask('textDocument/semanticTokens/full', {}),
          ask('textDocument/documentSymbol', {}),
          ask('textDocument/foldingRange', {}),
          ask('textDocument/documentHighlight', { position: place }),
        ]);
        assert.equal(report.items.length, key % 2 === 0 ? 1 : 0);
        answers += 1;
      }
      assert.deepEqual([answers, filesRead], [25, 0]);
    } finally {
      client.stop();
    }
  });
});
