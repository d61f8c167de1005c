import { partitionById, partitions } from '../core/index';
import { encodePath, encodeSegment } from './encoding';
import type {
  CustomDomain,
  InvalidationTarget,
  StagePlace,
  TargetProblem,
  TargetProblemKind,
} from './target';

type Partition = Exclude<ReturnType<typeof partitionById>, undefined>;

/** Where requests for a target go; the target has no problems. */
export interface Address {
  readonly url: URL;
  /** What stands before the resource path, without a slash at its end. */
  readonly prefix: string;
  /** What the Host header has, where it is not the URL's. */
  readonly host?: string | undefined;
  /** See `GatewayRequest.serverName`. */
  readonly serverName?: string | undefined;
}

/**
 * The address of a target: the default endpoint, the one in its place, or a custom domain, whose mapping names the
 * stage.
 */
export function addressOf(target: InvalidationTarget, partition: Partition): Address {
  const url =
    target.domain !== undefined && target.endpoint === undefined
      ? new URL(`https://${target.domain.name}`)
      : new URL(fillEndpoint(target, partition));
  const host = target.endpoint === undefined ? undefined : (target.domain?.name ?? target.host);
  const above = url.pathname.replace(/(?<!\/)\/+$/, '');
  return {
    url,
    prefix:
      target.domain === undefined
        ? `${above}/${encodeSegment(target.stage)}`
        : `${above}${target.domain.basePath === '' ? '' : `/${encodePath(target.domain.basePath)}`}`,
    host,
    // What is on this machine passes the connection on, so the certificate is that of the name that is meant.
    serverName:
      host === undefined || url.protocol === 'http:'
        ? undefined
        : isLoopback(url.hostname)
          ? host
          : url.hostname,
  };
}

/** What is wrong with the address of a target: where its signature would go. */
export function endpointProblems(target: InvalidationTarget): readonly TargetProblem[] {
  const partition = partitionById(target.partition);
  const own = [
    ...(target.domain === undefined ? [] : domainProblems(target.domain)),
    ...(partition === undefined ? [] : hostProblems(target, partition)),
  ];
  if (own.length > 0 || target.endpoint === undefined || partition === undefined) {
    return own;
  }
  const problem = (kind: TargetProblemKind, message: string): readonly TargetProblem[] => [
    { kind, field: 'endpoint', message },
  ];
  const url = parseUrl(fillEndpoint(target, partition));
  const unsound = urlProblem(target.endpoint, url);
  if (unsound !== undefined || url === undefined) {
    return unsound === undefined ? [] : [{ ...unsound, field: 'endpoint' }];
  }
  if (isLoopback(url.hostname)) {
    return [];
  }
  if (url.protocol === 'http:') {
    return problem('endpoint-insecure', 'Plain http is accepted on the loopback interface only.');
  }
  return isExecuteApiHost(url.hostname, target.region, partition)
    ? []
    : problem(
        'endpoint-host',
        `${JSON.stringify(url.hostname)} is not an execute-api host of ${target.region}. A signed request is sent to AWS or to the loopback interface only.`,
      );
}

/**
 * A name under the partition's suffix alone would not do: anybody can have one (a bucket, a load balancer)
 * and collect signatures and session tokens there. Only AWS gives out names under execute-api.
 */
function isExecuteApiHost(hostname: string, region: string, partition: Partition): boolean {
  const suffixes = [
    `.execute-api.${region}.${partition.dnsSuffix}`,
    `.execute-api.${region}.vpce.${partition.dnsSuffix}`,
  ];
  return suffixes.some(
    (suffix) => hostname.endsWith(suffix) && /^[a-z0-9-]+$/.test(hostname.slice(0, -suffix.length)),
  );
}

/** Whether a URL's host name is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function fillEndpoint(target: InvalidationTarget, partition: Partition): string {
  const template = target.endpoint ?? `https://{apiId}.execute-api.{region}.${partition.dnsSuffix}`;
  // Functions, since `$&` and the like have a meaning in a replacement string.
  return template
    .replaceAll('{apiId}', () => encodeURIComponent(target.apiId))
    .replaceAll('{region}', () => encodeURIComponent(target.region));
}

/** `undefined` for what is no URL. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function urlProblem(given: string, url: URL | undefined): Omit<TargetProblem, 'field'> | undefined {
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { kind: 'endpoint', message: 'The endpoint is not an http or https URL.' };
  }
  if (url.username !== '' || url.password !== '' || /^[a-z]+:[/\\]*[^/\\]*@/i.test(given)) {
    return { kind: 'endpoint-userinfo', message: 'The endpoint carries a user name or a password.' };
  }
  if (url.search !== '' || url.hash !== '' || /[?#]/.test(given)) {
    return { kind: 'endpoint', message: 'The endpoint must not have a query or a fragment.' };
  }
  if (/\\|(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i.test(given)) {
    return { kind: 'endpoint', message: 'The endpoint must not have "." or ".." segments or backslashes.' };
  }
  return undefined;
}

/**
 * The Host header may name the API itself or a private custom domain, and only where the connection goes to a VPC
 * endpoint (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html) or
 * to this machine. Anywhere else the name and the connection belong together.
 */
function hostProblems(target: InvalidationTarget, partition: Partition): readonly TargetProblem[] {
  const { endpoint, host, domain } = target;
  const problem = (message: string): readonly TargetProblem[] => [{ kind: 'host', field: 'host', message }];
  if (host === undefined && (domain === undefined || endpoint === undefined)) {
    return [];
  }
  if (host !== undefined && domain !== undefined) {
    return problem('A target has a host name of its own or a custom domain, not both.');
  }
  if (endpoint === undefined) {
    return problem('A host name needs an endpoint that leads to it: a VPC endpoint, or one on this machine.');
  }
  const at = parseUrl(fillEndpoint(target, partition))?.hostname ?? '';
  if (!isLoopback(at) && !at.endsWith(`.vpce.${partition.dnsSuffix}`)) {
    return problem('A host name can only be chosen for a VPC endpoint, or for an endpoint on this machine.');
  }
  const own = `${target.apiId}.execute-api.${target.region}.${partition.dnsSuffix}`;
  return host === undefined || host === own.toLowerCase()
    ? []
    : problem(`${JSON.stringify(host)} is not the host name of the API, which is ${own}.`);
}

/**
 * Anybody can own a name, so a custom domain is trusted only because a person configured it; names under AWS's own
 * suffixes are never custom domains, since they may be anybody's bucket or load balancer.
 */
function domainProblems({ name, basePath }: CustomDomain): readonly TargetProblem[] {
  const problem = (message: string): readonly TargetProblem[] => [
    { kind: 'domain', field: 'domain', message },
  ];
  if (
    name.length > 253 ||
    !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name)
  ) {
    return problem(
      `${JSON.stringify(name)} is not a domain name; write it in lower case, without a scheme or a port.`,
    );
  }
  if (partitions.some(({ dnsSuffix }) => name.endsWith(`.${dnsSuffix}`))) {
    return problem(`${JSON.stringify(name)} is a name of AWS itself, and no custom domain.`);
  }
  return /^(?:[A-Za-z0-9$_.+!*'()-]+(?:\/[A-Za-z0-9$_.+!*'()-]+)*)?$/.test(basePath) &&
    !basePath.split('/').some((segment) => /^\.{1,2}$/.test(segment))
    ? []
    : problem(`${JSON.stringify(basePath)} is not a base path; write it without slashes around it.`);
}

/** As their host names begin. */
export type ControlService = 'apigateway' | 'sts' | 'monitoring';

/**
 * The address of a management service, or why the one that was given in its place is refused: credentials go to AWS, or
 * to an emulator on this machine.
 */
export function controlEndpoint(
  service: ControlService,
  { partition, region }: Pick<StagePlace, 'partition' | 'region'>,
  given: string | undefined,
): { readonly url: string } | { readonly problem: TargetProblem } {
  if (given === undefined) {
    const suffix = partitionById(partition)?.dnsSuffix ?? 'invalid';
    return { url: `https://${service}.${region}.${suffix}` };
  }
  const url = parseUrl(given);
  const problem =
    urlProblem(given, url) ??
    (url !== undefined && isLoopback(url.hostname)
      ? undefined
      : ({
          kind: 'endpoint-host',
          message: 'The endpoint of the management services can only be replaced by one on this machine.',
        } as const));
  return problem === undefined ? { url: given } : { problem: { ...problem, field: 'endpoint' } };
}
