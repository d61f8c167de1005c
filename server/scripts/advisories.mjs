/**
 * Asks npm's registry for the known vulnerabilities of all packages, and says which of them are shipped: exits with 1 when
 * one is. What only builds and tests is listed. Where no database answers, that is said and nothing is judged.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const packagesFile = join(root, 'out/meta/packages.json');
if (!existsSync(packagesFile)) {
  console.error('Run npm run build first: it writes down what the bundles hold.');
  process.exit(2);
}
const shipped = new Set(JSON.parse(readFileSync(packagesFile, 'utf8')).map(({ name }) => name));

const { stdout, error } = spawnSync(
  'npm',
  ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
    // npm is a command file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
  },
);
const report = parse(stdout);
if (report?.vulnerabilities === undefined) {
  const reason = error?.message ?? report?.message ?? 'npm gave no report';
  console.log(`Advisories were not checked, because no database answered: ${reason}`);
  process.exit(0);
}

const found = Object.values(report.vulnerabilities);
for (const { name, severity, via } of found) {
  const advisories = via
    .filter((each) => typeof each === 'object')
    .map(({ title, url }) => `${title} (${url})`);
  // A package that only depends on such a one has no advisory of its own.
  if (advisories.length === 0) continue;
  console.log(`${shipped.has(name) ? 'shipped' : 'tool'}  ${name}  ${severity}: ${advisories.join('; ')}`);
}
const grave = found.filter(({ name }) => shipped.has(name));
console.log(
  `${found.length} packages with known vulnerabilities, ${grave.length} of them among the ${shipped.size} that are shipped.`,
);
process.exit(grave.length > 0 ? 1 : 0);

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
