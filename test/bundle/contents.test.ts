import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';

/** The part of esbuild's account of a bundle that this test reads. */
interface Metafile {
  readonly inputs: Readonly<Record<string, { readonly imports: readonly { readonly path: string }[] }>>;
}

/** What a bundle may not hold: the finest of the three enforcers of the layers (server/ARCHITECTURE.md). */
const FORBIDDEN: Readonly<Record<string, readonly RegExp[]>> = {
  client: [
    /^server\/src\/(?!protocol\/)/,
    /node_modules\/(jsonc-parser|@smithy|@aws-sdk|@aws-crypto|vscode-languageserver)\//,
  ],
  server: [/^client\//, /^server\/src\/(cli|browser)\//, /node_modules\/(vscode-languageclient|commander)\//],
  webclient: [
    /^server\/src\/(?!protocol\/)/,
    /^client\/src\/node\//,
    /node_modules\/(jsonc-parser|@smithy|@aws-sdk|@aws-crypto|vscode-languageserver)\//,
  ],
  webserver: [
    /^client\//,
    /^server\/src\/(cli|node)\//,
    /node_modules\/(vscode-languageclient|commander|@aws-sdk|https-proxy-agent)\//,
  ],
  background: [
    /^client\//,
    /^server\/src\/(cli|browser|gateway)\//,
    /node_modules\/(@aws-sdk|vscode-language)/,
  ],
  worker: [
    /^client\//,
    /^server\/src\/(?:browser|gateway|lsp\/(?!gitignore))/,
    /node_modules\/(@aws-sdk|vscode-language|commander)/,
  ],
  cli: [/^client\//, /^server\/src\/browser\//, /node_modules\/vscode-languageclient\//],
};

/** What may ship; anything copyleft may not. BlueOak, permissive like MIT, comes with vscode-languageclient (minimatch). */
const LICENSES = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  '(MIT OR Apache-2.0)',
  'BlueOak-1.0.0',
]);

describe('the contents of the bundles', () => {
  for (const [name, forbidden] of Object.entries(FORBIDDEN)) {
    const inputs = Object.keys(metafile(name).inputs);

    it(`${name} keeps to its layers`, () => {
      assert.ok(inputs.length > 3);
      assert.deepEqual(
        inputs.filter((input) => forbidden.some((pattern) => pattern.test(input))),
        [],
      );
    });

    it(`${name} holds nothing but what may be shipped under our licence`, () => {
      const packages = new Set(inputs.flatMap((input) => packageOf(input) ?? []));
      const licenses = [...packages].map((folder) => `${folder}: ${licenseOf(folder)}`);
      assert.deepEqual(
        licenses.filter((line) => !LICENSES.has(line.slice(line.indexOf(': ') + 2))),
        [],
      );
    });
  }

  it('have core without any of Node, and nothing of the tests', () => {
    for (const name of Object.keys(FORBIDDEN)) {
      for (const [input, { imports }] of Object.entries(metafile(name).inputs)) {
        assert.ok(!input.startsWith('test/'), input);
        if (input.startsWith('server/src/core/')) {
          const outside = imports
            .map(({ path }) => path)
            .filter((path) => /^node:|^(fs|path|os|https?)$/.test(path));
          assert.deepEqual(outside, [], input);
        }
      }
    }
  });
});

function metafile(name: string): Metafile {
  return JSON.parse(readFileSync(join(repositoryRoot, 'out/meta', `${name}.json`), 'utf8')) as Metafile;
}

/** The folder of the innermost package that a file belongs to; `undefined` for our own. */
function packageOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
}

function licenseOf(folder: string): string {
  const { license } = JSON.parse(readFileSync(join(repositoryRoot, folder, 'package.json'), 'utf8')) as {
    readonly license?: string;
  };
  return license ?? 'none';
}
