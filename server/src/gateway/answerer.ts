import type { NameValue } from './request';

/** Who gave an answer, as far as its headers tell. */
export type Answerer = 'api-gateway' | 'cache' | 'other';

/**
 * Tells who answered. A cache before API Gateway repeats the headers of the answer that it keeps, so signs of a cache come
 * first; without a sign of API Gateway nobody knows who it was.
 *
 * RFC 9111, "Age"; Amazon CloudFront Developer Guide, "Request and response behavior" (X-Cache); the names that Fastly,
 * Cloudflare, Akamai and Varnish document for the same. Amazon API Gateway Developer Guide, "Set up logging": the
 * request ids. An edge-optimized API is behind a CloudFront distribution of AWS's own, which keeps nothing.
 */
export function answererOf(headers: readonly NameValue[]): Answerer {
  return headers.some(isCacheHit) ? 'cache' : headers.some(isOfApiGateway) ? 'api-gateway' : 'other';
}

function isCacheHit([name, value]: NameValue): boolean {
  return CACHE_SIGNS.get(name.toLowerCase())?.test(value.trim()) === true;
}

const CACHE_SIGNS: ReadonlyMap<string, RegExp> = new Map([
  ['age', /^0*[1-9]\d*$/],
  ['x-cache', /\bhit\b|refreshhit/i],
  ['x-cache-hits', /(?:^|[\s,])0*[1-9]\d*/],
  ['x-cache-status', /^(?:hit|stale|updating|revalidated)\b/i],
  ['cf-cache-status', /^(?:hit|stale|updating|revalidated)\b/i],
  ['cdn-cache', /\bhit\b/i],
  ['x-proxy-cache', /^hit\b/i],
  ['cache-status', /;\s*hit(?:\s*[;,]|\s*$)/i],
]);

/** Whether a header is API Gateway's own: REST APIs send the first two, errors the third, HTTP APIs the last. */
function isOfApiGateway([name]: NameValue): boolean {
  return OWN_HEADERS.has(name.toLowerCase());
}

const OWN_HEADERS: ReadonlySet<string> = new Set([
  'x-amzn-requestid',
  'x-amz-apigw-id',
  'x-amzn-errortype',
  'apigw-requestid',
]);
