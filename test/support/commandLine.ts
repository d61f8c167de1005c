import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from './repository';

/**
 * The file that Node.js runs as the command line. The bundle starts in a third of the time that the compiled modules
 * take; it is left aside where it is missing, or older than a source.
 */
export function commandLineFile(): string {
  const bundle = join(repositoryRoot, 'dist/cli.js');
  return existsSync(bundle) && statSync(bundle).mtimeMs >= newest(join(repositoryRoot, 'server/src'))
    ? bundle
    : join(repositoryRoot, 'out/server/src/cli/main.js');
}

/** When the newest source below a folder was written, in milliseconds since 1970. */
function newest(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .reduce((latest, name) => Math.max(latest, statSync(join(folder, name)).mtimeMs), 0);
}
