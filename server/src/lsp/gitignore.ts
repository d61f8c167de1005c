import { compileGlob } from '../core/index';

/** The rules of a `.gitignore` file, for paths below its folder. */
export interface IgnoreRules {
  /** `undefined` where no rule speaks of the path: an ignore file further up may. */
  verdict(path: string, kind: 'file' | 'folder'): 'ignored' | 'kept' | undefined;
}

/**
 * Reads a `.gitignore` file (gitignore(5)). A character class counts as any character, which at worst leaves a file
 * alone that would have been looked at.
 */
export function readGitignore(text: string): IgnoreRules {
  const rules = text.split(/\r?\n/).flatMap(readRule);
  return {
    verdict: (path, kind) => {
      const last = rules.findLast((rule) => (kind === 'folder' || !rule.onlyFolders) && rule.fits(path));
      return last?.verdict;
    },
  };
}

/** Ignore files by the URI of their folder, without a slash at the end. */
export type IgnoreFiles = ReadonlyMap<string, IgnoreRules>;

/** Leaves out what the ignore files say; what is below an ignored folder cannot be taken back. */
export function withoutIgnored(uris: readonly string[], ignoreFiles: IgnoreFiles): readonly string[] {
  const known = new Map<string, boolean>();
  const isBelowIgnored = (uri: string): boolean => {
    const folder = uri.slice(0, Math.max(uri.lastIndexOf('/'), 0));
    if (folder === '' || folder.endsWith('/')) {
      return false;
    }
    const below = known.get(folder) ?? (isBelowIgnored(folder) || isIgnored(folder, 'folder', ignoreFiles));
    known.set(folder, below);
    return below;
  };
  return ignoreFiles.size === 0
    ? uris
    : uris.filter((uri) => !isBelowIgnored(uri) && !isIgnored(uri, 'file', ignoreFiles));
}

/** Whether a file or folder itself is ignored: the nearest ignore file that speaks of it has the last word. */
export function isIgnored(uri: string, kind: 'file' | 'folder', ignoreFiles: IgnoreFiles): boolean {
  for (let end = uri.lastIndexOf('/'); end > 0; end = uri.lastIndexOf('/', end - 1)) {
    const verdict = ignoreFiles.get(uri.slice(0, end))?.verdict(decoded(uri.slice(end + 1)), kind);
    if (verdict !== undefined) {
      return verdict === 'ignored';
    }
  }
  return false;
}

interface Rule {
  readonly fits: (path: string) => boolean;
  readonly verdict: 'ignored' | 'kept';
  readonly onlyFolders: boolean;
}

function readRule(line: string): readonly Rule[] {
  const written = line.replace(/(?<!\\) +$/, '');
  if (written === '' || written.startsWith('#')) {
    return [];
  }
  const isNegated = written.startsWith('!');
  const pattern = (isNegated ? written.slice(1) : written)
    .replaceAll(/\[[^\]]+\]/g, '?')
    .replaceAll(/\\(.)/g, '$1');
  const onlyFolders = pattern.endsWith('/');
  const bare = pattern.replace(/\/$/, '');
  // With a slash in it a pattern begins at the folder of its file, which no name on the way can be mistaken for.
  const isAnchored = bare.includes('/');
  const fits = compileGlob(isAnchored ? `${ROOT}/${bare.replace(/^\//, '')}` : bare);
  return [
    {
      fits: isAnchored ? (path) => fits(`${ROOT}/${path}`) : fits,
      verdict: isNegated ? 'kept' : 'ignored',
      onlyFolders,
    },
  ];
}

const ROOT = '\0';

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
