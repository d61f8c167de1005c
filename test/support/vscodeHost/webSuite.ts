import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize, sep } from 'node:path';
import { build } from 'esbuild';
import { limit } from '../patience';
import { repositoryRoot } from '../repository';
import { launchBrowser } from './browser';
import { startVsCodeServer } from './server';
import { listenToSuite } from './suitePage';

export interface WebSuiteOptions {
  readonly workspace: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Milliseconds from the page's load until the suite must have ended. */
  readonly deadline: number;
  /** Where the counts of the tests and what failed go, a line of JSON. */
  readonly totalsFile?: string;
  readonly log?: (line: string) => void;
  /** Only files of the suite whose names fit, for a look while developing. */
  readonly only?: RegExp;
}

/**
 * Runs the suite for a trusted workspace with the extension as a web extension: VS Code in a browser, the extension and the
 * tests in its extension host that is a worker. The workspace's files come from a VS Code server, and the extension from
 * another address, as it would from a marketplace. Resolves with 0 when `run()` resolved.
 */
export async function runWebSuite(options: WebSuiteOptions): Promise<number> {
  const log = options.log ?? console.log;
  await bundleSuite(options.only ?? /./);
  const files = await serveRepository();
  const { port } = files.address() as AddressInfo;
  const server = await startVsCodeServer({
    workspace: options.workspace,
    trust: 'trusted',
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    driver: 'of-suite',
    plain: true,
    reconnectionGrace: 5,
  });
  const browser = await launchBrowser([
    // The page below counts as one from elsewhere, which asks a person before it reaches this machine.
    '--disable-features=LocalNetworkAccessChecks',
  ]);
  try {
    // The page may fetch over https alone, and this machine serves http.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const { ended } = await listenToSuite(page, options.deadline, (line) => {
      if (!line.startsWith('totals ')) {
        log(line);
      } else if (options.totalsFile !== undefined) {
        appendFileSync(options.totalsFile, `${line.slice('totals '.length)}\n`);
      }
    });
    const at = (path: string) => ({ scheme: 'http', authority: `127.0.0.1:${port}`, path });
    // What a page says of extensions under development reaches the server alone; those of the browser are configured.
    const address = new URL(server.url);
    await page.route(
      ({ origin, pathname }) => origin === address.origin && pathname === address.pathname,
      async (route) => {
        const response = await fetch(route.request().url());
        const configured = (await response.text()).replace(
          /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/,
          (_, start: string, quoted: string) => {
            const configuration = {
              ...JSON.parse(quoted.replaceAll('&quot;', '"')),
              developmentOptions: {
                extensions: [at('/extension')],
                extensionTestsPath: at(`/extension/${SUITE}`),
              },
            };
            return `${start}${JSON.stringify(configuration).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;
          },
        );
        await route.fulfill({ contentType: 'text/html', body: configured });
      },
    );
    address.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true']]));
    await page.goto(address.href, { waitUntil: 'commit', timeout: options.deadline });
    return await ended;
  } finally {
    await browser.close();
    await server.stop();
    files.close();
  }
}

/** The suite as one script, below the root of the repository; VS Code adds `.js`. */
const SUITE = 'out/web/suite';

/** Puts the suite and what it needs into one script, which is all that an extension host in a browser can load. */
async function bundleSuite(only: RegExp): Promise<void> {
  const folder = join(repositoryRoot, 'test/e2e/suite');
  const web = join(repositoryRoot, 'test/e2e/web');
  const suites = [folder, web].flatMap((each) =>
    readdirSync(each)
      .filter((file) => file.endsWith('.test.ts') && only.test(file))
      .sort()
      .map((file) => `require(${JSON.stringify(join(each, file))});`),
  );
  await build({
    stdin: {
      contents: `globalThis.requireSuites = () => { ${suites.join('\n')} };\nexport { run } from ${JSON.stringify(join(web, 'index.ts'))};`,
      resolveDir: repositoryRoot,
    },
    outfile: join(repositoryRoot, `${SUITE}.js`),
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    mainFields: ['browser', 'module', 'main'],
    external: ['vscode'],
    define: {
      SLOWNESS: String(Math.max(1, limit(100) / 100)),
      global: 'globalThis',
      'process.platform': '"browser"',
      'process.pid': '0',
    },
    logLevel: 'error',
    plugins: [
      {
        name: 'node-in-a-browser',
        setup: ({ onResolve, onLoad }) => {
          // Its build for browsers would take the `module` of VS Code's loader for its own.
          onLoad({ filter: /node_modules.mocha.mocha\.js$/ }, ({ path }) => ({
            contents: `(function (module, exports, define) {${readFileSync(path, 'utf8')}\n}).call(globalThis);`,
          }));
          onResolve({ filter: /support.patience$/ }, () => ({ path: join(web, 'patience.ts') }));
          onResolve({ filter: /^node:/ }, ({ path }) => ({
            path: join(web, path.startsWith('node:assert') ? 'assert.ts' : 'node.ts'),
          }));
        },
      },
    ],
  });
}

const TYPES: Readonly<Record<string, string>> = { js: 'text/javascript', json: 'application/json' };

/** The files of the repository for every page of this machine. */
async function serveRepository(): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
    try {
      const bytes = readFileSync(
        join(repositoryRoot, path.replaceAll(sep, '/').replace(/^\/extension\//, '')),
      );
      response.writeHead(200, {
        'Access-Control-Allow-Origin': '*',
        'Content-Type': TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
      });
      response.end(bytes);
    } catch {
      response.writeHead(404, { 'Access-Control-Allow-Origin': '*' });
      response.end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
