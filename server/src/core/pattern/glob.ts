import { grouped } from '../wording';
import { compilePattern, matches } from './pattern';

/**
 * Compiles a file glob: `*` and `?` stay within a folder, `**` between slashes stands for any folders. A glob fits any
 * run of trailing folders, so `trust/*.json` needs no `**` in front. Matching is case-sensitive, on paths with forward
 * slashes, and takes polynomial time: a configuration may come from anybody.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const named = glob
    .replace(/^\.?\//, '')
    .split('/')
    .map((segment): Segment => {
      if (segment === '**') {
        return ANY_FOLDERS;
      }
      const pattern = compilePattern(segment);
      return (name) => matches(pattern, name);
    });
  const segments = [ANY_FOLDERS, ...named] as const;
  return (path) => fits(segments, path.replace(/^\//, '').split('/'));
}

/** More than any path has. */
const LONGEST_GLOB = 4096;

/** What keeps a text from being a glob that can fit anything, in half a sentence; `undefined` for a good one. */
export function globFault(glob: string): string | undefined {
  if (glob.trim() === '') {
    return 'it is empty';
  }
  if (glob.length > LONGEST_GLOB) {
    return `it has more than ${grouped(LONGEST_GLOB)} characters`;
  }
  if (glob.includes('\\')) {
    return 'folders are separated by forward slashes';
  }
  if (glob.startsWith('!')) {
    return 'a glob cannot be negated';
  }
  if (/\{[^{}]*,/.test(glob)) {
    return 'braces list no alternatives here; write an entry for each';
  }
  if (glob.split('/').includes('..')) {
    return 'it cannot leave the folder of the configuration file';
  }
  return glob.endsWith('/') ? 'it names a folder; end it with "/**" for the files below' : undefined;
}

/** Any number of folders, none included. */
const ANY_FOLDERS = 'any folders';

type Segment = typeof ANY_FOLDERS | ((name: string) => boolean);

/** One place to come back to is enough: the last `**` can always take what an earlier one would. */
function fits(segments: readonly Segment[], names: readonly string[]): boolean {
  let segment = 0;
  let name = 0;
  let retry: { readonly segment: number; name: number } | undefined;
  while (name < names.length) {
    const test = segments[segment];
    if (test === ANY_FOLDERS) {
      segment += 1;
      retry = { segment, name };
    } else if (test?.(names[name] ?? '') === true) {
      segment += 1;
      name += 1;
    } else if (retry !== undefined) {
      retry.name += 1;
      segment = retry.segment;
      name = retry.name;
    } else {
      return false;
    }
  }
  return segments.slice(segment).every((rest) => rest === ANY_FOLDERS);
}
