import { type InvalidationDraft, partitionOfRegion, partitions } from '../core/index';
import { isLoopback } from './endpoint';
import type { ClientCertificate } from './host';
import type { CustomDomain, NameValue } from './target';

/** A custom domain as a person configured it, with what its name does not tell. */
export interface ConfiguredDomain extends CustomDomain {
  readonly region: string;
  readonly apiId?: string | undefined;
  readonly stage?: string | undefined;
  /** The account of the API's owner. */
  readonly accountId?: string | undefined;
  /** For a domain with mutual TLS. */
  readonly clientCertificate?: ClientCertificate | undefined;
}

/** What an invoke URL says about a target. A part that is absent has to be asked for. */
export interface UrlTarget {
  readonly partition: string;
  readonly region: string | undefined;
  readonly accountId: string | undefined;
  readonly apiId: string | undefined;
  readonly stage: string | undefined;
  /** Without its leading slash, encoded as it was. */
  readonly path: string;
  readonly query: readonly NameValue[];
  /** As `InvalidationTarget.endpoint` has it, where the host is not the default one. */
  readonly endpoint: string | undefined;
  readonly domain: ConfiguredDomain | undefined;
}

export type UrlOutcome = { readonly target: UrlTarget } | UrlRefusal;

export interface UrlRefusal {
  readonly refusal: string;
  /** Given if the host would be right as a configured custom domain. */
  readonly reason?: 'unknown-host';
}

/**
 * Reads an invoke URL: a default endpoint in any partition, a private API by either name of its VPC endpoint, a custom
 * domain that is configured, or an emulator on this machine. Every other host is refused, and so is what carries a
 * user name, since a request would be signed for wherever the URL leads.
 */
export function targetOfUrl(text: string, domains: readonly ConfiguredDomain[]): UrlOutcome {
  const [, scheme = '', authority = '', path = '', search = ''] =
    /^([a-z]+):\/\/([^/?#\\]*)((?:[/\\][^?#]*)?)(\?[^#]*)?(?:#.*)?$/i.exec(text.trim()) ?? [];
  const [, host = '', port] = /^(\[[0-9a-f:]+\]|[^:@]*)(?::(\d+))?$/i.exec(authority.toLowerCase()) ?? [];
  if (/[\u0000-\u0020\u007f-\u009f\u2028\u2029\\]/.test(text.trim())) {
    return { refusal: 'The URL contains a space, a backslash or a control character.' };
  }
  if (/^wss?$/i.test(scheme)) {
    return { refusal: 'This is the address of a WebSocket API. Only REST APIs have a cache.' };
  }
  if (!/^https?$/i.test(scheme) || host === '') {
    return {
      refusal: authority.includes('@') ? 'The URL carries a user name.' : 'This is not an http or https URL.',
    };
  }
  if (/^\/{2}/.test(path)) {
    return { refusal: 'The path of the URL begins with two slashes. Write it with one.' };
  }
  const query = readQuery(search.slice(1));
  if (query === undefined) {
    return { refusal: 'The query string of the URL is not encoded properly.' };
  }
  const place: UrlPlace = { scheme: scheme.toLowerCase(), host, port, path: path.replace(/^\//, '') };
  const outcome = emulated(place) ?? custom(place, domains) ?? atAws(place);
  return 'refusal' in outcome ? outcome : { target: { ...outcome, query } };
}

/**
 * The draft of a URL. Its path is taken as it is: what may be a mistake in an ARN, such as an encoded octet, is right
 * in a URL, since requests have it.
 */
export function urlDraft(target: UrlTarget, draftOf: (arn: string) => InvalidationDraft): InvalidationDraft {
  const draft = draftOf(urlTargetArn(target));
  const { path } = target;
  return draft.refusal !== undefined || /[*?{}]/.test(path)
    ? draft
    : { ...draft, path, open: draft.open.filter((part) => part !== 'path') };
}

/** The resource that a URL names, with a star where it does not say. */
export function urlTargetArn(target: UrlTarget): string {
  const { partition, region = '*', accountId = '*', apiId = '*', stage = '*', path } = target;
  return `arn:${partition}:execute-api:${region}:${accountId}:${apiId}/${stage}/GET/${path}`;
}

interface UrlPlace {
  readonly scheme: string;
  readonly host: string;
  readonly port: string | undefined;
  /** Without its leading slash. */
  readonly path: string;
}

type Reading = Omit<UrlTarget, 'query'> | UrlRefusal;

function emulated({ scheme, host, port, path }: UrlPlace): Reading | undefined {
  if (!isLoopback(host)) {
    return undefined;
  }
  const [, apiId, rest = ''] = /^_aws\/execute-api\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  return apiId === undefined
    ? { refusal: 'An emulator is addressed as /_aws/execute-api/API/STAGE/PATH.' }
    : {
        partition: 'aws',
        region: undefined,
        accountId: undefined,
        apiId,
        ...stageAndPath(rest),
        endpoint: `${scheme}://${host}${port === undefined ? '' : `:${port}`}/_aws/execute-api/{apiId}`,
        domain: undefined,
      };
}

function custom(
  { scheme, host, port, path }: UrlPlace,
  domains: readonly ConfiguredDomain[],
): Reading | undefined {
  const [domain] = domains
    .filter(
      ({ name, basePath }) => name === host && (basePath === '' || `${path}/`.startsWith(`${basePath}/`)),
    )
    .sort((a, b) => b.basePath.length - a.basePath.length);
  if (domain === undefined) {
    return undefined;
  }
  if (scheme !== 'https' || (port !== undefined && port !== '443')) {
    return { refusal: 'A custom domain is reached over https on its own port only.' };
  }
  return {
    partition: partitionOfRegion(domain.region)?.id ?? 'aws',
    region: domain.region,
    accountId: domain.accountId,
    apiId: domain.apiId,
    stage: domain.stage,
    path: path.slice(domain.basePath.length).replace(/^\//, ''),
    endpoint: undefined,
    domain,
  };
}

function atAws({ scheme, host, port, path }: UrlPlace): Reading {
  const [, name = '', region = '', vpce, suffix] =
    /^([a-z0-9-]+)\.execute-api\.([a-z0-9-]+)\.(vpce\.)?([a-z0-9.-]+)$/.exec(host) ?? [];
  const partition = partitions.find(
    ({ id, dnsSuffix }) => dnsSuffix === suffix && partitionOfRegion(region)?.id === id,
  );
  if (partition === undefined) {
    return {
      refusal: `${JSON.stringify(host)} is neither a host of API Gateway nor a configured custom domain.`,
      reason: 'unknown-host',
    };
  }
  if (scheme !== 'https' || (port !== undefined && port !== '443')) {
    return { refusal: 'API Gateway is reached over https on its own port only.' };
  }
  if (vpce === undefined && /^d-[a-z0-9]+$/.test(name)) {
    return {
      refusal: `${JSON.stringify(host)} is the target of a custom domain's DNS record, and names no API. Use the custom domain, or the API's own address.`,
    };
  }
  const [, apiId = name, endpointId] = /^([a-z0-9]+)-(vpce-[a-z0-9-]+)$/.exec(name) ?? [];
  const within = `execute-api.{region}.${vpce ?? ''}${partition.dnsSuffix}`;
  return {
    partition: partition.id,
    region,
    accountId: undefined,
    apiId: vpce === undefined ? apiId : undefined,
    ...stageAndPath(path),
    endpoint:
      vpce !== undefined
        ? `https://${name}.${within}`
        : endpointId === undefined
          ? undefined
          : `https://{apiId}-${endpointId}.${within}`,
    domain: undefined,
  };
}

function stageAndPath(path: string): Pick<UrlTarget, 'stage' | 'path'> {
  const [stage = '', ...rest] = path.split('/');
  return { stage: stage === '' ? undefined : stage, path: rest.join('/') };
}

/** A plus is a blank in a query string, as browsers and API Gateway read it. */
function readQuery(query: string): readonly NameValue[] | undefined {
  const decode = (part: string) => decodeURIComponent(part.replaceAll('+', ' '));
  try {
    return query
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): NameValue => {
        const [name = '', ...value] = pair.split('=');
        return [decode(name), decode(value.join('='))];
      });
  } catch {
    return undefined;
  }
}
