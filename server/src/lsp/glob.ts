/**
 * Compiles a file glob: `*` and `?` stay within a folder, `**` crosses folders. A glob fits any run of trailing
 * folders, so `trust/*.json` needs no `**` in front. Matching is case-sensitive, on paths with forward slashes.
 */
export function compileGlob(glob: string): (path: string) => boolean {
  const source = glob
    .replace(/^\.?\//, '')
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((piece) => WILDCARDS[piece] ?? piece.replaceAll(/[.+^${}()|[\]\\/]/g, '\\$&'))
    .join('');
  const pattern = new RegExp(`(?:^|/)${source}$`);
  return (path) => pattern.test(path);
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
