import { strict as assert } from 'node:assert';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuiltServer } from '../support/builtServer';
import { limit } from '../support/patience';
import { policyWithResource, positionOf } from '../support/policies';

const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
/** On an idle machine, from the kill to the diagnostics of the next server. */
const BACK_MS = 2000;

/** A definition that the thread which reads files is at for some time. */
const DEFINITION = JSON.stringify({
  openapi: '3.0.1',
  paths: Object.fromEntries(
    Array.from({ length: 8000 }, (_, index) => [`/pets/${index}`, { get: {}, post: {} }]),
  ),
});

describe('the shipped server, killed at any moment', function () {
  this.timeout(limit(60_000));
  let folder = '';
  let server: BuiltServer | undefined;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-killed-'));
    writeFileSync(join(folder, 'openapi.json'), DEFINITION);
    writeFileSync(join(folder, 'policy.json'), policyWithResource(`${API}/prod/GET/pets`));
  });
  afterEach(async () => {
    await server?.kill();
    server = undefined;
  });
  after(() => rmSync(folder, { recursive: true }));

  const wrong = policyWithResource(`${API}/prod/get/pets`);
  const at = positionOf(wrong, 'get/');
  const range = { start: at, end: at };

  /** What the server is at when it is killed; what was asked of it is never answered, so nobody waits for it. */
  const MOMENTS: Readonly<Record<string, (server: BuiltServer, policy: string) => Promise<void>>> = {
    'while a document is opened': async ({ connection }, policy) => {
      const textDocument = { uri: policy, languageId: 'json', version: 1, text: wrong };
      await connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    'in the middle of a code action': async (running, policy) => {
      await running.open(policy, wrong);
      const context = { diagnostics: [] };
      ask(running, 'textDocument/codeAction', { textDocument: { uri: policy }, range, context });
    },
    'while the files of the workspace are read': async (running, policy) => {
      await running.open(policy, wrong);
      ask(running, 'textDocument/hover', { textDocument: { uri: policy }, position: at });
      // Answered in their order: the hover has begun, and waits for the files.
      await running.connection.sendRequest('textDocument/foldingRange', { textDocument: { uri: policy } });
    },
    'after a change whose diagnostics are not there yet': async (running, policy) => {
      await running.open(policy, policyWithResource(`${API}/prod/GET/pets`));
      void running.change(policy, wrong, 2);
    },
  };

  for (const [moment, until] of Object.entries(MOMENTS)) {
    it(`is back with its diagnostics within two seconds, and has lost nothing: ${moment}`, async () => {
      const root = pathToFileURL(folder).href;
      const policy = `${root}/policy.json`;
      const files = contents(folder);
      server = await BuiltServer.start(root);
      await until(server, policy);
      const killed = performance.now();
      await server.kill();
      // As editors do it: another process, and each document as it stands now.
      server = await BuiltServer.start(root);
      const codes = await server.open(policy, wrong, 7);
      const took = performance.now() - killed;
      assert.deepEqual(codes, ['execute-api-method-case']);
      assert.ok(took < limit(BACK_MS), `${Math.round(took)} ms`);
      const actions = await server.connection.sendRequest<readonly { readonly title: string }[]>(
        'textDocument/codeAction',
        { textDocument: { uri: policy }, range, context: { diagnostics: [] } },
      );
      assert.ok(actions.length > 0);
      assert.deepEqual(contents(folder), files, 'the killed server has left something behind');
    });
  }
});

function ask({ connection }: BuiltServer, method: string, params: object): void {
  connection.sendRequest(method, params).catch(() => undefined);
}

function contents(folder: string): readonly (readonly [name: string, text: string])[] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
}
