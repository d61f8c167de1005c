import type { GatewayResponse } from './host';
import type { NameValue } from './request';

/*
 * Who wrote an answer, as far as its headers tell.
 */

/** What the headers of an answer show of its origin. */
export type AnsweredBy =
  | { readonly who: 'rest-api' | 'http-api' | 'nobody-known' }
  | { readonly who: 'a-cache'; readonly sign: string };

/**
 * Signs that an answer comes from a cache. They go before the signs of API Gateway, since a cache stores those too:
 * `X-Cache` of CloudFront and others (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cache-statistics.html),
 * `Age` (RFC 9111, 5.1), `Cache-Status` (RFC 9211) and its older private forms. An `Age` of 0 shows nothing: some
 * networks send it with every answer.
 */
const CACHE_SIGNS: readonly (readonly [name: string, value: RegExp])[] = [
  ['x-cache', /\b(?:refresh|tcp_(?:\w+_)?)?hit\b/i],
  ['x-cache-status', /^\s*(?:hit|stale|updating|revalidated)\b/i],
  ['cf-cache-status', /^\s*(?:hit|stale|updating|revalidated)\b/i],
  ['cache-status', /;\s*hit\b(?!\s*=\s*\?0)/i],
  ['cdn-cache', /^\s*hit\b/i],
  ['x-drupal-cache', /^\s*hit\b/i],
  ['x-proxy-cache', /^\s*hit\b/i],
  ['age', /^\s*0*[1-9]\d*\s*$/],
];

/** Characters of a header that are looked at and shown. */
const LONGEST_SIGN = 200;

/** Reads who answered. Headers are what anybody may send, so this is a reason to doubt and never a proof. */
export function answeredBy({ headers }: Pick<GatewayResponse, 'headers'>): AnsweredBy {
  for (const [name, value] of headers) {
    const shown = value.slice(0, LONGEST_SIGN);
    if (CACHE_SIGNS.some(([sign, pattern]) => sign === name.toLowerCase() && pattern.test(shown))) {
      return { who: 'a-cache', sign: `${name}: ${shown}` };
    }
  }
  // REST APIs send both, whoever stands behind them; HTTP APIs send a header of their own.
  if (has(headers, 'x-amz-apigw-id') || has(headers, 'x-amzn-requestid')) {
    return { who: 'rest-api' };
  }
  return { who: has(headers, 'apigw-requestid') ? 'http-api' : 'nobody-known' };
}

/** One sentence on what the answer came through, where its headers name it; `undefined` where they do not. */
export function cameThrough({ headers }: Pick<GatewayResponse, 'headers'>): string | undefined {
  const named = headers
    .filter(([name]) => /^(?:server|via)$/i.test(name))
    .map(([name, value]) => `${name}: ${value.slice(0, LONGEST_SIGN)}`);
  return named.length === 0 ? undefined : `Its headers name ${named.join(' and ')}.`;
}

function has(headers: readonly NameValue[], wanted: string): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === wanted && value.trim() !== '');
}
