import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createSecretFinder } from '../../../server/src/gateway/secretSpellings';

/** What a folder was searched for. */
export interface Searched {
  /** Files in which a secret stands, in whatever it was encoded; relative paths. */
  readonly found: readonly string[];
  /** All files that were read. */
  readonly files: readonly string[];
}

/** Whether a secret stands in a text, in whatever it was encoded. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  const finder = createSecretFinder(secrets);
  for (let offset = 0; offset < text.length; offset++) {
    if (finder.endAt(text, offset, false) !== undefined) return true;
  }
  return false;
}

/** Searches everything below a folder for secrets, and links of it not at all. */
export function searchForSecrets(folder: string, secrets: readonly string[]): Searched {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  // Databases are bytes: each is a character here, so that texts in them are found too.
  return {
    files,
    found: files.filter((file) => holdsSecret(readFileSync(join(folder, file), 'latin1'), secrets)),
  };
}
