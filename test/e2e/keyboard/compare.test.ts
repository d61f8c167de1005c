import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand, visibleText } from '../../support/vscodeHost/window';
import { choose, heading, report } from './controls';
import { useWindow } from './support';

const COMMAND = 'IAM Policy: What Does This Change Grant?';

describe('keyboard: what a change grants', () => {
  const page = useWindow();

  it('names beside the policy what an edited action newly grants', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).waitFor();
    await replaceInvoke(page(), '*');
    assert.match(await visibleText(page()), /"Action": "execute-api:\*"/);
    await runCommand(page(), COMMAND);
    await choose(page(), 'The saved file');

    await heading(page(), 'What this change grants').waitFor();
    await heading(page(), 'Newly granted').waitFor();
    await heading(page(), 'Allow ReadPets, line 4').waitFor();
    await report(page())
      .locator('li', { hasText: 'Actions' })
      .getByText('execute-api:InvalidateCache')
      .waitFor();
    assert.equal(await page().locator('.editor-group-container').count(), 2);
    // The policy keeps the cursor, so that the edit can go on.
    await page().locator('.tab.active.dirty[data-resource-name="petstore-invoke.json"]').waitFor();
  });

  it('stands above the edited statement, leads to the report, and goes when the edit is taken back', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).waitFor();
    const lens = page().locator('.codelens-decoration', { hasText: 'newly grants' });
    await replaceInvoke(page(), 'InvalidateCache');
    await lens.filter({ hasText: 'takes away execute-api:Invoke' }).waitFor();
    await goTo(page(), 4, 5);
    await runCommand(page(), 'Show CodeLens Commands for Current Line');
    await choose(page(), 'newly grants execute-api:InvalidateCache');
    await heading(page(), 'Newly granted by this statement').waitFor();
    await heading(page(), 'Taken away by this statement').waitFor();
    await page().locator('.tab.active.dirty[data-resource-name="petstore-invoke.json"]').waitFor();

    await runCommand(page(), 'File: Revert File');
    await lens.waitFor({ state: 'detached' });
  });
});

/** Puts `name` in the place of the action `Invoke` of the sample, with keys. */
async function replaceInvoke(page: Page, name: string): Promise<void> {
  await goTo(page, 7, 36);
  for (const _ of 'Invoke') await page.keyboard.press('Backspace');
  await page.keyboard.type(name);
  await page.locator('.tab.active.dirty[data-resource-name="petstore-invoke.json"]').waitFor();
}
