import { IPv4, IPv6 } from 'ipaddr.js';
import { memoize } from '../pattern/memo';

/** An address block as a condition gives it; a lone address is a block of one. */
export interface IpRange {
  /** The block in its canonical form: the network address, and the prefix length if there was one. */
  readonly canonical: string;
  /** Whether bits are set to the right of the prefix. */
  readonly hasHostBits: boolean;
  /** Whether no address of the block is one of the public internet. */
  readonly isPrivate: boolean;
}

/**
 * Reads an IPv4 or IPv6 address or CIDR block (RFC 4632; IAM User Guide, "IP address condition operators").
 * `undefined` for anything else. Octal, hexadecimal and shortened IPv4 forms, which resolvers take, are none.
 */
export function readIpRange(text: string): IpRange | undefined {
  const [, address = '', prefix] = RANGE.exec(text) ?? [];
  if (IPv4.isValidFourPartDecimal(address)) {
    const length = prefix === undefined ? 32 : Number(prefix);
    if (length > 32) {
      return undefined;
    }
    const network = IPv4.networkAddressFromCIDR(`${address}/${length}`);
    return {
      canonical: withPrefix(network.toString(), prefix),
      hasHostBits: network.toString() !== IPv4.parse(address).toString(),
      isPrivate: PRIVATE_IPV4.some(([block, bits]) => length >= bits && network.match(block, bits)),
    };
  }
  if (address.includes(':') && IPv6.isValid(address)) {
    const length = prefix === undefined ? 128 : Number(prefix);
    if (length > 128) {
      return undefined;
    }
    const network = IPv6.networkAddressFromCIDR(`${address}/${length}`);
    const [block, bits] = PRIVATE_IPV6;
    return {
      canonical: withPrefix(network.toRFC5952String(), prefix),
      hasHostBits: network.toNormalizedString() !== IPv6.parse(address).toNormalizedString(),
      isPrivate: length >= bits && network.match(block, bits),
    };
  }
  return undefined;
}

const RANGE = /^([0-9.]+|[0-9a-f:.]+)(?:\/(\d{1,3}))?$/i;

/** RFC 1918. */
const PRIVATE_IPV4: readonly (readonly [IPv4, number])[] = [
  [IPv4.parse('10.0.0.0'), 8],
  [IPv4.parse('172.16.0.0'), 12],
  [IPv4.parse('192.168.0.0'), 16],
];

/** RFC 4193. */
const PRIVATE_IPV6: readonly [IPv6, number] = [IPv6.parse('fc00::'), 7];

function withPrefix(address: string, prefix: string | undefined): string {
  return prefix === undefined ? address : `${address}/${Number(prefix)}`;
}

/**
 * Whether all addresses of one block are in another. Both must be readable by {@link readIpRange}; `undefined` where one
 * is not. Blocks of different versions of IP have no address in common.
 */
export function rangeContains(wide: string, narrow: string): boolean | undefined {
  const [outer, inner] = [blockOf(wide), blockOf(narrow)];
  if (outer === undefined || inner === undefined) {
    return undefined;
  }
  const { network, length } = outer;
  const { network: address, length: bits } = inner;
  if (typeof network === 'number') {
    // A shift by 32 is one by 0.
    return (
      typeof address === 'number' &&
      bits >= length &&
      (length === 0 || (network ^ address) >>> (32 - length) === 0)
    );
  }
  return typeof address !== 'number' && bits >= length && address.match(network, length);
}

interface Block {
  /** An IPv4 address as a number of 32 bits. */
  readonly network: number | IPv6;
  readonly length: number;
}

/**
 * Policies compare thousands of addresses, each with many, so that no more is made of one than the comparison needs,
 * and only once.
 */
const blockOf: (text: string) => Block | undefined = memoize(readBlock, { room: 300_000, longest: 64 });

function readBlock(text: string): Block | undefined {
  const [, address = '', prefix] = RANGE.exec(text) ?? [];
  const isIPv6 = address.includes(':');
  const most = isIPv6 ? 128 : 32;
  const length = prefix === undefined ? most : Number(prefix);
  const network = isIPv6 ? (IPv6.isValid(address) ? IPv6.parse(address) : undefined) : ipv4Number(address);
  return network === undefined || length > most ? undefined : { network, length };
}

function ipv4Number(address: string): number | undefined {
  const parts = address.split('.');
  let number = 0;
  for (const part of parts) {
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) {
      return undefined;
    }
    number = (number << 8) | Number(part);
  }
  return parts.length === 4 ? number : undefined;
}

/**
 * The first and the last address of a block, as texts of which the order is that of the addresses; those of IPv4 and
 * IPv6 are apart. `undefined` for what {@link readIpRange} does not read.
 */
export function addressBounds(text: string): { readonly from: string; readonly to: string } | undefined {
  const block = blockOf(text);
  if (block === undefined) {
    return undefined;
  }
  const { network, length } = block;
  const bytes =
    typeof network === 'number'
      ? [24, 16, 8, 0].map((shift) => (network >>> shift) & 0xff)
      : network.toByteArray();
  const bound = (filling: 0 | 255): string =>
    bytes.reduce((written, byte, index) => {
      const kept = Math.min(8, Math.max(0, length - index * 8));
      const mask = (0xff00 >> kept) & 0xff;
      return written + ((byte & mask) | (filling & ~mask & 0xff)).toString(16).padStart(2, '0');
    }, `${bytes.length}:`);
  return { from: bound(0), to: bound(255) };
}
