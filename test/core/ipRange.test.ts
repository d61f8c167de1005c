import assert from 'node:assert/strict';
import { readIpRange } from '../../server/src/core/model/ipRange';

describe('address blocks in conditions', () => {
  for (const [text, canonical, hasHostBits, isPrivate] of [
    ['203.0.113.7', '203.0.113.7', false, false],
    ['203.0.113.7/32', '203.0.113.7/32', false, false],
    ['203.0.113.7/24', '203.0.113.0/24', true, false],
    ['0.0.0.0/0', '0.0.0.0/0', false, false],
    ['10.0.0.0/8', '10.0.0.0/8', false, true],
    ['10.0.0.0/7', '10.0.0.0/7', false, false],
    ['172.31.255.255', '172.31.255.255', false, true],
    ['172.32.0.0/16', '172.32.0.0/16', false, false],
    ['192.168.1.9/16', '192.168.0.0/16', true, true],
    ['::', '::', false, false],
    ['2001:DB8::/32', '2001:db8::/32', false, false],
    ['2001:db8::1/32', '2001:db8::/32', true, false],
    ['fd12:3456::/32', 'fd12:3456::/32', false, true],
    ['fe80::1', 'fe80::1', false, false],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.deepEqual(readIpRange(text), { canonical, hasHostBits, isPrivate });
    });
  }

  for (const text of [
    '',
    '10',
    '10.0.0',
    '0x7f.0.0.1',
    '10.0.0.256',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.*',
    '10.0.0.0-10.0.0.9',
    '2001:db8::/129',
    '2001:db8:::1',
    'fe80::1%eth0',
    'localhost',
  ]) {
    it(`refuses "${text}"`, () => {
      assert.equal(readIpRange(text), undefined);
    });
  }
});
