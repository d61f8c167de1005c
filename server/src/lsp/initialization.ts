import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol/messages';
import type { ClientAbilities } from './clientAbilities';
import { editTime } from './codeActions';
import { completionAbilities } from './completion';
import { kindsOf, markupOf } from './convert';

/** What a client said about itself when it initialized the server. */
export interface Client {
  readonly options: InitializationOptions;
  readonly abilities: ClientAbilities;
  readonly pullsDiagnostics: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly watchesFiles: boolean;
  readonly followsFolders: boolean;
  readonly refreshesTokens: boolean;
}

/** A client about which nothing is known: it can do what the protocol requires. */
export const UNKNOWN_CLIENT: Client = {
  options: {},
  abilities: {
    editForm: 'plain',
    edits: editTime(),
    symbols: 'list',
    symbolKinds: 'first',
    markup: 'markdown',
    commands: 'absent',
    lensRefresh: 'absent',
    hintRefresh: 'absent',
    ruleCommands: 'absent',
    fileCreation: 'absent',
    completion: completionAbilities(undefined, false),
    links: 'plain',
  },
  pullsDiagnostics: false,
  answersConfiguration: false,
  registersConfiguration: false,
  watchesFiles: false,
  followsFolders: false,
  refreshesTokens: false,
};

/** May throw where the client says nonsense. */
export function clientOf(params: InitializeParams): Client {
  const { textDocument, workspace } = params.capabilities;
  const options = optionsOf(params);
  return {
    options,
    abilities: {
      editForm: workspace?.workspaceEdit?.documentChanges === true ? 'versions' : 'plain',
      edits: editTime(textDocument?.codeAction),
      commands: options.clientCommands === true ? 'present' : 'absent',
      lensRefresh: workspace?.codeLens?.refreshSupport === true ? 'present' : 'absent',
      hintRefresh: workspace?.inlayHint?.refreshSupport === true ? 'present' : 'absent',
      ruleCommands: options.ruleCommands === true ? 'present' : 'absent',
      fileCreation:
        workspace?.workspaceEdit?.documentChanges === true &&
        workspace.workspaceEdit.resourceOperations?.includes('create') === true
          ? 'present'
          : 'absent',
      links: textDocument?.definition?.linkSupport === true ? 'origin' : 'plain',
      symbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true ? 'tree' : 'list',
      symbolKinds: kindsOf(textDocument?.documentSymbol?.symbolKind),
      markup: markupOf(textDocument?.hover?.contentFormat),
      completion: completionAbilities(textDocument?.completion, options.builtInJson === true),
    },
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    followsFolders: workspace?.workspaceFolders === true,
    refreshesTokens: workspace?.semanticTokens?.refreshSupport === true,
  };
}

/** The initialization options of a client; what is not an object counts as none. */
export function optionsOf({ initializationOptions }: InitializeParams): InitializationOptions {
  const options: unknown = initializationOptions;
  if (typeof options !== 'object' || options === null) {
    return {};
  }
  const { rulePages, ...others } = options as InitializationOptions;
  return typeof rulePages === 'string' ? { ...others, rulePages } : others;
}

/** Clients of old have one folder at the most. */
export function foldersOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  const folders: readonly unknown[] = Array.isArray(workspaceFolders) ? workspaceFolders : [{ uri: rootUri }];
  return urisOf(folders);
}

/** The URIs of a list of folders, without the slash at the end; what has none, or is no list, is left out. */
export function urisOf(folders: unknown): readonly string[] {
  return (Array.isArray(folders) ? folders : []).flatMap((folder: unknown) => {
    const { uri } = (folder ?? {}) as { readonly uri?: unknown };
    return typeof uri === 'string' && uri !== '' ? [withoutSlash(uri)] : [];
  });
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/$/, '');
}
