import { strict as assert } from 'node:assert';
import type {
  CodeAction,
  Diagnostic,
  DocumentDiagnosticReport,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleEdit } from '../../server/src/protocol/rules';
import { type LspClient, type LspClientOptions, PULLING, startLspClient } from '../support/lspClient';
import { policyText, serviceWith } from './rules';

const FOLDER = 'file:///repo';
const CONFIG = `${FOLDER}/.iam-policy.json`;
const POLICY = `${FOLDER}/a%20b/policy.json`;
const OFF = '{ "rules": { "test-star": "off" } }';

describe('the configuration file in an editor', () => {
  let client: LspClient;
  let disk: Map<string, string>;
  const start = async (options: LspClientOptions = {}): Promise<void> => {
    client = await startLspClient({
      createService: serviceWith(['star']),
      host: {
        files: {
          read: async (uri) => disk.get(uri),
          allPolicyFilesBelow: async (folder) =>
            [...disk.keys()].filter((uri) => uri.startsWith(`${folder}/`)),
        },
      },
      capabilities: {
        ...PULLING,
        workspace: {
          ...PULLING.workspace,
          workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
        },
      },
      ...options,
    });
  };
  beforeEach(() => {
    disk = new Map();
  });
  afterEach(() => client.stop());

  const pull = async (uri: string): Promise<readonly Diagnostic[]> => {
    const report = await client.connection.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    assert.ok(report.kind === 'full');
    return report.items;
  };
  const codes = async (uri: string) => (await pull(uri)).map(({ code }) => code);
  const actions = async (uri: string): Promise<readonly CodeAction[]> => {
    const position = { line: 2, character: 49 };
    return client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: position, end: position },
      context: { diagnostics: [] },
    });
  };

  it('is found upwards from a document, and read anew when it is saved', async () => {
    disk.set(CONFIG, OFF);
    await start();
    await client.open(POLICY, policyText('*'));
    assert.deepEqual(await codes(POLICY), []);
    disk.set(CONFIG, '{}');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: CONFIG, type: 2 }],
    });
    assert.deepEqual(await codes(POLICY), ['test-star']);
  });

  it('is read anew when something is saved where the client watches no files', async () => {
    for (const [dynamicRegistration, expected] of [
      [false, []],
      [true, ['test-star']],
    ] as const) {
      await start({
        capabilities: {
          ...PULLING,
          workspace: { ...PULLING.workspace, didChangeWatchedFiles: { dynamicRegistration } },
        },
      });
      await client.open(POLICY, policyText('*'));
      assert.deepEqual(await codes(POLICY), ['test-star']);
      disk.set(CONFIG, OFF);
      await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri: POLICY } });
      assert.deepEqual(await codes(POLICY), expected);
      disk.delete(CONFIG);
      client.stop();
    }
  });

  it('counts as it stands in the editor, and gives way to settings', async () => {
    await start({ settings: { rules: {} } });
    await client.open(POLICY, policyText('*'));
    assert.deepEqual(await codes(POLICY), ['test-star']);
    await client.open(CONFIG, OFF, 'jsonc');
    assert.deepEqual(await codes(POLICY), []);
    await client.configure({ rules: { 'test-star': 'error' } });
    assert.deepEqual(await codes(POLICY), ['test-star']);
    await client.configure({});
    await client.close(CONFIG);
    assert.deepEqual(await codes(POLICY), ['test-star']);
  });

  it('suppresses by decoded path, and says which of its entries are of no use', async () => {
    disk.set(POLICY, policyText('*'));
    await start();
    const entry = (files: string) => `{ "rule": "test-star", "files": "${files}", "reason": "r" }`;
    await client.open(POLICY, policyText('*'));
    await client.open(CONFIG, `{ "suppressions": [${entry('a b/*.json')}, ${entry('c/*.json')}] }`, 'jsonc');
    assert.deepEqual(await codes(POLICY), []);
    const found = await pull(CONFIG);
    assert.deepEqual(
      found.map(({ code, severity }) => [code, severity]),
      [['suppression-unused', 3]],
    );
  });

  it('is not held to files where it lies in no folder, as an older version of it does', async () => {
    disk.set(`${FOLDER}/p.json`, policyText('*'));
    const asked: string[] = [];
    await start({
      host: {
        files: {
          read: async (uri) => disk.get(uri),
          allPolicyFilesBelow: async (folder) => {
            asked.push(folder);
            return [...disk.keys()];
          },
        },
      },
    });
    const text = '{ "suppressions": [{ "rule": "test-star", "files": "c/*.json", "reason": "r" }] }';
    const older = 'git:/repo/.iam-policy.json';
    await client.open(older, text, 'jsonc');
    assert.deepEqual(await codes(older), []);
    await client.open(CONFIG, '{ "suppressions": [] }', 'jsonc');
    assert.deepEqual(await codes(CONFIG), []);
    assert.deepEqual(asked, []);
    await client.change(CONFIG, 2, [{ text }]);
    assert.deepEqual(await codes(CONFIG), ['suppression-unused']);
    assert.deepEqual(asked, [FOLDER]);
  });

  it('takes files for what they are when it says which of its entries are of no use', async () => {
    disk.set(`${FOLDER}/p.yaml`, `Statement:\n  - Effect: Allow\n    Action: '*'\n    Resource: '*'\n`);
    await start();
    const entry = '{ "rule": "test-star", "files": "*.yaml", "reason": "r" }';
    await client.open(CONFIG, `{ "suppressions": [${entry}] }`, 'jsonc');
    assert.deepEqual(await codes(CONFIG), []);
  });

  describe('of a workspace that is on no disk', () => {
    const VIRTUAL = 'vscode-vfs://github/someone/repo';
    const startVirtual = async (hanging?: 'hanging'): Promise<void> => {
      await start({ host: {}, workspaceFolders: [VIRTUAL], initializationOptions: { workspaceFiles: true } });
      client.connection.onRequest('iamPolicy/findFiles', ({ folder }: { folder: string }) => ({
        uris: [...disk.keys()].filter((uri) => uri.startsWith(`${folder}/`)),
      }));
      client.connection.onRequest('iamPolicy/readFile', ({ uri }: { uri: string }) => {
        const text = disk.get(uri);
        return hanging === undefined ? (text === undefined ? {} : { text }) : new Promise(() => {});
      });
    };

    it('is read through the client', async () => {
      disk.set(`${VIRTUAL}/.iam-policy.json`, OFF);
      await startVirtual();
      await client.open(`${VIRTUAL}/a/p.json`, policyText('*'));
      assert.deepEqual(await codes(`${VIRTUAL}/a/p.json`), []);
      // Not every scheme has an authority.
      disk.set('memory:/a/.iam-policy.json', OFF);
      await client.open('memory:/a/b/p.json', policyText('*'));
      assert.deepEqual(await codes('memory:/a/b/p.json'), []);
    });

    it('says which of its entries are of no use', async () => {
      const entry = (files: string) => `{ "rule": "test-star", "files": "${files}", "reason": "r" }`;
      disk.set(`${VIRTUAL}/a/p.json`, policyText('*'));
      await startVirtual();
      const config = `${VIRTUAL}/.iam-policy.json`;
      await client.open(config, `{ "suppressions": [${entry('a/*.json')}, ${entry('c/*.json')}] }`, 'jsonc');
      assert.deepEqual(await codes(config), ['suppression-unused']);
    });

    it('keeps nobody waiting who never gets an answer', async () => {
      await startVirtual('hanging');
      const uri = `${VIRTUAL}/p.json`;
      await client.open(uri, policyText('*'));
      const found = codes(uri);
      while (!client.timers.delays().includes(3000)) {
        await client.timers.pause();
      }
      client.timers.elapse();
      assert.deepEqual(await found, ['test-star']);
    });
  });

  it('has its mistakes underlined', async () => {
    await start();
    await client.open(CONFIG, '{ "rules": { "test-sta": "off" } }', 'jsonc');
    const [mistake, ...more] = await pull(CONFIG);
    assert.deepEqual(more, []);
    assert.equal(mistake?.message, 'There is no rule "test-sta". Did you mean test-star?');
    assert.deepEqual(mistake?.range, { start: { line: 0, character: 13 }, end: { line: 0, character: 23 } });
  });

  it('is written by a quick fix, anew or into what is there', async () => {
    await start();
    const uri = `${FOLDER}/p.json`;
    await client.open(uri, policyText('*').replace('"Effect"', '"Sid": "S", "Effect"'));
    const title = 'Suppress test-star for this statement in .iam-policy.json…';
    const offered = async () => {
      const start = { line: 2, character: 63 };
      const all = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: { start, end: start },
        context: { diagnostics: [] },
      });
      return all.find((action) => action.title === title)?.edit?.documentChanges;
    };
    const [creation, filling] = (await offered()) ?? [];
    assert.ok(creation !== undefined && 'kind' in creation && creation.kind === 'create');
    assert.equal(creation.uri, CONFIG);
    assert.ok(filling !== undefined && 'edits' in filling);
    assert.match(JSON.stringify(filling.edits), /\\"files\\": \\"p\.json\\"/);
    assert.match(JSON.stringify(filling.edits), /\\"sid\\": \\"S\\"/);
    await client.open(CONFIG, '{ "suppressions": [] }', 'jsonc');
    const [extension] = (await offered()) ?? [];
    assert.ok(extension !== undefined && 'edits' in extension);
    assert.deepEqual(extension.textDocument, { uri: CONFIG, version: 1 });
  });

  it('is written into as it stands by then, where the client tells of no files that change', async () => {
    await start();
    const uri = `${FOLDER}/p.json`;
    await client.open(uri, policyText('*'));
    const offered = async () =>
      (await actions(uri)).find(({ title }) => title === 'Turn test-star off in .iam-policy.json')?.edit
        ?.documentChanges ?? [];
    const kinds = (changes: Awaited<ReturnType<typeof offered>>) =>
      changes.map((change) => ('kind' in change ? change.kind : change.edits.length));
    assert.deepEqual(kinds(await offered()), ['create', 1]);
    // Nobody tells of it.
    disk.set(CONFIG, '{\n  "suppressions": []\n}\n');
    const [into, ...more] = await offered();
    assert.deepEqual(more, []);
    assert.ok(into !== undefined && 'edits' in into);
    assert.equal(into.textDocument.uri, CONFIG);
    assert.equal(into.edits[0]?.range.start.line, 1);
    disk.set(CONFIG, `{\n\n\n  "rules": { "test-star": "error" }\n}\n`);
    const [changed] = await offered();
    assert.ok(changed !== undefined && 'edits' in changed);
    assert.equal(changed.edits[0]?.range.start.line, 3);
    disk.delete(CONFIG);
    assert.deepEqual(kinds(await offered()), ['create', 1]);
  });

  it('is written into, and not anew, by the requests of our own client', async () => {
    const before = '{\n  "rules": { "x-*": "off" },\n  "suppressions": []\n}\n';
    disk.set(CONFIG, before);
    await start({ initializationOptions: { clientCommands: true, ruleCommands: true } });
    const uri = `${FOLDER}/p.json`;
    await client.open(uri, policyText('*'));
    const result = async (answer: Promise<RuleEdit>): Promise<unknown> => {
      const { file, edit } = await answer;
      assert.equal(file, CONFIG);
      const [change, ...more] = (edit as WorkspaceEdit).documentChanges ?? [];
      assert.ok(change !== undefined && 'edits' in change && more.length === 0);
      return JSON.parse(
        TextDocument.applyEdits(TextDocument.create(CONFIG, 'jsonc', 1, before), change.edits as TextEdit[]),
      );
    };
    assert.deepEqual(
      await result(
        client.connection.sendRequest('iamPolicy/suppress', { uri, rule: 'test-star', reason: 'r' }),
      ),
      {
        rules: { 'x-*': 'off' },
        suppressions: [{ rule: 'test-star', files: 'p.json', reason: 'r' }],
      },
    );
    assert.deepEqual(
      await result(
        client.connection.sendRequest('iamPolicy/ruleSeverity', { uri, rule: 'test-star', severity: 'info' }),
      ),
      { rules: { 'x-*': 'off', 'test-star': 'info' }, suppressions: [] },
    );
  });

  it('is offered to nobody whose document lies in no folder', async () => {
    await start();
    await client.open('untitled:Untitled-1', policyText('*'));
    assert.deepEqual(await codes('untitled:Untitled-1'), ['test-star']);
    assert.deepEqual(
      (await actions('untitled:Untitled-1')).filter(({ title }) => title.includes('.iam-policy.json')),
      [],
    );
  });

  it('is offered at every finding to turn the rule off, with the commands that a client has', async () => {
    disk.set(CONFIG, '{ "rules": { "test-star": "error" } }');
    await start();
    const uri = `${FOLDER}/p.json`;
    await client.open(uri, policyText('*'));
    const offered = async (): Promise<readonly CodeAction[]> =>
      client.connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: { line: 2, character: 49 }, end: { line: 2, character: 49 } },
        context: { diagnostics: [], only: ['quickfix'] },
      });
    const titles = (await offered()).map(({ title }) => title);
    assert.ok(titles.includes('Turn test-star off in .iam-policy.json'), titles.join(', '));
    assert.ok(!titles.some((title) => /severity|page/.test(title)), titles.join(', '));
    const off = (await offered()).find(({ title }) => title.startsWith('Turn '));
    assert.match(JSON.stringify(off?.edit), /"newText":"(?:\\"off\\"|off)"/);
    await client.stop();

    await start({ initializationOptions: { clientCommands: true, ruleCommands: true } });
    await client.open(uri, policyText('*'));
    const all = await offered();
    assert.deepEqual(
      all
        .filter(({ command }) => command !== undefined)
        .map(({ title, command }) => [title, command?.command]),
      [
        ['Suppress test-star for this file in .iam-policy.json…', 'iamPolicy.suppress'],
        ['Turn test-star off in .iam-policy.json', 'iamPolicy.turnRuleOff'],
        ['Change the severity of test-star…', 'iamPolicy.setRuleSeverity'],
        ['Open the page of test-star', 'iamPolicy.openRulePage'],
      ],
    );
  });

  it('has no edit beside a command, which VS Code may forget while the edit is written', async () => {
    disk.set(CONFIG, '{}');
    await start({ initializationOptions: { clientCommands: true, ruleCommands: true } });
    const uri = `${FOLDER}/p.json`;
    await client.open(uri, `// A policy\n${policyText('*')}`, 'jsonc');
    const all = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: { start: { line: 3, character: 49 }, end: { line: 3, character: 49 } },
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const commands = all.filter(({ command }) => command !== undefined);
    assert.deepEqual(
      commands.filter(({ edit }) => edit !== undefined),
      [],
    );
    const suppressed = commands
      .filter(({ command }) => command?.command === 'iamPolicy.suppress')
      .map(({ title, command }) => [title, command?.arguments?.[0]] as const);
    assert.deepEqual(
      suppressed.map(([title]) => title),
      ['Suppress test-star here by a comment…', 'Suppress test-star for this file in .iam-policy.json…'],
    );
    const [comment, config] = suppressed.map(([, target]) => target);
    const written = async (target: object) =>
      client.connection.sendRequest<RuleEdit>('iamPolicy/suppress', { ...target, reason: 'Known.' });
    const inConfig = await written(config);
    assert.equal(inConfig.file, CONFIG);
    assert.match(JSON.stringify(inConfig.edit), /\\"reason\\": \\"Known\.\\"/);
    // The document changes while the reason is asked for: the comment goes where the finding is by then.
    await client.change(uri, 2, [{ text: `\n\n\n// A policy\n${policyText('*')}` }]);
    const inDocument = await written(comment);
    assert.equal(inDocument.file, uri);
    assert.match(JSON.stringify(inDocument.edit), /"line":6,.*iam-policy-ignore test-star.*Known\./);
    await client.change(uri, 3, [{ text: policyText('arn:aws:s3:::b/*') }]);
    assert.deepEqual(await written(comment), {});
  });

  it('is done without where the host has no files', async () => {
    await start({ host: {} });
    await client.open(POLICY, policyText('*'));
    assert.deepEqual(await codes(POLICY), ['test-star']);
    assert.deepEqual(
      (await actions(POLICY)).filter(({ title }) => title.startsWith('Suppress')),
      [],
    );
  });

  it('is not the only place where a rule is misspelt: settings are told once', async () => {
    await start({ settings: { rules: { 'test-sta': 'off' } } });
    const shown: string[] = [];
    client.connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      shown.push(message);
    });
    await client.open(POLICY, policyText('*'));
    await client.open(`${FOLDER}/other.json`, policyText('*'));
    assert.deepEqual(await codes(POLICY), ['test-star']);
    await codes(`${FOLDER}/other.json`);
    const message = 'The setting iamPolicy.rules: There is no rule "test-sta". Did you mean test-star?';
    assert.deepEqual(shown, [message]);
    assert.deepEqual(
      client.log.all.map((entry) => entry.message),
      [message],
    );
  });
});
