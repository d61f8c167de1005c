import assert from 'node:assert/strict';
import type { CodeAction } from 'vscode-languageserver/node';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, startLspClient } from '../support/lspClient';

const FOLDER = 'file:///repo/m';
const MAIN = `${FOLDER}/main.tf`;

const TEXT = `data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
`;

describe('another form of a policy of Terraform, in an editor', () => {
  let client: LspClient;
  let disk: Map<string, string>;
  let searches: number;

  beforeEach(async () => {
    disk = new Map([[MAIN, TEXT]]);
    searches = 0;
    client = await startLspClient({
      workspaceFolders: ['file:///repo'],
      initializationOptions: { clientCommands: true },
      host: {
        iamDataAssets,
        workspaceFiles: {
          find: async ({ folders, endings }) => {
            searches += folders.includes(FOLDER) ? 1 : 0;
            return [...disk.keys()].filter((uri) => endings.some((ending) => uri.endsWith(ending)));
          },
          read: async (uri) => disk.get(uri),
        },
      },
    });
  });
  afterEach(() => client.stop());

  const offered = async (uri: string, line: number, only?: string): Promise<readonly string[]> => {
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line, character: 8 }, end: { line, character: 8 } },
      context: { diagnostics: [], ...(only !== undefined && { only: [only] }) },
    });
    return actions.map(({ title }) => title).filter((title) => title.startsWith('Write the policy'));
  };
  const TITLES = ['Write the policy as an object in jsonencode', 'Write the policy as JSON in a heredoc'];

  it('is offered where no other file names what would go', async () => {
    disk.set('file:///repo/n/other.tf', 'x = data.aws_iam_policy_document.d.json');
    await client.open(MAIN, TEXT, 'terraform');
    assert.deepEqual(await offered(MAIN, 0), TITLES);
    disk.set(`${FOLDER}/other.tf`, 'x = data.aws_iam_policy_document.d.json');
    assert.deepEqual(await offered(MAIN, 0), []);
    disk.delete(`${FOLDER}/other.tf`);
    disk.set(`${FOLDER}/tests/a.tftest.hcl`, 'x = data.aws_iam_policy_document.d.json');
    assert.deepEqual(await offered(MAIN, 0), []);
  });

  it('is not offered in a folder that nobody can look into', async () => {
    disk.delete(MAIN);
    await client.open(MAIN, TEXT, 'terraform');
    assert.deepEqual(await offered(MAIN, 0), []);
    await client.open('untitled:Untitled-1', TEXT, 'terraform');
    assert.deepEqual(await offered('untitled:Untitled-1', 0), TITLES);
  });

  it('reads no file for a cursor in a statement, unless somebody asks for refactorings', async () => {
    await client.open(MAIN, TEXT, 'terraform');
    assert.deepEqual(await offered(MAIN, 2), []);
    assert.equal(searches, 0);
    assert.deepEqual(await offered(MAIN, 2, 'refactor'), TITLES);
    assert.equal(searches, 1);
  });

  it('opens what a file of JSON is in Terraform', async () => {
    const uri = 'file:///repo/policy.json';
    const text =
      '{\n  "Version": "2012-10-17",\n  "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/${aws:username}/${x}"}\n}\n';
    await client.open(uri, text, 'json');
    const actionsAt = async (line: number): Promise<readonly CodeAction[]> =>
      (
        await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
          textDocument: { uri },
          range: { start: { line, character: 30 }, end: { line, character: 30 } },
          context: { diagnostics: [] },
        })
      ).filter(({ title }) => title.startsWith('Open this policy'));
    assert.deepEqual(
      (await actionsAt(0)).map(({ command }) => command?.arguments),
      [
        [
          'data "aws_iam_policy_document" "policy" {\n  statement {\n    effect    = "Allow"\n    actions   = ["s3:GetObject"]\n    resources = ["arn:aws:s3:::b/&{aws:username}/&{x}"]\n  }\n}\n',
        ],
        [
          'locals {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = {\n      Effect   = "Allow"\n      Action   = "s3:GetObject"\n      Resource = "arn:aws:s3:::b/$${aws:username}/$${x}"\n    }\n  })\n}\n',
        ],
      ],
    );
    assert.deepEqual(await actionsAt(2), [], 'not within a statement, at every move of the cursor');
  });
});
