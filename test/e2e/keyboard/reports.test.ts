import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { choose, confirm, heading, report } from './controls';
import { useWindow } from './support';

describe('keyboard: reports', () => {
  const page = useWindow({ invalidates: true });

  it('has next steps that stay when the notification is gone, and so has the history', async () => {
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

function step(page: Page, name: string): Locator {
  return report(page).getByRole('link', { name, exact: true });
}
