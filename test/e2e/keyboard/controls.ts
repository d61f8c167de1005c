import type { FrameLocator, Locator, Page } from 'playwright-core';
import { persist, whileShown } from '../../support/vscodeHost/window';

/**
 * The parts of a window that tests look at and press. What VS Code shows next may take its time: each function waits for
 * the part that takes the key before it presses it, so that no key reaches the editor instead.
 */

/** A row of the list that is open. */
export function row(page: Page, text: string): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
}

/** Types enough to leave one row of the list, takes it, and waits until that list is gone or begins anew. */
export async function choose(page: Page, text: string): Promise<void> {
  await row(page, text).waitFor();
  await page.locator('.quick-input-widget input[type="text"]').fill(text);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
  await page.keyboard.press('Enter');
  // The next list is the same element, and may have rows of the same words.
  await page.waitForFunction(`!(${FILTER}) || (${FILTER}).value !== ${JSON.stringify(text)}`);
}

/** Gives in the page the box above the list that is open. */
const FILTER = `[...document.querySelectorAll('.quick-input-widget input[type="text"]')].find((each) => each.getClientRects().length > 0)`;

/** Runs in the page: whether a box that asks for a text has the focus, and no list is open below it. */
const ASKS_FOR_TEXT = `(() => {
  const widget = document.querySelector('.quick-input-widget');
  const list = widget?.querySelector('.quick-input-list');
  const isShown = (element) => element !== null && element !== undefined && element.getClientRects().length > 0;
  return isShown(widget) && !isShown(list) && widget.contains(document.activeElement) && document.activeElement instanceof HTMLInputElement;
})()`;

/** Runs in the page: what the box asks. */
const QUESTION = `document.querySelector('.quick-input-widget .quick-input-message')?.textContent ?? ''`;

/** Types into the box that asks, once it is there and no list is open any more, and waits until it is answered. */
export async function answer(page: Page, text: string): Promise<void> {
  await page.waitForFunction(ASKS_FOR_TEXT);
  const input = page.locator('.quick-input-widget input').first();
  const question = await page.evaluate(QUESTION);
  await input.fill(text);
  await input.press('Enter');
  // The next box is the same element: keys that come too early would go to the one before, or to the editor behind.
  await page.waitForFunction(`!(${ASKS_FOR_TEXT}) || (${QUESTION}) !== ${JSON.stringify(question)}`);
}

export function dialog(page: Page): Locator {
  return page.locator('.monaco-dialog-box');
}

/**
 * Takes the dialog's own button. After a link in a report the report may have kept the focus, so it is given to the
 * button.
 */
export async function confirm(page: Page): Promise<void> {
  await dialog(page).locator('.monaco-text-button:not(.secondary)').first().press('Enter');
  await dialog(page).waitFor({ state: 'detached' });
}

export function notification(page: Page, text: string): Locator {
  return page.locator('.notification-toast', { hasText: text }).first();
}

/** Presses a button of a notification. */
export async function press(page: Page, button: string): Promise<void> {
  await page.locator('.notification-toast').getByRole('button', { name: button, exact: true }).click();
}

/** The report that is open beside the editor. */
export function report(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

export function heading(page: Page, name: string | RegExp): Locator {
  return report(page).getByRole('heading', { name });
}

/** The open menu of the light bulb. */
const MENU = '.action-widget:not(.action-list-submenu-panel)';

/**
 * Opens the light bulb's menu at the cursor. VS Code closes it where the editor is still being drawn, as when findings
 * and hints arrive, so it is asked again until it stays.
 */
export async function openBulb(page: Page): Promise<void> {
  const rows = page.locator(`${MENU} .monaco-list-row`).first();
  const nothing = page.locator('.monaco-editor-overlaymessage', { hasText: 'No code actions available' });
  await persist(
    async (timeout) => {
      await page.keyboard.press('Control+Period');
      await rows.or(nothing).first().waitFor({ timeout });
      if (!(await rows.isVisible())) throw new Error('There is nothing in it yet.');
    },
    () => page.keyboard.press('Escape'),
  );
}

/**
 * Takes the offer of this title from the light bulb at the cursor, and waits for what comes of it. Where VS Code closes the
 * menu under the mouse, nothing comes of it, and it is taken once more.
 */
export async function chooseFromBulb(page: Page, title: string | RegExp, outcome: Locator): Promise<void> {
  const menu = page.locator(MENU);
  const row = menu.locator('.monaco-list-row', { hasText: title }).first();
  let isTaken = false;
  await persist(
    async (timeout) => {
      // It may have come late.
      if (isTaken && (await outcome.first().isVisible())) return;
      await openBulb(page);
      // A menu that is open gets no further rows: what other files tell may come with the next one.
      await whileShown(menu, row, timeout);
      // A menu that VS Code draws again under the mouse takes no click.
      await row.click({ timeout });
      isTaken = true;
      await menu.waitFor({ state: 'hidden', timeout });
      await outcome.first().waitFor({ timeout: 5 * timeout });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** All that the window keeps in the browser, where the state of extensions is. */
export function storageOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const all = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await all(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const reader = database.transaction(store).objectStore(store);
        const values = await all(reader.getAll());
        texts.push(
          ...values.map((value) =>
            value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value),
          ),
        );
      }
      database.close();
    }
    return texts.join('\n');
  });
}

/** Asks for suggestions at the cursor until they are there: the key is lost while the focus still moves. */
export async function suggest(page: Page): Promise<void> {
  await persist(
    async (timeout) => {
      await page.keyboard.press('Control+Space');
      await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor({ timeout });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Types, and takes the row that Enter takes once it is this one. */
export async function take(page: Page, keys: string, row: string): Promise<void> {
  await page.keyboard.type(keys);
  const label = page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
  await label.getByText(row, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
}

/** A line of the active editor that has this text. */
export function line(page: Page, text: string): Locator {
  return page.locator('.editor-instance .view-line', { hasText: text }).first();
}
