import type { Connection, TextDocumentChangeEvent } from 'vscode-languageserver';
import { TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type {
  DocumentLanguage,
  LanguageService,
  LintResult,
  PolicyDocument,
  RuleSetting,
} from '../core/index';
import type { Log } from './guard';
import { failureLine } from './guard';
import type { Settings, SettingsStore } from './settings';

/** One version of a document under one set of settings. Immutable, so it stays right while somebody waits. */
export interface Snapshot {
  /** The text at this version; converts offsets. */
  readonly text: TextDocument;
  readonly settings: Settings;
  readonly policy: PolicyDocument;
  /** Worked out when first asked for. */
  readonly lint: LintResult;
}

export interface Documents {
  readonly sync: TextDocumentSyncKind;
  /** The document as it is now; `undefined` when it is closed, of a language not ours, or switched off. */
  snapshot(uri: string): Promise<Snapshot | undefined>;
  /** `undefined` once the document is closed. */
  version(uri: string): number | undefined;
  /** The open documents of our languages. */
  uris(): readonly string[];
  /** Opened or changed. */
  onDidChange(run: (uri: string) => void): void;
  onDidClose(run: (uri: string) => void): void;
  /** Starts following the client's documents. */
  listen(connection: Connection): void;
}

/** More open policies than this are rare; the least recently used is worked out again when it is next asked for. */
const KEPT_SNAPSHOTS = 32;

const LANGUAGES: Readonly<Record<string, DocumentLanguage>> = { json: 'json', jsonc: 'jsonc' };

export function createDocuments(dependencies: {
  readonly service: () => LanguageService;
  readonly settings: SettingsStore;
  /** Put behind the user's own rule settings. */
  readonly fixedRules: () => readonly RuleSetting[];
  readonly log: Log;
}): Documents {
  const { service, settings, fixedRules, log } = dependencies;
  const documents = new TextDocuments(TextDocument);
  const kept = new Map<string, Snapshot>();
  const ours = (document: TextDocument | undefined): document is TextDocument =>
    document !== undefined && Object.hasOwn(LANGUAGES, document.languageId);
  const relay = (run: (uri: string) => void) => (event: TextDocumentChangeEvent<TextDocument>) => {
    if (ours(event.document)) {
      run(event.document.uri);
    }
  };
  documents.onDidClose(({ document }) => {
    kept.delete(document.uri);
    settings.forget(document.uri);
  });
  return {
    sync: TextDocumentSyncKind.Incremental,
    snapshot: async (uri) => {
      const current = await settings.of(uri);
      const document = documents.get(uri);
      if (!ours(document) || !current.enable) {
        return undefined;
      }
      const cached = kept.get(uri);
      const fresh =
        cached !== undefined && cached.text.version === document.version && cached.settings === current
          ? cached
          : createSnapshot(document, current, service(), fixedRules(), log);
      kept.delete(uri);
      kept.set(uri, fresh);
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT_SNAPSHOTS) {
          break;
        }
        kept.delete(oldest);
      }
      return fresh;
    },
    version: (uri) => documents.get(uri)?.version,
    uris: () =>
      documents
        .all()
        .filter(ours)
        .map((document) => document.uri),
    onDidChange: (run) => documents.onDidChangeContent(relay(run)),
    onDidClose: (run) => documents.onDidClose(relay(run)),
    listen: (connection) => documents.listen(connection),
  };
}

function createSnapshot(
  document: TextDocument,
  settings: Settings,
  service: LanguageService,
  fixedRules: readonly RuleSetting[],
  log: Log,
): Snapshot {
  const { uri, languageId, version } = document;
  // The synchronised document changes in place with the next keystroke.
  const text = TextDocument.create(uri, languageId, version, document.getText());
  const path = pathOf(uri);
  const policyType = settings.policyTypes.findLast((candidate) => candidate.fits(path))?.type;
  const policy = service.open({
    text: text.getText(),
    language: LANGUAGES[languageId] ?? 'json',
    ...(policyType === undefined ? {} : { override: { policyType } }),
  });
  let lint: LintResult | undefined;
  return {
    text,
    settings,
    policy,
    get lint() {
      if (lint === undefined) {
        lint = service.lint(policy, { rules: [...settings.rules, ...fixedRules] });
        for (const { rule, error } of lint.failures) {
          log(failureLine(`rule ${rule}`, uri, error));
        }
      }
      return lint;
    },
  };
}

/** The path of a uri, decoded where it can be. */
function pathOf(uri: string): string {
  const path = uri.replace(/^[^:]+:(?:\/\/[^/]*)?/, '').replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
