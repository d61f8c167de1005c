import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeResult,
  InlayHintRefreshRequest,
  MessageType,
  ShowMessageNotification,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import {
  CONFIG_FILE,
  createIamData,
  createLanguageService,
  type IamData,
  type LanguageService,
  MAX_FILE_LENGTH,
  type RuleSetting,
} from '../core/index';
import type { ClientNotifications } from '../protocol/messages';
import { registerAllows } from './allows';
import { createBaselines } from './baselines';
import { capabilitiesFor } from './capabilities';
import { registerChangeReport } from './changeReport';
import { COMMITS, isOfCommits, refreshChanges } from './changes';
import { clientConfigFiles, clientFiles } from './clientFiles';
import { registerCodeActions } from './codeActions';
import { registerCompletion } from './completion';
import { createConfigs, isConfigFile } from './configs';
import { registerDefinition } from './definition';
import { answerDiagnostics, pushDiagnostics } from './diagnostics';
import { createDocuments } from './documents';
import type { FileChange, FileStoreDependencies } from './fileStore';
import { createGuard, failureLine, type Log } from './guard';
import { registerHandlers } from './handlers';
import { registerHints } from './hints';
import type { ServerHost } from './host';
import { type Client, clientOf, foldersOf, optionsOf, UNKNOWN_CLIENT, urisOf } from './initialization';
import { registerInvalidation } from './invalidation';
import { createKnowledgeStore, KNOWLEDGE_FILES } from './knowledge';
import { createModuleStore } from './modules';
import { createModuleTexts } from './moduleTexts';
import { registerRename } from './rename';
import { registerRequests } from './requests';
import { createSettingsStore, SECTION, type Settings } from './settings';
import { registerStructure } from './structure';
import { registerTokens } from './tokens';
import { createTurns } from './turns';

/** What VS Code's own JSON service reports already, word for word at the same places. */
const LEFT_TO_THE_EDITOR: readonly RuleSetting[] = [
  { rule: 'json-syntax', severity: 'off' },
  { rule: 'config-syntax', severity: 'off' },
];

export interface ServerOptions {
  /** For tests: a service with rules of their own. */
  readonly createService?: () => LanguageService;
}

/**
 * Wires a language server onto a connection and starts listening. Nothing that a client sends brings it down: what
 * fails is one log line and a fallback answer.
 */
export function startServer(
  connection: Connection,
  installed: ServerHost,
  options: ServerOptions = {},
): void {
  const log: Log = (line) => {
    try {
      connection.console.error(line);
    } catch {
      // The client is gone, and with it whoever could read the line.
    }
  };
  const turns = createTurns(installed.timers);
  const guard = createGuard(installed.timers, log, turns.noteRequest);
  const { createService = () => createLanguageService({ iamData: openIamData(installed, log) }) } = options;

  let client: Client = UNKNOWN_CLIENT;
  let trust: 'trusted' | 'untrusted' = 'trusted';
  const host: ServerHost = {
    ...installed,
    rulePage: (rule) => {
      const { rulePages } = client.options;
      return rulePages === undefined ? installed.rulePage(rule) : `${rulePages}${rule}.md`;
    },
    get files() {
      return client.options.workspaceFiles === true
        ? clientConfigFiles(connection, installed)
        : installed.files;
    },
  };
  /** From clients that send their settings along instead of answering questions about them. */
  let sentSettings: unknown;
  let kept: LanguageService | undefined;
  const service = (): LanguageService => {
    kept ??= createService();
    return kept;
  };

  /** A misspelt rule in the settings is reported once, not with every document. */
  const toldRules = new Set<string>();
  const checkRules = ({ rules }: Settings): void => {
    for (const { rule } of rules) {
      const problem = toldRules.has(rule) ? undefined : service().unknownRule(rule);
      if (problem !== undefined) {
        toldRules.add(rule);
        const message = `The setting ${SECTION}.rules: ${problem}`;
        log(message);
        void guard.task('window/showMessage', '', () =>
          connection.sendNotification(ShowMessageNotification.type, {
            type: MessageType.Warning,
            // Editors take `[text](address)` for a link, which may run a command; a setting may come with a repository.
            message: message.replaceAll('](', ']\u200b('),
          }),
        );
      }
    }
  };
  const settings = createSettingsStore({
    fetch: (uri) =>
      client.answersConfiguration
        ? connection.workspace.getConfiguration({
            ...(uri === '' ? {} : { scopeUri: uri }),
            section: SECTION,
          })
        : Promise.resolve(sentSettings),
    timers: host.timers,
    log,
    check: checkRules,
    onLateAnswer: () => refreshAll(),
  });
  let workspaceFolders: readonly string[] = [];
  const configs = createConfigs({
    service,
    files: () => host.files,
    openText: (uri) => documents.openText(uri),
    workspaceFolders: () => workspaceFolders,
  });
  const documents = createDocuments({
    service,
    settings,
    configs: () => configs,
    knowledge: () => knowledge,
    modules: () => modules,
    fixedRules: () => (client.options.builtInJson === true ? LEFT_TO_THE_EDITOR : []),
    folders: () => workspaceFolders,
    host,
    turns,
    log,
  });
  documents.onDidChange(turns.noteChange);
  const workspace: FileStoreDependencies = {
    files: () =>
      client.options.workspaceFiles === true ? clientFiles(connection, host) : host.workspaceFiles,
    folders: () => workspaceFolders,
    openText: (uri) => documents.openText(uri),
    timers: host.timers,
    log,
  };
  const knowledge = createKnowledgeStore(workspace, host.background);
  const modules = createModuleStore(workspace, host.background);
  const baselines = createBaselines({
    committed: host.committed,
    trust: () => trust,
    saved: async (uri) =>
      (await host.files?.read(uri)) ??
      (await workspace
        .files()
        ?.read(uri, MAX_FILE_LENGTH)
        .catch(() => undefined)),
    service,
  });
  documents.onDidSave(baselines.renew);
  documents.onDidClose(baselines.forget);
  let refreshDiagnostics = (): void => undefined;
  knowledge.onDidChange(() => refreshDiagnostics());
  modules.onDidChange(() => refreshDiagnostics());

  const renewConfigs = (): void => {
    configs.forget();
    refreshDiagnostics();
  };
  const onConfig = (uri: string): void => {
    if (isConfigFile(uri)) {
      renewConfigs();
    }
  };
  documents.onDidChange(onConfig);
  documents.onDidClose(onConfig);
  for (const store of [knowledge, modules]) {
    documents.onDidChange(store.documentChanged);
    documents.onDidClose(store.documentChanged);
  }
  documents.onDidSave((uri) => {
    // Of a client that watches no files nothing tells what has changed on the disk: a look now and then has to do.
    if (!client.watchesFiles) {
      knowledge.documentSaved(uri);
      modules.documentSaved(uri);
      renewConfigs();
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isConfigFile(uri))) {
      renewConfigs();
    }
    if (changes.some(({ uri }) => isOfCommits(uri))) {
      baselines.renew();
    }
    const told = changes.map(({ uri, type }) => ({ uri, type: CHANGES[type] ?? 'changed' }));
    knowledge.filesChanged(told);
    modules.filesChanged(told);
  });

  connection.onInitialize((params): InitializeResult => {
    try {
      client = clientOf(params);
    } catch (error) {
      // What is no description of an editor's abilities describes none.
      log(failureLine('initialize', '', error));
    }
    trust = optionsOf(params).workspaceTrust === undefined ? 'trusted' : 'untrusted';
    workspaceFolders = foldersOf(params);
    if (client.pullsDiagnostics) {
      answerDiagnostics(connection, documents, host, guard);
      refreshDiagnostics = () => {
        if (params.capabilities.workspace?.diagnostics?.refreshSupport === true) {
          void guard.task('workspace/diagnostic/refresh', '', () =>
            connection.languages.diagnostics.refresh(),
          );
        }
      };
    } else {
      refreshDiagnostics = pushDiagnostics(connection, documents, host, guard);
    }
    return {
      serverInfo: { name: host.name, version: host.version },
      capabilities: capabilitiesFor(client, params, documents.sync),
    };
  });

  connection.onInitialized(() => {
    // Until the first document has come there is nothing else to do.
    service();
    if (client.watchesFiles) {
      void guard.task('client/registerCapability', '', async () => {
        await connection.client.register(DidChangeWatchedFilesNotification.type, {
          watchers: [`**/${CONFIG_FILE}`, KNOWLEDGE_FILES, COMMITS].map((globPattern) => ({ globPattern })),
        });
      });
    }
    if (client.followsFolders) {
      connection.workspace.onDidChangeWorkspaceFolders((event) => {
        // The library passes on whatever came.
        const { added, removed }: Partial<WorkspaceFoldersChangeEvent> = event ?? {};
        const gone = new Set(urisOf(removed));
        workspaceFolders = [...workspaceFolders.filter((uri) => !gone.has(uri)), ...urisOf(added)];
        knowledge.foldersChanged();
        modules.foldersChanged();
        renewConfigs();
      });
    }
    if (client.registersConfiguration) {
      void guard.task('client/registerCapability', '', async () => {
        await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      });
    }
  });

  const trusted: keyof ClientNotifications = 'iamPolicy/workspaceTrusted';
  connection.onNotification(trusted, () => {
    trust = 'trusted';
    baselines.renew();
  });

  /** Has the client ask anew for all that hangs on settings. */
  const refreshAll = (): void => {
    refreshDiagnostics();
    if (client.refreshesTokens) {
      void guard.task('workspace/semanticTokens/refresh', '', () =>
        connection.languages.semanticTokens.refresh(),
      );
    }
    if (client.abilities.lensRefresh === 'present') {
      void guard.task('workspace/codeLens/refresh', '', () =>
        connection.sendRequest(CodeLensRefreshRequest.type),
      );
    }
    if (client.abilities.hintRefresh === 'present') {
      void guard.task('workspace/inlayHint/refresh', '', () =>
        connection.sendRequest(InlayHintRefreshRequest.type),
      );
    }
  };

  connection.onDidChangeConfiguration((change) => {
    sentSettings = (change.settings as Record<string, unknown> | null | undefined)?.[SECTION] ?? sentSettings;
    settings.forget();
    refreshAll();
  });

  const context = {
    connection,
    documents,
    settings,
    configs,
    knowledge,
    moduleTexts: createModuleTexts(workspace),
    baselines,
    host,
    guard,
    log,
    service,
    client: () => client.abilities,
    trust: () => trust,
    configuration: (section: string): Promise<unknown> =>
      client.answersConfiguration
        ? connection.workspace.getConfiguration(section)
        : Promise.resolve(undefined),
  };
  registerHandlers(context);
  registerTokens(context);
  registerCodeActions(context);
  registerDefinition(context);
  registerStructure(context);
  registerRename(context);
  registerHints(context);
  registerCompletion(context);
  registerRequests(context);
  registerInvalidation(context);
  registerAllows(context);
  registerChangeReport(context);
  refreshChanges(context);
  documents.listen(connection);
  connection.listen();
}

const CHANGES: Readonly<Partial<Record<FileChangeType, FileChange['type']>>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

function openIamData(host: ServerHost, log: Log): IamData | undefined {
  try {
    const assets = host.iamDataAssets();
    if (assets !== undefined) {
      return createIamData(assets);
    }
    log('The service reference is missing: rules that need it are off.');
  } catch (error) {
    log(failureLine('The service reference', '', error));
  }
  return undefined;
}
