import { opendir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  createIgnoreBudget,
  type IgnoreRules,
  isIgnored,
  MAX_IGNORE_LENGTH,
  readGitignore,
} from '../lsp/gitignore';
import type { FileSearch, WorkspaceFiles } from '../lsp/host';
import { readLimited } from './readLimited';

/** More folders than this are not looked into. */
const MAX_FOLDERS = 5000;

/** Names that are fetched at once; between them, whatever else is waiting has its turn. */
const NAMES_AT_ONCE = 500;

/** More names than these, in all folders together, are not looked at. */
const MAX_NAMES = 1_000_000;

/** The files of a workspace on this machine, for clients that do not look for them. */
export const workspaceFiles: WorkspaceFiles = {
  find: findFiles,
  read: async (uri, maxLength) => {
    try {
      const bytes = await readLimited(fileURLToPath(uri), { maxBytes: maxLength, kinds: 'files' });
      return new TextDecoder().decode(bytes);
    } catch {
      return undefined;
    }
  },
};

/** Folder by folder, those near the top first, so that a limit leaves out what lies deep. Links are not followed. */
async function findFiles(search: FileSearch): Promise<readonly string[]> {
  const found: string[] = [];
  const waiting = search.folders.filter((uri) => uri.startsWith('file:'));
  const ignoreFiles = new Map<string, IgnoreRules>();
  const budget = createIgnoreBudget();
  const names = { left: MAX_NAMES };
  for (let next = 0; next < Math.min(waiting.length, MAX_FOLDERS) && found.length < search.limit; next += 1) {
    const folder = waiting[next] ?? '';
    const { files, folders, hasIgnoreFile } = await entriesOf(folder, search, names);
    if (hasIgnoreFile) {
      const text = await workspaceFiles.read(`${folder}/.gitignore`, MAX_IGNORE_LENGTH);
      ignoreFiles.set(folder, readGitignore(text ?? '', budget));
    }
    for (const name of folders) {
      const uri = `${folder}/${encodeURIComponent(name)}`;
      if (!isIgnored(uri, 'folder', ignoreFiles)) {
        waiting.push(uri);
      }
    }
    for (const name of files) {
      found.push(`${folder}/${encodeURIComponent(name)}`);
    }
  }
  return found.slice(0, search.limit);
}

interface Entries {
  /** The names that are looked for, in order. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly hasIgnoreFile: boolean;
}

/**
 * What is in a folder, where it may hold a million files: of those that are wanted the first by their names, a few at
 * once.
 */
async function entriesOf(uri: string, search: FileSearch, names: { left: number }): Promise<Entries> {
  const files = new FirstNames(search.limit);
  const folders = new FirstNames(MAX_FOLDERS);
  let hasIgnoreFile = false;
  try {
    for await (const entry of await opendir(fileURLToPath(`${uri}/`), { bufferSize: NAMES_AT_ONCE })) {
      if (names.left === 0) {
        break;
      }
      names.left -= 1;
      hasIgnoreFile ||= entry.name === '.gitignore';
      if (entry.isDirectory()) {
        if (!search.excludedFolders.includes(entry.name)) {
          folders.add(entry.name);
        }
      } else if (entry.isFile() && search.endings.some((ending) => entry.name.endsWith(ending))) {
        files.add(entry.name);
      }
    }
  } catch {
    // What cannot be read is as good as empty.
  }
  return { files: files.all(), folders: folders.all(), hasIgnoreFile };
}

/** The first names of many, in order, without keeping or sorting all of them. */
class FirstNames {
  readonly #limit: number;
  #names: string[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(name: string): void {
    this.#names.push(name);
    if (this.#names.length >= 2 * this.#limit) {
      this.#names = [...this.all()];
    }
  }

  all(): readonly string[] {
    return this.#names.sort().slice(0, this.#limit);
  }
}
