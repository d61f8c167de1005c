import type { Position, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { iamDataAssets } from '../support/iamData';
import { type LspClient, startLspClient } from '../support/lspClient';
import { collectGarbage } from './measure';
import type { Shape } from './shapes';

/** What an editor asks while somebody writes, scrolls and looks at the light bulb. */
export const ASKED = [
  'edit',
  'symbols',
  'tokens',
  'changed tokens',
  'folding',
  'lenses',
  'links',
  'hints',
  'selection',
  'highlights',
  'hover',
  'definition',
  'completion',
  'actions here',
  'actions for all',
  'fix all',
  'sort',
] as const;

export type Asked = (typeof ASKED)[number];

const EXTENSIONS: Readonly<Record<string, string>> = {
  json: 'json',
  jsonc: 'jsonc',
  yaml: 'yaml',
  terraform: 'tf',
  typescript: 'ts',
};

const ROUNDS = 3;

/**
 * The processor's time of each question, the shortest of some rounds, in milliseconds; that of the client, which is in the
 * same process, is in it.
 *
 * @param rough without collecting garbage first, which takes longer than most questions: then it may fall into any of them
 * @param fresh with another version of the document each time, of which nobody asked anything but its findings
 */
export async function timesOf(
  { languageId, textOf }: Shape,
  size: number,
  asked: readonly Asked[],
  {
    rounds = ROUNDS,
    rough = false,
    fresh = false,
  }: { readonly rounds?: number; readonly rough?: boolean; readonly fresh?: boolean } = {},
): Promise<ReadonlyMap<Asked, number>> {
  const client = await startLspClient({
    host: { iamDataAssets },
    capabilities: {
      workspace: { configuration: true, workspaceEdit: { documentChanges: true } },
      textDocument: {
        diagnostic: {},
        documentSymbol: { hierarchicalDocumentSymbolSupport: true },
        codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
      },
    },
    initializationOptions: { clientCommands: true },
  });
  const document = { uri: `file:///repo/policy.${EXTENSIONS[languageId]}`, text: textOf(size) };
  await client.open(document.uri, document.text, languageId);
  const ask = questions(client, document);
  await ask.edit();
  const times = new Map<Asked, number>();
  for (const name of asked) {
    let shortest = Number.POSITIVE_INFINITY;
    // Or what the questions before left behind is collected while this one is answered, in one size and not in another.
    if (!rough) {
      collectGarbage();
    }
    for (let round = 0; round < rounds; round += 1) {
      if (fresh) {
        await ask.edit();
      }
      const begun = process.cpuUsage();
      await ask[name]();
      const { user, system } = process.cpuUsage(begun);
      shortest = Math.min(shortest, (user + system) / 1000);
    }
    times.set(name, shortest);
  }
  client.stop();
  return times;
}

function questions(
  client: LspClient,
  { uri, text }: { readonly uri: string; readonly text: string },
): Readonly<Record<Asked, () => Promise<unknown>>> {
  const middle = Math.max(0, text.indexOf('s3:Get', text.length >> 1), text.lastIndexOf('s3:Get')) + 4;
  const at = positionIn(text, middle);
  const all = { start: { line: 0, character: 0 }, end: positionIn(text, text.length) };
  const here = { start: at, end: at };
  const request = (method: string, params: object = {}): Promise<unknown> =>
    client.connection.sendRequest(method, { textDocument: { uri }, ...params });
  const actions = (range: object, only?: readonly string[]): Promise<unknown> =>
    request('textDocument/codeAction', { range, context: { diagnostics: [], ...(only && { only }) } });
  let version = 1;
  let previousResultId: string | undefined;
  const change = async (changed: TextDocumentContentChangeEvent): Promise<void> => {
    version += 1;
    await client.change(uri, version, [changed]);
    await request('textDocument/diagnostic');
  };
  return {
    edit: async () => {
      await change({ range: here, text: 'x' });
      await change({ range: { start: at, end: { ...at, character: at.character + 1 } }, text: '' });
    },
    symbols: () => request('textDocument/documentSymbol'),
    tokens: () => request('textDocument/semanticTokens/full'),
    'changed tokens': async () => {
      const answer = await request(`textDocument/semanticTokens/full${previousResultId ? '/delta' : ''}`, {
        previousResultId,
      });
      previousResultId = (answer as { readonly resultId?: string }).resultId;
    },
    folding: () => request('textDocument/foldingRange'),
    lenses: () => request('textDocument/codeLens'),
    links: () => request('textDocument/documentLink'),
    hints: () => request('textDocument/inlayHint', { range: all }),
    selection: () => request('textDocument/selectionRange', { positions: [at] }),
    highlights: () => request('textDocument/documentHighlight', { position: at }),
    hover: () => request('textDocument/hover', { position: at }),
    definition: () => request('textDocument/definition', { position: at }),
    completion: () => request('textDocument/completion', { position: at }),
    'actions here': () => actions(here),
    'actions for all': () => actions(all),
    'fix all': () => actions(all, ['source.fixAll']),
    sort: () => actions(all, ['source.sort']),
  };
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length - 1, character: offset - lineStart };
}
