import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { temporaryFolder } from '../support/vscodeHost/processes';
import { provisionVsCode } from '../support/vscodeHost/provision';
import { openFile, runCommand, startWindowHost, type WindowHost } from '../support/vscodeHost/window';
import { policyOf } from './documents';
import { median } from './measure';
import { row } from './table';

const ROUNDS = 9;

/** What activates both: a file that holds a policy, with which the server starts, and one as most are. */
const FILES = [
  ['activation in VS Code', 'settings.json', '{ "editor": { "tabSize": 2 } }\n'],
  ['activation in VS Code, with a policy', 'policy.json', policyOf(3)],
] as const;

const { displayName: OWN } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
  readonly displayName: string;
};

/**
 * How long a real VS Code takes to load the extension and to activate it, against its own for JSON, which the same file
 * activates. It is VS Code that measures, by the clock: "Developer: Show Running Extensions".
 */
export async function activationRows(): Promise<void> {
  try {
    await provisionVsCode(console.log);
  } catch (error) {
    console.log(`Activation: left out, since VS Code is not here: ${error}`);
    return;
  }
  const workspace = temporaryFolder('activation');
  for (const [, file, text] of FILES) {
    writeFileSync(join(workspace, file), text);
  }
  const host = await startWindowHost({
    extension: { kind: 'development', path: repositoryRoot },
    trust: 'trusted',
    workspace,
    plain: true,
    reconnectionGrace: 5,
  });
  try {
    for (const [name, file] of FILES) {
      const [own, json] = await activationTimes(host, file);
      row(name, ['', '', `for JSON ${json.toFixed(0)} ms`, `${own.toFixed(0)} ms`], own / json, 1);
    }
  } finally {
    await host.stop();
  }
}

/** The medians of both, in milliseconds, over one new window after the other in which a file is opened. */
async function activationTimes(
  host: WindowHost,
  file: string,
): Promise<readonly [own: number, json: number]> {
  // The first window of a server has its files read from the disk.
  await timesInWindow(host, file);
  const times: (readonly [number, number])[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    times.push(await timesInWindow(host, file));
  }
  return [median(times.map(([own]) => own)), median(times.map(([, json]) => json))];
}

async function timesInWindow(host: WindowHost, file: string): Promise<readonly [own: number, json: number]> {
  const page = await host.openPage();
  try {
    await openFile(page, file);
    await runCommand(page, 'Developer: Show Running Extensions');
    const timeOf = async (name: string): Promise<number> => {
      const shown = page.locator('.runtime-extensions-editor .extension', { hasText: name });
      return Number(/\d+/.exec((await shown.getByText(/Activation: \d+ms/).textContent()) ?? '')?.[0]);
    };
    return [await timeOf(OWN), await timeOf('JSON Language Features')];
  } finally {
    await page.context().close();
  }
}
