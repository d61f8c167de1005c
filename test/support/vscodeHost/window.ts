import type { Locator, Page } from 'playwright-core';
import { limit } from '../patience';
import { launchBrowser } from './browser';
import { type ServerOptions, startVsCodeServer, type VsCodeServer } from './server';

export interface WindowOptions extends ServerOptions {
  /** CSS pixels; 1280 by 800 when left out. */
  readonly size?: { readonly width: number; readonly height: number };
  /** Device pixels per CSS pixel; pictures take 2. */
  readonly scale?: number;
}

/** One VS Code server with one browser, giving as many windows as a test file wants. */
export interface WindowHost {
  readonly server: VsCodeServer;
  /** Opens the workspace in a fresh profile and resolves when the workbench is ready for keys. */
  openPage(): Promise<Page>;
  /** @param look see {@link VsCodeServer.stop} */
  stop(look?: (folder: string) => void): Promise<void>;
}

/** Runs in the page: whether VS Code has done what it does at the start, and knows the extensions with their keys. */
const IS_SET_UP = `['code/LifecyclePhase/Eventually', 'code/didLoadExtensions'].every(
  (mark) => performance.getEntriesByName(mark).length > 0,
)`;

/** Starts a VS Code with the extension for tests that press real keys and for pictures. */
export async function startWindowHost(options: WindowOptions): Promise<WindowHost> {
  const server = await startVsCodeServer(options);
  const browser = await launchBrowser();
  return {
    server,
    openPage: async () => {
      const context = await browser.newContext({
        viewport: options.size ?? { width: 1280, height: 800 },
        deviceScaleFactor: options.scale ?? 1,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      context.setDefaultTimeout(limit(30_000));
      const page = await context.newPage();
      await page.goto(server.url);
      // Before that, keys reach a window without files, and boxes are closed again by what is still being set up.
      await page.waitForFunction(IS_SET_UP);
      await page.locator('.explorer-viewlet .monaco-list-row').first().waitFor();
      return page;
    },
    stop: async (look) => {
      await browser.close();
      await server.stop(look);
    },
  };
}

/** Opens a file of the workspace through the quick open box and resolves when its editor has the focus. */
export async function openFile(page: Page, name: string): Promise<void> {
  await ask(page, 'Control+P', name, focusedRow(page).getByText(name, { exact: true }).first());
  await page.keyboard.press('Enter');
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  await page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
}

/** Runs a command by its title in the command palette, category included ("IAM Policy: Restart Server"). */
export async function runCommand(page: Page, title: string): Promise<void> {
  await ask(page, 'F1', `>${title}`, focusedRow(page).filter({ hasText: title }));
  await page.keyboard.press('Enter');
}

/** Puts the cursor at a 1-based line and column of the active editor. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  const input = quickInput(page);
  await ask(page, 'Control+G', `:${line}:${column}`, input);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/** Opens a box of VS Code by its key and fills it in; resolves when `found` is there. */
async function ask(page: Page, key: string, text: string, found: Locator): Promise<void> {
  const box = quickInput(page);
  await persist(
    async (timeout) => {
      await page.keyboard.press(key);
      await box.fill(text, { timeout });
      await whileShown(box, found, timeout);
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Resolves when `wanted` is there, and rejects as soon as `box`, in which it should come, is closed. */
export async function whileShown(box: Locator, wanted: Locator, timeout: number): Promise<void> {
  const closed = box.waitFor({ state: 'hidden', timeout }).then(() => {
    throw new Error('It was closed.');
  });
  // Whichever is later has nobody to tell it to.
  closed.catch(() => undefined);
  await Promise.race([wanted.waitFor({ timeout }), closed]);
}

/**
 * Does what may be lost on the way, until it arrives: VS Code closes a box that opens while the focus still moves, as after
 * a suggestion was taken.
 *
 * @param attempt rejects when nothing has come of it after the given milliseconds
 * @param undo what is done before it is tried again
 */
export async function persist(
  attempt: (timeout: number) => Promise<void>,
  undo: () => Promise<void>,
): Promise<void> {
  for (const patience of [1_000, 2_000, 4_000, 8_000, 16_000]) {
    try {
      return await attempt(limit(patience));
    } catch {
      await undo();
    }
  }
  await attempt(limit(30_000));
}

function quickInput(page: Page): Locator {
  return page.locator('.quick-input-widget input[type="text"]');
}

/** The row of the open list that Enter takes. While a list is filtered, others than that may be shown too. */
function focusedRow(page: Page): Locator {
  return page.locator('.quick-input-list .monaco-list-row.focused');
}

/** The active editor's visible text, as the page shows it: lines joined by \n, non-breaking spaces replaced. */
export async function visibleText(page: Page): Promise<string> {
  const lines = page.locator('.editor-group-container.active .editor-instance .view-line');
  const placed = await Promise.all(
    (await lines.all()).map(async (line) => ({
      top: (await line.boundingBox())?.y ?? 0,
      text: ((await line.textContent()) ?? '').replaceAll('\u00a0', ' '),
    })),
  );
  // Rendered lines are recycled, so their order in the page is not their order on the screen.
  return placed
    .sort((a, b) => a.top - b.top)
    .map((line) => line.text)
    .join('\n');
}
