import { strict as assert } from 'node:assert';
import { compileGlob } from '../../server/src/core/pattern/glob';

describe('globs of files', () => {
  const rows: readonly (readonly [glob: string, path: string, fits: boolean])[] = [
    ['*.json', '/repo/a.json', true],
    ['trust/*.json', '/repo/trust/a.json', true],
    ['trust/*.json', '/repo/mistrust/a.json', false],
    ['trust/*.json', '/repo/trust/deep/a.json', false],
    ['trust/**/*.json', '/repo/trust/deep/er/a.json', true],
    ['trust/**/*.json', '/repo/trust/a.json', true],
    ['trust/**', '/repo/trust/deep/a.json', true],
    ['./trust/?.json', '/repo/trust/a.json', true],
    ['a.json', '/repo/aXjson', false],
    ['[a].json', '/repo/[a].json', true],
    ['*.JSON', '/repo/a.json', false],
  ];
  for (const [glob, path, fits] of rows) {
    it(`${glob} ${fits ? 'fits' : 'does not fit'} ${path}`, () => {
      assert.equal(compileGlob(glob)(path), fits);
    });
  }
});
