import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeLens,
  type InlayHint,
} from 'vscode-languageserver/node';
import type { ServerHost } from '../../server/src/lsp/host';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const URI = 'file:///policies/role.json';

const policy = (...actions: readonly string[]): string => `{
  "Version": "2012-10-17",
  "Statement": [
    { "Sid": "Keep", "Effect": "Allow", "Action": "sns:Publish", "Resource": "*" },
    { "Sid": "Read", "Effect": "Allow", "Action": ${JSON.stringify(actions)}, "Resource": "arn:aws:s3:::b/*" }
  ]
}
`;
const READ = policy('s3:GetObject');
const WRITE = policy('s3:GetObject', 's3:PutObject');
const DELETE = policy('s3:GetObject', 's3:DeleteObject');

/** A repository in memory, which tells what was asked of it. */
class Repository {
  readonly asked: string[] = [];
  head: string | undefined = READ;
  saved: string | undefined = READ;

  get host(): Partial<ServerHost> {
    return {
      committed: async (uri) => {
        this.asked.push(`git ${uri}`);
        return this.head === undefined ? { problem: 'not a git repository' } : { text: this.head };
      },
      files: {
        read: async (uri) => {
          if (uri === URI) {
            this.asked.push(`read ${uri}`);
          }
          return uri === URI ? this.saved : undefined;
        },
        allPolicyFilesBelow: async () => [],
      },
    };
  }
}

describe('the code lens of changed statements', () => {
  let client: LspClient | undefined;
  let repository: Repository;
  beforeEach(() => {
    repository = new Repository();
  });
  afterEach(() => client?.stop());

  async function start(options: Parameters<typeof startLspClient>[0] = {}, text = WRITE): Promise<LspClient> {
    client = await startLspClient({
      host: repository.host,
      initializationOptions: { clientCommands: true },
      ...options,
    });
    await client.open(URI, text);
    return client;
  }
  const lenses = async ({ connection }: LspClient) => {
    const found = await connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
      textDocument: { uri: URI },
    });
    return found.map(({ range, command }) => ({ line: range.start.line, ...command }));
  };
  const titles = async (of: LspClient) => (await lenses(of)).map(({ title }) => title);

  it('stands at the statement, and leads to the change view', async () => {
    const started = await start();
    assert.deepEqual(await lenses(started), [
      {
        line: 4,
        title: 'newly grants s3:PutObject',
        tooltip: 'Compared with the last commit: show what this change grants and takes away',
        command: 'iamPolicy.whatDoesThisChangeGrant',
        arguments: [{ uri: URI, against: 'commit', position: { line: 4, character: 4 } }],
      },
    ]);
    const { report } = await started.request('iamPolicy/changeReport', {
      uri: URI,
      against: 'commit',
      position: { line: 4, character: 4 },
    });
    assert.match(report ?? '', /## Newly granted by this statement\n\n### Allow `Read`, line 5\n/);
  });

  it('asks git once, whatever is typed, and again after a save and a commit', async () => {
    const started = await start();
    for (let version = 2; version < 8; version += 1) {
      await started.change(URI, version, [{ text: version % 2 === 0 ? DELETE : WRITE }]);
      assert.deepEqual(await titles(started), [
        version % 2 === 0 ? 'newly grants s3:DeleteObject' : 'newly grants s3:PutObject',
      ]);
    }
    assert.deepEqual(repository.asked, [`git ${URI}`]);
    repository.head = WRITE;
    await started.connection.sendNotification('textDocument/didSave', { textDocument: { uri: URI } });
    assert.deepEqual(await titles(started), []);
    repository.head = DELETE;
    await started.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: 'file:///policies/.git/logs/HEAD', type: 2 }],
    });
    assert.deepEqual(await titles(started), ['newly grants s3:PutObject · takes away s3:DeleteObject']);
    assert.equal(repository.asked.length, 3);
    await started.close(URI);
    await started.open(URI, WRITE);
    await titles(started);
    assert.equal(repository.asked.length, 4, 'a closed document is forgotten');
  });

  it('compares with the saved file where git has none', async () => {
    repository.head = undefined;
    const started = await start();
    const [lens] = await lenses(started);
    assert.deepEqual([lens?.title, lens?.arguments?.[0]?.against], ['newly grants s3:PutObject', 'saved']);
    repository.saved = WRITE;
    await started.connection.sendNotification('textDocument/didSave', { textDocument: { uri: URI } });
    assert.deepEqual(await titles(started), []);
  });

  it('asks no git in a workspace that is not trusted until it is', async () => {
    repository.head = DELETE;
    const started = await start({
      initializationOptions: { clientCommands: true, workspaceTrust: 'untrusted' },
    });
    assert.deepEqual(await titles(started), ['newly grants s3:PutObject']);
    assert.deepEqual(repository.asked, [`read ${URI}`]);
    await started.connection.sendNotification('iamPolicy/workspaceTrusted', {});
    assert.deepEqual(await titles(started), ['newly grants s3:PutObject · takes away s3:DeleteObject']);
  });

  it('does not wait for git where the editor can be told to ask again', async () => {
    let answer = (_: { readonly text: string }): void => undefined;
    const asked = new Promise<{ readonly text: string }>((resolve) => {
      answer = resolve;
    });
    const capabilities: ClientCapabilities = {
      ...PULLING,
      workspace: { ...PULLING.workspace, codeLens: { refreshSupport: true } },
    };
    const started = await start({ capabilities, host: { committed: () => asked } });
    const refreshed = new Promise<void>((resolve) => {
      started.connection.onRequest('workspace/codeLens/refresh', () => {
        resolve();
        return null;
      });
    });
    assert.deepEqual(await titles(started), []);
    answer({ text: READ });
    await refreshed;
    assert.deepEqual(await titles(started), ['newly grants s3:PutObject']);
  });

  it('asks nothing for documents without a policy, and nothing where it is switched off', async () => {
    const started = await start({}, '{ "name": "example", "version": "1.0.0" }\n');
    assert.deepEqual(await titles(started), []);
    await started.change(URI, 2, [{ text: WRITE }]);
    await started.configure({ codeLens: { show: ['explain'] } });
    assert.deepEqual(await titles(started), []);
    await started.configure({ codeLens: { enable: false } });
    assert.deepEqual(await titles(started), []);
    assert.deepEqual(repository.asked, []);
  });

  it('can be called off', async () => {
    const started = await start();
    await titles(started);
    const source = new CancellationTokenSource();
    const asked = started.connection.sendRequest(
      'textDocument/codeLens',
      { textDocument: { uri: URI } },
      source.token,
    );
    source.cancel();
    await assert.rejects(asked, /cancelled/);
  });

  it('is a hint behind the line in editors without our commands, with what it leads to', async () => {
    const started = await start({ initializationOptions: {} });
    const hints = (first: number, last: number) =>
      started.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', {
        textDocument: { uri: URI },
        range: { start: { line: first, character: 0 }, end: { line: last, character: 0 } },
      });
    const [hint, ...others] = await hints(0, 6);
    assert.deepEqual(others, []);
    assert.equal(hint?.label, 'newly grants s3:PutObject');
    assert.equal(hint?.position.line, 4);
    assert.equal(hint?.position.character, WRITE.split('\n')[4]?.length);
    assert.equal(
      typeof hint?.tooltip === 'object' ? hint.tooltip.value : hint?.tooltip,
      [
        'Compared with the last commit:',
        '**Newly granted**',
        [
          '- **Actions**: `s3:PutObject`',
          '- **Resources**: `arn:aws:s3:::b/*`',
          '- **By**: whoever holds the policy',
          '- **For example**: `s3:PutObject on arn:aws:s3:::b/example`',
        ].join('\n'),
      ].join('\n\n'),
    );
    assert.deepEqual([await hints(0, 3), await hints(5, 6)], [[], []], 'elsewhere');
    assert.deepEqual(await hints(4, 4), [hint]);
    await started.configure({ codeLens: { show: ['explain'] } });
    assert.deepEqual(await hints(0, 6), []);
  });
});
