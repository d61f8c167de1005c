import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../support/repository';
import { copyOfSampleWorkspace } from '../../support/vscodeHost/server';
import { startWindowHost, type WindowHost, type WindowOptions } from '../../support/vscodeHost/window';

/**
 * Starts one VS Code for the enclosing `describe` and opens a fresh window for each test; the returned
 * function gives the running test's page. A failing test leaves a picture in out/pictures.
 */
export function useWindow(options: Partial<WindowOptions> = {}): () => Page {
  let host: WindowHost | undefined;
  let page: Page | undefined;

  before(async function () {
    this.timeout(180_000);
    host = await startWindowHost({
      extension: { kind: 'development', path: repositoryRoot },
      workspace: copyOfSampleWorkspace(),
      trust: 'trusted',
      ...options,
    });
  });

  beforeEach(async function () {
    this.timeout(60_000);
    page = await host?.openPage();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed' && page !== undefined) {
      const folder = join(repositoryRoot, 'out/pictures');
      mkdirSync(folder, { recursive: true });
      const file = join(folder, `${this.currentTest.fullTitle().replaceAll(/[^\w]+/g, '-')}.png`);
      await page.screenshot({ path: file });
      console.log(`      window at the failure: ${file}`);
    }
    await page?.context().close();
    page = undefined;
  });

  after(async () => {
    await host?.stop();
  });

  return () => {
    if (page === undefined) throw new Error('There is a window only while a test runs.');
    return page;
  };
}
