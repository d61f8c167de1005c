import type { CancellationToken, Connection, TextDocumentChangeEvent } from 'vscode-languageserver';
import { TextDocumentSyncKind, TextDocuments } from 'vscode-languageserver';
import {
  atOnce,
  type DocumentInput,
  type DocumentLanguage,
  type Finding,
  inOneStep,
  isProgramLanguage,
  isTooLong,
  type LanguageService,
  type LintResult,
  languageOfDocument,
  type ModuleContext,
  mayHavePolicy,
  overrideOf,
  type PolicyDocument,
  type RuleSetting,
  type Steps,
  tooLongFindings,
  type WorkspaceKnowledge,
} from '../core/index';
import { type ConfigSource, type Configs, configuredFor, isConfigFile, pathOf, placeOf } from './configs';
import type { Log } from './guard';
import { failureLine } from './guard';
import type { ServerHost } from './host';
import type { KnowledgeStore } from './knowledge';
import type { ModuleStore } from './modules';
import type { Settings, SettingsStore } from './settings';
import { changed } from './textEdits';
import { type Text, TextVersion } from './textVersion';
import type { Turns } from './turns';
import { canonicalUri } from './uris';

/** One version of a document under one set of settings. Immutable, so it stays right while somebody waits. */
export interface Snapshot {
  /** The text at this version; converts offsets. */
  readonly text: Text;
  readonly settings: Settings;
  /** The configuration file that speaks of the document. */
  readonly config: ConfigSource | undefined;
  readonly policy: PolicyDocument;
  /** What the workspace is known to tell so far; for documents with execute-api ARNs only. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  /** Worked out when first asked for; at hand in what `Documents.checked` gives. */
  readonly lint: LintResult;
  /** Works that out in parts. */
  checkSteps(): Steps<void>;
}

export interface Documents {
  readonly sync: TextDocumentSyncKind;
  /** The document as it is now; `undefined` when it is closed, of a language not ours, or switched off, or nobody waits for it. */
  snapshot(uri: string, token?: CancellationToken): Promise<Snapshot | undefined>;
  /** The same with its findings, which are worked out in turns. */
  checked(uri: string, token?: CancellationToken): Promise<Snapshot | undefined>;
  /** The same with something else that takes long for a long document. */
  workOut<T>(
    uri: string,
    steps: (snapshot: Snapshot) => Steps<T>,
    token?: CancellationToken,
  ): Promise<{ readonly snapshot: Snapshot; readonly value: T } | undefined>;
  /** The text of an open document of whatever language. */
  openText(uri: string): string | undefined;
  /** `undefined` once the document is closed. */
  version(uri: string): number | undefined;
  /** The open documents of our languages. */
  uris(): readonly string[];
  /** Opened or changed. */
  onDidChange(run: (uri: string) => void): void;
  onDidClose(run: (uri: string) => void): void;
  /** Told by clients that tell it. */
  onDidSave(run: (uri: string) => void): void;
  /** Starts following the client's documents. */
  listen(connection: Connection): void;
}

/** What is shorter is read, and its features are worked out, in the time of a turn. */
const LONG = 100_000;

/** More open policies than this are rare; the least recently used is worked out again when it is next asked for. */
const KEPT_SNAPSHOTS = 32;
const KEPT_CHARACTERS = 20_000_000;

/** So many documents may be in sight at once, or a few keys away. */
const RECENT = 8;
const RECENT_CHARACTERS = 2_000_000;

/**
 * When nobody has asked for so long, what can be worked out again is given up. V8 makes its space for new objects smaller
 * only where less than a kilobyte was made in each millisecond since the last collection: what fills it is less in this
 * time.
 */
const REST_MS = 20_000;

/** The open documents, each with its settings, configuration and findings. */
export function createDocuments(dependencies: {
  readonly service: () => LanguageService;
  readonly settings: SettingsStore;
  readonly configs: () => Configs;
  readonly knowledge: () => Pick<KnowledgeStore, 'soFar'>;
  readonly modules: () => Pick<ModuleStore, 'contextOf'>;
  /** Put behind the user's own rule settings. */
  readonly fixedRules: () => readonly RuleSetting[];
  /** The workspace's, as URIs. */
  readonly folders: () => readonly string[];
  readonly host: Pick<ServerHost, 'timers' | 'atRest'>;
  readonly turns: Turns;
  readonly log: Log;
}): Documents {
  const { service, settings, configs, knowledge, modules, fixedRules, folders, host, turns, log } =
    dependencies;
  const documents = new TextDocuments({ create: createText, update: changed });
  /** The URIs of open documents as their editor writes them, by the way in which we compare them. */
  const written = new Map<string, string>();
  documents.onDidOpen(({ document: { uri } }) => void written.set(canonicalUri(uri), uri));
  const kept = new Map<string, Snapshot>();
  /** What was used last before the last rest, of which it is known what was known. */
  let rested: readonly Rested[] = [];
  let hasClosed = false;
  let callOff: (() => void) | undefined;
  /** The trees of long documents take many times their text; what is asked next parses again, which takes milliseconds. */
  const restLater = (): void => {
    callOff?.();
    callOff =
      host.atRest &&
      host.timers.after(REST_MS, () => {
        // Where one rest follows another, all is forgotten already that was to be in the first.
        if (kept.size > 0 || hasClosed) {
          const before = rested.filter(({ text }) => isCurrent({ text }) && !kept.has(text.uri));
          rested = recent([...before, ...[...kept.values()].map(restedOf)]);
          service().keepOnly(rested.map(({ input }) => input));
        }
        kept.clear();
        hasClosed = false;
        host.atRest?.();
      });
  };
  const ours = (document: Text | undefined): document is Text =>
    document !== undefined && languageOfDocument(document.languageId, document.uri) !== undefined;
  const relay = (run: (uri: string) => void) => (event: TextDocumentChangeEvent<Text>) => {
    if (ours(event.document)) {
      run(event.document.uri);
    }
  };
  documents.onDidClose(({ document }) => {
    written.delete(canonicalUri(document.uri));
    kept.delete(document.uri);
    hasClosed = true;
    settings.forget(document.uri);
    restLater();
  });
  /** Not kept: what is of use in a configuration depends on other files. */
  const configSnapshot = async (uri: string, current: Settings): Promise<Snapshot | undefined> => {
    const document = documents.get(uri);
    if (!ours(document)) {
      return undefined;
    }
    const rules = [...current.rules, ...fixedRules()];
    const config = service().readConfig(document.getText(), rules);
    const unused = await configs().unused(uri, config, rules);
    return configSnapshotOf(document, current, service(), [...config.findings, ...unused]);
  };
  const unread = async (uri: string): Promise<Snapshot | undefined> => {
    restLater();
    if (documents.get(uri) === undefined) {
      // Nothing is kept for what was never opened.
      return undefined;
    }
    const current = await settings.of(uri);
    if (isConfigFile(uri)) {
      return current.enable ? configSnapshot(uri, current) : undefined;
    }
    const config = await configs().of(uri);
    const document = documents.get(uri);
    const language = document && languageOfDocument(document.languageId, document.uri);
    if (!ours(document) || language === undefined || !current.enable || !current.languages.has(language)) {
      return undefined;
    }
    const told = asksForKnowledge(document, current) ? knowledge().soFar() : undefined;
    const module = asksForModule(document, language, current) ? modules().contextOf(uri) : undefined;
    const cached = kept.get(uri);
    const fresh =
      cached !== undefined &&
      cached.text === document &&
      cached.settings === current &&
      cached.config === config &&
      cached.knowledge === told &&
      cached.policy.override?.module === module
        ? cached
        : createSnapshot(document, {
            settings: current,
            config,
            knowledge: told,
            module,
            service: service(),
            fixedRules: fixedRules(),
            folders: folders(),
            before: cached?.policy,
            log,
          });
    kept.delete(uri);
    kept.set(uri, fresh);
    let characters = [...kept.values()].reduce((sum, { policy }) => sum + policy.text.length, 0);
    for (const [oldest, { policy }] of kept) {
      if (kept.size <= KEPT_SNAPSHOTS && (characters <= KEPT_CHARACTERS || kept.size === 1)) {
        break;
      }
      characters -= policy.text.length;
      kept.delete(oldest);
    }
    return fresh;
  };
  const read = inTurns(turns, ({ policy }) => policy.readSteps());
  const check = inTurns(turns, (snapshot) => snapshot.checkSteps());
  const isCurrent = ({ text }: Pick<Snapshot, 'text'>) => documents.get(text.uri) === text;
  /** Does something with a document as it is now, again where it changes meanwhile. */
  const withCurrent = async <T>(
    token: CancellationToken | undefined,
    find: () => Promise<Snapshot | undefined>,
    work: (snapshot: Snapshot, isWanted: () => boolean) => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    while (token?.isCancellationRequested !== true) {
      const found = await find();
      const isWanted = () =>
        found !== undefined && isCurrent(found) && token?.isCancellationRequested !== true;
      const done = found && (await work(found, isWanted));
      if (found === undefined || done !== undefined) {
        return done;
      }
    }
    return undefined;
  };
  /** Many may have waited for what was done in turns. Each works something out now, in a turn of its own. */
  const ownTurn = async (found: Snapshot, isWanted: () => boolean): Promise<Snapshot | undefined> =>
    isLong(found)
      ? (await turns.run(
          inOneStep(() => undefined),
          isWanted,
        )) && found
      : found;
  const snapshot: Documents['snapshot'] = (uri, token) =>
    withCurrent(
      token,
      () => unread(uri),
      async (found, isWanted) =>
        isLong(found) ? (await read(found, () => isCurrent(found))) && ownTurn(found, isWanted) : found,
    );
  return {
    sync: TextDocumentSyncKind.Incremental,
    snapshot,
    checked: (uri, token) =>
      withCurrent(
        token,
        () => snapshot(uri, token),
        async (found, isWanted) => (await check(found, () => isCurrent(found))) && ownTurn(found, isWanted),
      ),
    workOut: (uri, steps, token) =>
      withCurrent(
        token,
        () => snapshot(uri, token),
        async (found, isWanted) => {
          if (!isLong(found)) {
            return { snapshot: found, value: atOnce(steps(found)) };
          }
          const outcome = await turns.run(steps(found), isWanted);
          return outcome && { snapshot: found, ...outcome };
        },
      ),
    openText: (uri) => documents.get(written.get(canonicalUri(uri)) ?? uri)?.getText(),
    version: (uri) => documents.get(uri)?.version,
    uris: () =>
      documents
        .all()
        .filter(ours)
        .map((document) => document.uri),
    onDidChange: (run) => documents.onDidChangeContent(relay(run)),
    onDidClose: (run) => documents.onDidClose(relay(run)),
    onDidSave: (run) => documents.onDidSave(relay(run)),
    listen: (connection) => documents.listen(connection),
  };
}

function isLong({ policy }: Snapshot): boolean {
  return policy.text.length >= LONG;
}

/** Does something with a snapshot in turns, once for all that ask for it. */
function inTurns(
  turns: Turns,
  steps: (snapshot: Snapshot) => Steps<void>,
): (snapshot: Snapshot, isWanted: () => boolean) => Promise<Snapshot | undefined> {
  const begun = new WeakMap<Snapshot, Promise<Snapshot | undefined>>();
  return (snapshot, isWanted) => {
    const running =
      begun.get(snapshot) ?? turns.run(steps(snapshot), isWanted).then((outcome) => outcome && snapshot);
    begun.set(snapshot, running);
    return running;
  };
}

/**
 * The documents that were used last; enough of them is kept when idle that the next key is answered as fast as before.
 */
function recent(documents: readonly Rested[]): readonly Rested[] {
  const chosen: Rested[] = [];
  let characters = 0;
  for (const document of documents.toReversed().slice(0, RECENT)) {
    characters += document.input.text.length;
    if (chosen.length > 0 && characters > RECENT_CHARACTERS) {
      break;
    }
    chosen.push(document);
  }
  return chosen.reverse();
}

/** A document without its tree, to be read again. */
interface Rested {
  readonly text: Text;
  readonly input: DocumentInput;
}

function restedOf({ text, policy }: Snapshot): Rested {
  const { language, override } = policy;
  return { text, input: { text: policy.text, language, override } };
}

function configSnapshotOf(
  text: Text,
  settings: Settings,
  service: LanguageService,
  findings: readonly Finding[],
): Snapshot {
  return {
    text,
    settings,
    config: undefined,
    knowledge: undefined,
    // A configuration holds no policy, whatever it looks like.
    policy: service.open({ text: '', language: 'jsonc' }),
    lint: { findings, failures: [] },
    *checkSteps() {},
  };
}

/** What a document's snapshot depends on beside its text. */
interface Surroundings {
  readonly settings: Settings;
  readonly config: ConfigSource | undefined;
  readonly knowledge: WorkspaceKnowledge | undefined;
  readonly module: ModuleContext | undefined;
  readonly service: LanguageService;
  readonly fixedRules: readonly RuleSetting[];
  readonly folders: readonly string[];
  /** The document as it was kept until now. */
  readonly before: PolicyDocument | undefined;
  readonly log: Log;
}

function createSnapshot(
  document: Text,
  { settings, config, knowledge, module, service, fixedRules, folders, before, log }: Surroundings,
): Snapshot {
  const { uri, languageId } = document;
  const path = pathOf(uri);
  const configured = configuredFor(config, uri);
  const policyType = settings.policyTypes.findLast((candidate) => candidate.fits(path))?.type;
  const override =
    policyType === undefined && configured !== undefined ? overrideOf(configured) : { policyType };
  const language = languageOfDocument(languageId, uri) ?? 'json';
  const isRead = !isTooLong(document.getText(), language);
  const input = {
    text: isRead ? document.getText() : '',
    language,
    override: { ...override, path: placeOf(uri, folders), ...(module !== undefined && { module }) },
  };
  const policy = service.open(input, before);
  let lint: LintResult | undefined;
  function* checkSteps(): Steps<void> {
    if (lint === undefined) {
      const rules = [...settings.rules, ...fixedRules];
      const result = isRead
        ? yield* service.lintSteps(policy, { rules, configured, knowledge })
        : notRead(document.getText(), language, [...(configured?.config.rules ?? []), ...rules]);
      // Somebody who could not wait may have worked it out meanwhile.
      if (lint === undefined) {
        lint = result;
        for (const { rule, error } of lint.failures) {
          log(failureLine(`rule ${rule}`, uri, error));
        }
      }
    }
  }
  return {
    text: document,
    settings,
    config,
    policy,
    knowledge,
    checkSteps,
    get lint() {
      atOnce(checkSteps());
      return lint ?? NOT_CHECKED;
    },
  };
}

function notRead(text: string, language: DocumentLanguage, rules: readonly RuleSetting[]): LintResult {
  return { findings: tooLongFindings(text, language, rules), failures: [] };
}

const NOT_CHECKED: LintResult = { findings: [], failures: [] };

function createText(uri: string, languageId: string, version: number, content: string): TextVersion {
  return new TextVersion(uri, String(languageId), version, String(content));
}

/** Nothing but execute-api ARNs has to do with other files, so that no workspace is read for anything else. */
export function asksForKnowledge(document: Text, { features }: Settings): boolean {
  return features.has('workspaceKnowledge') && /:execute-api:|"execute-api:\//.test(document.getText());
}

/** Whether Terraform files may say which type a policy in the document has, or what is filled into it. */
function asksForModule(document: Text, language: DocumentLanguage, { features }: Settings): boolean {
  return (
    features.has('workspaceKnowledge') &&
    !isProgramLanguage(language) &&
    language !== 'yaml' &&
    mayHavePolicy(language, document.getText())
  );
}
