import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { launchBrowser } from './browser';
import { desktopVsCode } from './desktop';
import { cleanEnvironment, temporaryFolder } from './processes';
import { type Extension, type ServerOptions, startVsCodeServer } from './server';
import { listenToSuite } from './suitePage';

export interface SuiteOptions extends ServerOptions {
  readonly extension: Extension;
  /** The compiled module whose `run()` VS Code calls inside the extension host; without extension. */
  readonly testsPath: string;
  /** Milliseconds from the page's load until the suite must have ended. */
  readonly deadline: number;
}

/**
 * Runs a suite inside a real VS Code and resolves with its exit code: 0 when `run()` resolved.
 *
 * In the desktop editor where there is one to use, else in the VS Code server with a browser as its window.
 * Every console line of the suite is passed to `log`. Rejects when the suite does not end before its deadline.
 */
export async function runSuite(options: SuiteOptions): Promise<number> {
  const log = options.log ?? console.log;
  const desktop = await desktopVsCode();
  if (desktop !== undefined && options.extension.kind === 'development' && options.trust === 'trusted') {
    log(`in ${desktop}`);
    return runTests({
      vscodeExecutablePath: desktop,
      extensionDevelopmentPath: options.extension.path,
      extensionTestsPath: options.testsPath,
      extensionTestsEnv: cleanEnvironment(options.env ?? {}),
      launchArgs: [options.workspace, '--disable-workspace-trust', '--disable-extensions'],
    });
  }
  return runInServer(options, log);
}

async function runInServer(options: SuiteOptions, log: (line: string) => void): Promise<number> {
  const { extension, ...rest } = options;
  const server = await startVsCodeServer({
    ...(extension.kind === 'vsix' ? options : rest),
    driver: 'of-suite',
    plain: true,
    reconnectionGrace: 5,
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultNavigationTimeout(options.deadline);
    const { ended } = await listenToSuite(page, options.deadline, log);
    const authority = `vscode-remote://127.0.0.1:${server.port}`;
    const developed = extension.kind === 'development' ? extension.path : emptyExtension();
    const payload = [
      ['extensionDevelopmentPath', authority + pathToFileURL(developed).pathname],
      ['extensionTestsPath', authority + pathToFileURL(options.testsPath).pathname],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${server.url}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    return await ended;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * VS Code calls a suite only in a window that develops some extension. To test an installed one, it is given
 * an extension that does nothing.
 */
function emptyExtension(): string {
  const folder = temporaryFolder('empty');
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.1', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
