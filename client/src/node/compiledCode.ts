import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Where Node is to keep what it has compiled of the server, so that the server starts sooner the next time; Node 22.1 and
 * newer goes by it (`NODE_COMPILE_CACHE`, "Module compile cache" in Node's documentation of `node:module`).
 *
 * @param storage The folder that VS Code has for the extension; it need not be there yet.
 * @param version Of the extension. What is kept for others is removed, sooner or later; where that fails, it stays.
 */
export function compiledCodeFolder(storage: string, version: string): string {
  const folder = join(storage, 'compiled');
  void removeOthers(folder, version);
  return join(folder, version);
}

async function removeOthers(folder: string, kept: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (name !== kept) {
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}
