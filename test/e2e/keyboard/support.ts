import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { repositoryRoot } from '../../support/repository';
import type { SampleGateway } from '../../support/vscodeHost/gateway';
import { copyOfSampleWorkspace } from '../../support/vscodeHost/server';
import { startWindowHost, type WindowHost, type WindowOptions } from '../../support/vscodeHost/window';

interface Options extends Partial<WindowOptions> {
  /** Gives the window a gateway to send invalidations to. */
  readonly gateway?: (workspace: string) => Promise<SampleGateway>;
}

/**
 * Starts one VS Code for the enclosing `describe` and opens a fresh window for each test; the returned
 * function gives the running test's page. A failing test leaves a picture in out/pictures.
 */
export function useWindow({ gateway: start, ...options }: Options = {}): () => Page {
  let host: WindowHost | undefined;
  let gateway: SampleGateway | undefined;
  let page: Page | undefined;

  before(async function () {
    this.timeout(180_000);
    const workspace = copyOfSampleWorkspace();
    gateway = await start?.(workspace);
    host = await startWindowHost({
      extension: { kind: 'development', path: repositoryRoot },
      workspace,
      trust: 'trusted',
      ...(gateway && { settings: gateway.settings, env: gateway.env }),
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
    await gateway?.stop();
  });

  return () => {
    if (page === undefined) throw new Error('There is a window only while a test runs.');
    return page;
  };
}
