import assert from 'node:assert/strict';
import { openFile, runCommand, visibleText } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: starting', () => {
  const page = useWindow();

  it('shows findings in a file that is opened from the Explorer', async () => {
    await page().locator('.explorer-viewlet .monaco-list-row', { hasText: 'broken.json' }).dblclick();
    await page().locator('.tab.active[data-resource-name="broken.json"]').waitFor();
    await page().locator('.monaco-editor .squiggly-error').first().waitFor();
  });

  it('opens a new policy from a template, whose parts are filled in with Tab', async () => {
    await openFile(page(), 'seed.json');
    await runCommand(page(), 'IAM Policy: New IAM Policy…');
    await page().locator('.quick-input-list .monaco-list-row', { hasText: 'Invoke an API' }).waitFor();
    await page().keyboard.type('Trust GitHub');
    await page().keyboard.press('Enter');
    await page().locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await page().locator('.view-line', { hasText: 'token.actions.githubusercontent.com:sub' }).waitFor();
    await page().keyboard.type('111122223333');
    await page().keyboard.press('Tab');
    await page().keyboard.type('my-org');
    await page().locator('.view-line', { hasText: 'repo:my-org/octo-repo' }).waitFor();
    assert.match(await visibleText(page()), /arn:aws:iam::111122223333:oidc-provider/);
  });

  it('has a walkthrough whose steps lead to the commands', async () => {
    await openFile(page(), 'seed.json');
    await runCommand(page(), 'Welcome: Open Walkthrough...');
    await page()
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Get Started with IAM Policies' })
      .waitFor();
    await page().keyboard.type('Get Started with IAM');
    await page().keyboard.press('Enter');
    await page().getByRole('button', { name: 'New IAM Policy' }).waitFor();
  });
});
