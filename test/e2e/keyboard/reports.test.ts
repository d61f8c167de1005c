import assert from 'node:assert/strict';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startSampleGateway } from '../../support/vscodeHost/gateway';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: reports', function () {
  this.timeout(180_000);
  const page = useWindow({ gateway: startSampleGateway });

  it('has next steps that stay when the notification is gone, and so has the history', async () => {
    page().setDefaultTimeout(60_000);
    await openFile(page(), 'petstore-strict.json');
    await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).first().waitFor();
    await goTo(page(), 8, 40);
    await runCommand(page(), 'API Gateway: Invalidate Cache for Resource Path');
    await choose(page(), 'reader');
    await confirm(page());
    await heading(page(), /^Refused/).waitFor();
    await page().locator('.notification-toast').first().waitFor();
    await runCommand(page(), 'Notifications: Clear All Notifications');
    await page().locator('.notification-toast').first().waitFor({ state: 'detached' });

    await step(page(), 'Choose another profile').click();
    await choose(page(), 'manager');
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
    assert.equal(await step(page(), 'Choose another profile').count(), 0);
    assert.equal(await page().locator('.editor-group-container').count(), 2);

    await runCommand(page(), 'API Gateway: Invalidation History…');
    await choose(page(), 'What to do next: Prove It');
    await choose(page(), 'Prove It');
    await heading(page(), /^(?:Changed|Unchanged): /).waitFor();

    // The report is closed, and comes back with links that work.
    await runCommand(page(), 'View: Close All Editors');
    await report(page()).locator('body').waitFor({ state: 'detached' });
    await runCommand(page(), 'API Gateway: Show Last Invalidation Report');
    await step(page(), "Show the stage's cache settings").click();
    await page().locator('.tab', { hasText: 'Stage Cache Settings' }).waitFor();
  });
});

function report(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

function heading(page: Page, name: RegExp): Locator {
  return report(page).getByRole('heading', { name });
}

function step(page: Page, name: string): Locator {
  return report(page).getByRole('link', { name, exact: true });
}

/** Types enough to leave one line of the list, and chooses it. */
async function choose(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor();
  await page.locator('.quick-input-widget input[type="text"]').fill(text);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: text }).waitFor();
  await page.keyboard.press('Enter');
}

/** Takes the first button of the dialog. */
async function confirm(page: Page): Promise<void> {
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
}
