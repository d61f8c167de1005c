import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { GatewayRequest } from './request';
import type { NameValue } from './target';

/** Keys to sign with. They never leave the call that uses them: nothing in a result holds them. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** What a signature is good for. */
export interface SigningScope {
  readonly service: string;
  readonly region: string;
  readonly date: Date;
}

/**
 * The request with `x-amz-date`, `authorization` and, for temporary keys, `x-amz-security-token` added.
 *
 * For every service but S3 the canonical path is the path as it is sent, each segment encoded once more, so
 * `%20` becomes `%2520` (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 * The signer leaves `cache-control` out of the signed headers, since proxies may rewrite it; API Gateway
 * checks the headers that the signature names.
 */
export async function signRequest(
  request: GatewayRequest,
  keys: AwsKeys,
  scope: SigningScope,
  body?: string,
): Promise<GatewayRequest> {
  const signer = new SignatureV4({
    service: scope.service,
    region: scope.region,
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey,
      ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
    },
    sha256: Sha256,
    applyChecksum: false,
  });
  const [path = '/', ...query] = request.path.split('?');
  const signed = await signer.sign(
    {
      method: request.method,
      protocol: request.protocol,
      hostname: request.hostname,
      path,
      query: parseQuery(query.join('?')),
      headers: headerRecord(request.headers),
      body,
    },
    { signingDate: scope.date },
  );
  const sent = new Set(request.headers.map(([name]) => name.toLowerCase()));
  const added = Object.entries(signed.headers).filter(([name]) => !sent.has(name.toLowerCase()));
  return { ...request, headers: [...request.headers, ...added] };
}

/** The decoded query, a parameter that occurs more than once with all of its values. */
function parseQuery(query: string): Record<string, string[]> {
  const values = new Map<string, string[]>();
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [name = '', ...value] = pair.split('=');
    const key = decodeURIComponent(name);
    values.set(key, [...(values.get(key) ?? []), decodeURIComponent(value.join('='))]);
  }
  return Object.fromEntries(values);
}

/** Several headers of one name are one header, its values joined by commas (RFC 9110, section 5.2). */
function headerRecord(headers: readonly NameValue[]): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value.trim() : `${before},${value.trim()}`);
  }
  return Object.fromEntries(values);
}
