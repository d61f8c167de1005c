import { type Slice, sliceOf, splitArn, splitSlice } from '../../arn/arn';
import { insertBefore, replace } from '../../arn/mistakes/mistake';
import { placeholdersIn } from '../../arn/placeholders';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { NO_PRINCIPAL_IDS, NO_PRINCIPAL_RESOURCES } from '../../iamData/overlay/principalForms';
import { rememberLast } from '../../pattern/memo';
import {
  accountFault,
  blankFault,
  caseFault,
  FILLED,
  fault,
  type HeaderFault,
  isFilled,
  kindOf,
  maskTemplates,
  type PrincipalFault,
  partitionFault,
  regionFault,
  severalFault,
  shortFault,
} from './principalFaults';

type AwsPrincipalFault =
  | HeaderFault
  | PrincipalFault<
      'empty' | 'foreign' | 'format' | 'kind' | 'name' | 'nameless' | 'service' | 'session' | 'type'
    >;

/**
 * What is wrong with a text under `AWS`; `undefined` where AWS may take it, and where a wildcard or a placeholder stands
 * in it, of which other rules speak. What a template fills in may be whatever suits its place.
 *
 * IAM User Guide, "AWS JSON policy elements: Principal", "IAM identifiers" and "IAM and AWS STS quotas".
 */
export const awsPrincipalFault: (text: string) => AwsPrincipalFault | undefined = rememberLast((text) => {
  if (text === '') {
    return fault('empty', sliceOf(text, 0, 0));
  }
  const masked =
    /[*?]/.test(text) || placeholdersIn(text, 'principal').length > 0 ? undefined : maskTemplates(text);
  return masked === undefined
    ? undefined
    : (blankFault(text) ??
        severalFault(text) ??
        (/^arn:/i.test(masked) ? arnFault(masked) : plainFault(masked)));
});

/** A text without fields: an account, an id, or a name that AWS looks up nowhere. */
function plainFault(text: string): AwsPrincipalFault | undefined {
  const whole = sliceOf(text, 0, text.length);
  if (isFilled(whole) || PLAIN.test(text)) {
    return undefined;
  }
  const type = BUILT_IN_PROVIDERS.has(text) ? 'Federated' : isServicePrincipal(text) ? 'Service' : undefined;
  if (type !== undefined) {
    return fault('type', whole, { data: { type } });
  }
  if (/^[\d-]+$/.test(text)) {
    return accountFault(whole);
  }
  const what = NO_PRINCIPAL_IDS.find(({ form }) => form.test(text))?.what;
  return what === undefined
    ? fault('format', whole, {
        repairs: /^aws[\w-]*:iam:/.test(text) ? [insertBefore(whole, 'arn:', 'Insert arn:')] : [],
      })
    : fault('kind', whole, { data: { what } });
}

/**
 * An account; the id of a user or role, of which other rules speak. Beside those what Amazon S3 takes, a canonical user id,
 * which CloudFront's origin access identities have longer, and an account with dashes, as AWS's older pages wrote it.
 */
const PLAIN = /^(?:\d{12}|A(?:IDA|ROA)[A-Z0-9]+(?::.*)?|[0-9a-f]{64}|[0-9a-f]{96}|\d{4}-\d{4}-\d{4})$/s;

/** The first thing that is wrong with an ARN, field by field. */
function arnFault(text: string): AwsPrincipalFault | undefined {
  const { prefix, partition, service, region, account, resource } = splitArn(text);
  if (!partition || !service || !region || !account || !resource) {
    return text.includes(FILLED) ? undefined : shortFault(text);
  }
  if (prefix.text !== 'arn') {
    return caseFault(prefix, 'arn');
  }
  return (
    partitionFault(partition) ??
    (isFilled(service)
      ? undefined
      : (serviceFault(service, resource) ??
        otherFault(service, resource) ??
        regionFault(region) ??
        accountFault(account) ??
        resourceFault(resource)))
  );
}

function serviceFault(service: Slice, resource: Slice): AwsPrincipalFault | undefined {
  const lower = service.text.toLowerCase();
  if (lower !== 'iam' && lower !== 'sts') {
    return fault('foreign', service);
  }
  if (lower !== service.text) {
    return caseFault(service, lower);
  }
  const kind = kindOf(resource).text;
  const home = KINDS.get(kind)?.service;
  return home === undefined || home === lower
    ? undefined
    : fault('service', service, { data: { kind, home }, repairs: [replace(service, home)] });
}

/** Something of IAM that is no principal, or one of another type. */
function otherFault({ text: service }: Slice, resource: Slice): AwsPrincipalFault | undefined {
  const other =
    service === 'iam' ? NO_PRINCIPAL_RESOURCES.get(kindOf(resource).text.toLowerCase()) : undefined;
  return other && fault('what' in other ? 'kind' : 'type', resource, { data: { ...other } });
}

function resourceFault(resource: Slice): AwsPrincipalFault | undefined {
  const kind = kindOf(resource);
  const lower = kind.text.toLowerCase();
  const known = KINDS.get(lower);
  if (isFilled(kind)) {
    return undefined;
  }
  if (known === undefined) {
    return fault('format', resource);
  }
  if (lower !== kind.text) {
    return caseFault(kind, lower);
  }
  const rest = resource.text.slice(kind.text.length);
  if (known.names === 'none' || !rest.startsWith('/')) {
    return rest !== ''
      ? fault('format', resource)
      : known.names === 'none'
        ? undefined
        : fault('nameless', resource, { data: { kind: lower } });
  }
  const names = splitSlice({ from: kind.to + 1, to: resource.to, text: rest.slice(1) }, '/');
  return known.names === 'session' ? sessionFault(resource, names) : nameFault(lower, resource, names);
}

/** What can stand first in the resource of a principal's ARN, and what then follows. */
const KINDS: ReadonlyMap<
  string,
  { readonly service: 'iam' | 'sts'; readonly names: 'none' | 'path' | 'session' }
> = new Map([
  ['root', { service: 'iam', names: 'none' }],
  ['role', { service: 'iam', names: 'path' }],
  ['user', { service: 'iam', names: 'path' }],
  ['assumed-role', { service: 'sts', names: 'session' }],
  ['federated-user', { service: 'sts', names: 'path' }],
]);

function nameFault(kind: string, resource: Slice, names: readonly Slice[]): AwsPrincipalFault | undefined {
  const name = names.at(-1);
  if (name === undefined || name.text === '') {
    return fault('nameless', resource, { data: { kind } });
  }
  return isName(name) || ORIGIN_ACCESS.test(name.text) ? undefined : fault('name', name);
}

/** A session's ARN has no path, whatever its role's has. What fills in a part may bring a slash with it. */
function sessionFault(resource: Slice, names: readonly Slice[]): AwsPrincipalFault | undefined {
  const wrong = names.find((name) => !isName(name));
  return isFilled(resource) || (names.length === 2 && wrong === undefined)
    ? undefined
    : wrong === undefined || wrong.text === ''
      ? fault('session', resource)
      : fault('name', wrong);
}

/** Names of roles, users and sessions; IAM User Guide, "IAM and AWS STS quotas". */
function isName(name: Slice): boolean {
  return isFilled(name) || /^[\w+=,.@-]{1,64}$/.test(name.text);
}

/** Amazon CloudFront Developer Guide, "Restrict access to an Amazon S3 origin"; underscores stood there for a while. */
const ORIGIN_ACCESS = /^CloudFront[ _+]Origin[ _+]Access[ _+]Identity/;
