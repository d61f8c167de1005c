import * as assert from 'node:assert/strict';
import * as net from 'node:net';
import { type InvalidationResult, invalidate } from '../../server/src/gateway/invalidate';
import { hostOf } from '../support/callerHost';
import { invalidator } from '../support/petstore';
import { aTarget } from './targets';

/** Answers that no server in its right mind gives, byte by byte over a real socket. */
describe('Odd answers', () => {
  const SKEWED = 'HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: InvalidSignatureException\r\n';
  const EXPIRED = 'Content-Length: 31\r\n\r\n{"message":"Signature expired"}';
  const THROTTLED = 'HTTP/1.1 429 Too Many\r\nContent-Length: 2\r\n';

  const ANSWERS: readonly (readonly [
    name: string,
    answer: string,
    reason: string,
    retry: InvalidationResult['retry'],
  ])[] = [
    [
      'a year that no signature can have',
      `${SKEWED}Date: Sat, 13 Sep 275760 00:00:00 GMT\r\n${EXPIRED}`,
      'clock-skew',
      undefined,
    ],
    ['a date that only looks like one', `${SKEWED}Date: -5\r\n${EXPIRED}`, 'clock-skew', undefined],
    [
      'a wait that is over before it began',
      `${THROTTLED}Date: Sat, 21 Nov 2026 07:00:00 GMT\r\nRetry-After: -5\r\n\r\n{}`,
      'throttled',
      { reason: 'throttled', waitMs: 1000, clockOffsetMs: 0 },
    ],
    ['a wait without end', `${THROTTLED}Retry-After: ${'9'.repeat(400)}\r\n\r\n{}`, 'throttled', undefined],
    [
      'another protocol',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: chat\r\nConnection: Upgrade\r\n\r\n',
      'protocol',
      undefined,
    ],
    ['nothing but early hints', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'closed', undefined],
  ];
  for (const [name, answer, reason, retry] of ANSWERS) {
    it(`have ${name}: ${reason}`, async () => {
      const result = await answered(answer);
      assert.deepEqual([result.verdict.reason, result.retry], [reason, retry]);
    });
  }
});

/** What an invalidation makes of these bytes, after which the server hangs up; waiting takes no time. */
async function answered(answer: string): Promise<InvalidationResult> {
  const server = net.createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const endpoint = `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
    const host = { ...hostOf(invalidator), wait: async () => undefined };
    return await invalidate(host, aTarget({ endpoint }), { timeoutMs: 30_000 });
  } finally {
    server.close();
  }
}
