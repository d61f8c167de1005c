import { join, resolve } from 'node:path';

/** The repository's root; the compiled copy of this file lies in out/test/support/vscodeHost. */
export const repositoryRoot = resolve(__dirname, '../../../..');

/** The sample workspace. Tests open copies of it and leave the original alone. */
export const sampleWorkspace = join(repositoryRoot, 'test/workspace');

/**
 * Where downloaded editors are kept between runs. Several checkouts may share one folder by naming it in
 * `VSCODE_TEST_CACHE`.
 */
export function cacheFolder(): string {
  return process.env['VSCODE_TEST_CACHE'] ?? join(repositoryRoot, '.vscode-test');
}
