import assert from 'node:assert/strict';
import { AddressSet } from '../../server/src/core/model/addressSet';
import { rangeContains, readIpRange } from '../../server/src/core/model/ipRange';

describe('address blocks in conditions', () => {
  for (const [text, canonical, hasHostBits, isPrivate] of [
    ['203.0.113.7', '203.0.113.7', false, false],
    ['203.0.113.7/32', '203.0.113.7/32', false, false],
    ['203.0.113.7/24', '203.0.113.0/24', true, false],
    ['0.0.0.0/0', '0.0.0.0/0', false, false],
    ['10.0.0.0/8', '10.0.0.0/8', false, true],
    ['10.0.0.0/7', '10.0.0.0/7', false, false],
    ['10.0.0.0/9', '10.0.0.0/9', false, true],
    ['172.31.255.255', '172.31.255.255', false, true],
    ['172.16.0.0/11', '172.0.0.0/11', true, false],
    ['192.168.0.0/15', '192.168.0.0/15', false, false],
    ['0.0.0.0/00', '0.0.0.0/0', false, false],
    ['fc00::/7', 'fc00::/7', false, true],
    ['fc00::/6', 'fc00::/6', false, false],
    ['2001:db8::/128', '2001:db8::/128', false, false],
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

describe('one address block in another', () => {
  const blocks = [
    '0.0.0.0/0',
    '0.0.0.0',
    '10.0.0.0/8',
    '10.255.255.255',
    '11.0.0.0/8',
    '128.0.0.0/1',
    '255.255.255.255/32',
    '203.0.113.9/31',
    '203.0.113.8',
    '::/0',
    '2001:db8::/32',
    '2001:DB8::1',
    '::ffff:10.0.0.1',
  ];
  for (const wide of blocks) {
    it(`is told of ${wide} as its bits have it`, () => {
      for (const narrow of blocks) {
        const [[outer, length], [inner, bits]] = [bitsOf(wide), bitsOf(narrow)];
        const isSame = outer.length === inner.length && outer.slice(0, length) === inner.slice(0, length);
        assert.equal(rangeContains(wide, narrow), isSame && bits >= length, narrow);
      }
    });
  }

  it('is told of many as of each', () => {
    const many: readonly (readonly string[])[] = [
      blocks,
      blocks.slice(2),
      [...blocks].reverse(),
      ['10.0.0.0/8', '10.0.0.0/16', '10.0.0.1', '10.0.0.0/8'],
      ['10.0.0.0/16', '10.0.0.0/8', '10.1.0.0/16', '11.0.0.0/8'],
      ['203.0.113.8/31', '203.0.113.10/31'],
      ['2001:db8::/33', '2001:db9::/32', '10.0.0.0/9'],
      ['::/0'],
      ['0.0.0.0/0'],
      [],
    ];
    const addresses = [
      ...blocks.filter((block) => !block.includes('/')),
      ...[
        '10.0.0.0',
        '10.0.0.1',
        '10.0.255.255',
        '10.1.0.0',
        '10.127.255.255',
        '10.128.0.0',
        '9.255.255.255',
      ],
      ...['203.0.113.7', '203.0.113.9', '203.0.113.11', '203.0.113.12', '127.255.255.255', '128.0.0.0'],
      ...[
        '::',
        '2001:db7:ffff::',
        '2001:db8::',
        '2001:db8:8000::',
        '2001:db9:ffff::',
        '2001:dba::',
        'ffff::',
      ],
    ];
    for (const texts of many) {
      const set = new AddressSet(texts);
      assert.equal(set.isWhole, true);
      for (const address of addresses) {
        const inOne = texts.some((text) => rangeContains(text, address));
        assert.equal(set.has(address), inOne, `${address} in ${texts}`);
      }
    }
    const some = new AddressSet(['10.0.0.0/8', 'x', '11.0.0.1']);
    assert.deepEqual([some.isWhole, some.has('11.0.0.1'), some.has('12.0.0.1')], [false, true, false]);
    // What is no single address is in no set.
    assert.deepEqual(
      [some.has('10.0.0.0/16'), some.has('x'), some.has('10.0.0.1/32')],
      [undefined, undefined, true],
    );
  });

  it('is not told of what cannot be read', () => {
    for (const text of [
      '',
      '10',
      '10.0.0',
      '010.0.0.1',
      '10.0.0.256',
      '10.0.0.0/33',
      '::1/129',
      'x',
      '1:2',
    ]) {
      assert.deepEqual(
        [rangeContains(text, '10.0.0.1'), rangeContains('::/0', text)],
        [undefined, undefined],
      );
    }
  });
});

/** The bits of an address, and how many of them count. */
function bitsOf(block: string): readonly [bits: string, length: number] {
  const [address = '', length] = block.split('/');
  if (!address.includes(':')) {
    const bits = address.split('.').map((byte) => Number(byte).toString(2).padStart(8, '0'));
    return [bits.join(''), Number(length ?? 32)];
  }
  const parsed = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = parsed.split('::');
  const [before, after] = [head, tail ?? ''].map((text) => text.split(':').filter((group) => group !== ''));
  const groups = [
    ...(before ?? []),
    ...(tail === undefined ? [] : Array(8 - (before?.length ?? 0) - (after?.length ?? 0)).fill('0')),
    ...(after ?? []),
  ];
  const bits = groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'));
  return [bits.join(''), Number(length ?? 128)];
}
