import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CONFIG_FILE, languageOfName } from '../core/index';
import { createIgnoreBudget, type IgnoreRules, MAX_IGNORE_LENGTH, readGitignore } from '../lsp/gitignore';
import { SKIPPED_FOLDERS } from './files';
import { FOUND_FILES, readFileNow } from './readLimited';

const MAX_ENTRIES = 500_000;

/** The files below a folder that may hold policies. */
export interface FoundFiles {
  /** From the folder, with forward slashes, in order. */
  readonly paths: readonly string[];
  /** Whether there were more than anybody looks at. */
  readonly isCut: boolean;
  /** The folders that could not be read, the first of them; the one that was looked through is the empty text. */
  readonly unread: readonly UnreadFolder[];
}

export interface UnreadFolder {
  readonly path: string;
  /** Node's own. */
  readonly error: unknown;
}

/** Of more nobody reads on. */
const MAX_UNREAD = 20;

/**
 * The files below a folder whose names say that they may hold policies, and configuration files. Left out are links,
 * `node_modules` and `.git`, and what the `.gitignore` files of the folder, of those in it, and of those around it up to the
 * root of the repository say.
 *
 * @param maxEntries more files and folders than this are not looked at
 * @returns `undefined` for what is no folder
 */
export function policyFilesBelow(folder: string, maxEntries = MAX_ENTRIES): FoundFiles | undefined {
  if (!isFolder(folder)) {
    return undefined;
  }
  const budget = createIgnoreBudget();
  const around = ignoreFilesAround(folder, budget);
  const paths: string[] = [];
  const unread: UnreadFolder[] = [];
  const waiting: { readonly path: string; readonly ignore: readonly Ignoring[] }[] = [
    { path: '', ignore: around },
  ];
  let entriesSeen = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path: at } = next;
    let entries: readonly Dirent[];
    try {
      entries = readdirSync(join(folder, at), { withFileTypes: true });
    } catch (error) {
      if (unread.length < MAX_UNREAD) {
        unread.push({ path: at, error });
      }
      continue;
    }
    entriesSeen += entries.length;
    if (entriesSeen > maxEntries) {
      return { paths: paths.sort(), isCut: true, unread };
    }
    const own = entries.some(({ name }) => name === '.gitignore')
      ? rulesIn(join(folder, at), budget)
      : undefined;
    // The folder's own file has the last word: it comes first.
    const ignore = own === undefined ? next.ignore : [{ prefix: at, rules: own }, ...next.ignore];
    for (const entry of entries) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name) && !isIgnored(path, 'folder', ignore)) {
          waiting.push({ path, ignore });
        }
      } else if (entry.isFile() && mayHoldPolicies(entry.name) && !isIgnored(path, 'file', ignore)) {
        paths.push(path);
      }
    }
  }
  return { paths: paths.sort(), isCut: false, unread };
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** An ignore file: of the folder itself or below it by `prefix`, or of one around it by what leads from there to here. */
interface Ignoring {
  readonly prefix: string;
  readonly rules: IgnoreRules;
  /** From the folder of the ignore file to the one that is looked through, with a slash at the end. */
  readonly down?: string;
}

function isIgnored(path: string, kind: 'file' | 'folder', ignore: readonly Ignoring[]): boolean {
  for (const { prefix, rules, down = '' } of ignore) {
    const verdict = rules.verdict(down + (prefix === '' ? path : path.slice(prefix.length + 1)), kind);
    if (verdict !== undefined) {
      return verdict === 'ignored';
    }
  }
  return false;
}

/** The root of the git repository that a folder lies in; `undefined` outside of one. */
export function repositoryAround(folder: string): string | undefined {
  for (let at = folder; ; ) {
    if (existsSync(join(at, '.git'))) {
      return at;
    }
    const up = join(at, '..');
    if (up === at) {
      return undefined;
    }
    at = up;
  }
}

/** Those of the folders around, the nearest first, up to the root of the repository; none outside of a repository. */
function ignoreFilesAround(
  folder: string,
  budget: ReturnType<typeof createIgnoreBudget>,
): readonly Ignoring[] {
  const found: Ignoring[] = [];
  let at = folder;
  let down = '';
  for (;;) {
    if (existsSync(join(at, '.git'))) {
      return found;
    }
    const up = join(at, '..');
    if (up === at) {
      return [];
    }
    down = `${at.slice(up.length).replace(/^[\\/]/, '')}/${down}`;
    at = up;
    const rules = rulesIn(at, budget);
    if (rules !== undefined) {
      found.push({ prefix: '', rules, down });
    }
  }
}

function rulesIn(folder: string, budget: ReturnType<typeof createIgnoreBudget>): IgnoreRules | undefined {
  try {
    const bytes = readFileNow(join(folder, '.gitignore'), {
      ...FOUND_FILES,
      maxBytes: MAX_IGNORE_LENGTH,
    });
    return readGitignore(new TextDecoder().decode(bytes), budget);
  } catch {
    return undefined;
  }
}

function mayHoldPolicies(name: string): boolean {
  return name === CONFIG_FILE || languageOfName(name) !== undefined || /\.template$/i.test(name);
}
