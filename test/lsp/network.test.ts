import * as assert from 'node:assert/strict';
import { editorNetwork } from '../../server/src/lsp/invalidationSettings';

describe("VS Code's settings of the network", () => {
  const read = (http: object) => editorNetwork({ configuration: async () => http });

  it('are taken as far as they are set', async () => {
    assert.deepEqual(await read({}), { proxyCertificate: 'verified', systemAuthorities: 'ignored' });
    assert.deepEqual(
      await read({
        proxy: 'http://proxy:8080',
        noProxy: ['a.example', 1],
        proxyStrictSSL: false,
        systemCertificates: true,
      }),
      {
        proxy: 'http://proxy:8080',
        noProxy: ['a.example'],
        proxyCertificate: 'unverified',
        systemAuthorities: 'trusted',
      },
    );
  });

  it('switch off every proxy, that of the environment as well', async () => {
    const settings = await read({ proxy: 'http://proxy:8080', proxySupport: 'off' });
    assert.ok('proxy' in settings);
    assert.equal(settings.proxy, undefined);
  });
});
