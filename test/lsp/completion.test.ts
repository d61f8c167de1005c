import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  CompletionTriggerKind,
} from 'vscode-languageserver/node';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, PULLING, startLspClient } from '../support/lspClient';
import { POLICY_URI as uri } from './rules';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [{ "Effect": "Allow", "Action": "s3:", "Resource": "*" }, { "" }]
}
`;
/** Behind `s3:`, and between the empty quotes. */
const IN_ACTION = { line: 2, character: POLICY.split('\n')[2]?.indexOf('s3:') ?? 0 };
const IN_NAME = { line: 2, character: POLICY.split('\n')[2]?.indexOf('""') ?? 0 };

/** What today's editors say of themselves, as far as lists of completions go. */
const MODERN: ClientCapabilities = {
  ...PULLING,
  textDocument: {
    ...PULLING.textDocument,
    completion: {
      completionItem: { snippetSupport: true, insertTextModeSupport: { valueSet: [1, 2] } },
      completionList: { itemDefaults: ['editRange'] },
    },
  },
};

describe('completion over the protocol', () => {
  let client: LspClient;
  const start = async (capabilities: ClientCapabilities, initializationOptions = {}): Promise<void> => {
    client = await startLspClient({
      capabilities,
      initializationOptions,
      host: { iamDataAssets },
    });
    await client.open(uri, POLICY);
  };
  afterEach(() => client.stop());

  const complete = (position: { line: number; character: number }, triggerCharacter?: string) =>
    client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri },
      position,
      context:
        triggerCharacter === undefined
          ? { triggerKind: CompletionTriggerKind.Invoked }
          : { triggerKind: CompletionTriggerKind.TriggerCharacter, triggerCharacter },
    });
  const find = ({ items }: CompletionList, label: string): CompletionItem => {
    const item = items.find((each) => each.label === label);
    assert.ok(item, `${label} is not among ${items.length} items`);
    return item;
  };
  const action = { ...IN_ACTION, character: IN_ACTION.character + 3 };
  const name = { ...IN_NAME, character: IN_NAME.character + 1 };

  it('says when to ask', async () => {
    await start(PULLING);
    assert.deepEqual(client.initialized.capabilities.completionProvider, {
      triggerCharacters: ['"', "'", ':', '$', '{', '/'],
      resolveProvider: true,
    });
  });

  it('says the range once where the client knows how to read that', async () => {
    await start(MODERN);
    const list = await complete(action);
    assert.deepEqual(list.itemDefaults, { editRange: { start: IN_ACTION, end: action } });
    const item = find(list, 's3:GetObject');
    assert.deepEqual(item, {
      label: 's3:GetObject',
      kind: 2,
      detail: 'Read',
      sortText: '0000s3:GetObject',
      data: 'action s3:GetObject',
    });
  });

  it('writes every edit out for clients of old, and never a snippet', async () => {
    await start(PULLING);
    const item = find(await complete(action), 's3:GetObject');
    assert.deepEqual(item.textEdit, { range: { start: IN_ACTION, end: action }, newText: 's3:GetObject' });
    const effect = find(await complete(name), 'Effect');
    assert.equal(effect.insertTextFormat, undefined);
    assert.deepEqual(effect.textEdit, {
      range: { start: IN_NAME, end: { ...name, character: name.character + 1 } },
      newText: '"Effect": "Allow"',
    });
  });

  it('leaves places to fill in where the client has them, and asks on where it is ours', async () => {
    await start(MODERN, { clientCommands: true });
    const list = await complete(name);
    assert.deepEqual(find(list, 'Effect').textEditText, '"Effect": "${1|Allow,Deny|}"');
    assert.equal(find(list, 'Effect').insertTextFormat, 2);
    assert.equal(find(list, 'Action').command?.command, 'editor.action.triggerSuggest');
    const condition = find(list, 'Condition');
    assert.equal(condition.insertTextMode, 1, 'its lines are laid out already');
  });

  it('names no command of VS Code to other clients', async () => {
    await start(MODERN);
    assert.equal(find(await complete(name), 'Action').command, undefined);
  });

  it('tells what an item is when somebody looks at it, and not before', async () => {
    await start(MODERN);
    const list = await complete(action);
    assert.ok(list.items.every(({ documentation }) => documentation === undefined));
    const resolve = (item: CompletionItem) =>
      client.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    const { documentation } = await resolve(find(list, 's3:GetObject'));
    assert.ok(typeof documentation === 'object');
    assert.equal(documentation.kind, 'markdown');
    assert.match(documentation.value, /retrieve objects/i);
    const foreign = { label: 'x', data: { some: 'thing' } };
    assert.deepEqual(await resolve(foreign), foreign);
  });

  it('stays away from a brace that begins no variable', async () => {
    await start(MODERN);
    assert.notEqual((await complete(name)).items.length, 0);
    assert.deepEqual((await complete(name, '{')).items, []);
    await client.change(uri, 2, [{ text: POLICY.replace('"Resource": "*"', '"Resource": "${"') }]);
    const variable = { line: 2, character: POLICY.split('\n')[2]?.indexOf('"*"') ?? 0 };
    const list = await complete({ ...variable, character: variable.character + 3 }, '{');
    assert.ok(list.items.some(({ label }) => label.includes('aws:username')));
  });

  it('is silent outside of policies', async () => {
    await start(MODERN);
    await client.open('file:///package.json', '{ "name": "" }');
    const list = await client.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: 'file:///package.json' },
      position: { line: 0, character: 11 },
    });
    assert.deepEqual(list.items, []);
  });
});
