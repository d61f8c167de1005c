import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { line, notification } from './controls';
import { useWindow } from './support';

const TEMPLATE = `Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: execute-api:Invoke
            Resource: "*"
`;

describe('keyboard: commands', () => {
  const page = useWindow({
    files: { 'package.json': '{ "name": "x", "version": "1.0.0" }\n', 'template.yaml': TEMPLATE },
  });

  it('are offered in a policy, and those about a policy nowhere else', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await page().locator('.statusbar').waitFor();
    const inPolicy = await offered(page(), (rows) => rows.length >= 9);
    assert.ok(
      inPolicy.some((row) => row.includes('Insert InvalidateCache Statement')),
      inPolicy.join('\n'),
    );
    await openFile(page(), 'template.yaml');
    const inYaml = await offered(page(), (rows) => rows.some((row) => row.includes('Who May')));
    for (const title of ['Insert InvalidateCache Statement', 'Would This Allow', 'Set Policy Type', 'Sort']) {
      assert.ok(
        inYaml.some((row) => row.includes(title)),
        inYaml.join('\n'),
      );
    }
    await openFile(page(), 'package.json');
    const elsewhere = await offered(page(), (rows) => !rows.some((row) => row.includes('Set Policy Type')));
    for (const title of [
      'Insert InvalidateCache Statement',
      'Set Policy Type',
      'Sort',
      'Minify',
      'Who May',
    ]) {
      assert.ok(!elsewhere.some((row) => row.includes(title)), elsewhere.join('\n'));
    }
    assert.ok(
      elsewhere.some((row) => row.includes('New IAM Policy')),
      elsewhere.join('\n'),
    );
  });

  it('minify a policy, and say where there is nothing left to do', async () => {
    await openFile(page(), 'petstore-invoke.json');
    await goTo(page(), 1, 1);
    await runCommand(page(), 'IAM Policy: Minify');
    await line(page(), '{"Version":"2012-10-17"').waitFor();
    await runCommand(page(), 'IAM Policy: Minify');
    await notification(page(), 'There is nothing to change here').waitFor();
  });
});

/** Opens the palette until its rows of ours are as expected, and gives them. Their list is made when it opens. */
async function offered(
  page: Page,
  isExpected: (rows: readonly string[]) => boolean,
): Promise<readonly string[]> {
  for (let attempt = 0; ; attempt += 1) {
    await page.keyboard.press('F1');
    const input = page.locator('.quick-input-widget input');
    await input.waitFor();
    await input.fill('>IAM Policy: ');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'New IAM Policy' }).waitFor();
    const rows = await page.locator('.quick-input-list .monaco-list-row').allTextContents();
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'hidden' });
    if (isExpected(rows) || attempt === 20) {
      return rows;
    }
  }
}
