import { splitArn } from '../arn/arn';
import { AddressSet } from '../model/addressSet';
import { readIpRange } from '../model/ipRange';
import type { Condition } from '../model/policy';

/**
 * Condition keys, in lower case, whose fixed values keep the public out, and how a value is fixed. What only the caller says
 * of itself, such as aws:Referer and aws:UserAgent, or what everybody can bring about, such as aws:SecureTransport, is none.
 *
 * Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'": a fixed
 * value has no wildcard and no policy variable, and a CIDR block broader than /8 of IPv4 or /32 of IPv6 does not count; S3
 * API Reference, PublicAccessBlockConfiguration; IAM User Guide, "AWS global condition context keys" and "IAM Access Analyzer
 * for external access" for the keys of organizations and of services.
 */
const CONFINING_KEYS: ReadonlyMap<string, 'text' | 'address' | 'arn'> = new Map([
  ['aws:sourceip', 'address'],
  ['aws:vpcsourceip', 'address'],
  ['aws:sourcevpc', 'text'],
  ['aws:sourcevpce', 'text'],
  ['aws:sourcevpcarn', 'arn'],
  ['aws:vpceaccount', 'text'],
  ['aws:vpceorgid', 'text'],
  ['aws:vpceorgpaths', 'text'],
  ['aws:sourceaccount', 'text'],
  ['aws:sourceowner', 'text'],
  ['aws:sourcearn', 'arn'],
  ['aws:sourceorgid', 'text'],
  ['aws:sourceorgpaths', 'text'],
  ['aws:principalaccount', 'text'],
  ['aws:principalarn', 'arn'],
  ['aws:principalorgid', 'text'],
  ['aws:principalorgpaths', 'text'],
  ['aws:userid', 'text'],
  ['s3:dataaccesspointaccount', 'text'],
  ['s3:dataaccesspointarn', 'arn'],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', 'text'],
  ['kms:calleraccount', 'text'],
  ['lambda:eventsourcetoken', 'text'],
  ['cognito-identity.amazonaws.com:aud', 'text'],
]);

/** Whether a condition key can confine a grant to some, by its fixed values. */
export function isConfiningKey(key: string): boolean {
  return CONFINING_KEYS.has(key.toLowerCase());
}

/**
 * Whether the public can have a value of a key: none that a condition names as fixed, be it to let in or to leave alone.
 *
 * @param conditions all that speak of the key
 * @param values of the key at once
 */
export function isOpenToPublic(conditions: readonly Condition[], values: readonly string[]): boolean {
  const kind = CONFINING_KEYS.get(conditions[0]?.key.value.toLowerCase() ?? '');
  return (
    kind === undefined ||
    !values.some((value) => conditions.some((condition) => insideTest(kind, condition)(value)))
  );
}

const TESTS = new WeakMap<Condition, (value: string) => boolean>();

/** A test for the values that a condition names as fixed. */
function insideTest(kind: 'text' | 'address' | 'arn', condition: Condition): (value: string) => boolean {
  let test = TESTS.get(condition);
  if (test === undefined) {
    const texts = condition.values.map(({ text }) => text).filter((text) => !text.includes('${'));
    if (kind === 'address') {
      const addresses = new AddressSet(texts.filter((text) => !isBroad(text)));
      test = (value) => addresses.has(value) === true;
    } else {
      const plain = new Set(texts.filter((text) => !/[*?]/.test(text)).map((text) => text.toLowerCase()));
      // An ARN of a known account, or a bucket of a known name, is nobody else's.
      const owners = new Set(
        kind === 'arn' ? texts.filter((text) => /[*?]/.test(text) && isOwned(text)).map(ownerOf) : [],
      );
      test = (value) => plain.has(value.toLowerCase()) || (owners.size > 0 && owners.has(ownerOf(value)));
    }
    TESTS.set(condition, test);
  }
  return test;
}

function ownerOf(arn: string): string | undefined {
  return splitArn(arn).account?.text;
}

function isOwned(arn: string): boolean {
  const { account, service, resource } = splitArn(arn);
  const isBucket = service?.text === 's3' && account?.text === '' && /^[^*?]+$/.test(resource?.text ?? '*');
  return /^\d{12}$/.test(account?.text ?? '') || isBucket;
}

/** Broader than /8 for IPv4 and /32 for IPv6. */
function isBroad(range: string): boolean {
  const canonical = readIpRange(range)?.canonical;
  const [network = '', prefix] = canonical?.split('/') ?? [];
  return prefix !== undefined && Number(prefix) < (network.includes(':') ? 32 : 8);
}
