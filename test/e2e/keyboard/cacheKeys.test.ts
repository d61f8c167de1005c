import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { goTo, openFile, runCommand } from '../../support/vscodeHost/window';
import { answer, choose, confirm, dialog, heading, notification, press, report, row } from './controls';
import { useWindow } from './support';

const INVALIDATE = 'API Gateway: Invalidate Cache for Resource Path';
const TOKEN = 'eyJraWQiOiJFWEFNUExFIn0.eyJzdWIiOiJFWEFNUExFIn0.c2lnbmF0dXJl';

/** What the sample's definition does not tell: which parameters make an entry. */
const DEFINITION = `openapi: 3.0.1
info: { title: keyed, version: "1" }
servers:
  - url: https://a1b2c3d4e5.execute-api.us-east-1.amazonaws.com/open
x-amazon-apigateway-request-validators: {}
paths:
  /pets:
    get:
      x-amazon-apigateway-integration:
        cacheKeyParameters: [method.request.querystring.page, method.request.header.X-Tenant]
  /orders:
    get:
      x-amazon-apigateway-integration:
        cacheKeyParameters: [method.request.querystring.page]
`;

describe('keyboard: cache keys and bearer tokens', () => {
  const page = useWindow({ files: { 'keyed.yaml': DEFINITION }, invalidates: true });

  it('asks for exactly the cache keys, says which entry is meant, and has it renewed', async () => {
    await start(page(), 'prod/GET/pets');
    await prompt(page(), 'The query parameter page');
    await answer(page(), '2');
    await prompt(page(), 'The header X-Tenant');
    await answer(page(), 'blue');
    await choose(page(), 'invalidator');
    await dialog(page())
      .getByText('The entry of GET /pets is meant with query parameter page = "2", header X-Tenant = "blue".')
      .waitFor();
    await dialog(page()).getByText('The signature goes over plain http').waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
    await heading(page(), 'Entry').waitFor();
    await report(page()).getByText('By the definition in the workspace').waitFor();
  });

  it('says which key was left out', async () => {
    await start(page(), 'prod/GET/pets');
    await prompt(page(), 'The query parameter page');
    await answer(page(), '2');
    await prompt(page(), 'The header X-Tenant');
    await answer(page(), '');
    await choose(page(), 'invalidator');
    await dialog(page()).getByText('The header X-Tenant is a cache key and was not sent').waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
  });

  it('takes several values of a key in one go', async () => {
    await openFile(page(), 'keyed.yaml');
    await runCommand(page(), 'API Gateway: Invalidate Several Routes…');
    await choose(page(), 'keyed');
    await row(page(), 'GET /orders').waitFor();
    await page().keyboard.type('orders');
    await row(page(), 'cache keys: page').waitFor();
    await page().keyboard.press('Enter');
    await choose(page(), 'open');
    await prompt(page(), 'Values of the cache key page');
    await answer(page(), '1,2,3');
    await prompt(page(), 'Values of the cache key X-Tenant');
    await answer(page(), '');
    await choose(page(), 'Bearer token');
    await confirm(page());
    await prompt(page(), 'Bearer token for a1b2c3d4e5/open');
    await answer(page(), TOKEN);
    // Those of the route that wants a signature are refused to a token.
    await heading(page(), /^3 of 6 accepted/).waitFor();
  });

  it('asks who signs where AWS is asked about an API that a token was sent to', async () => {
    await start(page(), 'gone/GET/metered');
    await choose(page(), 'Bearer token');
    await confirm(page());
    await prompt(page(), 'Bearer token for a1b2c3d4e5/gone');
    await answer(page(), TOKEN);
    await heading(page(), /^Refused: forbidden/).waitFor();
    await press(page(), 'Known Routes…');
    await press(page(), 'Ask AWS');
    await choose(page(), 'manager');
    // Asked as the one who was chosen, and not as whoever the environment has.
    await notification(page(), 'user/Mateo is not authorized').waitFor();
  });

  it('lets a token be entered for several routes whose authorizer refused them', async () => {
    await openFile(page(), 'keyed.yaml');
    await runCommand(page(), 'API Gateway: Invalidate Several Routes…');
    await choose(page(), 'keyed');
    await row(page(), 'GET /pets').waitFor();
    await page().keyboard.press('Enter');
    await choose(page(), 'open');
    await prompt(page(), 'Values of the cache key page');
    await answer(page(), '4');
    await prompt(page(), 'Values of the cache key X-Tenant');
    await answer(page(), '');
    await choose(page(), 'Unsigned');
    await confirm(page());
    await heading(page(), /^0 of 2 accepted/).waitFor();
    await report(page()).getByRole('link', { name: 'Send a token of the authorizer' }).click();
    await prompt(page(), 'Bearer token for a1b2c3d4e5/open');
    await answer(page(), TOKEN);
    await confirm(page());
    await heading(page(), /^1 of 2 accepted/).waitFor();
  });

  it('is refused by the authorizer, is given a token, and keeps it where nobody reads it', async () => {
    await start(page(), 'open/GET/orders');
    await prompt(page(), 'The query parameter page');
    await answer(page(), '1');
    await choose(page(), 'Unsigned');
    await confirm(page());
    await heading(page(), "Refused: the API's authorizer requires a token").waitFor();
    await press(page(), 'Token…');
    await prompt(page(), 'Bearer token for a1b2c3d4e5/open');
    await answer(page(), TOKEN);
    await dialog(page()).getByText('The bearer token goes over plain http').waitFor();
    await confirm(page());
    await heading(page(), /^Accepted/).waitFor();
    await report(page()).getByText('a bearer token').first().waitFor();
    assert.ok(!(await report(page()).locator('body').textContent())?.includes('eyJraWQi'));

    // Kept for the stage: the next one asks for nothing but the entry.
    await runCommand(page(), 'Notifications: Clear All Notifications');
    await page().keyboard.press('Control+Alt+Y');
    await notification(page(), 'Accepted').waitFor();
  });
});

/** Types an ARN of the sample API into the command. */
async function start(page: Page, resource: string): Promise<void> {
  await openFile(page, 'petstore-invoke.json');
  await page.locator('.codelens-decoration', { hasText: 'Invalidate cache' }).first().waitFor();
  await openFile(page, 'keyed.yaml');
  await goTo(page, 1, 1);
  await runCommand(page, INVALIDATE);
  await choose(page, 'Type an ARN or a URL…');
  await answer(page, `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/${resource}`);
}

/** Waits for the box that asks this. */
async function prompt(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-message', { hasText: text }).waitFor();
}
