import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, hoverAt, positionOf, ruleOf, waitForDiagnostics } from '../support';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "allow", "Action": "s3:GetObject", "Resource": "*" },
    { "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets" }
  ]
}
`;

describe('a workspace whose files are on no disk', () => {
  const subscriptions: vscode.Disposable[] = [];
  before(() => {
    const { scheme } = folder().uri;
    subscriptions.push(
      vscode.workspace.registerFileSystemProvider(scheme, singleFile('/policy.json', POLICY)),
      vscode.workspace.registerTextDocumentContentProvider('copy', {
        provideTextDocumentContent: () => POLICY,
      }),
    );
  });
  after(async () => {
    await closeEverything();
    vscode.Disposable.from(...subscriptions).dispose();
  });

  it('has its policies checked and explained, but not the copies that a comparison shows of them', async () => {
    assert.notEqual(folder().uri.scheme, 'file');
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.joinPath(folder().uri, 'policy.json'),
    );
    await vscode.window.showTextDocument(document);
    const [finding] = await waitForDiagnostics(document.uri, (all) => all.length > 0);
    assert.ok(finding);
    assert.equal(ruleOf(finding), 'effect-invalid');
    assert.match(await hoverOnAction(document), /GetObject/);

    const copy = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'copy', path: '/policy.json' }),
    );
    assert.equal(copy.languageId, 'json');
    assert.doesNotMatch(await hoverOnAction(copy), /GetObject/);
  });
});

/** The one that the workspace names by a URI. */
function folder(): vscode.WorkspaceFolder {
  const found = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'memory');
  assert.ok(found, 'the workspace has no virtual folder');
  return found;
}

function hoverOnAction(document: vscode.TextDocument): Promise<string> {
  return hoverAt(document, positionOf(document, 's3:GetObject', 5));
}

/** As much of a file system as it takes to read one file. */
function singleFile(path: string, text: string): vscode.FileSystemProvider {
  const content = new TextEncoder().encode(text);
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.FileNotFound(uri);
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) =>
      uri.path === path
        ? { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length }
        : uri.path === '/'
          ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }
          : refuse(uri),
    readDirectory: () => [[path.slice(1), vscode.FileType.File]],
    readFile: (uri) => (uri.path === path ? content : refuse(uri)),
    writeFile: refuse,
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
}
