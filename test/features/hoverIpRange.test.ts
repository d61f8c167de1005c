import assert from 'node:assert/strict';
import { ipRangeText } from '../../server/src/core/features/hover/ipRange';
import { languageService, openJson, policyWith } from '../support/policies';

/** A block, and what its hover says below the title. */
const blocks: readonly (readonly [text: string, said: RegExp])[] = [
  [
    '203.0.113.0/24',
    /^`203\.0\.113\.0` to `203\.0\.113\.255`, 256 addresses\.\n\nFor documentation.*RFC 5737/,
  ],
  ['10.0.0.0/8', /16,777,216 addresses\.\n\nPrivate \(RFC 1918\)\.$/],
  ['172.16.0.0/12', /Private \(RFC 1918\)\.$/],
  ['172.32.0.0/12', /Public\.$/],
  ['192.168.1.7/32', /^Private \(RFC 1918\)\.$/],
  ['192.168.1.7', /^Private \(RFC 1918\)\.$/],
  ['100.64.0.0/10', /RFC 6598/],
  ['8.8.8.8', /^Public\.$/],
  ['0.0.0.0/0', /4,294,967,296 addresses\.\n\nEvery IPv4 address\.$/],
  ['192.0.0.0/8', /Some of them are not public: .*`192\.168\.0\.0\/16` is private \(RFC 1918\)/],
  ['192.168.1.0/16', /The block begins at `192\.168\.0\.0`, before the address that is written\.\n\nPrivate/],
  [
    '2001:db8:1234::/48',
    /`2001:db8:1234::` to `2001:db8:1234:ffff:ffff:ffff:ffff:ffff`, 2\^80 addresses\.\n\nFor documentation.*RFC 3849/,
  ],
  ['2600:1f18::/96', /4,294,967,296 addresses\.\n\nPublic\.$/],
  ['fd00::1', /^Private, unique local \(RFC 4193\)\.$/],
  ['::/0', /2\^128 addresses\.\n\nEvery IPv6 address\.$/],
  ['4000::/3', /Not given out to anybody/],
];

describe('the hover of an IP address block', () => {
  for (const [text, said] of blocks) {
    it(`says of ${text} what it is`, () => {
      const [title, ...rest] = ipRangeText(text)?.split('\n\n') ?? [];
      assert.match(title ?? '', /^\*\*(?:One IPv[46] address|IPv[46] addresses)\*\* `/);
      assert.match(rest.join('\n\n'), said);
    });
  }

  for (const text of ['', '10.0.0.0/33', '010.0.0.1', '10.0', 'example.com', '::/129', '${aws:x}', '10.*']) {
    it(`says nothing of ${JSON.stringify(text)}`, () => {
      assert.equal(ipRangeText(text), undefined);
    });
  }

  it('comes where an operator compares addresses, and nowhere else', () => {
    const at = (operator: string): string | undefined => {
      const text = policyWith(
        `"Action": "s3:*", "Condition": { "${operator}": { "aws:SourceIp": ["10.0.0.0/8"] } }`,
      );
      const service = languageService();
      return service.hover(openJson(service, text), text.indexOf('10.0.0.0'))?.contents;
    };
    assert.match(at('NotIpAddressIfExists') ?? '', /RFC 1918/);
    assert.equal(at('StringEquals'), undefined);
  });
});
