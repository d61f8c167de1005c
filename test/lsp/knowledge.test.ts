import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  Location,
  LocationLink,
} from 'vscode-languageserver/node';
import { KNOWLEDGE_DELAY_MS, MAX_KNOWN_FILES } from '../../server/src/lsp/fileStore';
import type { FileSearch, WorkspaceFiles } from '../../server/src/lsp/host';
import { type Background, READINGS } from '../../server/src/lsp/readings';
import { workspaceFiles } from '../../server/src/node/workspaceFiles';
import { type LspClient, type LspClientOptions, PULLING, startLspClient } from '../support/lspClient';
import { policyWithResource } from '../support/policies';

const FOLDER = 'file:///repo';
const POLICY = `${FOLDER}/policy.json`;
const YAML = `${FOLDER}/api/petstore.yaml`;
const API = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5';
const RULE = 'execute-api-route-unknown';

const definition = (...routes: readonly string[]): string =>
  [
    'openapi: 3.0.1',
    'servers: [{ url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod }]',
    'paths:',
    ...routes.map((path) => `  ${path}:\n    get: {}`),
    '',
  ].join('\n');

const REFRESHING: ClientCapabilities = {
  ...PULLING,
  workspace: {
    ...PULLING.workspace,
    diagnostics: { refreshSupport: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
  },
};

describe('the knowledge of a workspace in an editor', () => {
  let client: LspClient;
  let disk: Map<string, string>;
  let reads: string[];
  let searches: number;
  let refreshes: number;
  let onRefresh: () => void;

  const diskFiles = (): WorkspaceFiles => ({
    find: async ({ endings, limit }: FileSearch) => {
      // The search for modules of Terraform is another one.
      searches += endings.includes('.yaml') ? 1 : 0;
      return [...disk.keys()].slice(0, limit);
    },
    read: async (uri) => {
      reads.push(uri);
      return disk.get(uri);
    },
  });
  const start = async (options: LspClientOptions = {}): Promise<void> => {
    client = await startLspClient({
      workspaceFolders: [FOLDER],
      capabilities: REFRESHING,
      host: {
        workspaceFiles: diskFiles(),
      },
      ...options,
    });
    client.connection.onRequest('workspace/diagnostic/refresh', () => {
      refreshes += 1;
      onRefresh();
      return null;
    });
    client.connection.onRequest('client/registerCapability', () => null);
  };
  beforeEach(() => {
    disk = new Map();
    reads = [];
    searches = 0;
    refreshes = 0;
    onRefresh = () => undefined;
  });
  afterEach(() => client.stop());

  const refreshed = (): Promise<void> =>
    new Promise((resolve) => {
      onRefresh = resolve;
    });
  const found = async (uri = POLICY): Promise<readonly Diagnostic[]> =>
    (await allFound(uri)).filter(({ code }) => code === RULE);
  const allFound = async (uri = POLICY): Promise<readonly Diagnostic[]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.ok(report.kind === 'full');
    return report.items;
  };
  const at = (text: string, word: string) => {
    const lines = text.slice(0, text.indexOf(word) + 1).split('\n');
    return { line: lines.length - 1, character: (lines.at(-1) ?? '').length };
  };
  const hoverOn = async (text: string, word: string): Promise<string> => {
    const hover = await client.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri: POLICY },
      position: at(text, word),
    });
    return hover === null ? '' : JSON.stringify(hover.contents);
  };
  const changed = async (uri: string, type: 1 | 2 | 3): Promise<void> => {
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });
    await client.timers.set(1);
    assert.deepEqual(client.timers.delays(), [KNOWLEDGE_DELAY_MS]);
    const next = refreshed();
    client.timers.elapse();
    await next;
  };

  it('arrives after the first findings, and is told by a refresh', async () => {
    disk.set(YAML, definition('/pets'));
    await start();
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    assert.deepEqual(await found(), []);
    await arrived;
    const [finding] = await found();
    assert.equal(finding?.message, 'No route of "petstore.yaml" serves "/pest"; the nearest is "/pets".');
    assert.equal(finding.severity, 3);
  });

  it('is looked for no more where nobody can look at files, whatever a client tells of them', async () => {
    await start({ host: {} });
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: YAML, type: 1 }],
    });
    const text = policyWithResource(`${API}/prod/GET/pets`);
    await client.open(POLICY, text);
    await hoverOn(text, 'execute-api');
    await hoverOn(text, 'execute-api');
    assert.deepEqual(client.timers.delays(), []);
  });

  it('keeps nobody waiting who asks for something else', async () => {
    const find = (): Promise<readonly string[]> => new Promise(() => undefined);
    await start({ host: { workspaceFiles: { find, read: async () => undefined } } });
    const text = policyWithResource('arn:aws:s3:::amzn-s3-demo-bucket/*');
    await client.open(POLICY, text);
    assert.match(await hoverOn(text, 'amzn-s3'), /Resource/);
  });

  it('keeps nobody waiting who types while a file is read that takes long', async () => {
    disk.set(YAML, definition('/pets'));
    let isReading = (): void => undefined;
    const reading = new Promise<void>((resolve) => {
      isReading = resolve;
    });
    const background: Background = {
      read: () => {
        isReading();
        return new Promise(() => undefined);
      },
    };
    await start({ host: { workspaceFiles: diskFiles(), background } });
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pets`));
    assert.deepEqual(await allFound(), []);
    await reading;
    await client.change(POLICY, 2, [{ text: policyWithResource(`${API}/prod/get/pets`) }]);
    assert.deepEqual(
      (await allFound()).map(({ code }) => code),
      ['execute-api-method-case'],
    );
  });

  /** What the files tell arrives, however they are read: a path that nobody serves is found. */
  const findsPathBy = async (background: Background): Promise<void> => {
    await start({ host: { workspaceFiles: diskFiles(), background } });
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    await found();
    await arrived;
    assert.equal((await found()).length, 1);
  };

  it('leaves out a file that takes too long, says so, and has the others', async () => {
    disk.set(`${FOLDER}/endless.yaml`, definition('/endless'));
    disk.set(YAML, definition('/pets'));
    const background: Background = {
      read: async (name, uri, text) => (uri.endsWith('endless.yaml') ? undefined : READINGS[name](uri, text)),
    } as Background;
    await findsPathBy(background);
    // The first line is about the service reference, which tests do without.
    const [, line] = [await client.log.next(), await client.log.next()];
    assert.match(line.message, /takes too long.*endless\.yaml/);
  });

  it('stops where files tell more than a workspace can, says so, and keeps what it has', async () => {
    disk.set(`${FOLDER}/long.json`, '{}');
    disk.set(`${FOLDER}/longer.json`, '{}');
    disk.set(YAML, definition('/pets'));
    const mention = { apiId: 'x'.repeat(9_000_000), region: undefined, stage: undefined };
    const background: Background = {
      read: async (name, uri, text) =>
        uri.endsWith('.json')
          ? { accounts: new Map(), apis: [], mentions: [mention] }
          : READINGS[name](uri, text),
    } as Background;
    await findsPathBy(background);
    const [, line] = [await client.log.next(), await client.log.next()];
    assert.match(line.message, /too much in the files together.*long/);
  });

  it('shows the routes in hover, linked by line, and leads to them', async () => {
    disk.set(YAML, definition('/pets', '/owners'));
    await start();
    const text = policyWithResource(`${API}/prod/GET/pets`);
    await client.open(POLICY, text);
    const hover = await hoverOn(text, 'pets"');
    assert.match(
      hover,
      /matches 1 of the 2 routes of \[`petstore\.yaml`\]\(file:\/\/\/repo\/api\/petstore\.yaml\)/,
    );
    assert.ok(hover.includes(`[\`GET /pets\`](${YAML}#L5); not [\`GET /owners\`](${YAML}#L7)`), hover);
    const params = { textDocument: { uri: POLICY }, position: at(text, 'pets"') };
    const places = await client.connection.sendRequest<Location[]>('textDocument/definition', params);
    assert.deepEqual(places, [
      { uri: YAML, range: { start: { line: 4, character: 4 }, end: { line: 4, character: 7 } } },
    ]);
  });

  it('underlines the whole segment where the client can', async () => {
    disk.set(YAML, definition('/pets/{petId}'));
    await start({
      capabilities: { ...REFRESHING, textDocument: { diagnostic: {}, definition: { linkSupport: true } } },
    });
    const text = policyWithResource(`${API}/prod/GET/pets/42`);
    await client.open(POLICY, text);
    const [link, ...more] = await client.connection.sendRequest<LocationLink[]>('textDocument/definition', {
      textDocument: { uri: POLICY },
      position: at(text, '42"'),
    });
    assert.deepEqual(more, []);
    assert.equal(link?.targetUri, YAML);
    const { start: from, end } = link.originSelectionRange ?? assert.fail();
    assert.equal(text.split('\n')[from.line]?.slice(from.character, end.character), 'pets/42');
  });

  it('reads only the file that changed, and forgets the one that is gone', async () => {
    disk.set(YAML, definition('/pest'));
    disk.set(`${FOLDER}/other.yaml`, 'a: b');
    await start();
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    await found();
    await arrived;
    assert.deepEqual(await found(), []);
    reads.length = 0;
    disk.set(YAML, definition('/pets'));
    await changed(YAML, 2);
    assert.equal((await found()).length, 1);
    assert.deepEqual([reads, searches], [[YAML], 1]);
    disk.delete(YAML);
    await changed(YAML, 3);
    assert.deepEqual(await found(), []);
    disk.set(YAML, definition('/pets'));
    await changed(YAML, 1);
    assert.equal((await found()).length, 1);
    // Some editors and every checkout replace a file: it is gone and there again before anybody looks.
    disk.set(YAML, definition('/pest'));
    await changed(YAML, 1);
    assert.deepEqual(await found(), []);
  });

  it('has a file that appears while files are searched for', async () => {
    const files = diskFiles();
    let finish = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let begun = (): void => undefined;
    const searching = new Promise<void>((resolve) => {
      begun = resolve;
    });
    await start({
      host: {
        workspaceFiles: {
          ...files,
          find: async (search) => {
            const uris = await files.find(search);
            begun();
            await held;
            return uris;
          },
        },
      },
    });
    disk.set(`${FOLDER}/other.yaml`, 'a: b');
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    assert.deepEqual(await found(), []);
    await searching;
    disk.set(YAML, definition('/pets'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: YAML, type: 1 }],
    });
    // Answered after that was heard.
    await found();
    const first = refreshed();
    finish();
    await first;
    await client.timers.set(1);
    assert.deepEqual(client.timers.delays(), [KNOWLEDGE_DELAY_MS]);
    const next = refreshed();
    client.timers.elapse();
    await next;
    assert.equal((await found()).length, 1);
  });

  it('that cannot be found costs one line of the log', async () => {
    await start({ initializationOptions: { workspaceFiles: true } });
    client.connection.onRequest('iamPolicy/findFiles', () => {
      throw new Error('no files today');
    });
    const text = policyWithResource(`${API}/prod/GET/pets`);
    await client.open(POLICY, text);
    assert.match(await hoverOn(text, 'pets"'), /Path/);
    assert.match(await hoverOn(text, 'prod'), /Stage/);
    const lines = client.log.all.filter(({ message }) =>
      /knowledge of the workspace.*no files today/.test(message),
    );
    assert.equal(lines.length, 1);
  });

  it('is not waited for by a hover where a search is never answered', async () => {
    const files = { read: async () => undefined, allPolicyFilesBelow: async () => [] };
    await start({ initializationOptions: { workspaceFiles: true }, host: { files } });
    client.connection.onRequest('iamPolicy/findFiles', () => new Promise(() => {}));
    const text = policyWithResource(`${API}/prod/GET/pets`);
    await client.open(POLICY, text);
    const hover = hoverOn(text, 'pets"');
    while (!client.timers.delays().includes(3000)) {
      await client.timers.pause();
    }
    client.timers.elapse();
    assert.match(await hover, /Path/);
    // Whoever asks while the same search goes on does not wait at all.
    assert.match(await hoverOn(text, 'pets"'), /Path/);
    assert.deepEqual(client.timers.delays(), []);
  });

  it('takes a definition as it stands in the editor', async () => {
    const uri = `${FOLDER}/openapi.json`;
    const json = (path: string) =>
      `{"openapi": "3.0.1", "servers": [{"url": "https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod"}],
        "paths": {"${path}": {"get": {}}}}`;
    disk.set(uri, json('/pets'));
    await start();
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    await client.open(uri, json('/pets'));
    await found();
    await arrived;
    assert.equal((await found()).length, 1);
    await client.change(uri, 2, [{ text: json('/pest') }]);
    await client.timers.set(1);
    const next = refreshed();
    client.timers.elapse();
    await next;
    assert.deepEqual(await found(), []);
  });

  it('is not renewed by typing in a policy', async () => {
    disk.set(YAML, definition('/pets'));
    const text = policyWithResource(`${API}/prod/GET/pets`);
    disk.set(POLICY, text);
    await start();
    const arrived = refreshed();
    await client.open(POLICY, text);
    await found();
    await arrived;
    await client.change(POLICY, 2, [{ text: policyWithResource(`${API}/test/GET/pets`) }]);
    await found();
    assert.deepEqual(client.timers.delays(), []);
    assert.equal(refreshes, 1);
  });

  it('is not looked for where no policy speaks of execute-api, or where it is switched off', async () => {
    disk.set(YAML, definition('/pets'));
    await start();
    await client.open(POLICY, policyWithResource('arn:aws:s3:::bucket'));
    await found();
    await client.configure({ workspaceKnowledge: { enable: false } });
    const other = `${FOLDER}/other.json`;
    const text = policyWithResource(`${API}/prod/GET/pest`);
    await client.open(other, text);
    assert.deepEqual(await found(other), []);
    assert.equal(searches, 0);
  });

  it('is offered for what an invalidation leaves open', async () => {
    disk.set(YAML, definition('/pets', '/pets/{petId}'));
    await start();
    const text = policyWithResource(`${API}/*/GET/pets*`);
    await client.open(POLICY, text);
    const { draft } = await client.request('iamPolicy/invalidationDraft', {
      uri: POLICY,
      position: at(text, 'pets*'),
    });
    assert.deepEqual(draft?.choices, { stage: ['prod'], path: ['pets', 'pets/{petId}'] });
    const typed = await client.request('iamPolicy/invalidationDraft', { arn: `${API}/*/GET/pets` });
    assert.deepEqual(typed.draft?.choices, { stage: ['prod'] });
  });

  it('stops at so many files, and says so once', async () => {
    for (let index = 0; index < MAX_KNOWN_FILES + 10; index += 1) {
      disk.set(`${FOLDER}/f${index}.json`, '{}');
    }
    await start();
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    await found();
    await arrived;
    assert.equal(reads.length, MAX_KNOWN_FILES);
    disk.delete(`${FOLDER}/f0.json`);
    await changed(`${FOLDER}/f0.json`, 3);
    const lines = client.log.all.filter(({ message }) => /more than .* JSON, YAML/.test(message));
    assert.equal(lines.length, 1);
  });

  it('comes from the client where the client offers its files', async () => {
    const asked: string[] = [];
    const uri = 'vscode-vfs://github/owner/repo/petstore.yaml';
    await start({ initializationOptions: { workspaceFiles: true } });
    client.connection.onRequest('iamPolicy/findFiles', ({ endings }: FileSearch) => {
      if (endings.includes('.yaml')) {
        asked.push(endings.join(' '));
      }
      return { uris: [uri, 'vscode-vfs://github/owner/repo/gone.yaml'] };
    });
    client.connection.onRequest('iamPolicy/readFile', (file: { uri: string }): { text?: string } =>
      file.uri === uri ? { text: definition('/pets') } : {},
    );
    const arrived = refreshed();
    await client.open(POLICY, policyWithResource(`${API}/prod/GET/pest`));
    await found();
    await arrived;
    assert.equal((await found()).length, 1);
    assert.deepEqual(asked, ['.gitignore .json .jsonc .tf .tofu .yaml .yml']);
    assert.equal(searches, 0);
  });
});

describe('the files of a workspace on this machine', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'workspace files '));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (files: Readonly<Record<string, string>>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  const find = async (limit = 100): Promise<readonly string[]> => {
    const root = pathToFileURL(folder).href;
    const uris = await workspaceFiles.find({
      folders: [root, `${root}/absent`, 'vscode-vfs://github/x'],
      endings: ['.json', '.yaml'],
      excludedFolders: ['node_modules'],
      limit,
    });
    return uris.map((uri) => decodeURIComponent(uri.slice(root.length + 1)));
  };

  it('leaves out excluded and ignored folders, and takes those near the top first', async () => {
    await put({
      'z.yaml': '',
      'a b/c#.json': '',
      'node_modules/x/y.json': '',
      'target/big.json': '',
      'sub/target/kept.json': '',
      'sub/made.json': '',
      'sub/deep/also.yaml': '',
      'note.txt': '',
      '.gitignore': '/target/\n# a comment\n',
      'sub/.gitignore': 'made.json\n',
    });
    assert.deepEqual(await find(), [
      'z.yaml',
      'a b/c#.json',
      'sub/made.json',
      'sub/deep/also.yaml',
      'sub/target/kept.json',
    ]);
    assert.deepEqual(await find(2), ['z.yaml', 'a b/c#.json']);
  });

  it('takes the first by their names of a folder with many files', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `f${index}.json`);
    await put(Object.fromEntries(names.map((name) => [name, ''])));
    assert.deepEqual(await find(7), [...names].sort().slice(0, 7));
    assert.deepEqual(await find(1000), [...names].sort());
  });

  it('reads what can be read and is not too long, without its mark of byte order', async () => {
    await put({ 'a.json': '\ufeff{}', 'b.json': 'long' });
    const uri = (name: string) => pathToFileURL(join(folder, name)).href;
    assert.equal(await workspaceFiles.read(uri('a.json'), 100), '{}');
    assert.equal(await workspaceFiles.read(uri('b.json'), 3), undefined);
    assert.equal(await workspaceFiles.read(uri('c.json'), 100), undefined);
    assert.equal(await workspaceFiles.read('vscode-vfs://github/x.json', 100), undefined);
  });
});
