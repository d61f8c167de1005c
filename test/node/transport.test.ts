import assert from 'node:assert/strict';
import { openTransport } from '../../server/src/node/transport';

describe('how a client is to be reached', () => {
  it('is not told by anything but the options of the protocol, nor by what is no port', () => {
    const none = [
      [],
      ['--clientProcessId=1'],
      ['stdio'],
      ...['0', '65536', '99999', '123456', '-1', '1.5', 'x', ''].map((port) => [`--socket=${port}`]),
      ['--socket'],
      ['--socket', '0'],
    ];
    for (const args of none) {
      assert.equal(
        openTransport(args, () => assert.fail()),
        undefined,
        args.join(' '),
      );
    }
  });
});
