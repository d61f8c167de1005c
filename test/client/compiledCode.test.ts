import { strict as assert } from 'node:assert';
import { existsSync, mkdirSync, mkdtempSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledCodeFolder } from '../../client/src/node/compiledCode';

describe('what Node has compiled of the server', () => {
  let storage: string;
  beforeEach(() => {
    storage = mkdtempSync(join(tmpdir(), 'iam-policy-storage-'));
  });
  afterEach(() => rmSync(storage, { recursive: true, force: true }));

  it('is kept for each version, and removed once there is another', async () => {
    const [old, own] = ['0.1.0', '0.2.0'].map((version) => join(storage, 'compiled', version));
    for (const folder of [old, own]) {
      mkdirSync(join(folder ?? '', 'v24'), { recursive: true });
      writeFileSync(join(folder ?? '', 'v24', 'code.cache'), '');
    }
    const removed = new Promise<void>((resolve) => {
      const watcher = watch(join(storage, 'compiled'), () => {
        if (!existsSync(old ?? '')) {
          watcher.close();
          resolve();
        }
      });
    });
    assert.equal(compiledCodeFolder(storage, '0.2.0'), own);
    await removed;
    assert.ok(existsSync(join(own ?? '', 'v24', 'code.cache')));
  });

  it('needs no folder to be there', () => {
    const missing = join(storage, 'not', 'there');
    assert.equal(compiledCodeFolder(missing, '0.1.0'), join(missing, 'compiled', '0.1.0'));
  });
});
