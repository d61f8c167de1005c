import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { searchForSecrets } from '../support/vscodeHost/leftSecrets';

describe('the search for secrets that an editor has left', () => {
  const SECRET = 'wJalr/XUtnFEMI+K7MDENG';
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'iam-policy-left-'));
    mkdirSync(join(folder, 'logs/exthost'), { recursive: true });
    writeFileSync(join(folder, 'logs/main.log'), 'nothing to see, wJalr alone says nothing');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  for (const [how, text] of [
    ['as it is', `key=${SECRET};`],
    ['in a query string', `?key=${encodeURIComponent(SECRET)}`],
    ['in JSON within JSON', JSON.stringify({ key: SECRET.replaceAll('/', '\\/') })],
    ['in base64 of a text', Buffer.from(`user:${SECRET}@host`).toString('base64')],
    ['between bytes that are no text', `\u0000\u00ff\u0001${SECRET}\u0000`],
  ] as const) {
    it(`finds one ${how}`, () => {
      writeFileSync(join(folder, 'logs/exthost/output.log'), Buffer.from(text, 'latin1'));
      assert.deepEqual(searchForSecrets(folder, ['another', SECRET]).found, ['logs/exthost/output.log']);
    });
  }

  it('reads every file, and follows no link', () => {
    writeFileSync(join(folder, 'state.vscdb'), '');
    symlinkSync('/', join(folder, 'root'), 'junction');
    const { files, found } = searchForSecrets(folder, [SECRET]);
    assert.deepEqual([...files].sort(), ['logs/main.log', 'state.vscdb']);
    assert.deepEqual(found, []);
  });
});
