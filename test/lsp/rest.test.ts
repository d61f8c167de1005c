import assert from 'node:assert/strict';
import { PULLING, startLspClient } from '../support/lspClient';

const uri = 'file:///repo/policy.json';
const textDocument = { uri };
const TEXT =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Alow", "Action": "s3:*", "Resource": "*" }] }';

describe('a server at rest', () => {
  it('gives memory back once nobody asks, and answers as before', async () => {
    let released = 0;
    const client = await startLspClient({
      capabilities: PULLING,
      host: {
        releaseMemory: () => {
          released += 1;
        },
      },
    });
    const ask = (): Promise<unknown> =>
      client.connection.sendRequest('textDocument/diagnostic', { textDocument });
    await client.open(uri, TEXT);
    const before = await ask();
    await ask();
    assert.deepEqual(client.timers.delays(), [20_000]);
    client.timers.elapse();
    assert.equal(released, 1);
    assert.deepEqual(await ask(), before);
    client.stop();
  });
});
