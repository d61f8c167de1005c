import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { limit } from '../../support/patience';
import { repositoryRoot } from '../../support/repository';
import type { SampleGateway } from '../../support/vscodeHost/gateway';
import { copyOfSampleWorkspace } from '../../support/vscodeHost/server';
import {
  runCommand,
  startWindowHost,
  type WindowHost,
  type WindowOptions,
} from '../../support/vscodeHost/window';

interface Options extends Partial<WindowOptions> {
  /** Gives the window a gateway to send invalidations to. */
  readonly gateway?: (workspace: string) => Promise<SampleGateway>;
  /** `each` test gets a window that remembers nothing, where an earlier one leaves more than editors. */
  readonly fresh?: 'each';
}

/**
 * Starts one VS Code for the enclosing `describe`; the returned function gives the running test's page, in which no
 * editor, list or notification is open at the beginning. The tests share it, since to open a window takes longer than
 * most of them. A failing one leaves a picture in out/pictures, and a fresh window to the next.
 */
export function useWindow({ gateway: start, fresh, ...options }: Options = {}): () => Page {
  let host: WindowHost | undefined;
  let gateway: SampleGateway | undefined;
  let page: Page | undefined;

  before(async function () {
    this.timeout(limit(180_000));
    const workspace = copyOfSampleWorkspace();
    gateway = await start?.(workspace);
    host = await startWindowHost({
      extension: { kind: 'development', path: repositoryRoot },
      workspace,
      trust: 'trusted',
      reconnectionGrace: 5,
      ...(gateway && { env: gateway.env }),
      ...options,
      settings: { ...STILL, ...gateway?.settings, ...options.settings },
    });
  });

  beforeEach(async function () {
    this.timeout(limit(120_000));
    this.currentTest?.timeout(limit(180_000));
    page ??= await host?.openPage();
    page?.context().setDefaultTimeout(limit(30_000));
  });

  afterEach(async function () {
    this.timeout(limit(60_000));
    if (page === undefined) return;
    if (this.currentTest?.state === 'failed') {
      const folder = join(repositoryRoot, 'out/pictures');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${this.currentTest.fullTitle().replaceAll(/[^\w]+/g, '-')}.png`);
      await page.screenshot({ path: file });
      console.log(`      window at the failure: ${file}`);
    } else if (fresh === undefined) {
      await putInOrder(page);
      return;
    }
    await page.context().close();
    page = undefined;
  });

  after(async function () {
    this.timeout(limit(60_000));
    await host?.stop();
    await gateway?.stop();
  });

  return () => {
    if (page === undefined) throw new Error('There is a window only while a test runs.');
    return page;
  };
}

/** Leaves out what only moves: a machine without a graphics card spends as much on a blinking cursor as on the test. */
const STILL: Readonly<Record<string, unknown>> = {
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
};

/** Closes lists, dialogs, editors and notifications. What was not saved is dropped. */
async function putInOrder(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  const dontSave = page.locator('.monaco-dialog-box').getByRole('button', { name: "Don't Save" });
  const tabs = page.locator('.tab');
  const gone = page.locator('.editor-group-watermark:visible');
  while ((await tabs.count()) > 0) {
    await runCommand(page, 'View: Close All Editors');
    await dontSave.or(gone).first().waitFor();
    if (await dontSave.isVisible()) {
      await dontSave.click();
      await gone.waitFor();
    }
  }
  await runCommand(page, 'Notifications: Clear All Notifications');
}
