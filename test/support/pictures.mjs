// `npm run pictures`: takes the README's pictures from the real thing and writes them to client/media;
// the other scenes go to out/pictures.
// `npm run pictures -- NAME...` takes only these; `--dark` takes them in the dark, next to the others in out/pictures.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installDependencies, root, runScript } from './tasks.mjs';

if ((await installDependencies()) !== 0 || (await runScript('build')) !== 0) process.exit(1);

const load = createRequire(import.meta.url);
const host = (name) => load(join(root, 'out/test/support/vscodeHost', name));
const { startWindowHost, openFile, goTo, runCommand } = host('window.js');

/** Each scene brings a fresh window into the state to show. */
const scenes = {
  diagnostics: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
    await runCommand(page, 'View: Toggle Problems');
    await page.locator('.markers-panel .monaco-list-row').first().waitFor();
  },
  hover: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'GET/', 1);
    await runCommand(page, 'Show or Focus Hover');
    await page.locator('.monaco-hover:not(.hidden) .hover-contents').first().waitFor();
  },
  quickfix: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'execute-api:Invoke', 3);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
  },
  completion: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'Invoke', 0);
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-details .markdown-docs').first().waitFor();
  },
  completionOfNames: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
    await putCursor(page, '"Condition"', 0);
    await page.keyboard.type('"');
    await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  },
  confirm: (page) => upToConfirmation(page, 'petstore-invoke.json', 'invalidator'),
  accepted: (page) => throughInvalidation(page, 'petstore-invoke.json', 'invalidator', /^Accepted/),
  confirmAfterAsking: async (page) => {
    await upToConfirmation(page, 'petstore-invoke.json', 'manager');
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Ask AWS First' }).click();
    await page.locator('.monaco-dialog-box').getByText('AWS knows the caller').waitFor();
  },
  stageSettings: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'arn:aws', 3);
    await runCommand(page, 'API Gateway: Show Stage Cache Settings');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'manager' }).first().click();
    await reportOf(page).getByRole('heading', { name: 'Cache of stage' }).waitFor();
  },
  severalRoutes: async (page) => {
    await upToRoutes(page);
  },
  verdictTable: async (page) => {
    await upToRoutes(page);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'prod' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'invalidator' }).first().click();
    await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
    await reportOf(page)
      .getByRole('heading', { name: /accepted/ })
      .waitFor();
  },
  history: async (page) => {
    await throughInvalidation(page, 'petstore-invoke.json', 'reader', /^Ignored/);
    await runCommand(page, 'API Gateway: Invalidation History…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'reader' }).first().waitFor();
  },
  flush: async (page) => {
    await openFile(page, 'petstore-invoke.json');
    await page.locator('.codelens-decoration a').first().waitFor();
    await putCursor(page, 'arn:aws', 3);
    await runCommand(page, 'API Gateway: Flush Entire Stage Cache');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'manager' }).first().click();
    await page.locator('.monaco-dialog-box').getByText('Routes that lose').waitFor();
  },
  ignored: (page) => throughInvalidation(page, 'petstore-invoke.json', 'reader', /^Ignored/),
  refused: (page) => throughInvalidation(page, 'petstore-strict.json', 'reader', /^Refused/),
};

async function putCursor(page, text, offset) {
  // The file and not the window says where a text stands: hints stand between its letters.
  const file = await page.locator('.tab.active').getAttribute('data-resource-name');
  const lines = readFileSync(join(workspace, file), 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  await goTo(page, line + 1, lines[line].indexOf(text) + 1 + offset);
}

async function upToConfirmation(page, file, profile) {
  await openFile(page, file);
  await page.locator('.codelens-decoration a').first().waitFor();
  await putCursor(page, 'arn:aws', 3);
  await runCommand(page, 'API Gateway: Invalidate Cache for Resource Path');
  const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: profile }).first();
  await choice.waitFor();
  await choice.click();
  await page.locator('.monaco-dialog-box').waitFor();
}

async function throughInvalidation(page, file, profile, verdict) {
  await upToConfirmation(page, file, profile);
  await page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Invalidate' }).click();
  await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  await reportOf(page).getByRole('heading', { name: verdict }).waitFor();
}

async function upToRoutes(page) {
  await openFile(page, 'petstore-invoke.json');
  await page.locator('.codelens-decoration a').first().waitFor();
  await openFile(page, 'petstore.yaml');
  await runCommand(page, 'API Gateway: Invalidate Several Routes…');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'GET /pets/{petId}' }).waitFor();
}

function reportOf(page) {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

const asked = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const isDark = process.argv.includes('--dark');
const theme = isDark ? 'Default Dark Modern' : 'Default Light Modern';
const workspace = host('server.js').copyOfSampleWorkspace();
const gateway = await host('gateway.js').startSampleGateway(workspace);
const windows = await startWindowHost({
  extension: { kind: 'development', path: root },
  workspace,
  trust: 'trusted',
  settings: {
    ...gateway.settings,
    'workbench.colorTheme': theme,
    'editor.minimap.enabled': false,
    'breadcrumbs.enabled': false,
    'window.title': 'IAM Policy Tools',
  },
  env: gateway.env,
  size: { width: 1080, height: 640 },
  scale: 1.5,
});
// The readme shows these; the others are for looking at.
const ofReadme = new Set(['diagnostics', 'hover', 'quickfix', 'ignored']);
let failed = false;
for (const [name, scene] of Object.entries(scenes)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const page = await windows.openPage();
  try {
    await runCommand(page, 'View: Close Primary Side Bar');
    await scene(page);
    const file = `${ofReadme.has(name) && !isDark ? 'client/media' : 'out/pictures'}/${name}${isDark ? '-dark' : ''}.png`;
    mkdirSync(dirname(join(root, file)), { recursive: true });
    await page.screenshot({ path: join(root, file) });
    console.log(file);
  } catch (error) {
    failed = true;
    console.error(`${name}: ${error}`);
  } finally {
    await page.context().close();
  }
}
await windows.stop();
await gateway.stop();
process.exit(failed ? 1 : 0);
