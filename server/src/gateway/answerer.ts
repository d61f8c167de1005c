import type { NameValue } from './target';

/**
 * Who responded, as far as the headers show: a REST API, an HTTP API, one behind the other, a cache that repeats what
 * one of them said, or something else.
 */
export type Answerer = 'rest-api' | 'http-api' | 'both-apis' | 'cache' | 'other';

/** What kind of address was asked: an own domain may lead anywhere, the names of AWS and of an emulator only to APIs. */
export type AskedAt = 'api-host' | 'own-domain';

/**
 * Tells who answered. A cache before API Gateway repeats the headers of the answer that it keeps, so signs of a cache come
 * first; without a sign of API Gateway nobody knows who it was.
 *
 * Amazon API Gateway Developer Guide, "Set up CloudWatch logging for REST APIs": `x-amzn-RequestId`, which services behind
 * an API and function URLs send as well, and `x-amz-apigw-id`, which only a REST API sends; "Configure logging for HTTP
 * APIs" for `apigw-requestid`. An edge-optimized API is behind a CloudFront distribution of AWS's own, which keeps
 * nothing.
 */
export function answererOf(headers: readonly NameValue[], at: AskedAt = 'api-host'): Answerer {
  if (headers.some(isCacheHit)) {
    return 'cache';
  }
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  const isRest =
    names.has('x-amz-apigw-id') ||
    (at === 'api-host' && (names.has('x-amzn-requestid') || names.has('x-amzn-errortype')));
  const isHttp = names.has('apigw-requestid');
  return isRest ? (isHttp ? 'both-apis' : 'rest-api') : isHttp ? 'http-api' : 'other';
}

/** What the headers name on the way, for people: `Server "nginx", Via "1.1 edge"`. Absent where they name nothing. */
export function namedOnTheWay(headers: readonly NameValue[]): string | undefined {
  const named = headers
    .filter(([name]) => NAMING.has(name.toLowerCase()) || CACHE_SIGNS.has(name.toLowerCase()))
    .slice(0, MAX_NAMED)
    .map(([name, value]) => `${name} ${JSON.stringify(value.slice(0, LONGEST_NAMED))}`);
  return named.length === 0 ? undefined : named.join(', ');
}

const MAX_NAMED = 4;

const LONGEST_NAMED = 80;

const NAMING: ReadonlySet<string> = new Set(['server', 'via', 'x-served-by', 'x-powered-by']);

function isCacheHit([name, value]: NameValue): boolean {
  return CACHE_SIGNS.get(name.toLowerCase())?.test(value.trim()) === true;
}

/** `HIT`, `TCP_MEM_HIT`, `Hit from cloudfront`, `RefreshHit from cloudfront`, `MISS, HIT`. */
const HIT = /(?:^|[^a-z]|refresh)hit(?:$|[^a-z])/i;

const KEPT = /^(?:hit|stale|updating|revalidated)\b/i;

/**
 * RFC 9111, "Age"; RFC 9211, "Cache-Status"; Amazon CloudFront Developer Guide, "Request and response behavior"
 * (X-Cache); and the names that Fastly, Cloudflare, Akamai, Varnish, nginx, Vercel and bunny document for the same.
 */
const CACHE_SIGNS: ReadonlyMap<string, RegExp> = new Map([
  ['age', /^0*[1-9]\d*$/],
  ['x-cache', HIT],
  ['x-cache-remote', HIT],
  ['x-cache-hits', /(?:^|[\s,])0*[1-9]\d*/],
  ['x-cache-status', KEPT],
  ['cf-cache-status', KEPT],
  ['cdn-cache', HIT],
  ['x-proxy-cache', KEPT],
  ['x-nginx-cache', KEPT],
  ['x-sucuri-cache', KEPT],
  ['x-vercel-cache', /^(?:hit|stale|prerender)\b/i],
  // Varnish names the request that filled the cache beside the one that was answered.
  ['x-varnish', /^\d+\s+\d+$/],
  ['cache-status', /;\s*hit(?:\s*[;,]|\s*$)/i],
  ['server-timing', /\bcdn-cache(?:-hit|;\s*desc="?(?:hit|stale)"?)/i],
]);
