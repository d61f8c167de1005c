import { readdir } from 'node:fs/promises';
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
  for (let next = 0; next < Math.min(waiting.length, MAX_FOLDERS) && found.length < search.limit; next += 1) {
    const folder = waiting[next] ?? '';
    const entries = await readdir(fileURLToPath(`${folder}/`), { withFileTypes: true }).catch(() => []);
    if (entries.some(({ name }) => name === '.gitignore')) {
      const text = await workspaceFiles.read(`${folder}/.gitignore`, MAX_IGNORE_LENGTH);
      ignoreFiles.set(folder, readGitignore(text ?? '', budget));
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const uri = `${folder}/${encodeURIComponent(entry.name)}`;
      if (entry.isDirectory()) {
        if (!search.excludedFolders.includes(entry.name) && !isIgnored(uri, 'folder', ignoreFiles)) {
          waiting.push(uri);
        }
      } else if (entry.isFile() && search.endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(uri);
      }
    }
  }
  return found.slice(0, search.limit);
}
