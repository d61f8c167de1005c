import {
  type InitializeParams,
  PositionEncodingKind,
  type ServerCapabilities,
  type TextDocumentSyncKind,
} from 'vscode-languageserver';
import { semanticTokenTypes } from '../core/index';
import { FIX_ALL, SORT } from './codeActions';
import { COMPLETION_TRIGGERS } from './completion';
import { hintCapabilities } from './hints';
import type { Client } from './initialization';
import { structureCapabilities } from './structure';

/** What the server offers to this client. */
export function capabilitiesFor(
  client: Client,
  params: InitializeParams,
  sync: TextDocumentSyncKind,
): ServerCapabilities {
  return {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: sync, save: true },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
    codeActionProvider: {
      codeActionKinds: ['quickfix', 'refactor.rewrite', FIX_ALL, SORT],
      resolveProvider: true,
    },
    definitionProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...semanticTokenTypes], tokenModifiers: [] },
      full: { delta: true },
      range: true,
    },
    ...structureCapabilities(client.options.builtInJson === true ? 'folds-json' : 'plain'),
    renameProvider:
      params.capabilities.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
    ...hintCapabilities,
    ...(client.followsFolders
      ? { workspace: { workspaceFolders: { supported: true, changeNotifications: true } } }
      : {}),
    ...(client.abilities.commands === 'present' ? { codeLensProvider: {} } : {}),
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: 'iam-policy',
            // What other files tell is asked for anew when it has changed; of clients that cannot be told so, at each change.
            interFileDependencies: params.capabilities.workspace?.diagnostics?.refreshSupport !== true,
            workspaceDiagnostics: false,
          },
        }
      : {}),
  };
}
