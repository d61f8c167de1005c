import ignore from 'ignore';

/** The rules of a `.gitignore` file, for paths below its folder. */
export interface IgnoreRules {
  /** `undefined` where no rule speaks of the path: an ignore file further up may. */
  verdict(path: string, kind: 'file' | 'folder'): 'ignored' | 'kept' | undefined;
}

/** What is longer was not written by hand, and every file of the workspace is held to every line. */
export const MAX_IGNORE_LENGTH = 65_536;

/** Reads a `.gitignore` file (gitignore(5)). Of what is no path, no rule speaks. */
export function readGitignore(text: string): IgnoreRules {
  const rules = ignore({ ignorecase: false }).add(text);
  return {
    verdict: (path, kind) => {
      const named = kind === 'folder' ? `${path}/` : path;
      if (!ignore.isPathValid(named)) {
        return undefined;
      }
      const { ignored, unignored } = rules.test(named);
      return ignored ? 'ignored' : unignored ? 'kept' : undefined;
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

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
