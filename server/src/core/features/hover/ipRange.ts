import { IPv4, IPv6 } from 'ipaddr.js';
import { readIpRange } from '../../model/ipRange';
import { counted, grouped } from '../../wording';
import { code } from '../markdown';

type Block<Address> = readonly [first: Address, bits: number, meaning: string];

/**
 * Blocks that are not part of the public internet, or are special: IANA IPv4 Special-Purpose Address Registry (RFC
 * 6890), with the document that each comes from.
 */
const IPV4_BLOCKS: readonly Block<IPv4>[] = [
  [IPv4.parse('0.0.0.0'), 8, '“this network”, never a caller (RFC 791)'],
  [IPv4.parse('10.0.0.0'), 8, 'private (RFC 1918)'],
  [IPv4.parse('100.64.0.0'), 10, 'shared by the customers of a provider, not public (RFC 6598)'],
  [IPv4.parse('127.0.0.0'), 8, 'loopback, never a caller (RFC 1122)'],
  [IPv4.parse('169.254.0.0'), 16, 'link-local, not public (RFC 3927)'],
  [IPv4.parse('172.16.0.0'), 12, 'private (RFC 1918)'],
  [IPv4.parse('192.0.0.0'), 24, 'for protocols of the IETF (RFC 6890)'],
  [IPv4.parse('192.0.2.0'), 24, 'for documentation only (RFC 5737)'],
  [IPv4.parse('192.88.99.0'), 24, 'for relays that are out of use (RFC 7526)'],
  [IPv4.parse('192.168.0.0'), 16, 'private (RFC 1918)'],
  [IPv4.parse('198.18.0.0'), 15, 'for measurements, not public (RFC 2544)'],
  [IPv4.parse('198.51.100.0'), 24, 'for documentation only (RFC 5737)'],
  [IPv4.parse('203.0.113.0'), 24, 'for documentation only (RFC 5737)'],
  [IPv4.parse('224.0.0.0'), 4, 'multicast, never a caller (RFC 5771)'],
  [IPv4.parse('240.0.0.0'), 4, 'reserved (RFC 1112)'],
];

/** IANA IPv6 Special-Purpose Address Registry, and RFC 4291. */
const IPV6_BLOCKS: readonly Block<IPv6>[] = [
  [IPv6.parse('::'), 128, 'the unspecified address, never a caller (RFC 4291)'],
  [IPv6.parse('::1'), 128, 'loopback, never a caller (RFC 4291)'],
  [IPv6.parse('::ffff:0:0'), 96, 'IPv4 addresses written as IPv6 (RFC 4291)'],
  [IPv6.parse('64:ff9b::'), 96, 'IPv4 addresses behind NAT64 (RFC 6052)'],
  [IPv6.parse('64:ff9b:1::'), 48, 'NAT64 of one’s own, not public (RFC 8215)'],
  [IPv6.parse('100::'), 64, 'discarded (RFC 6666)'],
  [IPv6.parse('2001::'), 23, 'for protocols of the IETF (RFC 2928)'],
  [IPv6.parse('2001:db8::'), 32, 'for documentation only (RFC 3849)'],
  [IPv6.parse('2002::'), 16, '6to4 (RFC 3056)'],
  [IPv6.parse('3fff::'), 20, 'for documentation only (RFC 9637)'],
  [IPv6.parse('fc00::'), 7, 'private, unique local (RFC 4193)'],
  [IPv6.parse('fe80::'), 10, 'link-local, not public (RFC 4291)'],
  [IPv6.parse('ff00::'), 8, 'multicast, never a caller (RFC 4291)'],
];

/** All that is given out of IPv6 so far: RFC 4291, and the IANA registry of IPv6 address space. */
const GLOBAL_UNICAST: Block<IPv6> = [IPv6.parse('2000::'), 3, 'public'];

/** The first and last address of a block of IP addresses, how many there are, and whose they are; `undefined` for none. */
export function ipRangeText(text: string): string | undefined {
  const range = readIpRange(text);
  if (range === undefined) {
    return undefined;
  }
  const [address = '', prefix] = range.canonical.split('/');
  const isV4 = IPv4.isValidFourPartDecimal(address);
  const most = isV4 ? 32 : 128;
  const bits = prefix === undefined ? most : Number(prefix);
  const name = isV4 ? 'IPv4' : 'IPv6';
  const title =
    bits === most ? `**One ${name} address** ${code(text)}` : `**${name} addresses** ${code(text)}`;
  const last = isV4
    ? IPv4.broadcastAddressFromCIDR(`${address}/${bits}`).toString()
    : IPv6.broadcastAddressFromCIDR(`${address}/${bits}`).toRFC5952String();
  return [
    title,
    ...(bits === most ? [] : [`${code(address)} to ${code(last)}, ${countText(most - bits)} addresses.`]),
    ...(range.hasHostBits
      ? [`The block begins at ${code(address)}, before the address that is written.`]
      : []),
    isV4
      ? meaningOf(IPv4.parse(address), bits, IPV4_BLOCKS, true, name)
      : meaningOf(
          IPv6.parse(address),
          bits,
          IPV6_BLOCKS,
          isWithin(IPv6.parse(address), bits, GLOBAL_UNICAST),
          name,
        ),
  ].join('\n\n');
}

function countText(freeBits: number): string {
  return freeBits <= 32 ? grouped(2 ** freeBits) : `2^${freeBits}`;
}

interface Address<Self> {
  match(other: Self, bits: number): boolean;
}

function meaningOf<Ip extends Address<Ip>>(
  network: Ip,
  bits: number,
  blocks: readonly Block<Ip>[],
  isGivenOut: boolean,
  name: string,
): string {
  if (bits === 0) {
    return `Every ${name} address.`;
  }
  const around = blocks.find((block) => isWithin(network, bits, block));
  if (around !== undefined) {
    return `${around[2].charAt(0).toUpperCase()}${around[2].slice(1)}.`;
  }
  const inside = blocks.filter(([first]) => first.match(network, bits));
  if (inside.length > 0) {
    return `Some of them are not public: ${inside
      .slice(0, MOST_BLOCKS)
      .map(([first, size, meaning]) => `${code(`${String(first)}/${size}`)} is ${meaning}`)
      .join(
        '; ',
      )}${inside.length > MOST_BLOCKS ? ` and ${counted(inside.length - MOST_BLOCKS, 'more block')}` : ''}.`;
  }
  return isGivenOut ? 'Public.' : 'Not given out to anybody (RFC 4291).';
}

const MOST_BLOCKS = 4;

function isWithin<Ip extends Address<Ip>>(network: Ip, bits: number, [first, size]: Block<Ip>): boolean {
  return bits >= size && network.match(first, size);
}
