// Bundles programs for Node that share code: what several need stands in chunks, as CommonJS.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { context, transform } from 'esbuild';

/**
 * esbuild shares code between programs in ES modules only. So it writes those, and what it has written becomes CommonJS
 * chunk by chunk: that starts faster, and a chunk can be loaded in the middle of a function that waits for nothing.
 *
 * @param options of esbuild; `entryPoints` is an object from names to files.
 * @param deferred Imports whose code is loaded when it is first called (`deferImports`).
 * @param `clear` is called before the files are written, `written` with esbuild's metafile after; with `watch` again
 *   whenever a source has changed.
 * @returns a promise that rejects where the sources cannot be bundled.
 */
export async function splitBundle(options, deferred, { watch, clear, written }) {
  const root = options.absWorkingDir;
  const building = await context({
    ...options,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
    outdir: join(root, 'dist'),
    chunkNames: 'chunks/[name]-[hash]',
    sourcemap: options.sourcemap ? 'inline' : false,
    sourcesContent: false,
    // What is printed plainly can be told apart; it is minified when it becomes CommonJS.
    minify: false,
    plugins: [
      deferImports(root, deferred),
      ...options.plugins,
      {
        name: 'write-common-js',
        setup({ onEnd }) {
          onEnd(async ({ outputFiles = [], metafile, errors }) => {
            if (errors.length > 0) return;
            clear();
            const late = lateExports(outputFiles);
            await Promise.all(outputFiles.map((file) => writeCommonJs(file, late, options)));
            await written(metafile);
          });
        },
      },
    ],
  });
  if (watch) {
    await building.watch();
    return;
  }
  try {
    await building.rebuild();
  } finally {
    await building.dispose();
  }
}

async function writeCommonJs({ path, text }, late, { target, charset, minify, sourcemap }) {
  const { code, map } = await transform(withoutModuleSyntax(path, withOneNamespace(text), late), {
    format: 'cjs',
    platform: 'node',
    target,
    charset,
    minify,
    // `import()` of a chunk becomes a `require` in a promise.
    supported: { 'dynamic-import': false },
    sourcemap: sourcemap ? 'external' : false,
    sourcesContent: false,
    sourcefile: path,
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, sourcemap ? `${code}//# sourceMappingURL=${basename(path)}.map\n` : code);
  if (sourcemap) writeFileSync(`${path}.map`, map);
}

/**
 * Has all modules that import a CommonJS module share one namespace object. esbuild makes one for each of them, with a
 * getter for each export: at the start of the language server ten thousand, which took a tenth of the time.
 */
function withOneNamespace(text) {
  const shared = text.replace(
    TO_ESM,
    `var __namespaces = new Map();
var __toESM = (mod, isNodeMode) => {
  if (mod && mod.__esModule && !isNodeMode) return mod;
  if (!__namespaces.has(mod)) __namespaces.set(mod, __newNamespace(mod, isNodeMode));
  return __namespaces.get(mod);
};
var __newNamespace = (mod, isNodeMode, target) => (`,
  );
  if (shared === text && text.includes('__toESM = (')) {
    throw new Error('esbuild prints __toESM in another way than splitBundle.mjs expects.');
  }
  return shared;
}

/**
 * Reads imports from chunks once, into constants, and exports values: esbuild would make a getter of each export and ask
 * it at each use, which takes time at the start and after. What is late it has to do like that.
 */
function withoutModuleSyntax(path, text, late) {
  let rest = text.replace(LOAD, 'require($1)');
  let head = /^#!.*\n/.exec(rest)?.[0] ?? '';
  rest = rest.slice(head.length);
  for (let found = CHUNK_IMPORT.exec(rest); found !== null; found = CHUNK_IMPORT.exec(rest)) {
    const [whole, list, quoted] = found;
    rest = rest.slice(whole.length);
    // One without names keeps an order of side effects, of which there are none.
    if (list === undefined) continue;
    const lateNames = late.get(join(dirname(path), JSON.parse(quoted)));
    const names = list.split(',').map((each) => each.trim());
    const isLate = (name) => lateNames?.has(name.split(' as ')[0]) === true;
    const [live, read] = [names.filter(isLate), names.filter((name) => !isLate(name))];
    if (live.length > 0) head += `import { ${live.join(', ')} } from ${quoted};\n`;
    if (read.length > 0) {
      head += `const { ${read.join(', ').replaceAll(/ as /g, ': ')} } = require(${quoted});\n`;
    }
  }
  if (late.has(path)) return head + rest;
  return (
    head +
    rest.replace(
      EXPORTS,
      (_, list) =>
        `module.exports = { ${exportsOf(list)
          .map(([name, as]) => `${as}: ${name}`)
          .join(', ')} };\n`,
    )
  );
}

/** The names that each file exports before they have a value: those of modules that are only run when they are needed. */
function lateExports(files) {
  const late = new Map();
  for (const { path, text } of files) {
    const declared = new Set([...text.matchAll(UNSET)].flatMap(([, names]) => names.split(', ')));
    const names = exportsOf(EXPORTS.exec(text)?.[1] ?? '').filter(([name]) => declared.has(name));
    if (names.length > 0) late.set(path, new Set(names.map(([, as]) => as)));
  }
  return late;
}

function exportsOf(list) {
  return list
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => each.split(' as '))
    .map(([name, as = name]) => [name, as]);
}

// As esbuild prints them.
const TO_ESM = 'var __toESM = (mod, isNodeMode, target) => (';
const CHUNK_IMPORT = /^\s*import\s*(?:\{([^}]*)\}\s*from\s*)?("\.\.?\/[^"]*");?/;
const EXPORTS = /^export \{([^}]*)\};$/m;
const UNSET = /^(?:var|let) ([\w$]+(?:, [\w$]+)*);$/gm;
/** How `deferImports` writes a load, as esbuild prints it. */
const LOAD = /globalThis\.loadChunk\(import\(("[^"]*")\)\)/g;

/**
 * Puts modules that most starts do not need into chunks of their own, to be loaded when one of their functions is first
 * called. Only functions can be imported like that; of anything else esbuild says that there is no such export.
 *
 * @param deferred Rows of `chunk` (its name), `modules` (files, from the root) and `from` (a pattern: in which files an
 *   import of one of them is deferred; within a chunk it never is).
 */
function deferImports(root, deferred) {
  return {
    name: 'defer-imports',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind, namespace }) => {
        if (kind !== 'import-statement' || namespace !== 'file' || importer.includes('node_modules')) {
          return undefined;
        }
        const from = relative(root, importer);
        const file = relative(root, `${join(dirname(importer), path)}.ts`);
        const row = deferred.find((each) => each.from.test(from) && each.modules.includes(file));
        if (row !== undefined && !row.modules.includes(from)) {
          return { path: file, namespace: 'deferred', pluginData: row.chunk, sideEffects: false };
        }
        // Of a module that is imported by name nothing happens but what its names need.
        return existsSync(join(root, file)) ? { path: join(root, file), sideEffects: false } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'deferred' }, ({ path, pluginData: chunk }) => ({
        resolveDir: root,
        contents: [
          'let loaded;',
          `const load = () => (loaded ??= globalThis.loadChunk(import('chunk:${chunk}')));`,
          ...functionsOf(root, path).map(
            (name) => `export function ${name}(...given) { return load().${nameOf(path, name)}(...given); }`,
          ),
        ].join('\n'),
      }));
      build.onResolve({ filter: /^chunk:/ }, ({ path }) => ({ path: path.slice(6), namespace: 'chunk' }));
      build.onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path }) => ({
        resolveDir: root,
        contents: deferred
          .filter(({ chunk }) => chunk === path)
          .flatMap(({ modules }) => modules)
          .map((file) => {
            const names = functionsOf(root, file).map((name) => `${name} as ${nameOf(file, name)}`);
            return `export { ${names.join(', ')} } from './${file}';`;
          })
          .join('\n'),
      }));
    },
  };
}

function functionsOf(root, file) {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^export (?:async )?function\*? ?(\w+)/gm)].map(([, name]) => name);
}

/** The name of a module's function among all of its chunk. */
function nameOf(file, name) {
  return `${file.replace(/\.ts$/, '').replaceAll(/\W/g, '_')}_${name}`;
}

/** The files that a module imports whose paths from the root fit a pattern. */
export function importsOf(root, file, pattern) {
  const text = readFileSync(join(root, file), 'utf8');
  const files = [...text.matchAll(/ from '(\.\.?\/[^']+)';/g)].map(([, path]) =>
    relative(root, `${join(root, dirname(file), path)}.ts`),
  );
  return [...new Set(files)].filter((path) => pattern.test(path));
}
