import assert from 'node:assert/strict';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: outline', () => {
  const page = useWindow({ settings: { 'breadcrumbs.enabled': true } });

  it("shows ours before VS Code's own, in the outline and in the breadcrumbs", async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.codelens-decoration', { hasText: 'Explain' }).waitFor();
    await runCommand(page(), 'Explorer: Focus on Outline View');
    const groups = page().locator(
      '.outline-pane .monaco-list-row .outline-element-label, .outline-pane .monaco-list-row',
    );
    await groups.filter({ hasText: 'IAM Policy' }).first().waitFor();
    await groups.filter({ hasText: 'JSON' }).first().waitFor();
    const names = (await groups.allTextContents()).filter((text) => /^(?:IAM Policy|JSON)/.test(text.trim()));
    assert.match(names[0] ?? '', /^IAM Policy/);
    await goTo(page(), 7, 20);
    await page()
      .locator('.monaco-breadcrumb-item', { hasText: 'Allow execute-api:Invoke on GET /pets' })
      .waitFor();
  });
});
