import type { Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type FileKnowledge,
  joinKnowledge,
  MAX_FILE_LENGTH,
  mayDefineApi,
  mayTell,
  NO_KNOWLEDGE,
  readKnowledge,
  type WorkspaceKnowledge,
} from '../core/index';
import type { ClientRequests } from '../protocol/messages';
import { createIgnoreBudget, MAX_IGNORE_LENGTH, readGitignore, withoutIgnored } from './gitignore';
import { failureLine, type Log } from './guard';
import type { ServerHost, Timers, WorkspaceFiles } from './host';

/** How long files must rest before they are read again: a build or a checkout changes many at once. */
export const KNOWLEDGE_DELAY_MS = 300;

/** Beyond this many files a workspace is only known in part. */
export const MAX_KNOWN_FILES = 2000;

/** How many files are read at once. */
const READERS = 8;

/** What can tell something, and what tells what to leave alone. */
const ENDINGS = ['.gitignore', '.json', '.jsonc', '.tf', '.tofu', '.yaml', '.yml'];

/** Folders of other people's files and of what was generated. */
const EXCLUDED_FOLDERS = [
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

/** For clients' watchers. */
export const KNOWLEDGE_FILES = `**/*{${ENDINGS.join(',')}}`;

/** Milliseconds. A search through files may be slow, or never be answered; a hover and a light bulb do without it then. */
const LONGEST_WAIT_MS = 3000;

/** What the files of the workspace tell. Nothing is read before somebody asks, and then only what has changed. */
export interface KnowledgeStore {
  /** All there is to know; waits until it is read. Never rejects. */
  ask(): Promise<WorkspaceKnowledge>;
  /** The same for what a reader waits for: what is known so far where a search takes longer than somebody would wait. */
  inTime(): Promise<WorkspaceKnowledge>;
  /** What is known without waiting; reading begins when nothing is, and the change is told when it is done. */
  soFar(): WorkspaceKnowledge | undefined;
  /** The text of a file that defines an API, as it was when it was read. */
  textOf(uri: string): TextDocument | undefined;
  /** Files have appeared, changed or gone, as a watcher tells. */
  filesChanged(changes: readonly FileChange[]): void;
  /** A document was typed in or closed. */
  documentChanged(uri: string): void;
  /** Which folders are the workspace has changed. */
  foldersChanged(): void;
  /** Told whenever what is known has become something else. */
  onDidChange(run: () => void): void;
}

export interface FileChange {
  readonly uri: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

interface KnownFile {
  readonly told: FileKnowledge;
  /** To see whether another reading tells anything new. */
  readonly print: string;
  /** Of files that define an API. */
  readonly text: TextDocument | undefined;
}

export function createKnowledgeStore(dependencies: {
  /** Absent where nobody can look at files. */
  readonly files: () => WorkspaceFiles | undefined;
  readonly folders: () => readonly string[];
  /** The text of a document that is open in the editor, which wins over the one on disk. */
  readonly openText: (uri: string) => string | undefined;
  readonly timers: Timers;
  readonly log: Log;
}): KnowledgeStore {
  const { files, folders, openText, timers, log } = dependencies;
  const known = new Map<string, KnownFile>();
  const stale = new Set<string>();
  let found: readonly string[] | undefined;
  let joined: WorkspaceKnowledge | undefined;
  let reading: Promise<WorkspaceKnowledge> | undefined;
  let isCapTold = false;
  let callOff = (): void => undefined;
  let tell = (): void => undefined;

  /** A file that cannot be read costs nothing but what it tells itself. */
  const readText = async (source: WorkspaceFiles, uri: string, maxLength: number) => {
    try {
      return await source.read(uri, maxLength);
    } catch (error) {
      log(failureLine('The knowledge of the workspace', uri, error));
      return undefined;
    }
  };

  const find = async (source: WorkspaceFiles): Promise<readonly string[]> => {
    const uris = await source.find({
      folders: folders(),
      endings: ENDINGS,
      excludedFolders: EXCLUDED_FOLDERS,
      limit: MAX_KNOWN_FILES + 1,
    });
    if (uris.length > MAX_KNOWN_FILES && !isCapTold) {
      isCapTold = true;
      log(
        `There are more than ${MAX_KNOWN_FILES} files of JSON, YAML and Terraform: APIs are known from the first of them only.`,
      );
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
    return withoutIgnored(uris.slice(0, MAX_KNOWN_FILES).filter(mayTell), rules);
  };

  const readFile = async (source: WorkspaceFiles, uri: string): Promise<boolean> => {
    const text = openText(uri) ?? (await readText(source, uri, MAX_FILE_LENGTH));
    await timers.pause();
    const told = readKnowledge(uri, text ?? '');
    const print = JSON.stringify([...told.accounts, told.apis, told.mentions, [...(told.actions ?? [])]]);
    const before = known.get(uri);
    known.set(uri, {
      told,
      print,
      text: told.apis.length === 0 ? undefined : TextDocument.create(uri, '', 0, text ?? ''),
    });
    return before?.print !== print;
  };

  /** Reads what is not known or stale, until nothing has changed meanwhile. */
  const read = async (): Promise<WorkspaceKnowledge> => {
    const source = files();
    let hasChanged = joined === undefined;
    while (source !== undefined && (found === undefined || stale.size > 0)) {
      found ??= await find(source);
      const current = new Set(found);
      for (const uri of known.keys()) {
        if (!current.has(uri)) {
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
    }
    if (joined === undefined || hasChanged) {
      joined = joinKnowledge(
        (found ?? []).flatMap((uri) => {
          const file = known.get(uri);
          return file === undefined ? [] : [[uri, file.told] as const];
        }),
      );
      tell();
    }
    return joined;
  };

  const ask = (): Promise<WorkspaceKnowledge> => {
    reading ??= read()
      .catch((error: unknown) => {
        log(failureLine('The knowledge of the workspace', '', error));
        // What could not be found is looked for again when files change, and not with every question.
        found ??= [];
        joined ??= joinKnowledge([]);
        return joined;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  const isCurrent = (): boolean => joined !== undefined && found !== undefined && stale.size === 0;

  /** Only what somebody has asked for is kept up to date. */
  const renew = (): void => {
    if (joined !== undefined) {
      callOff();
      callOff = timers.after(KNOWLEDGE_DELAY_MS, () => void ask());
    }
  };

  return {
    ask: async () => (joined !== undefined && isCurrent() ? joined : ask()),
    inTime: async () => {
      if (joined !== undefined && isCurrent()) {
        return joined;
      }
      return new Promise((resolve) => {
        const called = timers.after(LONGEST_WAIT_MS, () => resolve(joined ?? NO_KNOWLEDGE));
        void ask().then((known) => {
          called();
          resolve(known);
        });
      });
    },
    soFar: () => {
      if (joined === undefined) {
        void ask();
      }
      return joined;
    },
    textOf: (uri) => known.get(uri)?.text,
    filesChanged: (changes) => {
      for (const { uri, type } of changes) {
        // A file that is replaced is gone and created at once.
        if (known.has(uri)) {
          stale.add(uri);
        }
        if (uri.endsWith(IGNORE_FILE) || (mayTell(uri) && type !== 'changed')) {
          found = undefined;
        }
      }
      if (found === undefined || stale.size > 0) {
        renew();
      }
    },
    documentChanged: (uri) => {
      const file = known.get(uri);
      if (file !== undefined && (file.text !== undefined || mayDefineApi(openText(uri) ?? ''))) {
        stale.add(uri);
        renew();
      }
    },
    foldersChanged: () => {
      found = undefined;
      renew();
    },
    onDidChange: (run) => {
      tell = run;
    },
  };
}

/**
 * The files of a workspace as the client sees them, which may lie anywhere. What lies on this machine is read here: that
 * spares the detour of its text through the client.
 */
export function clientFiles(
  connection: Connection,
  host: Pick<ServerHost, 'workspaceFiles'>,
): WorkspaceFiles {
  const ask = <M extends 'iamPolicy/findFiles' | 'iamPolicy/readFile'>(
    method: M,
    params: ClientRequests[M]['params'],
  ): Promise<ClientRequests[M]['result']> => connection.sendRequest(method, params);
  return {
    find: async ({ endings, excludedFolders, limit }) =>
      (await ask('iamPolicy/findFiles', { endings, excludedFolders, limit })).uris,
    read: async (uri, maxLength) =>
      uri.startsWith('file:') && host.workspaceFiles !== undefined
        ? host.workspaceFiles.read(uri, maxLength)
        : (await ask('iamPolicy/readFile', { uri, maxLength })).text,
  };
}

const IGNORE_FILE = '/.gitignore';
