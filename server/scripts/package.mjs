/**
 * Makes both packages from a production build, into the root or the folder that `--out` names: the VSIX of the extension,
 * and the npm tarball of the command line and the language server. `--no-build` takes dist/ as it is.
 *
 * Equal sources give equal bytes: entries are sorted, and have one time for all.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { billOfMaterials } from './thirdParty.mjs';
import { vsix } from './vsix.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const { values } = parseArgs({ options: { out: { type: 'string' }, 'no-build': { type: 'boolean' } } });
const out = resolve(values.out ?? root);
const manifest = readJson('package.json');
const BILL_OF_MATERIALS = 'dist/sbom.cdx.json';
const RULE_PAGES = 'server/docs/rules';

if (values['no-build'] !== true) {
  run('npm', ['run', '--silent', 'build:data']);
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b']);
  run(process.execPath, [join(root, 'esbuild.mjs'), '--production']);
}

mkdirSync(out, { recursive: true });
write(
  root,
  BILL_OF_MATERIALS,
  `${JSON.stringify(billOfMaterials(root, readJson('out/meta/packages.json')), undefined, 2)}\n`,
);
await packVsix();
packNpm();

/**
 * Of what .vscodeignore lets through. The pages of rules are put into one file: so many small ones would take twice the
 * room, since each is compressed alone. The readme is without its pictures: on the page of an extension VS Code shows only
 * those that have an address, and these would be a fourth of the package.
 */
async function packVsix() {
  const whitelist = readFileSync(join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const wanted = whitelist.map(toExpression);
  const tops = new Set(whitelist.map((pattern) => pattern.split('/')[0]));
  const candidates = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : entry.isDirectory() && tops.has(entry.name) ? filesBelow(entry.name) : [],
  );
  const files = candidates
    .filter((file) => wanted.some((expression) => expression.test(file)))
    .map((file) => [file, readFileSync(join(root, file))]);
  const readme = files.find(([file]) => file === 'README.md');
  readme[1] = Buffer.from(String(readme[1]).replaceAll(/^!\[[^\]]*\]\(client\/media\/[^)]*\)\n\n/gm, ''));
  const pages = filesBelow(RULE_PAGES).flatMap((file) => {
    const id = basename(file, '.md');
    return id === 'README' ? [] : [[id, readFileSync(join(root, file), 'utf8')]];
  });
  files.push([`${RULE_PAGES}.json`, Buffer.from(JSON.stringify(Object.fromEntries(pages)))]);
  const bytes = await vsix(manifest, readJson('package.nls.json'), new Map(files), ['dist/cli.js']);
  const file = join(out, `${manifest.name}-${manifest.version}.vsix`);
  writeFileSync(file, bytes);
  console.log(`${basename(file)}: ${files.length} files, ${bytes.length} bytes`);
}

/** A pattern of .vscodeignore with `*` and `**`, which is all that stands there. */
function toExpression(pattern) {
  const parts = pattern.split(/(\*\*|\*)/).map((part) => {
    return part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('')}$`);
}

/** With the same permissions everywhere, whatever the umask was. */
function copy(files, folder) {
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    copyFileSync(join(root, file), join(folder, file));
    chmodSync(join(folder, file), file === 'dist/cli.js' ? 0o755 : 0o644);
  }
}

/** Puts the package together below out/ and has npm pack it. */
function packNpm() {
  const folder = join(root, 'out/npm');
  rmSync(folder, { recursive: true, force: true });
  const programs = Object.entries({
    'iam-policy': { script: 'dist/cli.js', text: "require('../dist/cli.js');" },
    'iam-policy-language-server': {
      script: 'dist/server.js',
      text: [
        '// Editors that pass nothing communicate over standard input and output.',
        "if (process.argv.length === 2) process.argv.push('--stdio');",
        "require('../dist/server.js');",
      ].join('\n'),
    },
  });
  for (const [name, { text }] of programs) {
    write(folder, `bin/${name}.js`, `#!/usr/bin/env node\n'use strict';\n${text}\n`);
    chmodSync(join(folder, `bin/${name}.js`), 0o755);
  }
  const shipped = [
    ...scriptsReachedFrom([
      ...programs.map(([, { script }]) => script),
      'dist/background.js',
      'dist/worker.js',
    ]),
    'dist/THIRD-PARTY-NOTICES.txt',
    BILL_OF_MATERIALS,
    ...filesBelow('server/data'),
    ...filesBelow('server/docs'),
    'LICENSE',
  ];
  copy(shipped, folder);
  copyFileSync(join(root, 'server/npm/README.md'), join(folder, 'README.md'));
  chmodSync(join(folder, 'README.md'), 0o644);
  const { name, version, license, engines } = manifest;
  const ofNpm = {
    name,
    version,
    description: 'Command line and language server for AWS IAM policies and the cache of API Gateway.',
    keywords: manifest.keywords,
    license,
    bin: Object.fromEntries(programs.map(([program]) => [program, `bin/${program}.js`])),
    engines: { node: engines.node },
  };
  write(folder, 'package.json', `${JSON.stringify(ofNpm, undefined, 2)}\n`);
  run('npm', ['pack', '--silent', '--ignore-scripts', '--offline', '--pack-destination', out], folder);
}

/** The scripts that these load, at once or later, themselves among them; esbuild names them by relative paths. */
function scriptsReachedFrom(entries) {
  const reached = new Set();
  const visit = (file) => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const [, path] of readFileSync(join(root, file), 'utf8').matchAll(
      /["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g,
    )) {
      const found = join(root, dirname(file), path);
      if (existsSync(found)) visit(relative(root, found).replaceAll('\\', '/'));
    }
  };
  for (const entry of entries) visit(entry);
  return [...reached].sort();
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function write(folder, name, text) {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  // The mode that a file is made with loses what the umask takes.
  chmodSync(join(folder, name), 0o644);
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'));
}

/** Ends this program where the other does not end well. */
function run(command, args, cwd = root) {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    // npm is a command file on Windows, which only a shell can start.
    shell: process.platform === 'win32' && command !== process.execPath,
  });
  if (status !== 0) process.exit(status ?? 1);
}
