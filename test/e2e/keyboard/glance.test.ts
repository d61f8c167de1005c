import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: at a glance', () => {
  const page = useWindow();

  it('goes to a statement by what it does', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Explain' }).waitFor();
    await page().keyboard.press('Control+Shift+O');
    await page().keyboard.type('allowget');
    await page()
      .locator('.quick-input-list .monaco-list-row', { hasText: 'Allow execute-api:Invoke on GET /pets' })
      .first()
      .waitFor();
    await page().keyboard.press('Enter');
    await page().locator('.statusbar-item', { hasText: 'Ln 5, Col 14' }).waitFor();
  });

  it('explains the ARN under the cursor beside the policy', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Explain' }).waitFor();
    await goTo(page(), 8, 40);
    await runCommand(page(), 'IAM Policy: Explain ARN');
    const report = page().frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await report.getByRole('heading', { name: 'ARN Explained' }).waitFor();
    await report.getByRole('cell', { name: 'Stage prod', exact: true }).waitFor();
  });

  it('says in the language status how full the policy is, and what it is', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Explain' }).waitFor();
    await page().locator('.statusbar-item[id*="languageStatus"]').first().hover();
    const status = page().locator('.hover-language-status');
    await status
      .filter({ hasText: /\d+ of 6,144 characters/ })
      .first()
      .waitFor();
    await status.filter({ hasText: 'identity policy' }).first().waitFor();
  });
});
