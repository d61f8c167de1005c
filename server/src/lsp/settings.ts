import {
  type CodeLensKind,
  codeLensKinds,
  compileGlob,
  type DocumentLanguage,
  documentLanguages,
  isPolicyType,
  isRuleSeverity,
  own,
  type PolicyType,
  type RuleSetting,
} from '../core/index';
import { failureLine, type Log } from './guard';
import type { Timers } from './host';

/** The section that every setting of ours stands in. */
export const SECTION = 'iamPolicy';

/** What a setting `iamPolicy.<feature>.enable` switches off; everything is on by default. */
export const features = [
  'symbols',
  'folding',
  'selectionRanges',
  'links',
  'highlights',
  'inlayHints.actions',
  'inlayHints.regions',
  'workspaceKnowledge',
] as const;

export type Feature = (typeof features)[number];

/** The settings of one document, immutable; a change makes a new object, so identity serves as a version. */
export interface Settings {
  readonly enable: boolean;
  /** The languages that are read. */
  readonly languages: ReadonlySet<DocumentLanguage>;
  /** In order of precedence, the last that fits wins. */
  readonly rules: readonly RuleSetting[];
  readonly policyTypes: readonly TypeByGlob[];
  readonly codeLens: boolean;
  /** Which offers a code lens makes. */
  readonly codeLensKinds: ReadonlySet<CodeLensKind>;
  /** Those that are on. */
  readonly features: ReadonlySet<Feature>;
}

export interface TypeByGlob {
  readonly fits: (path: string) => boolean;
  readonly type: PolicyType;
}

/** Fetches the raw section for a document, or for the workspace without one. May reject. */
export type FetchSection = (uri: string) => Promise<unknown>;

export interface SettingsStore {
  /** Asked for once per document until the next change; without a document an empty uri. Falls back to the defaults. */
  of(uri: string): Promise<Settings>;
  /** Forgets one document, or everything after a change. */
  forget(uri?: string): void;
}

/** How long findings wait for a client that was asked for settings. */
const LONGEST_WAIT_MS = 5000;

export interface SettingsDependencies {
  readonly fetch: FetchSection;
  readonly timers: Pick<Timers, 'after'>;
  readonly log: Log;
  /** Called with what was read, once per document and change. */
  readonly check: (settings: Settings) => void;
  /** Called when an answer came for which the defaults have stood in. */
  readonly onLateAnswer: () => void;
}

/** Settings as the client tells them; the defaults of one that does not answer, until it does. */
export function createSettingsStore({
  fetch,
  timers,
  log,
  check,
  onLateAnswer,
}: SettingsDependencies): SettingsStore {
  /** Set once an answer was waited for in vain, so that nobody waits for another. */
  let isSilent = false;
  const known = new Map<string, Promise<Settings>>();
  const complaints = new Set<string>();
  const complain: Log = (line) => {
    if (!complaints.has(line)) {
      complaints.add(line);
      log(line);
    }
  };
  const load = async (uri: string): Promise<Settings> => {
    try {
      const settings = readSettings(await fetch(uri), complain);
      check(settings);
      return settings;
    } catch (error) {
      log(failureLine('workspace/configuration', uri, error));
      return readSettings(undefined, complain);
    }
  };
  /** What is answered in time, and else the defaults until there is an answer. */
  const loadInTime = (uri: string): Promise<Settings> => {
    const asked = load(uri);
    const inTime = new Promise<Settings>((resolve) => {
      let isLate = false;
      const standIn = (): void => {
        isLate = true;
        complain('The client has not answered workspace/configuration: until it does, the defaults hold.');
        resolve(readSettings(undefined, complain));
      };
      const callOff = isSilent
        ? standIn()
        : timers.after(LONGEST_WAIT_MS, () => {
            isSilent = true;
            standIn();
          });
      void asked.then((settings) => {
        isSilent = false;
        callOff?.();
        resolve(settings);
        // Unless it was asked again meanwhile.
        if (isLate && known.get(uri) === inTime) {
          known.set(uri, asked);
          onLateAnswer();
        }
      });
    });
    return inTime;
  };
  return {
    of: (uri) => {
      const settings = known.get(uri) ?? loadInTime(uri);
      known.set(uri, settings);
      return settings;
    },
    forget: (uri) => {
      if (uri === undefined) {
        known.clear();
        complaints.clear();
      } else {
        known.delete(uri);
      }
    },
  };
}

/** Settings from whatever a client sends: what is not understood is named in the log and left at its default. */
export function readSettings(raw: unknown, log: Log): Settings {
  const { enable, rules, policyTypes, codeLens }: RawSettings = isRecord(raw) ? raw : {};
  return {
    enable: enable !== false,
    languages: new Set(documentLanguages.filter((name) => valueAt(raw, ['languages', name]) !== false)),
    rules: limited('rules', rules, log).flatMap(([rule, severity]) => {
      if (typeof severity === 'string' && isRuleSeverity(severity)) {
        return [{ rule, severity }];
      }
      log(
        `The setting ${SECTION}.rules has no severity ${brief(JSON.stringify(severity))} (for ${brief(rule)}).`,
      );
      return [];
    }),
    policyTypes: limited('policyTypes', policyTypes, log).flatMap(([glob, type]) => {
      if (typeof type === 'string' && isPolicyType(type)) {
        return [{ fits: compileGlob(glob), type }];
      }
      log(
        `The setting ${SECTION}.policyTypes has no type ${brief(JSON.stringify(type))} (for ${brief(glob)}).`,
      );
      return [];
    }),
    codeLens: valueAt(codeLens, ['enable']) !== false,
    codeLensKinds: new Set(
      codeLensKinds.filter((kind) => {
        const shown = valueAt(codeLens, ['show']);
        return !Array.isArray(shown) || shown.includes(kind);
      }),
    ),
    features: new Set(features.filter((name) => valueAt(raw, [...name.split('.'), 'enable']) !== false)),
  };
}

interface RawSettings {
  readonly enable?: unknown;
  readonly rules?: unknown;
  readonly policyTypes?: unknown;
  readonly codeLens?: unknown;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, key) => (isRecord(found) ? own(found, key) : undefined), value);
}

/** Settings may come with a repository, and every document is held to every entry. */
const MAX_ENTRIES = 2_000;
/** Of a name that nobody wrote by hand the beginning is enough. */
const LONGEST_NAME = 200;

/** The entries of a setting, as many as count, less those whose name is too long to mean anything. */
function limited(name: string, value: unknown, log: Log): readonly (readonly [string, unknown])[] {
  const entries = entriesOf(value);
  const short = entries.filter(([key]) => key.length <= LONGEST_ENTRY);
  if (entries.length > MAX_ENTRIES || short.length < entries.length) {
    log(
      `Of the setting ${SECTION}.${name} the first ${MAX_ENTRIES} entries of at most ${LONGEST_ENTRY} characters count.`,
    );
  }
  return short.slice(0, MAX_ENTRIES);
}

const LONGEST_ENTRY = 4096;

function brief(text: string | undefined): string {
  return text === undefined || text.length <= LONGEST_NAME ? String(text) : `${text.slice(0, LONGEST_NAME)}…`;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isRecord(value) ? Object.entries(value) : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
