import { promises } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isProgramLanguage, languageOfName } from '../core/index';
import type { ConfigFiles } from '../lsp/host';
import { FOUND_FILES, readLimited } from './readLimited';

/** More files than this are no folder of policies, and looking through them would keep the user waiting. */
const MAX_FILES = 1000;

/** Most folders have many more programs than policies, and of most programs no more than a look is taken. */
const MAX_PROGRAMS = 4000;

/** Folders of other people's files. */
export const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git']);

/**
 * The files below a folder that may hold policies, as absolute paths with forward slashes, `node_modules` and `.git`
 * left out. A folder that cannot be read counts as empty.
 *
 * @returns `undefined` where they are more than anybody wants to wait for
 */
export async function allPolicyFilesBelow(folder: string): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  const waiting = [folder];
  let folders = 0;
  let programs = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    folders += 1;
    const entries = await promises.readdir(next, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
        waiting.push(join(next, entry.name));
      } else if (entry.isFile()) {
        const language = languageOfName(entry.name);
        if (language !== undefined) {
          programs += isProgramLanguage(language) ? 1 : 0;
          found.push(forwardSlashes(join(next, entry.name)));
        }
      }
    }
    if (found.length - programs > MAX_FILES || programs > MAX_PROGRAMS || folders > MAX_FILES) {
      return undefined;
    }
  }
  return found.sort();
}

/** A path with forward slashes, as globs and reports have it. */
export function forwardSlashes(path: string): string {
  return sep === '/' ? path : path.split(sep).join('/');
}

/** What the language server needs of the file system, by URI. */
export const configFiles: ConfigFiles = {
  read: async (uri) => {
    try {
      const bytes = await readLimited(fileURLToPath(uri), FOUND_FILES);
      return new TextDecoder().decode(bytes);
    } catch {
      return undefined;
    }
  },
  allPolicyFilesBelow: async (uri) =>
    (await allPolicyFilesBelow(fileURLToPath(uri)))?.map((path) => pathToFileURL(path).href),
};
