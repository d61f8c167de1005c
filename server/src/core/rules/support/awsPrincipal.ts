import { type Slice, sliceOf, splitArn, splitSlice } from '../../arn/arn';
import { partitionById, partitions } from '../../arn/partitions';
import { placeholdersIn } from '../../arn/placeholders';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { insertBefore, type Repair, replace } from '../../arn/slips/slip';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { NO_PRINCIPAL_IDS, NO_PRINCIPAL_RESOURCES } from '../../iamData/overlay/principalForms';
import { rememberLast } from '../../pattern/memo';
import { nearest } from '../../pattern/nearest';
import { templatesIn } from '../../pattern/templates';

/** What can be wrong with an AWS principal; each has a sentence of its own. */
export type PrincipalFaultKind =
  | 'account'
  | 'accountless'
  | 'blank'
  | 'case'
  | 'empty'
  | 'fields'
  | 'foreign'
  | 'format'
  | 'kind'
  | 'name'
  | 'nameless'
  | 'partition'
  | 'region'
  | 'service'
  | 'session'
  | 'several'
  | 'type';

export interface PrincipalFault {
  readonly kind: PrincipalFaultKind;
  /** Indexes into the principal's text, UTF-16, half-open; an empty field has no width. */
  readonly from: number;
  readonly to: number;
  readonly data: Readonly<Record<string, string>>;
  readonly repairs: readonly Repair[];
}

/**
 * What is wrong with a text under `AWS`; `undefined` where AWS may take it, and where a wildcard or a placeholder stands
 * in it, of which other rules speak. What a template fills in may be whatever suits its place.
 *
 * IAM User Guide, "AWS JSON policy elements: Principal", "IAM identifiers" and "IAM and AWS STS quotas".
 */
export const awsPrincipalFault: (text: string) => PrincipalFault | undefined = rememberLast((text) => {
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

/** Each template expression as so many characters that occur nowhere else. */
function maskTemplates(text: string): string {
  let result = '';
  let end = 0;
  for (const { from, to } of templatesIn(text)) {
    result += text.slice(end, from) + FILLED.repeat(to - from);
    end = to;
  }
  return result + text.slice(end);
}

const FILLED = '\uE000';

function isFilled({ text }: Slice): boolean {
  return text.includes(FILLED);
}

function blankFault(text: string): PrincipalFault | undefined {
  const trimmed = text.trim();
  if (trimmed.length === text.length) {
    return undefined;
  }
  const start = text.length - text.trimStart().length;
  const atStart = start > 0;
  return fault('blank', atStart ? sliceOf(text, 0, start) : sliceOf(text, trimmed.length, text.length), {
    data: { end: atStart ? 'beginning' : 'end' },
    repairs: trimmed === '' ? [] : [replace(sliceOf(text, 0, text.length), trimmed, 'Remove the blank')],
  });
}

function severalFault(text: string): PrincipalFault | undefined {
  return /[\s,;](?:arn:|\d{12}$)/.test(text) ? fault('several', sliceOf(text, 0, text.length)) : undefined;
}

/** A text without fields: an account, an id, or a name that AWS looks up nowhere. */
function plainFault(text: string): PrincipalFault | undefined {
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
function arnFault(text: string): PrincipalFault | undefined {
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

/** Where the account stands in the place of the Region, a colon is missing. */
function shortFault(text: string): PrincipalFault {
  const header = /^arn:[^:]*:(?:iam|sts):(?=\d{12}:)/.exec(text)?.[0];
  return fault('fields', sliceOf(text, 0, text.length), {
    repairs:
      header === undefined
        ? []
        : [insertBefore(sliceOf(text, header.length, header.length), ':', 'Insert the missing colon')],
  });
}

function partitionFault(partition: Slice): PrincipalFault | undefined {
  if (isFilled(partition) || partitionById(partition.text) !== undefined) {
    return undefined;
  }
  const ids = partitions.map(({ id }) => id);
  const meant = partition.text === '' ? 'aws' : nearest(partition.text, ids);
  return fault('partition', partition, { repairs: meant === undefined ? [] : [replace(partition, meant)] });
}

function serviceFault(service: Slice, resource: Slice): PrincipalFault | undefined {
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

function caseFault(at: Slice, meant: string): PrincipalFault {
  return fault('case', at, { data: { meant }, repairs: [replace(at, meant)] });
}

/** Something of IAM that is no principal, or one of another type. */
function otherFault({ text: service }: Slice, resource: Slice): PrincipalFault | undefined {
  const other =
    service === 'iam' ? NO_PRINCIPAL_RESOURCES.get(kindOf(resource).text.toLowerCase()) : undefined;
  return other && fault('what' in other ? 'kind' : 'type', resource, { data: { ...other } });
}

function regionFault(region: Slice): PrincipalFault | undefined {
  return region.text === ''
    ? undefined
    : fault('region', region, { repairs: [replace(region, '', 'Remove the Region')] });
}

/** CloudFront's word stands in the ARNs of its origin access identities. */
function accountFault(account: Slice): PrincipalFault | undefined {
  if (isFilled(account) || /^(?:\d{12}|cloudfront)$/.test(account.text)) {
    return undefined;
  }
  if (account.text === '') {
    return fault('accountless', account);
  }
  const digits = account.text.replaceAll(/[-\s]/g, '');
  return fault('account', account, { repairs: /^\d{12}$/.test(digits) ? [replace(account, digits)] : [] });
}

function resourceFault(resource: Slice): PrincipalFault | undefined {
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

function kindOf({ from, text }: Slice): Slice {
  const [kind = ''] = text.split(/[/:]/, 1);
  return { from, to: from + kind.length, text: kind };
}

function nameFault(kind: string, resource: Slice, names: readonly Slice[]): PrincipalFault | undefined {
  const name = names.at(-1);
  if (name === undefined || name.text === '') {
    return fault('nameless', resource, { data: { kind } });
  }
  return isName(name) || ORIGIN_ACCESS.test(name.text) ? undefined : fault('name', name);
}

/** A session's ARN has no path, whatever its role's has. What fills in a part may bring a slash with it. */
function sessionFault(resource: Slice, names: readonly Slice[]): PrincipalFault | undefined {
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

function fault(
  kind: PrincipalFaultKind,
  at: Slice,
  details: {
    readonly data?: Readonly<Record<string, string>>;
    readonly repairs?: readonly Repair[];
  } = {},
): PrincipalFault {
  return {
    kind,
    from: at.from,
    to: at.to,
    data: details.data ?? {},
    repairs: details.repairs ?? [],
  };
}
