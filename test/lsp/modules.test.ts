import assert from 'node:assert/strict';
import type {
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
} from 'vscode-languageserver/node';
import { KNOWLEDGE_DELAY_MS } from '../../server/src/lsp/fileStore';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';

const FOLDER = 'file:///repo/m';
const MAIN = `${FOLDER}/main.tf`;
const POLICIES = `${FOLDER}/policies.tf`;
const FILE = `${FOLDER}/p/read.json`;

const DATA = `data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::b/*"]
  }
}
`;
const READ =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b-${region}/*"}]}';
const bucket = (call: string): string => `resource "aws_s3_bucket_policy" "b" {\n  policy = ${call}\n}\n`;
const NAMED = 'data.aws_iam_policy_document.d.json';

const REFRESHING: ClientCapabilities = {
  ...PULLING,
  workspace: { ...PULLING.workspace, diagnostics: { refreshSupport: true } },
};

describe('the modules of Terraform in an editor', () => {
  let client: LspClient;
  let disk: Map<string, string>;
  let reads: string[];
  let onRefresh: () => void;

  beforeEach(async () => {
    disk = new Map();
    reads = [];
    onRefresh = () => undefined;
    client = await startLspClient({
      workspaceFolders: ['file:///repo'],
      capabilities: REFRESHING,
      host: {
        iamDataAssets,
        workspaceFiles: {
          find: async ({ endings }) =>
            [...disk.keys()].filter((uri) => endings.some((ending) => uri.endsWith(ending))),
          read: async (uri) => {
            reads.push(uri);
            return disk.get(uri);
          },
        },
      },
    });
    client.connection.onRequest('workspace/diagnostic/refresh', () => {
      onRefresh();
      return null;
    });
  });
  afterEach(() => client.stop());

  const refreshed = (): Promise<void> =>
    new Promise((resolve) => {
      onRefresh = resolve;
    });
  const codes = async (uri: string): Promise<readonly Diagnostic['code'][]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.ok(report.kind === 'full');
    return report.items.filter(({ severity }) => severity === 1).map(({ code }) => code);
  };
  const opened = async (uri: string, text: string, languageId: string): Promise<void> => {
    const arrived = refreshed();
    await client.open(uri, text, languageId);
    await codes(uri);
    await arrived;
  };

  it('tell the type of a data source in another file, which follows what is typed there', async () => {
    disk.set(MAIN, bucket(NAMED));
    disk.set(POLICIES, DATA);
    await opened(POLICIES, DATA, 'terraform');
    assert.deepEqual(await codes(POLICIES), ['principal-missing']);
    await client.open(MAIN, bucket(NAMED), 'terraform');
    await client.timers.set(1);
    client.timers.elapse();
    await codes(POLICIES);
    reads.length = 0;
    await client.change(MAIN, 2, [{ text: bucket('data.aws_iam_policy_document.other.json') }]);
    await client.timers.set(1);
    assert.deepEqual(client.timers.delays(), [KNOWLEDGE_DELAY_MS]);
    const next = refreshed();
    client.timers.elapse();
    await next;
    assert.deepEqual(await codes(POLICIES), []);
    assert.deepEqual(reads, []);
  });

  it('read a file again that has changed, and no other', async () => {
    disk.set(MAIN, '');
    disk.set(POLICIES, DATA);
    disk.set(`${FOLDER}/more.tf`, '');
    await opened(POLICIES, DATA, 'terraform');
    assert.deepEqual(await codes(POLICIES), []);
    reads.length = 0;
    disk.set(MAIN, bucket(NAMED));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: MAIN, type: 2 }],
    });
    await client.timers.set(1);
    const next = refreshed();
    client.timers.elapse();
    await next;
    assert.deepEqual(await codes(POLICIES), ['principal-missing']);
    assert.deepEqual(reads, [MAIN]);
  });

  it('are looked for again when a new one is saved, where the client watches no files', async () => {
    disk.set(POLICIES, DATA);
    await opened(POLICIES, DATA, 'terraform');
    assert.deepEqual(await codes(POLICIES), []);
    await client.open(MAIN, bucket(NAMED), 'terraform');
    disk.set(MAIN, bucket(NAMED));
    const next = refreshed();
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: MAIN } });
    await client.timers.set(1);
    client.timers.elapse();
    await next;
    assert.deepEqual(await codes(POLICIES), ['principal-missing']);
  });

  it('are the same files however the editor writes their names', async () => {
    const main = (folder: string): string => `${folder}/main@1.tf`;
    const policies = (folder: string): string => `${folder}/p.tf`;
    // A search through folders writes more of it in hexadecimal digits than some editors, and others even more.
    const [found, written] = ['file:///repo/a%2Bb%20(c)', 'file:///repo/a+b%20%28c%29'];
    disk.set(`${found}/main%401.tf`, bucket('data.aws_iam_policy_document.other.json'));
    disk.set(policies(found), DATA);
    await opened(policies(written), DATA, 'terraform');
    assert.deepEqual(await codes(policies(written)), []);
    await client.open(main(written), bucket(NAMED), 'terraform');
    await client.timers.set(1);
    const next = refreshed();
    client.timers.elapse();
    await next;
    assert.deepEqual(await codes(policies(written)), ['principal-missing']);
  });

  it('tell the type of a file of JSON, and what is filled into it', async () => {
    disk.set(MAIN, bucket('templatefile("${path.module}/p/read.json", { region = "eu-west-1" })'));
    await opened(FILE, READ, 'json');
    assert.deepEqual(await codes(FILE), ['principal-missing']);
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: FILE },
      position: { line: 0, character: READ.indexOf('region') + 1 },
    });
    assert.match(JSON.stringify(hover?.contents), /Terraform fills in `eu-west-1` for `region`/);
  });

  it('are not looked for where knowledge of the workspace is switched off', async () => {
    disk.set(MAIN, bucket(NAMED));
    await client.configure({ workspaceKnowledge: { enable: false } });
    await client.open(POLICIES, DATA, 'terraform');
    assert.deepEqual(await codes(POLICIES), []);
    assert.deepEqual(reads, []);
  });
});
