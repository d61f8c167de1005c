import { strict as assert } from 'node:assert';
import { compileGlob } from '../../server/src/lsp/glob';

describe('globs of files', () => {
  const rows: readonly (readonly [glob: string, path: string, fits: boolean])[] = [
    ['*.json', '/work/a.json', true],
    ['trust/*.json', '/work/trust/a.json', true],
    ['trust/*.json', '/work/mistrust/a.json', false],
    ['trust/*.json', '/work/trust/deep/a.json', false],
    ['trust/**/*.json', '/work/trust/deep/er/a.json', true],
    ['trust/**/*.json', '/work/trust/a.json', true],
    ['trust/**', '/work/trust/deep/a.json', true],
    ['./trust/?.json', '/work/trust/a.json', true],
    ['a.json', '/work/aXjson', false],
    ['[a].json', '/work/[a].json', true],
    ['*.JSON', '/work/a.json', false],
  ];
  for (const [glob, path, fits] of rows) {
    it(`${glob} ${fits ? 'fits' : 'does not fit'} ${path}`, () => {
      assert.equal(compileGlob(glob)(path), fits);
    });
  }
});
