import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { closeEverything, hoverAt, positionOf, ruleOf, waitForDiagnostics } from '../support';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "allow", "Action": "s3:GetObject", "Resource": "*" },
    { "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:us-east-1:123456789012:v1r2t3u4l5/prod/GET/pets" }
  ]
}
`;

const DEFINITION = JSON.stringify({
  openapi: '3.0.1',
  servers: [{ url: 'https://v1r2t3u4l5.execute-api.us-east-1.amazonaws.com/prod' }],
  paths: { '/pets': { get: {} } },
});

const subscriptions: vscode.Disposable[] = [];
// Before all tests: VS Code has whoever provides for a folder ready before it tells anybody of its files.
before(() => {
  const { scheme } = folder().uri;
  subscriptions.push(
    vscode.workspace.registerFileSystemProvider(
      scheme,
      filesOf({
        '/policy.json': POLICY,
        '/configured/policy.json': POLICY,
        '/configured/.iam-policy.json': '{ "rules": { "effect-invalid": "warning" } }',
        '/api/definition.json': DEFINITION,
      }),
    ),
    vscode.workspace.registerTextDocumentContentProvider('copy', {
      provideTextDocumentContent: () => POLICY,
    }),
  );
});
after(() => vscode.Disposable.from(...subscriptions).dispose());

describe('a folder whose files are on no disk', () => {
  after(closeEverything);

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

  it('has its configuration and its definitions of APIs read', async () => {
    const uri = vscode.Uri.joinPath(folder().uri, 'configured/policy.json');
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    const [finding] = await waitForDiagnostics(uri, (all) => all.length > 0);
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Warning);
    const hover = await hoverAt(document, positionOf(document, '/pets', 2));
    assert.match(hover, /definition\.json/);
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

/** As much of a file system as it takes to read some files. */
function filesOf(texts: Readonly<Record<string, string>>): vscode.FileSystemProvider {
  const contents = new Map(
    Object.entries(texts).map(([path, text]) => [path, new TextEncoder().encode(text)] as const),
  );
  const below = ({ path }: vscode.Uri): readonly string[] => {
    const start = path.endsWith('/') ? path : `${path}/`;
    return [...contents.keys()].flatMap((file) => (file.startsWith(start) ? [file.slice(start.length)] : []));
  };
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.FileNotFound(uri);
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => {
      const content = contents.get(uri.path);
      return content !== undefined
        ? { type: vscode.FileType.File, ctime: 0, mtime: 0, size: content.length }
        : below(uri).length > 0
          ? { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 }
          : refuse(uri);
    },
    readDirectory: (uri) => {
      const entries = new Map<string, vscode.FileType>();
      for (const file of below(uri)) {
        const [name = '', ...rest] = file.split('/');
        entries.set(name, rest.length === 0 ? vscode.FileType.File : vscode.FileType.Directory);
      }
      return [...entries];
    },
    readFile: (uri) => contents.get(uri.path) ?? refuse(uri),
    writeFile: refuse,
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
}
