import type { DocumentInput, LanguageService, PolicyDocument } from '../core/index';
import type { ServerHost } from './host';

/** What a document is compared with while it is edited. */
export interface Baseline {
  /** The last commit, or the saved file where git has none. */
  readonly against: 'commit' | 'saved';
  readonly text: string;
  /** The text read as the document is read now; kept until that changes. */
  read(input: Omit<DocumentInput, 'text'>): PolicyDocument;
}

/**
 * The older versions of open documents. Each is fetched once, and again after something may have changed it: nothing of that
 * happens for a key stroke.
 */
export interface Baselines {
  /** What is known; begins to fetch what is not. */
  soFar(uri: string): Baseline | undefined;
  /** The same, once it has been fetched. Never rejects. */
  of(uri: string): Promise<Baseline | undefined>;
  /** A document was saved, or a commit was made: what is known counts until the new text has been fetched. */
  renew(uri?: string): void;
  /** A version that was just requested from Git. */
  told(uri: string, text: string): void;
  /** The file as it is saved; never kept. */
  saved(uri: string): Promise<string | undefined>;
  forget(uri: string): void;
  /** Called after a baseline has come to differ from what was known before. */
  onDidChange(run: (uri: string) => void): void;
}

interface Entry {
  known: Baseline | undefined;
  /** Absent where what is known may be out of date. */
  fetching: Promise<Baseline | undefined> | undefined;
  /** Counts the requested versions; the last one counts. */
  asked: number;
}

/** Where older versions come from. Nothing here rejects. */
export interface BaselineSources {
  readonly committed: ServerHost['committed'];
  /** The file as it is saved, wherever it lies. */
  readonly saved: (uri: string) => Promise<string | undefined>;
  readonly trust: () => 'trusted' | 'untrusted';
  readonly service: () => LanguageService;
}

/** Keeps the older versions of open documents: those of the last commit, or else the saved files. */
export function createBaselines(sources: BaselineSources): Baselines {
  const entries = new Map<string, Entry>();
  const listeners: ((uri: string) => void)[] = [];

  const set = (uri: string, entry: Entry, found: TextBefore | undefined): void => {
    const { known } = entry;
    if (known?.text !== found?.text || known?.against !== found?.against) {
      entry.known = found && createBaseline(found, sources.service);
      for (const run of listeners) {
        run(uri);
      }
    }
  };
  const fetch = async (uri: string, entry: Entry): Promise<Baseline | undefined> => {
    entry.asked += 1;
    const { asked } = entry;
    const found = await textBefore(sources, uri);
    if (entry.asked === asked && entries.get(uri) === entry) {
      set(uri, entry, found);
    }
    return entry.known;
  };
  const begin = (uri: string): Entry => {
    const entry = entries.get(uri) ?? { known: undefined, fetching: undefined, asked: 0 };
    entries.set(uri, entry);
    entry.fetching ??= fetch(uri, entry);
    return entry;
  };
  return {
    soFar: (uri) => begin(uri).known,
    of: (uri) => {
      const { fetching } = begin(uri);
      return fetching ?? Promise.resolve(undefined);
    },
    renew: (uri) => {
      for (const [each, entry] of entries) {
        if (uri === undefined || each === uri) {
          entry.fetching = undefined;
          begin(each);
        }
      }
    },
    told: (uri, text) => {
      const entry = entries.get(uri);
      if (entry !== undefined) {
        entry.asked += 1;
        set(uri, entry, { against: 'commit', text });
      }
    },
    saved: sources.saved,
    forget: (uri) => {
      entries.delete(uri);
    },
    onDidChange: (run) => {
      listeners.push(run);
    },
  };
}

type TextBefore = Pick<Baseline, 'against' | 'text'>;

/** Git is not asked in a workspace that is not trusted: it reads settings of the repository, which name programs. */
async function textBefore(
  { committed, saved, trust }: BaselineSources,
  uri: string,
): Promise<TextBefore | undefined> {
  const commit = trust() === 'trusted' ? await committed?.(uri) : undefined;
  if (commit !== undefined && 'text' in commit) {
    return { against: 'commit', text: commit.text };
  }
  const text = await saved(uri);
  return text === undefined ? undefined : { against: 'saved', text };
}

/** The document is read once for each way of reading it: by its language, its type and the module around it. */
function createBaseline({ against, text }: TextBefore, service: () => LanguageService): Baseline {
  let made: { readonly key: readonly unknown[]; readonly document: PolicyDocument } | undefined;
  return {
    against,
    text,
    read: (input) => {
      const { language, override } = input;
      const key = [language, override?.policyType, override?.path, override?.module];
      if (made === undefined || key.some((part, index) => part !== made?.key[index])) {
        made = { key, document: service().open({ ...input, text }) };
      }
      return made.document;
    },
  };
}
