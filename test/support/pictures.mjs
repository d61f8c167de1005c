// `npm run pictures`: takes the README's pictures from the real thing and writes them to client/media.
// `npm run pictures -- NAME...` takes only these.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installDependencies, root, runScript } from './tasks.mjs';

if ((await installDependencies()) !== 0 || (await runScript('build')) !== 0) process.exit(1);

const load = createRequire(import.meta.url);
const host = (name) => load(join(root, 'out/test/support/vscodeHost', name));
const { startWindowHost, openFile } = host('window.js');

/** Each scene brings a fresh window into the state to show. */
const scenes = {
  diagnostics: async (page) => {
    await openFile(page, 'broken.json');
    await page.locator('.squiggly-error').first().waitFor();
  },
};

const asked = process.argv.slice(2);
const gateway = await host('gateway.js').startSampleGateway();
const windows = await startWindowHost({
  extension: { kind: 'development', path: root },
  workspace: host('server.js').copyOfSampleWorkspace(),
  trust: 'trusted',
  settings: {
    ...gateway.settings,
    'workbench.colorTheme': 'Default Light Modern',
    'editor.minimap.enabled': false,
  },
  env: gateway.env,
  size: { width: 1080, height: 640 },
  scale: 2,
});
const folder = join(root, 'client/media');
mkdirSync(folder, { recursive: true });
let failed = false;
for (const [name, scene] of Object.entries(scenes)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const page = await windows.openPage();
  try {
    await scene(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    console.log(`client/media/${name}.png`);
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
