import {
  bytesOf,
  type IgnorePattern,
  type MatchBudget,
  matchesIgnorePattern,
  parseIgnoreLine,
} from '../core/index';

/** The rules of a `.gitignore` file, for paths below its folder. */
export interface IgnoreRules {
  /** `undefined` where no rule speaks of the path: an ignore file further up may. */
  verdict(path: string, kind: 'file' | 'folder'): 'ignored' | 'kept' | undefined;
}

/** What is longer was not written by hand, and every file of the workspace is held to every line. */
export const MAX_IGNORE_LENGTH = 65_536;

/** A second's work; of a thousand files under a hundred lines it takes a few hundredths. */
const MAX_STEPS = 5_000_000;

/** Of which one path may take no more at a time, so that nobody who types meanwhile has to wait for long. */
const MAX_STEPS_AT_ONCE = 100_000;

/** What the ignore files of one search may cost together. Beyond it no rule speaks of anything. */
export function createIgnoreBudget(): MatchBudget {
  return { steps: MAX_STEPS };
}

/** Reads a `.gitignore` file (gitignore(5)); of one that is too long no rule counts. */
export function readGitignore(text: string, budget = createIgnoreBudget()): IgnoreRules {
  const patterns =
    text.length > MAX_IGNORE_LENGTH
      ? []
      : linesOf(text).flatMap((line) => parseIgnoreLine(bytesOf(line)) ?? []);
  return {
    verdict: (path, kind) => {
      const bytes = bytesOf(path);
      const own = { steps: Math.min(MAX_STEPS_AT_ONCE, budget.steps) };
      budget.steps -= own.steps;
      const last = patterns.findLast(
        (pattern: IgnorePattern) =>
          (kind === 'folder' || !pattern.foldersOnly) && matchesIgnorePattern(pattern, bytes, own),
      );
      budget.steps += own.steps;
      return last === undefined ? undefined : last.negated ? 'kept' : 'ignored';
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\ufeff/, '')
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** Ignore files by the URI of their folder, without a slash at the end. */
export type IgnoreFiles = ReadonlyMap<string, IgnoreRules>;

/** Tells which files the ignore files leave out; what is below an ignored folder cannot be taken back. */
export function ignoredBy(ignoreFiles: IgnoreFiles): (uri: string) => boolean {
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
    ? () => false
    : (uri) => isBelowIgnored(uri) || isIgnored(uri, 'file', ignoreFiles);
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
