// Bundles the shipped programs into dist/. Options: --production (minified, no source maps), --watch.
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { importsOf, splitBundle } from './server/scripts/splitBundle.mjs';
import { notices, shippedPackages } from './server/scripts/thirdParty.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const production = process.argv.includes('--production');

/** The programs. They share what several of them need, in dist/chunks. */
const entryPoints = {
  client: 'client/src/node/main.ts',
  server: 'server/src/node/main.ts',
  cli: 'server/src/cli/main.ts',
  webclient: 'client/src/browser/main.ts',
  webserver: 'server/src/browser/main.ts',
  background: 'server/src/node/backgroundMain.ts',
  worker: 'server/src/cli/workerMain.ts',
};

const CORE = 'server/src/core';
const CLI = 'server/src/cli';
const SERVICE = `${CORE}/languageService.ts`;
const inCli = (...names) => names.map((name) => `${CLI}/${name}.ts`);
const inCore = (...names) => names.map((name) => `${CORE}/${name}.ts`);
const inNode = (...names) => names.map((name) => `server/src/node/${name}.ts`);

/**
 * What a start can do without: it is loaded when it is first called (`deferred` of `splitBundle`). To check a policy in
 * JSON takes the rules and what they know; other languages, the features of editors and the other commands wait.
 */
const deferred = [
  { chunk: 'core', from: /core\/index\.ts$/, modules: [SERVICE, `${CORE}/iamData/iamData.ts`] },
  {
    chunk: 'features',
    from: /core\/languageService\.ts$/,
    modules: importsOf(root, SERVICE, /core\/features\//),
  },
  // Answers to questions and sentences about them.
  {
    chunk: 'answers',
    from: /core\/(?:index|languageService)\.ts$/,
    modules: inCore(
      'evaluate/application',
      'evaluate/evaluate',
      'features/allows/contextDoubts',
      'features/allows/formula',
      'features/allows/grants',
      'features/allows/questionFile',
      'features/allows/questionProblems',
      'features/allows/requestContext',
      'features/allows/sentences',
      'features/allows/sides',
      'features/compare/statementChanges',
      'features/compare/witness',
      'features/invalidation/chooseRoutes',
    ),
  },
  { chunk: 'fixes', from: /./, modules: [`${CORE}/lint/edits.ts`] },
  { chunk: 'meant', from: /./, modules: [`${CORE}/iamData/meant.ts`] },
  { chunk: 'ranges', from: /./, modules: [`${CORE}/model/ipRange.ts`] },
  {
    chunk: 'definitions',
    from: /./,
    modules: ['cloudFormation', 'openApi', 'serverless', 'terraform'].map(
      (name) => `${CORE}/knowledge/${name}.ts`,
    ),
  },
  { chunk: 'yaml', from: /./, modules: [`${CORE}/syntax/yaml/yaml.ts`] },
  { chunk: 'hcl', from: /./, modules: [`${CORE}/syntax/hcl/hcl.ts`, `${CORE}/syntax/hcl/jsonSyntax.ts`] },
  { chunk: 'programs', from: /./, modules: [`${CORE}/syntax/program/parse.ts`] },
  {
    chunk: 'commandLine',
    from: /cli\/main\.ts$/,
    modules: inCli('run'),
  },
  { chunk: 'threads', from: /cli\/main\.ts$/, modules: inCli('workers') },
  { chunk: 'worker', from: /cli\/workers\.ts$/, modules: inCli('worker') },
  { chunk: 'services', from: /cli\/run\.ts$/, modules: inCli('services') },
  {
    chunk: 'read',
    from: /cli\/(?:main|nodeFiles)\.ts$/,
    modules: [...inCli('files'), ...inNode('files', 'policyFiles')],
  },
  {
    chunk: 'files',
    from: /cli\/main\.ts$/,
    modules: [...inNode('gitChanges', 'gitFile', 'replaceFile'), ...inCli('prompt')],
  },
  { chunk: 'lint', from: /cli\/run\.ts$/, modules: inCli('lintCommand') },
  {
    chunk: 'formats',
    from: /cli\/format\/render\.ts$/,
    modules: inCli('format/sarif', 'format/gitlab', 'format/junit', 'format/github'),
  },
  {
    chunk: 'questions',
    from: /cli\/run\.ts$/,
    modules: inCli('rulesCommand', 'explainCommand', 'allowsCommand', 'compareCommand', 'grantsCommands'),
  },
  // So that what was kept of it is there before it is loaded.
  { chunk: 'languageServer', from: /node\/main\.ts$/, modules: inNode('languageServer') },
  // Most files that activate the extension hold no policy, and need no client and nothing of its library.
  {
    chunk: 'languageClient',
    from: /client\/src\/node\/main\.ts$/,
    modules: ['client/src/node/languageClient.ts'],
    in: 'node',
  },
  {
    chunk: 'clientParts',
    from: /client\/src\/client\.ts$/,
    modules: ['client/src/serverEnds.ts', 'client/src/outlineFirst.ts'],
  },
  // Nobody may ever send anything.
  {
    chunk: 'network',
    from: /node\/languageServer\.ts$/,
    modules: inNode('gatewayHost', 'credentials', 'network'),
  },
  // Nothing is signed in a browser.
  { chunk: 'signer', from: /./, modules: ['server/src/gateway/sign.ts'], in: 'node' },
  { chunk: 'gateway', from: /cli\/run\.ts$/, modules: inCli('gatewayCommands') },
];

const options = {
  absWorkingDir: root,
  entryPoints,
  /**
   * jsonc-parser's `main` is a UMD build whose inner `require` calls no bundler can see: a bundle made from it
   * builds without a warning and crashes at start. Its `module` build has plain imports.
   */
  mainFields: ['module', 'main'],
  // The extension host of the oldest supported editor runs Node 20.
  target: 'node20',
  external: ['vscode'],
  minify: production,
  sourcemap: !production,
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'warning',
  plugins: [omitOptional(), ofBrowsers(), keepTogether(), withoutSideEffects()],
};

mkdirSync(join(root, 'out/meta'), { recursive: true });
try {
  await splitBundle(options, deferred, {
    watch: process.argv.includes('--watch'),
    clear: () => rmSync(join(root, 'dist'), { recursive: true, force: true }),
    written: async (metafile) => {
      await writeWebLoader(metafile);
      chmodSync(join(root, 'dist/cli.js'), 0o755);
      for (const name of Object.keys(entryPoints)) {
        writeFileSync(join(root, `out/meta/${name}.json`), JSON.stringify(partOf(metafile, name)));
      }
      const packages = shippedPackages(root, Object.keys(metafile.inputs));
      writeFileSync(join(root, 'out/meta/packages.json'), JSON.stringify(packages));
      writeFileSync(join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices(root, packages));
    },
  });
} catch {
  // esbuild has printed the errors already; its exception only repeats them.
  process.exitCode = 1;
}

/**
 * VS Code in a browser loads one file and no more, so that is one which loads the others: of which the client consists and
 * of which the server, in this order, is written into it.
 */
async function writeWebLoader(metafile) {
  const filesOf = (program) =>
    Object.keys(partOf(metafile, program).outputs).map((file) => file.slice('dist/'.length));
  await build({
    absWorkingDir: root,
    entryPoints: { web: 'client/src/browser/loader.ts' },
    outdir: 'dist',
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    define: {
      CLIENT_FILES: JSON.stringify(filesOf('webclient')),
      SERVER_FILES: JSON.stringify(filesOf('webserver')),
    },
    minify: production,
    sourcemap: !production,
    legalComments: 'none',
    charset: 'ascii',
    logLevel: 'warning',
  });
}

/**
 * What the server shares with that of a browser may need nothing of Node. Two packages have builds for browsers, which do
 * the same in Node.
 */
function ofBrowsers() {
  return {
    name: 'of-browsers',
    setup(build) {
      // Not by esbuild's condition `browser`, which would change other packages too.
      build.onResolve({ filter: /^vscode-[\w-]+\/browser$/ }, async ({ path, resolveDir, kind }) => {
        const common = await build.resolve(dirname(path), { resolveDir, kind });
        return { path: join(dirname(common.path), '../browser/main.js') };
      });
      build.onResolve({ filter: /^yaml$/ }, () => ({
        path: join(root, 'node_modules/yaml/browser/dist/index.js'),
        sideEffects: false,
      }));
      build.onResolve({ filter: /^\.\/(?:from|to)Utf8$/ }, ({ path, importer }) =>
        /node_modules\/@smithy\/util-utf8\/dist-es\//.test(importer.replaceAll('\\', '/'))
          ? { path: join(dirname(importer), `${path}.browser.js`) }
          : undefined,
      );
    },
  };
}

/**
 * Packages that are wanted only where they are installed; left alone, the bundle would look for them outside. By the
 * native `kerberos` the proxy agent would log in to a proxy, which is never asked of it here. And packages whose work nobody
 * asks for: the proxy agents' debug output, and which colours a grammar of Lezer has.
 */
function omitOptional() {
  const contents = {
    kerberos: 'module.exports = {};',
    debug: 'module.exports = () => Object.assign(() => {}, { enabled: false });',
    '@lezer/highlight': `
      const any = new Proxy(() => any, { get: () => any });
      export { any as tags };
      export const styleTags = () => () => null;`,
  };
  return {
    name: 'omit-optional',
    setup(build) {
      build.onResolve({ filter: /^(?:kerberos|debug|@lezer\/highlight)$/ }, ({ path }) => ({
        path,
        namespace: 'omitted',
        sideEffects: false,
      }));
      build.onLoad({ filter: /.*/, namespace: 'omitted' }, ({ path }) => ({ contents: contents[path] }));
    },
  };
}

/**
 * What packages load later stays beside them: the AWS SDK alone would make forty chunks. Where they say which names they
 * want, these are imported like others, so that what nobody wants of such a module is left out.
 */
function keepTogether() {
  return {
    name: 'keep-together',
    setup(build) {
      build.onLoad({ filter: /node_modules\/.*\.[cm]?js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (/schemas_\d+\.js$/.test(path)) return { contents: withPlainKeys(text) };
        if (/commander\/lib\/command\.js$/.test(path)) return { contents: withoutPrograms(text) };
        return text.includes('import(') ? { contents: importedAtOnce(text) } : undefined;
      });
    },
  };
}

/**
 * The AWS SDK's schemas with the names of constants as keys replaced by what they hold: a computed key might have a side
 * effect, so that the schemas of every operation would be kept.
 */
function withPlainKeys(text) {
  const constants = new Map([...text.matchAll(/^const (\w+) = ("[^"\\]*");$/gm)].map(([, ...pair]) => pair));
  return text.replaceAll(/\[(\w+)\]:/g, (key, name) =>
    constants.has(name) ? `${constants.get(name)}:` : key,
  );
}

/**
 * commander without the module by which it would start a program for a subcommand: ours are functions, and Node takes
 * as long to load that module as to read a policy.
 */
function withoutPrograms(text) {
  return text.replace("require('node:child_process')", 'undefined');
}

function importedAtOnce(text) {
  const imports = [];
  const named = text.replaceAll(
    /const \{([\w\s,:]+)\} = await import\((["'](?!node:)[^"']+["'])\)/g,
    (_, list, from) => {
      const names = list.split(',').map((each) => each.split(':')[0].trim());
      const aliases = names.map((name, index) => [name, `imported${imports.length}_${index}`]);
      imports.push(`import { ${aliases.map((pair) => pair.join(' as ')).join(', ')} } from ${from};`);
      return `const {${list}} = { ${aliases.map((pair) => pair.join(': ')).join(', ')} }`;
    },
  );
  return [
    ...imports,
    named.replaceAll(/\bimport\((["'][^"']+["'])\)/g, 'Promise.resolve().then(() => require($1))'),
  ].join('\n');
}

/** jsonc-parser says nothing of it, and its formatter, which nobody calls, would make its tables at each start. */
function withoutSideEffects() {
  return {
    name: 'without-side-effects',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ path, importer }) =>
        /node_modules\/jsonc-parser\/lib\/esm\//.test(importer)
          ? { path: `${join(dirname(importer), path)}.js`, sideEffects: false }
          : undefined,
      );
    },
  };
}

/** esbuild's account of what one program can load: a test over it guards the layers. */
function partOf({ inputs, outputs }, program) {
  const names = [`dist/${program}.js`];
  const leftOut = deferred.filter((row) => row.in === 'node' && program.startsWith('web'));
  const isShipped = (path) => !leftOut.some(({ chunk }) => path.startsWith(`dist/chunks/${chunk}-`));
  for (const name of names) {
    for (const { path, external } of outputs[name].imports) {
      if (!external && !names.includes(path) && isShipped(path)) names.push(path);
    }
  }
  const held = names.flatMap((name) => Object.keys(outputs[name].inputs));
  return {
    inputs: Object.fromEntries([...new Set(held)].map((name) => [name, inputs[name]])),
    outputs: Object.fromEntries(names.map((name) => [name, outputs[name]])),
  };
}
