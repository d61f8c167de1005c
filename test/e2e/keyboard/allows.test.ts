import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand, visibleText } from '../../support/vscodeHost/window';
import { choose, row } from './controls';
import { useWindow } from './support';

const PETS = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets';

const ENDPOINT_ONLY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadPets",
      "Effect": "Allow",
      "Action": "execute-api:Invoke",
      "Resource": "${PETS}"
    },
    {
      "Sid": "EndpointOnly",
      "Effect": "Deny",
      "Action": "execute-api:*",
      "Resource": "*",
      "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-0a1b2c3d" } }
    }
  ]
}
`;

describe('keyboard: questions to a policy', () => {
  const page = useWindow({ files: { 'petstore-network.json': ENDPOINT_ONLY } });

  it('goes from an action and the ARN under the cursor to a no, and from there to the change that grants it', async () => {
    await openPolicy(page());
    await runCommand(page(), 'IAM Policy: Would This Allow…?');
    await choose(page(), 'execute-api:InvalidateCache');
    await choose(page(), PETS);
    await page().getByText('no, an Allow is missing').waitFor();
    await row(page(), 'no identity policy and no resource policy allows it').waitFor();

    await choose(page(), 'Add execute-api:InvalidateCache to "ReadPets"');
    await page().locator('.monaco-diff-editor .line-insert').first().waitFor();
    await page().locator('.tab.dirty').waitFor({ state: 'detached' });
    await choose(page(), 'Apply this change');
    await page().locator('.tab.active.dirty[data-resource-name="petstore-invoke.json"]').waitFor();
    assert.match(await visibleText(page()), /\["execute-api:Invoke", "execute-api:InvalidateCache"\]/);
  });

  it('refuses a slip while it is typed, and leads to the statement that decides', async () => {
    await openPolicy(page());
    await goTo(page(), 1, 1);
    await runCommand(page(), 'IAM Policy: Would This Allow…?');
    await row(page(), 'execute-api:Invoke').waitFor();
    await page().keyboard.type('publish');
    await row(page(), 'An action is written service:Name.').waitFor();
    await page().locator('.quick-input-widget input').fill('');
    await choose(page(), 'execute-api:Invoke');
    await choose(page(), PETS);
    await page().getByText('yes, allowed').waitFor();
    await choose(page(), 'Allow "ReadPets"');
    await page().locator('.statusbar-item', { hasText: 'Ln 4, Col 5' }).waitFor();
  });

  it('asks for the condition key that settles an answer, answers otherwise for another value, and keeps none', async () => {
    await openPolicy(page(), 'petstore-network.json');
    const ask = async () => {
      await runCommand(page(), 'IAM Policy: Would This Allow…?');
      await choose(page(), 'execute-api:Invoke');
      await choose(page(), PETS);
      await page().getByText('it depends').waitFor();
      await row(page(), 'Tell aws:SourceVpce').waitFor();
    };
    await ask();
    await choose(page(), 'Tell aws:SourceVpce');
    await page().getByPlaceholder('Which value does aws:SourceVpce have?').waitFor();
    await choose(page(), 'vpce-0a1b2c3d');
    await page().getByText('yes, allowed').waitFor();

    await choose(page(), 'aws:SourceVpce: vpce-0a1b2c3d');
    await choose(page(), 'It is not in the request');
    await page().getByText('no, a statement denies it').waitFor();
    await row(page(), 'aws:SourceVpce: not in the request').waitFor();
    await page().keyboard.press('Escape');
    await page().locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await ask();
  });

  it('takes other open policies along', async () => {
    await openFile(page(), 'petstore-strict.json');
    await openPolicy(page());
    await runCommand(page(), 'IAM Policy: Would This Allow…?');
    await choose(page(), 'execute-api:Invoke');
    await choose(page(), PETS);
    await choose(page(), 'Ask with other open policies…');
    const strict = row(page(), 'petstore-strict.json');
    await strict.waitFor();
    await page().keyboard.press('ArrowDown');
    await page().keyboard.press('Space');
    await strict.locator('[aria-checked="true"], input:checked').first().waitFor({ state: 'attached' });
    await page().keyboard.press('Enter');
    await row(page(), 'Allow "ReadPets"').waitFor();
  });

  it('tells who may invalidate, policy by policy, and goes on to what would grant it', async () => {
    await openPolicy(page());
    await runCommand(page(), 'IAM Policy: Who May Invalidate?');
    const holder = row(page(), 'whoever holds this policy');
    await holder.getByText('InvalidateCache: no · Invoke: yes').waitFor();
    await choose(page(), 'What would grant it');
    await page().getByText('no, an Allow is missing').waitFor();
    await page().keyboard.press('Escape');
    await page().locator('.quick-input-widget').waitFor({ state: 'hidden' });
  });
});

async function openPolicy(page: Page, name = 'petstore-invoke.json'): Promise<void> {
  await openFile(page, name);
  await goTo(page, 8, 40);
  await page.locator('.codelens-decoration', { hasText: 'Invalidate cache' }).waitFor();
}
