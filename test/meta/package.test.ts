import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { unzip, zipEntries } from '../support/zip';

/** Bytes. What a user downloads: half of it are the programs, a third is the service reference. */
const sizeBound = 1_500_000;

describe('the packaged extension', () => {
  const { version } = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  const file = join(repositoryRoot, `iam-policy-tools-${version}.vsix`);
  const shipped = () =>
    [...zipEntries(file).keys()]
      .filter((name) => name.startsWith('extension/') && !name.endsWith('/'))
      .map((name) => name.slice('extension/'.length));

  it('holds the programs, the reference data, and a page for every rule', () => {
    const expected = [
      'package.json',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/sbom.cdx.json',
      ...['background.js', 'cli.js', 'client.js', 'server.js', 'worker.js'].map((name) => `dist/${name}`),
      ...filesBelow('dist/chunks').filter((name) => name.endsWith('.js')),
      ...filesBelow('server/data'),
      'server/docs/rules/README.md',
      'server/docs/allows.md',
      'server/docs/configuration.md',
      'server/docs/gateway-json.md',
      'server/docs/pipelines.md',
      'server/docs/iam-policy.schema.json',
      'server/docs/iam-questions.schema.json',
      'package.nls.json',
      'l10n/bundle.l10n.json',
      'server/templates/policies.json',
      ...filesBelow('client/walkthrough'),
    ];
    const names = new Set(shipped());
    assert.deepEqual(
      expected.filter((name) => !names.has(name)),
      [],
    );
    assert.notEqual(filesBelow('server/data').length, 0);
    const pages = JSON.parse(String(unzip(file).get('extension/server/docs/rules.json')));
    assert.deepEqual(
      Object.keys(pages).map((id) => `server/docs/rules/${id}.md`),
      filesBelow('server/docs/rules').filter((name) => !name.endsWith('README.md')),
    );
  });

  it('holds the documents of the readme, which is without the pictures that VS Code would not show', () => {
    const readme = String(unzip(file).get('extension/readme.md'));
    assert.doesNotMatch(readme, /!\[/);
    const linked = [...readme.matchAll(/\]\(([^):]+)\)/g)].map(([, path = '']) => path.replace(/#.*/, ''));
    const ofUsers = linked.filter((path) => /^server\/docs\//.test(path));
    assert.ok(ofUsers.length > 5);
    assert.deepEqual(
      ofUsers.filter((path) => !shipped().includes(path)),
      [],
    );
  });

  it('holds nothing else: no source, no source map, no package of npm, no test', () => {
    const allowed = [
      /^package\.json$/,
      // Packing renames the readme, the changelog and the licence.
      /^(readme\.md|changelog\.md|security\.md|license(\.txt|\.md)?)$/i,
      /^icon\.png$/,
      /^dist\/[a-z]+\.js$/,
      /^dist\/chunks\/[\w-]+\.js$/,
      /^dist\/(THIRD-PARTY-NOTICES\.txt|sbom\.cdx\.json)$/,
      /^server\/data\/[\w.-]+\.jsonl?$/,
      /^server\/docs\/rules(?:\/README\.md|\.json)$/,
      /^server\/docs\/(allows\.md|compare\.md|configuration\.md|editors\.md|forms\.md|gateway-json\.md|pipelines\.md|(?:iam-policy|iam-questions|initialization-options)\.schema\.json)$/,
      /^syntaxes\/[\w.-]+\.json$/,
      /^client\/media\/rulePage\.css$/,
      /^server\/templates\/policies\.json$/,
      /^package\.nls(\.[\w-]+)?\.json$/,
      /^l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
      /^client\/walkthrough\/[\w.-]+\.(md|svg|png)$/,
    ];
    assert.deepEqual(
      shipped().filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
    );
  });

  it('has a bill of materials of the packages whose licences it carries', () => {
    const entries = unzip(file);
    const notices = String(entries.get('extension/dist/THIRD-PARTY-NOTICES.txt'));
    const bill = JSON.parse(String(entries.get('extension/dist/sbom.cdx.json'))) as {
      readonly bomFormat: string;
      readonly components: readonly { readonly name: string; readonly version: string }[];
    };
    assert.equal(bill.bomFormat, 'CycloneDX');
    const carried = [...notices.matchAll(/^((?:@[\w.-]+\/)?[\w.-]+ \d[\w.-]*) \([^)]+\)$/gm)].map(
      ([, each]) => each,
    );
    assert.ok(carried.length > 30);
    assert.deepEqual(bill.components.map(({ name, version }) => `${name} ${version}`).sort(), carried.sort());
  });

  it(`is smaller than ${sizeBound / 1_000_000} MB`, () => {
    assert.ok(statSync(file).size < sizeBound, `${statSync(file).size} bytes`);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(repositoryRoot, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${folder}/${entry.name}`);
}
