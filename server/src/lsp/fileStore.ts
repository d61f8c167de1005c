import { createIgnoreBudget, ignoredBy, MAX_IGNORE_LENGTH, readGitignore } from './gitignore';
import { failureLine, type Log } from './guard';
import type { Timers, WorkspaceFiles } from './host';
import { canonicalUri } from './uris';

/** How long files must rest before they are read again: a build or a checkout changes many at once. */
export const KNOWLEDGE_DELAY_MS = 300;

/** Beyond this many files a workspace is only known in part. */
export const MAX_KNOWN_FILES = 2000;

/** How many files are read at once. */
const READERS = 8;

/** What ignore files may cost before whatever else is waiting has its turn. */
const STEPS_BETWEEN_PAUSES = 100_000;

/**
 * What the files of a workspace tell may be so long together, in characters of JSON; nobody writes more by hand. Files
 * beyond count as empty, so that neither their memory nor the time to join them grows with what a repository holds.
 */
const MAX_TOLD = 16_000_000;

/** Folders of other people's files and of what was generated. */
export const EXCLUDED_FOLDERS = [
  '.aws-sam',
  '.git',
  '.hg',
  '.serverless',
  '.svn',
  '.terraform',
  '.venv',
  'cdk.out',
  'coverage',
  'dist',
  'node_modules',
];

/** Milliseconds. A search through files may be slow, or never be answered; a hover and a light bulb do without it then. */
export const LONGEST_WAIT_MS = 3000;

/**
 * What some files of the workspace say together. Nothing is read before it is needed, and then only what has changed.
 */
export interface FileStore<Told, Joined> {
  /** All there is to know; waits until it is read. Never rejects. */
  ask(): Promise<Joined>;
  /** The same for what a reader waits for: what is known so far where a search takes longer than somebody would wait. */
  inTime(): Promise<Joined>;
  /** What is known without waiting; if that is nothing, reading begins, and listeners are called when it is done. */
  soFar(): Joined | undefined;
  /** What a file said when it was read. */
  toldBy(uri: string): Told | undefined;
  /** Files have appeared, changed or gone, as a watcher tells. */
  filesChanged(changes: readonly FileChange[]): void;
  /** A document was typed in or closed. */
  documentChanged(uri: string): void;
  /** A document was saved, where nobody tells of files that appear. */
  documentSaved(uri: string): void;
  /** Which folders are the workspace has changed. */
  foldersChanged(): void;
  /** Told whenever what is known has become something else. */
  onDidChange(run: () => void): void;
}

export interface FileChange {
  readonly uri: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

/** Which files a store reads, and what it reads from them. */
export interface FileReading<Told, Joined> {
  /** What it is called in the log. */
  readonly name: string;
  /** The ends of names to search for. */
  readonly endings: readonly string[];
  /** Whether a file may tell anything, by its name. */
  mayTell(uri: string): boolean;
  /** A longer file counts as empty. */
  readonly maxLength: number;
  /** `undefined` where a file takes more time or memory than it is worth: it counts as empty then. */
  read(uri: string, text: string): Told | undefined | Promise<Told | undefined>;
  /** What an empty file tells. */
  readonly empty: Told;
  /** To see whether another reading tells anything new. */
  print(told: Told): string;
  join(files: readonly (readonly [uri: string, told: Told])[]): Joined;
  /** Whether typing in a document may change what it tells: the file as it was read, and the text as it is now. */
  isConcerned(told: Told, text: string): boolean;
  /** What is said once where there are more files than are read. */
  readonly cut: string;
  /** Of a workspace that tells nothing. */
  readonly nothing: Joined;
}

export interface FileStoreDependencies {
  /** Absent where nobody can look at files. */
  readonly files: () => WorkspaceFiles | undefined;
  readonly folders: () => readonly string[];
  /** The text of a document that is open in the editor, which wins over the one on disk. */
  readonly openText: (uri: string) => string | undefined;
  readonly timers: Timers;
  readonly log: Log;
}

interface KnownFile<Told> {
  readonly told: Told;
  readonly print: string;
}

/**
 * Keeps what files of the workspace say, one result for each and one for all together. Files are read when somebody
 * asks, and again when they have changed.
 */
export function createFileStore<Told, Joined>(
  reading: FileReading<Told, Joined>,
  { files, folders, openText, timers, log }: FileStoreDependencies,
): FileStore<Told, Joined> {
  const { name, mayTell, endings } = reading;
  const known = new Map<string, KnownFile<Told>>();
  const stale = new Set<string>();
  let found: readonly string[] | undefined;
  let joined: { readonly value: Joined } | undefined;
  let running: Promise<Joined> | undefined;
  let isSearching = false;
  /** Whether files have appeared or gone while they were searched for, so that the search may not have seen them. */
  let mayLack = false;
  let isCapTold = false;
  /** Whether the reading that goes on has kept somebody waiting for as long as anybody waits: once is enough. */
  let isSlow = false;
  let length = 0;
  let callOff = (): void => undefined;
  let tell = (): void => undefined;

  /** A file that cannot be read costs nothing but what it tells itself. */
  const readText = async (source: WorkspaceFiles, uri: string, maxLength: number) => {
    try {
      return await source.read(uri, maxLength);
    } catch (error) {
      log(failureLine(name, uri, error));
      return undefined;
    }
  };

  const find = async (source: WorkspaceFiles): Promise<readonly string[]> => {
    isSearching = true;
    mayLack = false;
    try {
      return await search(source);
    } finally {
      isSearching = false;
    }
  };

  const search = async (source: WorkspaceFiles): Promise<readonly string[]> => {
    const found = await source.find({
      folders: folders(),
      endings: [IGNORE_ENDING, ...endings],
      excludedFolders: EXCLUDED_FOLDERS,
      limit: MAX_KNOWN_FILES + 1,
    });
    const uris = found.map(canonicalUri);
    if (uris.length > MAX_KNOWN_FILES && !isCapTold) {
      isCapTold = true;
      log(reading.cut);
    }
    const budget = createIgnoreBudget();
    const rules = new Map(
      await Promise.all(
        uris
          .filter((uri) => uri.endsWith(IGNORE_FILE))
          .map(async (uri) => {
            const text = await readText(source, uri, MAX_IGNORE_LENGTH);
            return [uri.slice(0, -IGNORE_FILE.length), readGitignore(text ?? '', budget)] as const;
          }),
      ),
    );
    const isIgnored = ignoredBy(rules);
    const kept: string[] = [];
    let stepsAtPause = budget.steps;
    for (const uri of uris.slice(0, MAX_KNOWN_FILES)) {
      if (mayTell(uri) && !isIgnored(uri)) {
        kept.push(uri);
      }
      // Ignore files that are made to be slow keep nobody waiting.
      if (stepsAtPause - budget.steps > STEPS_BETWEEN_PAUSES) {
        await timers.pause();
        stepsAtPause = budget.steps;
      }
    }
    return kept;
  };

  const readFile = async (source: WorkspaceFiles, uri: string): Promise<boolean> => {
    const text = openText(uri) ?? (await readText(source, uri, reading.maxLength));
    await timers.pause();
    let told = text === undefined ? reading.empty : await reading.read(uri, text);
    if (told === undefined) {
      log(`${name}: reading takes too long or too much memory, and is left out: ${uri}`);
      told = reading.empty;
    }
    let print = reading.print(told);
    const before = known.get(uri);
    length -= before?.print.length ?? 0;
    if (length + print.length > MAX_TOLD) {
      log(`${name}: there is too much in the files together, and this one is left out: ${uri}`);
      told = reading.empty;
      print = reading.print(told);
    }
    length += print.length;
    known.set(uri, { told, print });
    return before?.print !== print;
  };

  /** What is known now, joined; listeners are called if it is new. */
  const join = (): Joined => {
    const all = (found ?? []).flatMap((uri) => {
      const file = known.get(uri);
      return file === undefined ? [] : [[uri, file.told] as const];
    });
    const isNews = joined !== undefined || all.length > 0;
    joined = { value: reading.join(all) };
    if (isNews) {
      tell();
    }
    return joined.value;
  };

  /**
   * Reads what is not known or stale, until nothing has changed meanwhile. Each time around what is known is there for
   * others, since in some workspaces there is a file that changes all the time.
   */
  const read = async (): Promise<Joined> => {
    const source = files();
    while (source !== undefined && (found === undefined || stale.size > 0)) {
      let hasChanged = joined === undefined;
      found ??= await find(source);
      const current = new Set(found);
      for (const [uri, { print }] of known) {
        if (!current.has(uri)) {
          length -= print.length;
          known.delete(uri);
          hasChanged = true;
        }
      }
      const waiting = found.filter((uri) => !known.has(uri) || stale.has(uri));
      stale.clear();
      const readers = Array.from({ length: READERS }, async () => {
        for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) {
          hasChanged = (await readFile(source, uri)) || hasChanged;
        }
      });
      await Promise.all(readers);
      if (hasChanged) {
        join();
      }
    }
    const value = joined?.value ?? join();
    if (mayLack) {
      mayLack = false;
      searchAgain();
    }
    return value;
  };

  const ask = (): Promise<Joined> => {
    running ??= read()
      .catch((error: unknown) => {
        log(failureLine(name, '', error));
        // What could not be found is looked for again when files change, and not with every question.
        found ??= [];
        joined ??= { value: reading.join([]) };
        return joined.value;
      })
      .finally(() => {
        running = undefined;
        isSlow = false;
      });
    return running;
  };

  /** Some workspaces have files that come and go all the time: they are searched for when the last search is over. */
  const searchAgain = (): void => {
    found = undefined;
    mayLack = isSearching;
    renew();
  };

  const isCurrent = (): boolean => joined !== undefined && found !== undefined && stale.size === 0;

  /** Only what was requested before is kept up to date. */
  const renew = (): void => {
    if (joined !== undefined) {
      callOff();
      callOff = timers.after(KNOWLEDGE_DELAY_MS, () => void ask());
    }
  };

  return {
    ask: async () => (joined !== undefined && isCurrent() ? joined.value : ask()),
    inTime: async () => {
      if (joined !== undefined && isCurrent()) {
        return joined.value;
      }
      return new Promise((resolve) => {
        const giveUp = (): void => resolve(joined?.value ?? reading.nothing);
        if (isSlow) {
          giveUp();
          return;
        }
        const callOff = timers.after(LONGEST_WAIT_MS, () => {
          isSlow = running !== undefined;
          giveUp();
        });
        void ask().then((value) => {
          callOff();
          resolve(value);
        });
      });
    },
    soFar: () => {
      if (joined === undefined) {
        void ask();
      }
      return joined?.value;
    },
    toldBy: (uri) => known.get(canonicalUri(uri))?.told,
    filesChanged: (changes) => {
      let isNews = false;
      for (const { uri: written, type } of changes) {
        if (isNews && known.size === 0) {
          // Whatever else has changed, all files are searched for anyway.
          break;
        }
        const uri = canonicalUri(written);
        // A file that is replaced is gone and created at once.
        if (known.has(uri)) {
          stale.add(uri);
        }
        isNews ||= uri.endsWith(IGNORE_FILE) || (type !== 'changed' && mayTell(uri));
      }
      if (isNews) {
        searchAgain();
      } else if (found === undefined || stale.size > 0) {
        renew();
      }
    },
    documentChanged: (written) => {
      const uri = canonicalUri(written);
      const file = known.get(uri);
      if (file !== undefined && reading.isConcerned(file.told, openText(uri) ?? '')) {
        stale.add(uri);
        renew();
      }
    },
    documentSaved: (written) => {
      if (!known.has(canonicalUri(written)) && mayTell(written)) {
        searchAgain();
      }
    },
    foldersChanged: searchAgain,
    onDidChange: (run) => {
      tell = run;
    },
  };
}

const IGNORE_ENDING = '.gitignore';
const IGNORE_FILE = '/.gitignore';
