import { join } from 'node:path';
import { repositoryRoot } from '../repository';

/** The sample workspace. Tests open copies of it and leave the original alone. */
export const sampleWorkspace = join(repositoryRoot, 'test/workspace');

/**
 * Where downloaded editors are kept between runs. Several checkouts may share one folder by naming it in
 * `VSCODE_TEST_CACHE`.
 */
export function cacheFolder(): string {
  return process.env.VSCODE_TEST_CACHE ?? join(repositoryRoot, '.vscode-test');
}
