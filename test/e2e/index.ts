import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';
import { limit } from '../support/patience';
import { repositoryRoot } from '../support/repository';
import { suiteMark } from '../support/vscodeHost/suiteMark';

/**
 * Called by VS Code inside the extension host. Runs the suite folder that `E2E_SUITE` names (`suite`, the default,
 * expects a trusted workspace, `restricted` one that is not, with a folder that is on no disk) and rejects when a test
 * fails, which makes VS Code exit with a code other than 0. `E2E_GREP` narrows the run to matching titles.
 */
export async function run(): Promise<void> {
  const folder = join(__dirname, process.env.E2E_SUITE ?? 'suite');
  const reporter = join(repositoryRoot, 'test/support/reporter.cjs');
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: limit(60_000), reporter });
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => {
    console.log(suiteMark + format(...parts));
  };
  const pattern = process.env.E2E_GREP;
  if (pattern !== undefined) mocha.grep(new RegExp(pattern));
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.test.js')) mocha.addFile(join(folder, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the tests failed`);
}
