import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { limit } from '../../support/patience';
import { repositoryRoot } from '../../support/repository';
import { type SampleGateway, startSampleGateway } from '../../support/vscodeHost/gateway';
import { holdsSecret, searchForSecrets } from '../../support/vscodeHost/leftSecrets';
import { sampleWorkspace } from '../../support/vscodeHost/paths';
import { copyOfSampleWorkspace } from '../../support/vscodeHost/server';
import { openFile, persist, startWindowHost, type WindowHost } from '../../support/vscodeHost/window';
import { notification, storageOf } from './controls';

interface Options {
  /** Files beside those of the sample workspace, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** The tests send invalidations: what the window remembers of them is forgotten after each. */
  readonly invalidates?: true;
}

/** One VS Code, one gateway and one window for the tests of all files: to open a window takes longer than most of them. */
let shared: Shared | undefined;

/** Taken so far, so that the second try of a test leaves the picture of the first one alone. */
let pictures = 0;

interface Shared {
  readonly workspace: string;
  readonly gateway: SampleGateway;
  readonly host: WindowHost;
  page: Page | undefined;
}

/**
 * Gives the tests of the enclosing `describe` the window, with no editor, list or notification open at the beginning and
 * the files of the workspace as they should be. A failing one leaves a picture in out/pictures, and a fresh window to the
 * next, in which it is tried once more.
 */
export function useWindow({ files = {}, invalidates }: Options = {}): () => Page {
  before(async function () {
    this.timeout(limit(180_000));
    shared ??= await start();
    restoreTexts(shared.workspace, files);
  });

  beforeEach(async function () {
    this.timeout(limit(120_000));
    this.currentTest?.timeout(limit(180_000));
    // Of a window that stands still, as VS Code's do now and then, a fresh one tells whether it was the window. The picture
    // and a line in the output stay.
    this.currentTest?.retries(1);
    if (shared === undefined) return;
    shared.page ??= await openWindow(shared.host);
    shared.page.context().setDefaultTimeout(limit(30_000));
  });

  afterEach(async function () {
    this.timeout(limit(120_000));
    if (shared?.page === undefined) return;
    const { page, workspace } = shared;
    // One that is tried again has no state.
    if (this.currentTest !== undefined && this.currentTest.state !== 'passed') {
      await takePicture(page, `${this.currentTest.fullTitle()} ${++pictures}`);
      await closeWindow();
      // Else the second try would begin where the first one ended.
      removeOthers(workspace, files);
    } else {
      await putInOrder(page, invalidates).catch(async (error) => {
        // The test itself went well; what it left behind is in nobody's way in a fresh window.
        console.log(`      a fresh window for the next test: ${error}`);
        await closeWindow();
      });
    }
    restoreTexts(workspace, files);
  });

  after(async function () {
    this.timeout(limit(60_000));
    // VS Code may hold a file for a while that tests have made and nobody needs any more, and not notice that it is gone.
    if (shared !== undefined && removeOthers(shared.workspace, files)) {
      console.log('      a fresh window for the next tests: these have left files');
      await closeWindow();
    }
    if (shared !== undefined) removeOthers(shared.workspace, {});
  });

  return () => {
    if (shared?.page === undefined) throw new Error('There is a window only while a test runs.');
    return shared.page;
  };
}

/** The folder that is open in the window, a copy of the sample workspace. */
export function workspaceFolder(): string {
  if (shared === undefined) throw new Error('There is a workspace only while a test runs.');
  return shared.workspace;
}

/** Stands in a URL that is typed into a box; what is typed there is in no document. */
export const SECRET = 'f9d1c0ffee5e';

// Read with the first file of tests, so this comes after the last test of all.
after(async function () {
  this.timeout(limit(60_000));
  if (shared === undefined) return;
  const { host, gateway, page } = shared;
  const secrets = [SECRET, ...gateway.secrets];
  const storage = page === undefined ? '' : await storageOf(page);
  let found: readonly string[] | undefined;
  let known: readonly string[] = [];
  await host.stop((folder) => {
    ({ found } = searchForSecrets(folder, secrets));
    // The address stands in the settings: the search does read what VS Code writes.
    known = searchForSecrets(folder, [gateway.url]).found;
  });
  await gateway.stop();
  assert.deepEqual(found, [], 'VS Code has written a secret down');
  assert.ok(known.includes('user/User/settings.json'), known.join());
  assert.equal(holdsSecret(storage, secrets), false, 'a secret is in the storage of the window');
});

async function start(): Promise<Shared> {
  const workspace = copyOfSampleWorkspace();
  const gateway = await startSampleGateway(workspace);
  const host = await startWindowHost({
    extension: { kind: 'development', path: repositoryRoot },
    workspace,
    trust: 'trusted',
    reconnectionGrace: 5,
    env: gateway.env,
    plain: true,
    settings: { ...SETTINGS, ...gateway.settings },
    keybindings: [
      { key: inVsCode(TIDY_KEY), command: 'runCommands', args: { commands: TIDYING } },
      { key: inVsCode(HISTORY_KEY), command: 'apiGateway.invalidationHistory' },
    ],
  });
  return { workspace, gateway, host, page: undefined };
}

/** A window whose language server is up: what is typed before that finds nobody who completes it. */
async function openWindow(host: WindowHost): Promise<Page> {
  const page = await host.openPage();
  await openFile(page, 'broken.json');
  await page.locator('.squiggly-error').first().waitFor();
  // That file, and what the window before this one had not saved.
  await putInOrder(page, undefined);
  return page;
}

const SETTINGS: Readonly<Record<string, unknown>> = {
  // They come when they are ready, in the middle of a text that a test compares; the suite in the window looks at them.
  'editor.inlayHints.enabled': 'off',
  // Else a terminal keeps the key for itself.
  'terminal.integrated.commandsToSkipShell': ['runCommands', 'apiGateway.invalidationHistory'],
};

/** Keys of the test's own: what lies between two tests is no test of the palette. */
const TIDY_KEY = 'Control+Alt+F9';
const HISTORY_KEY = 'Control+Alt+F10';

/** As keybindings.json names it. */
function inVsCode(key: string): string {
  return key.toLowerCase().replace('control', 'ctrl');
}

/** The last one shows that those before it are done. */
const TIDYING = [
  'workbench.action.closeAllEditors',
  'workbench.action.terminal.killAll',
  'workbench.action.closePanel',
  'notifications.clearAll',
  'workbench.files.action.focusFilesExplorer',
];

async function closeWindow(): Promise<void> {
  await shared?.page?.context().close();
  if (shared !== undefined) shared.page = undefined;
}

async function takePicture(page: Page, title: string): Promise<void> {
  const folder = join(repositoryRoot, 'out/pictures');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${title.replaceAll(/[^\w]+/g, '-')}.png`);
  await page.screenshot({ path: file });
  console.log(`      window at the failure: ${file}`);
}

/** Closes lists, dialogs, editors, terminals and notifications. What was not saved is dropped. */
async function putInOrder(page: Page, invalidates: true | undefined): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  if (invalidates) await forgetTargets(page);
  const dontSave = page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
  const explorer = page.locator('.explorer-folders-view .monaco-list:focus');
  await persist(
    async (timeout) => {
      await page.keyboard.press(TIDY_KEY);
      await dontSave.or(explorer).first().waitFor({ timeout });
      if (await dontSave.isVisible()) await dontSave.click({ timeout });
      await explorer.waitFor({ timeout });
      await page.locator('.tab').first().waitFor({ state: 'detached', timeout });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Takes everything out of the history, and with it what was agreed to. */
async function forgetTargets(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Forget All Targets' });
  const shown = button.or(notification(page, 'Nothing has been invalidated')).first();
  await persist(
    async (timeout) => {
      await page.keyboard.press(HISTORY_KEY);
      await shown.waitFor({ timeout });
      if (!(await button.isVisible())) return;
      await button.click({ timeout });
      await button.waitFor({ state: 'detached', timeout });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Gives the sample's files and these the texts they should have. */
function restoreTexts(workspace: string, files: Readonly<Record<string, string>>): void {
  const present = new Set(readdirSync(workspace));
  for (const [name, text] of [...sampleFiles(), ...Object.entries(files)]) {
    const file = join(workspace, name);
    if (!present.has(name) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  }
}

/** Removes all files but the sample's and these, and says whether there were any. */
function removeOthers(workspace: string, files: Readonly<Record<string, string>>): boolean {
  const wanted = new Set([...sampleFiles().map(([name]) => name), ...Object.keys(files)]);
  const others = readdirSync(workspace).filter((name) => !wanted.has(name));
  for (const name of others) rmSync(join(workspace, name), { recursive: true });
  return others.length > 0;
}

function sampleFiles(): readonly (readonly [name: string, text: string])[] {
  return readdirSync(sampleWorkspace).map((name) => [
    name,
    readFileSync(join(sampleWorkspace, name), 'utf8'),
  ]);
}
