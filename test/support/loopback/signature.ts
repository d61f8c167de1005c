import { createHash, timingSafeEqual } from 'node:crypto';
import type * as http from 'node:http';
import * as aws4 from 'aws4';
import type { CallerConfig, Reply } from './config';
import { compact, errorReply, headerText } from './reply';

export type CallerOutcome =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'caller'; readonly caller: CallerConfig }
  | { readonly kind: 'rejected'; readonly reply: Reply };

/** AWS accepts signatures for five minutes around its time. */
const CLOCK_TOLERANCE_MS = 5 * 60 * 1000;

export const MALFORMED_AUTHORIZATION = errorReply(
  403,
  'IncompleteSignatureException',
  'Invalid key=value pair (missing equal-sign) in Authorization header.',
);

export interface Authorization {
  readonly accessKeyId: string;
  readonly scope: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** What the Authorization header says; `malformed` for anything that is no signature, such as a bearer token. */
export function parseAuthorization(header: string | undefined): Authorization | 'absent' | 'malformed' {
  if (header === undefined) {
    return 'absent';
  }
  const [, credential = '', signedHeaders = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(header) ??
    [];
  const [accessKeyId = '', ...scope] = credential.split('/');
  return scope.length === 4
    ? { accessKeyId, scope, signedHeaders: signedHeaders.split(';'), signature }
    : 'malformed';
}

/** Who signed the request for a service of a Region, or the error that AWS answers instead. */
export function identify(
  { callers, now }: { readonly callers: readonly CallerConfig[]; readonly now: Date },
  wanted: { readonly service: string; readonly region: string | undefined },
  request: http.IncomingMessage,
  authorization: Authorization | 'absent' | 'malformed',
  body: Buffer,
): CallerOutcome {
  const rejected = (reply: Reply): CallerOutcome => ({ kind: 'rejected', reply });
  if (authorization === 'absent') {
    return { kind: 'anonymous' };
  }
  if (authorization === 'malformed') {
    return rejected(MALFORMED_AUTHORIZATION);
  }
  const [date, region, service] = authorization.scope;
  if (wanted.region !== undefined && region !== wanted.region) {
    return rejected(
      errorReply(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region.'),
    );
  }
  if (service !== wanted.service) {
    return rejected(
      errorReply(
        403,
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${wanted.service}'.`,
      ),
    );
  }
  const caller = callers.find(({ accessKeyId }) => accessKeyId === authorization.accessKeyId);
  const token = request.headers['x-amz-security-token'];
  if (caller === undefined || caller.sessionToken !== token) {
    return rejected(
      errorReply(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      ),
    );
  }
  if (caller.expiresAt !== undefined && caller.expiresAt <= now) {
    return rejected(
      errorReply(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
    );
  }
  const stamp = headerText(request, 'x-amz-date');
  const signedAt = Date.parse(
    stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (Number.isNaN(signedAt) || !stamp.startsWith(date ?? '')) {
    return rejected(
      errorReply(
        403,
        'IncompleteSignatureException',
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
      ),
    );
  }
  const late = now.getTime() - signedAt;
  if (Math.abs(late) > CLOCK_TOLERANCE_MS) {
    const limit = compact(new Date(now.getTime() - Math.sign(late) * CLOCK_TOLERANCE_MS));
    const today = compact(now);
    return rejected(
      errorReply(
        403,
        'InvalidSignatureException',
        late > 0
          ? `Signature expired: ${stamp} is now earlier than ${limit} (${today} - 5 min.)`
          : `Signature not yet current: ${stamp} is still later than ${limit} (${today} + 5 min.)`,
      ),
    );
  }
  const expected = expectedSignature(request, authorization, caller, body);
  return expected.signature !== undefined && sameDigest(expected.signature, authorization.signature)
    ? { kind: 'caller', caller }
    : rejected(
        errorReply(
          403,
          'InvalidSignatureException',
          `The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${expected.canonical}'\n`,
        ),
      );
}

/**
 * Calculates the signature from the request as it was received: the raw path and query, and exactly those
 * headers that the client says it signed, so that `cache-control` may be among them or not.
 */
function expectedSignature(
  request: http.IncomingMessage,
  { scope, signedHeaders }: Authorization,
  caller: CallerConfig,
  body: Buffer,
): { readonly signature: string | undefined; readonly canonical: string } {
  const isSigned = (name: string) => signedHeaders.includes(name);
  const mustBeSigned = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  if (!mustBeSigned.every(isSigned)) {
    return { signature: undefined, canonical: '' };
  }
  const wanted = {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    headers: Object.fromEntries(signedHeaders.map((name) => [name, rawHeader(request, name)])),
    region: scope[1] ?? '',
    service: scope[2] ?? '',
    // aws4 leaves these out by itself, and a client may have signed them.
    extraHeadersToInclude: Object.fromEntries(signedHeaders.map((name) => [name, true])),
    doNotModifyHeaders: true,
    ...(body.length === 0 ? {} : { body }),
  };
  try {
    const signer = new aws4.RequestSigner(wanted, {
      accessKeyId: caller.accessKeyId,
      secretAccessKey: caller.secretAccessKey,
    });
    signer.datetime = headerText(request, 'x-amz-date');
    const canonical = signer.canonicalString();
    return { signature: signer.signature(), canonical };
  } catch {
    // A path that is no valid percent-encoding has no canonical form.
    return { signature: undefined, canonical: '' };
  }
}

function rawHeader(request: http.IncomingMessage, name: string): string {
  return request.rawHeaders
    .filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name)
    .join(',');
}

function sameDigest(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
