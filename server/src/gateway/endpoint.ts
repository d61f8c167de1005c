import { partitionById, partitions } from '../core/index';
import { encodePath, encodeSegment } from './encoding';
import type {
  CustomDomain,
  InvalidationTarget,
  StagePlace,
  TargetProblem,
  TargetProblemKind,
} from './request';

type Partition = Exclude<ReturnType<typeof partitionById>, undefined>;

/** Where requests for a target go; the target has no problems. */
export interface Address {
  readonly url: URL;
  /** What stands before the resource path, without a slash at its end. */
  readonly prefix: string;
}

/** The address of a target: the default endpoint, the one in its place, or a custom domain, whose mapping names the stage. */
export function addressOf(target: InvalidationTarget, partition: Partition): Address {
  if (target.domain !== undefined) {
    const { name, basePath } = target.domain;
    return {
      url: new URL(`https://${name}`),
      prefix: basePath === '' ? '' : `/${encodePath(basePath)}`,
    };
  }
  const url = new URL(fillEndpoint(target, partition));
  return { url, prefix: `${url.pathname.replace(/(?<!\/)\/+$/, '')}/${encodeSegment(target.stage)}` };
}

/** What is wrong with the address of a target: where its signature would go. */
export function endpointProblems(target: InvalidationTarget): readonly TargetProblem[] {
  const partition = partitionById(target.partition);
  if (target.domain !== undefined) {
    return domainProblems(target, target.domain);
  }
  if (target.endpoint === undefined || partition === undefined) {
    return [];
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
        `${JSON.stringify(url.hostname)} is no execute-api host of ${target.region}. A signed request is sent to AWS or to the loopback interface only.`,
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
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function urlProblem(given: string, url: URL | undefined): Omit<TargetProblem, 'field'> | undefined {
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { kind: 'endpoint', message: 'The endpoint is no http or https URL.' };
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
 * Anybody can own a name, so a custom domain is believed because a person configured it; names under AWS's own suffixes
 * are never custom domains, and may be somebody's bucket or load balancer.
 */
function domainProblems(
  target: InvalidationTarget,
  { name, basePath }: CustomDomain,
): readonly TargetProblem[] {
  const problem = (message: string): readonly TargetProblem[] => [
    { kind: 'domain', field: 'domain', message },
  ];
  if (target.endpoint !== undefined) {
    return problem('A target has an endpoint or a custom domain, not both.');
  }
  if (
    name.length > 253 ||
    !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(name)
  ) {
    return problem(
      `${JSON.stringify(name)} is no domain name; write it in lower case, without a scheme or a port.`,
    );
  }
  if (partitions.some(({ dnsSuffix }) => name.endsWith(`.${dnsSuffix}`))) {
    return problem(`${JSON.stringify(name)} is a name of AWS itself, and no custom domain.`);
  }
  return /^(?:[A-Za-z0-9$_.+!*'()-]+(?:\/[A-Za-z0-9$_.+!*'()-]+)*)?$/.test(basePath) &&
    !basePath.split('/').some((segment) => /^\.{1,2}$/.test(segment))
    ? []
    : problem(`${JSON.stringify(basePath)} is no base path; write it without slashes around it.`);
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
