import { splitArn } from '../arn/arn';
import { hasDirectives, hasUnseenMembers } from '../evaluate/unfinished';
import { ANONYMOUS_VALUE } from '../iamData/overlay/callerKeys';
import { REQUIRED_CLAIMS } from '../iamData/overlay/oidcProviders';
import { AddressSet } from '../model/addressSet';
import { isNameOfOne } from '../model/attributeArns';
import { readIpRange } from '../model/ipRange';
import type { Condition } from '../model/policy';
import { holeAt } from '../pattern/pattern';
import { holdsTemplate, templatesIn } from '../pattern/templates';
import { isInBranch } from '../syntax/functions';
import { textNodeOf } from '../syntax/functionTexts';
import type { SyntaxNode } from '../syntax/nodes';

/**
 * Condition keys, in lower case, whose fixed values keep the public out, and how a value is fixed. What only the caller says
 * of itself, such as aws:Referer and aws:UserAgent, or what everybody can bring about, such as aws:SecureTransport, is none.
 *
 * Sources: Amazon S3 User Guide, "Blocking public access to your Amazon S3 storage", "The meaning of 'public'": a fixed
 * value has no wildcard and no policy variable, and a CIDR block broader than /8 of IPv4 or /32 of IPv6 does not count; S3
 * API Reference, PublicAccessBlockConfiguration; IAM User Guide, "AWS global condition context keys" and "IAM Access
 * Analyzer for external access" for the keys of organizations and of services; "Available keys for AWS OIDC federation"
 * and "Identity-provider controls for shared OIDC providers" for those of identity providers that many share.
 */
const CONFINING_KEYS: ReadonlyMap<string, Fixing> = new Map<string, Fixing>([
  ['aws:sourceip', 'address'],
  ['aws:vpcsourceip', 'address'],
  ['aws:sourcevpc', 'text'],
  ['aws:sourcevpce', 'text'],
  ['aws:sourcevpcarn', 'arn'],
  ['aws:vpceaccount', 'text'],
  ['aws:vpceorgid', 'text'],
  ['aws:vpceorgpaths', 'path'],
  ['aws:sourceaccount', 'text'],
  ['aws:sourceowner', 'text'],
  ['aws:sourcearn', 'arn'],
  ['aws:sourceorgid', 'text'],
  ['aws:sourceorgpaths', 'path'],
  ['aws:principalaccount', 'text'],
  ['aws:principalarn', 'arn'],
  ['aws:principalorgid', 'text'],
  ['aws:principalorgpaths', 'path'],
  ['aws:userid', 'text'],
  ['s3:dataaccesspointaccount', 'text'],
  ['s3:dataaccesspointarn', 'arn'],
  ['s3:x-amz-server-side-encryption-aws-kms-key-id', 'text'],
  ['kms:calleraccount', 'text'],
  ['lambda:eventsourcetoken', 'text'],
  ['cognito-identity.amazonaws.com:aud', 'text'],
  ['cognito-identity-us-gov.amazonaws.com:aud', 'text'],
  ['cognito-identity.amazonaws.com.cn:aud', 'text'],
  ['accounts.google.com:aud', 'text'],
  ['accounts.google.com:oaud', 'text'],
  ['accounts.google.com:sub', 'text'],
  ['graph.facebook.com:app_id', 'text'],
  ['graph.facebook.com:id', 'text'],
  ['www.amazon.com:app_id', 'text'],
  ['www.amazon.com:user_id', 'text'],
  ['token.actions.githubusercontent.com:sub', 'claim'],
  ['token.actions.githubusercontent.com:repository', 'text'],
  ['token.actions.githubusercontent.com:repository_owner', 'text'],
  ['token.actions.githubusercontent.com:repository_id', 'text'],
  ['token.actions.githubusercontent.com:repository_owner_id', 'text'],
  ...[...REQUIRED_CLAIMS].map(([issuer, claim]) => [`${issuer}:${claim}`, 'claim'] as const),
]);

type Fixing = 'text' | 'address' | 'arn' | 'path' | 'claim';

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

/**
 * Whether a condition lets in fixed values alone, some of which a template fills in. Where wildcards are plain characters,
 * whatever a template fills in is one value; elsewhere only the ARN of a resource or the account is.
 */
export function isFixedByTemplate({ operator, key, member, values, statement }: Condition): boolean {
  const kind = CONFINING_KEYS.get(key.value.toLowerCase());
  const { traits, ifExists, qualifier } = operator;
  if (
    kind === undefined ||
    kind === 'address' ||
    traits === undefined ||
    traits.negated ||
    !/^(?:String|Arn)$/.test(traits.family) ||
    ifExists ||
    qualifier === 'ForAllValues' ||
    !values.some(({ text }) => holdsTemplate(text))
  ) {
    return false;
  }
  const nodes = member.value?.kind === 'array' ? member.value.items : [member.value];
  return (
    nodes.every((node) => node !== undefined && (isScalar(node) || textNodeOf(node) !== undefined)) &&
    values.every(({ text }) => isOneValue(text, kind, traits.wildcards)) &&
    // A template that may leave the condition out, or put another in its place, fixes nothing.
    ![statement.node, operator.member.parent, member.parent].some(hasUnseenMembers) &&
    !hasDirectives(statement.node) &&
    !isInBranch(member, undefined)
  );
}

function isScalar({ kind }: SyntaxNode): boolean {
  return kind === 'string' || kind === 'number' || kind === 'boolean';
}

function isOneValue(text: string, kind: Exclude<Fixing, 'address'>, wildcards: boolean): boolean {
  if (!holdsTemplate(text)) {
    return (
      text !== ANONYMOUS_VALUE && (!/[*?]/.test(text) || (wildcards && OWNERS[kind](text) !== undefined))
    );
  }
  if (wildcards) {
    return isNameOfOne(text);
  }
  return !/[*?]/.test(text) && templatesIn(text).every(({ from }) => holeAt(text, from) !== undefined);
}

const TESTS = new WeakMap<Condition, (value: string) => boolean>();

/** A test for the values that a condition names as fixed. */
function insideTest(kind: Fixing, condition: Condition): (value: string) => boolean {
  let test = TESTS.get(condition);
  if (test === undefined) {
    const texts = condition.values
      .map(({ text }) => text)
      .filter((text) => text !== ANONYMOUS_VALUE && !text.includes('${'));
    if (kind === 'address') {
      const addresses = new AddressSet(texts.filter((text) => !isBroad(text)));
      test = (value) => addresses.has(value) === true;
    } else {
      const plain = new Set(texts.filter((text) => !/[*?]/.test(text)).map((text) => text.toLowerCase()));
      // What has wildcards behind the name of its owner is nobody else's.
      const ownerOf = OWNERS[kind];
      const owners = new Set(
        texts.filter((text) => /[*?]/.test(text)).flatMap((text) => ownerOf(text) ?? []),
      );
      test = (value) => {
        const owner = owners.size === 0 ? undefined : ownerOf(value);
        return plain.has(value.toLowerCase()) || (owner !== undefined && owners.has(owner));
      };
    }
    TESTS.set(condition, test);
  }
  return test;
}

/** Whose a value is by what stands before its wildcards; `undefined` where that does not tell. */
const OWNERS: Readonly<Record<Exclude<Fixing, 'address'>, (text: string) => string | undefined>> = {
  text: () => undefined,
  arn: (text) => {
    const { account, service, resource } = splitArn(text);
    if (service?.text === 's3' && account?.text === '') {
      // No two buckets of a partition share a name.
      return /^[^*?]+$/.test(resource?.text ?? '*') ? `bucket ${resource?.text}` : undefined;
    }
    return /^\d{12}$/.test(account?.text ?? '') ? account?.text : undefined;
  },
  // IAM User Guide, "AWS global condition context keys", aws:PrincipalOrgPaths: the id of the organization is the only one
  // that is unique everywhere.
  path: (text) => /^(o-[a-z0-9]+)\//.exec(text)?.[1],
  // `repo:owner/…`, `organization:name:…`: what an issuer says of its customer ends with a delimiter.
  claim: (text) => /^[^:*?]+:[^:/*?]+[:/]/.exec(text)?.[0].toLowerCase(),
};

/** Broader than /8 for IPv4 and /32 for IPv6. */
function isBroad(range: string): boolean {
  const canonical = readIpRange(range)?.canonical;
  const [network = '', prefix] = canonical?.split('/') ?? [];
  return prefix !== undefined && Number(prefix) < (network.includes(':') ? 32 : 8);
}
