import assert from 'node:assert/strict';
import { openFile, runCommand } from '../../support/vscodeHost/window';
import { useWindow } from './support';

describe('keyboard: outline', () => {
  const page = useWindow();

  it("shows ours before VS Code's own", async () => {
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
  });
});
