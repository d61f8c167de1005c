import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import {
  answer,
  choose,
  confirm,
  dialog,
  heading,
  notification,
  press,
  report,
  row,
  storageOf,
} from './controls';
import { SECRET, useWindow } from './support';

const INVALIDATE = 'API Gateway: Invalidate Cache for Resource Path';

/** The API, its stage and a policy for who invalidates, as people keep them in AWS SAM. */
const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  PetsApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
  Pets:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List:
          Type: Api
          Properties: { RestApiId: !Ref PetsApi, Path: /pets, Method: get }
  Invalidator:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            - Effect: Allow
              Action: execute-api:InvalidateCache
              Resource: !Sub arn:aws:execute-api:us-east-1:\${AWS::AccountId}:\${PetsApi}/prod/GET/pets
`;

describe('keyboard: invalidation from a template', () => {
  const page = useWindow({ files: { 'sam.yaml': TEMPLATE }, invalidates: true });

  it('starts at an ARN in a template of SAM, and asks for what the deployment fills in', async () => {
    await openFile(page(), 'sam.yaml');
    await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).first().waitFor();
    await goTo(page(), 21, 90);
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'a1b2c3d4e5');
    await choose(page(), 'invalidator');
    await dialog(page()).getByText('/prod/pets').first().waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
  });

  it('starts at a route of a template of SAM', async () => {
    await openFile(page(), 'sam.yaml');
    await goTo(page(), 13, 55);
    await runCommand(page(), INVALIDATE);
    await answer(page(), 'us-east-1');
    await answer(page(), 'a1b2c3d4e5');
    await choose(page(), 'invalidator');
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
  });
});

describe('keyboard: invalidation', () => {
  const page = useWindow({ invalidates: true });

  // The gateway knows what each caller may do, whatever the open policy says. `prod` answers an invalidation that is not
  // allowed with a warning header, `strict` with 403.
  for (const { caller, file, verdict } of [
    { caller: 'invalidator', file: 'petstore-invoke.json', verdict: /^Accepted/ },
    { caller: 'reader', file: 'petstore-invoke.json', verdict: /^Ignored/ },
    { caller: 'reader', file: 'petstore-strict.json', verdict: /^Refused/ },
  ]) {
    it(`goes from the ARN under the cursor to a verdict: ${caller} on ${file}`, async () => {
      await putCursorOnArn(page(), file);
      await page().locator('.codelens-decoration', { hasText: 'Invalidate cache' }).first().waitFor();
      await runCommand(page(), INVALIDATE);
      await choose(page(), caller);
      await dialog(page()).getByText('execute-api:InvalidateCache: not granted').waitFor();
      await page().keyboard.press('Enter');
      await heading(page(), verdict).waitFor();
    });
  }

  it('is refused for one profile and accepted for another, and proved', async () => {
    await putCursorOnArn(page(), 'petstore-strict.json');
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'reader');
    await confirm(page());
    await heading(page(), /^Refused/).waitFor();

    await press(page(), 'Other Profile…');
    await choose(page(), 'invalidator');
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
    await press(page(), 'Prove It');
    await confirm(page());
    await heading(page(), /^Changed: /).waitFor();
  });

  it('is cancelled while the answer is waited for', async () => {
    await openWithoutArn(page());
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'Type an ARN or a URL…');
    await answer(page(), 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/slow');
    await choose(page(), 'invalidator');
    await confirm(page());
    await notification(page(), 'waiting for the answer').waitFor();
    await press(page(), 'Cancel');
    await heading(page(), /^Cancelled/).waitFor();
  });

  it('compares a target that is forbidden with what is known', async () => {
    await openWithoutArn(page());
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'Type an ARN or a URL…');
    await answer(page(), 'https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/pets');
    await choose(page(), 'manager');
    await confirm(page());
    await heading(page(), /^Refused: forbidden/).waitFor();
    await press(page(), 'Known Routes…');
    await notification(page(), 'the stage seems to be left out').waitFor();
  });

  it('starts at a route of a definition, and says beforehand what AWS knows', async () => {
    await openFile(page(), 'petstore.yaml');
    await goTo(page(), 28, 5);
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'prod');
    await answer(page(), 'a/b');
    await choose(page(), 'manager');
    await dialog(page()).getByText('/prod/pets/a%2Fb').waitFor();
    await dialog(page()).getByRole('button', { name: 'Ask AWS First' }).click();
    await dialog(page())
      .getByText('AWS identifies the caller as arn:aws:iam::123456789012:user/Mateo.')
      .waitFor();
    await dialog(page()).getByText('Cache of the stage: on, 0.5 GB, AVAILABLE').waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
  });

  it('is not sent across accounts unless the user insists', async () => {
    await openWithoutArn(page());
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'Type an ARN or a URL…');
    await answer(page(), 'arn:aws:execute-api:us-east-1:999999999999:a1b2c3d4e5/prod/GET/pets');
    await choose(page(), 'manager');
    await dialog(page()).getByRole('button', { name: 'Ask AWS First' }).click();
    await dialog(page()).getByText('The API belongs to account 999999999999').waitFor();
    await dialog(page()).getByRole('button', { name: 'Send Anyway' }).click();
    await heading(page(), /^Accepted/).waitFor();
  });

  it('offers the login where it is over', async () => {
    await putCursorOnArn(page(), 'petstore-strict.json');
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'logged-out');
    await confirm(page());
    await heading(page(), 'Not sent: the login has expired').waitFor();
    await press(page(), 'Log In');
    await page().locator('.terminal-wrapper').first().waitFor();
    await notification(page(), 'When you are logged in, try again.').waitFor();
  });

  it('takes several routes in one go, to a table of verdicts', async () => {
    await openFile(page(), 'petstore.yaml');
    await runCommand(page(), 'API Gateway: Invalidate Several Routes…');
    await row(page(), 'GET /pets/{petId}').waitFor();
    // Those without parameters are ticked.
    await page().keyboard.press('Enter');
    await choose(page(), 'prod');
    await choose(page(), 'invalidator');
    await dialog(page()).getByText('GET /metered').waitFor();
    await confirm(page());
    // One of them requires an API key.
    await heading(page(), /^2 of 3 accepted/).waitFor();
    await report(page()).getByText('forbidden, most often for a wrong stage or path').waitFor();
  });

  it("shows a stage's settings, and flushes its cache after a question of its own", async () => {
    await putCursorOnArn(page(), 'petstore-invoke.json');
    await runCommand(page(), 'API Gateway: Show Stage Cache Settings');
    await choose(page(), 'manager');
    await heading(page(), 'Cache of stage prod').waitFor();

    await runCommand(page(), 'API Gateway: Flush Entire Stage Cache');
    await choose(page(), 'manager');
    await dialog(page()).getByText('Empty the cache of the whole stage prod?').waitFor();
    await dialog(page()).getByText('Routes of the workspace that lose their cached responses: 5').waitFor();
    await confirm(page());
    // Enter alone flushes nothing.
    await page().locator('.quick-input-widget', { hasText: 'Type prod, the name of the stage' }).waitFor();
    await page().keyboard.press('Enter');
    await page().locator('.quick-input-widget', { hasText: 'This is not the name of the stage.' }).waitFor();
    await answer(page(), 'prod');
    await notification(page(), 'Flushed').waitFor();
  });

  it('waits for a flush, and flushes what authorizers answered instead', async () => {
    for (const { button, prompt, told } of [
      { button: 'Flush and Wait…', prompt: 'to flush its whole cache', told: 'Flushed: the cache of' },
      { button: 'Flush Authorizers…', prompt: 'to flush its cached authorizer results', told: 'authorizers' },
    ]) {
      await putCursorOnArn(page(), 'petstore-invoke.json');
      await runCommand(page(), 'API Gateway: Flush Entire Stage Cache');
      await choose(page(), 'manager');
      await dialog(page()).getByText('The signature goes over plain http').waitFor();
      await dialog(page()).getByRole('button', { name: button }).click();
      await page().locator('.quick-input-widget', { hasText: prompt }).waitFor();
      await answer(page(), 'prod');
      await notification(page(), told).waitFor();
      await runCommand(page(), 'Notifications: Clear All Notifications');
    }
  });

  it('is repeated by a key and from the history, which keeps no secret', async () => {
    await openWithoutArn(page());
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'Type an ARN or a URL…');
    await answer(
      page(),
      `https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/prod/pets?page=2&token=${SECRET}`,
    );
    await choose(page(), 'invalidator');
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
    await runCommand(page(), 'Notifications: Clear All Notifications');

    // Agreed to for this stage and caller, so nothing is asked any more.
    await page().keyboard.press('Control+Alt+Y');
    await notification(page(), 'Accepted').waitFor();
    await runCommand(page(), 'Notifications: Clear All Notifications');

    await runCommand(page(), 'API Gateway: Invalidation History…');
    await row(page(), 'page=2 · token=… · a1b2c3d4e5/prod').waitFor();
    await page().keyboard.press('Enter');
    await answer(page(), SECRET);
    await notification(page(), 'Accepted').waitFor();
    const kept = await storageOf(page());
    assert.match(kept, /invalidation\.history/);
    assert.ok(!kept.includes(SECRET), 'the secret is in the storage of the window');
    assert.ok(
      !(await report(page()).locator('body').textContent())?.includes(SECRET),
      'the secret is in the report',
    );
  });

  // The last one: what it saves stays in the workspace.
  it('is ignored, has the statement inserted, and is accepted once the policy is saved', async () => {
    await putCursorOnArn(page(), 'petstore-invoke.json');
    await runCommand(page(), INVALIDATE);
    await choose(page(), 'author');
    await confirm(page());
    await heading(page(), /^Ignored/).waitFor();

    await press(page(), 'Insert Statement');
    await page().locator('.tab.dirty[data-resource-name="petstore-invoke.json"]').waitFor();
    await page().keyboard.press('Control+S');
    await page()
      .locator('.tab.dirty[data-resource-name="petstore-invoke.json"]')
      .waitFor({ state: 'detached' });
    // Agreed to before, and now the policy gives no reason to doubt: nothing is asked any more.
    await press(page(), 'Try Again');
    await heading(page(), /^Accepted/).waitFor();
  });
});

async function putCursorOnArn(page: Page, file: string): Promise<void> {
  await openFile(page, file);
  await goTo(page, 8, 40);
}

/** Opens a document with the cursor at nothing to begin with, once the extension is there. */
async function openWithoutArn(page: Page): Promise<void> {
  await openFile(page, 'petstore-invoke.json');
  await page.locator('.codelens-decoration', { hasText: 'Invalidate cache' }).first().waitFor();
  await openFile(page, 'petstore.yaml');
  await goTo(page, 1, 1);
}
