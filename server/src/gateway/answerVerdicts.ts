import type { AnsweredBy } from './answeredBy';
import type { VerdictData, VerdictRow } from './verdictTable';

/*
 * What each answer means, as data; `verdict.ts` finds the row.
 */

export const IGNORED: VerdictRow = {
  verdict: {
    kind: 'ignored',
    reason: 'warning-header',
    title: 'Ignored: the caller may not invalidate this entry',
    explanation:
      'API Gateway answered, and said in a Warning header that it ignored Cache-Control because the caller is not authorized. What is cached stays as it is. The caller needs execute-api:InvalidateCache on this resource.',
    steps: ['insert-statement', 'choose-profile', 'show-stage-settings'],
  },
};

export const ACCEPTED: VerdictRow = {
  verdict: {
    kind: 'accepted',
    reason: 'no-warning',
    title: 'Accepted: API Gateway raised no objection',
    explanation:
      'The request was answered without an error and without the Warning header that marks an ignored invalidation.',
    steps: ['compare-plain-request', 'show-stage-settings'],
  },
};

/** A warning that is not the one of an ignored invalidation: a backend may send any (RFC 7234, 5.5.7). */
export const WARNED: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'warning-not-understood',
    title: 'Not known: the answer carries a warning',
    explanation:
      'It has a Warning header with code 199 that does not speak of Cache-Control. The backend may have sent it, or API Gateway, which then ignored the invalidation.',
    steps: ['compare-plain-request', 'show-stage-settings'],
  },
};

/** Answers without an error that do not come from a REST API, by what their headers show. */
export const NOT_BY_REST_API: Readonly<Record<Exclude<AnsweredBy['who'], 'rest-api'>, VerdictRow>> = {
  'a-cache': {
    verdict: {
      kind: 'unknown',
      reason: 'cache-answered',
      title: 'Not known: a cache answered, perhaps without asking API Gateway',
      explanation:
        'The headers say that the answer comes from a cache, such as a content delivery network before the API. Such a cache may ignore Cache-Control of a request. Use the address of the API itself. A cache behind the API whose headers the backend passes on looks the same.',
      steps: ['check-endpoint', 'compare-plain-request'],
    },
  },
  'http-api': {
    verdict: {
      kind: 'not-cacheable',
      reason: 'http-api-answered',
      title: 'Nothing there: an HTTP API answered',
      explanation: 'HTTP APIs have no cache. Only REST APIs have one.',
      steps: ['check-path', 'check-endpoint'],
    },
  },
  'nobody-known': {
    verdict: {
      kind: 'unknown',
      reason: 'not-api-gateway',
      title: 'Not known: nothing shows that API Gateway answered',
      explanation:
        'The answer has none of the headers that a REST API sends (x-amzn-RequestId, x-amz-apigw-id). Another server, or a proxy that removes them, may have answered.',
      steps: ['check-endpoint', 'compare-plain-request'],
    },
  },
};

/** What an accepted request comes to where the stage's settings say that nothing is cached for it. */
export const NOTHING_CACHED: VerdictData = {
  kind: 'not-cacheable',
  reason: 'nothing-cached',
  title: 'Nothing there: the stage caches nothing for this request',
  explanation: 'API Gateway answered without an objection, and had nothing to invalidate.',
  steps: ['show-stage-settings'],
};

const FORBIDDEN_CAUSES =
  'API Gateway gives this one answer where the stage does not exist or is missing in the URL, where the domain has no mapping for the path, where the default endpoint is switched off, and where a domain with mutual TLS got no client certificate.';

/**
 * Policies that limit what identity policies grant, as a refusal names them
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html).
 */
const LIMITS: readonly (readonly [text: RegExp, reason: string, name: string])[] = [
  [/no permissions boundary allows/i, 'access-denied-boundary', "the caller's permissions boundary"],
  [/no session policy allows/i, 'access-denied-session-policy', "the session policy of the caller's role"],
  [/no service control policy allows/i, 'access-denied-scp', 'a service control policy of the organization'],
  [
    /no resource control policy allows/i,
    'access-denied-rcp',
    'a resource control policy of the organization',
  ],
  [/no VPC endpoint policy allows/i, 'access-denied-endpoint-policy', 'the policy of the VPC endpoint'],
];

/**
 * The error answers of API Gateway to an invalidation. Error types come first since a gateway response may
 * change status and body (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html);
 * the message decides where one type stands for several causes.
 */
export const verdictRows: readonly VerdictRow[] = [
  {
    errorTypes: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    text: /signature expired|signature not yet current/i,
    verdict: {
      kind: 'badly-signed',
      reason: 'clock-skew',
      title: "Badly signed: this machine's clock is off",
      explanation: 'AWS accepts a signature for a few minutes around its own time.',
      steps: ['check-clock', 'retry'],
    },
  },
  {
    errorTypes: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    text: /scoped to a valid region/i,
    verdict: {
      kind: 'badly-signed',
      reason: 'wrong-region-scope',
      title: 'Badly signed: the signature is for another Region',
      explanation: 'The API is not in the Region that the target names.',
      steps: ['correct-region'],
    },
  },
  {
    errorTypes: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    text: /scoped to (?:the )?correct service/i,
    verdict: {
      kind: 'badly-signed',
      reason: 'wrong-service-scope',
      title: 'Badly signed: the address does not belong to an API of API Gateway',
      explanation:
        'The request was signed for execute-api, and what answered there is another service of AWS.',
      steps: ['check-endpoint', 'check-path'],
    },
  },
  {
    errorTypes: ['InvalidSignatureException', 'SignatureDoesNotMatch'],
    verdict: {
      kind: 'badly-signed',
      reason: 'signature-mismatch',
      title: 'Badly signed: the signature does not match',
      explanation:
        'Most often the secret access key does not belong to the access key id. A proxy that changes the path, the query or a header on the way has the same effect.',
      steps: ['check-secret', 'choose-profile'],
    },
  },
  {
    errorTypes: ['IncompleteSignatureException', 'IncompleteSignature'],
    verdict: {
      kind: 'badly-signed',
      reason: 'incomplete-signature',
      title: 'Badly signed: the Authorization header is not understood',
      explanation:
        'API Gateway did not find a complete signature in the request. Something on the way may have replaced the header; it also says this of a path that does not exist.',
      steps: ['check-path', 'retry'],
    },
  },
  {
    errorTypes: ['ExpiredTokenException', 'ExpiredToken'],
    verdict: {
      kind: 'badly-signed',
      reason: 'expired-token',
      title: 'Badly signed: the session has expired',
      explanation: 'The temporary credentials are past their end.',
      steps: ['log-in-again', 'choose-profile'],
    },
  },
  {
    errorTypes: ['UnrecognizedClientException', 'InvalidClientTokenId'],
    verdict: {
      kind: 'badly-signed',
      reason: 'invalid-token',
      title: 'Badly signed: AWS does not know these credentials',
      explanation:
        'The access key id does not exist or is not active, the session token does not belong to it, or it is of another partition.',
      steps: ['choose-profile', 'log-in-again'],
    },
  },
  {
    errorTypes: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
    signing: 'sigv4',
    address: 'custom-domain',
    verdict: {
      kind: 'refused',
      reason: 'signature-lost-or-no-route',
      title: 'Refused: the signature did not arrive, or there is no such path',
      explanation:
        'A REST API answers "Missing Authentication Token" where the request reaches it without a signature, and where it has no such path or method. CloudFront before the domain removes the Authorization header unless it is told to forward it.',
      steps: ['check-path', 'check-endpoint'],
    },
  },
  {
    errorTypes: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
    signing: 'sigv4',
    verdict: {
      kind: 'not-cacheable',
      reason: 'no-such-route',
      title: 'Nothing there: the stage has no such path or method',
      explanation:
        'A REST API answers "Missing Authentication Token" where it has no such path or method. It also does where the signature was removed on the way.',
      steps: ['check-path', 'check-endpoint'],
    },
  },
  {
    errorTypes: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
    verdict: {
      kind: 'refused',
      reason: 'missing-authentication-token',
      title: 'Refused: the request is not signed, or there is no such path',
      explanation:
        'The method wants a signed request (AWS_IAM), or the stage has no such path or method: a REST API gives the same answer to both.',
      steps: ['sign-request', 'check-path'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /security token included in the request is invalid/i,
    verdict: {
      kind: 'badly-signed',
      reason: 'invalid-token',
      title: 'Badly signed: AWS does not know these credentials',
      explanation:
        'The access key id does not exist or is not active, the session token does not belong to it, or it is of another partition.',
      steps: ['choose-profile', 'log-in-again'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /user: anonymous|no resource-based policy/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-resource-policy',
      title: "Refused: the API's resource policy does not let the caller in",
      explanation:
        'The resource policy decides before the cache is looked at. It must allow execute-api:Invoke to this caller, from this address.',
      steps: ['sign-request', 'choose-profile'],
    },
  },
  ...LIMITS.map(
    ([text, reason, name]): VerdictRow => ({
      errorTypes: ['AccessDeniedException', 'AccessDenied'],
      text,
      verdict: {
        kind: 'refused',
        reason,
        title: `Refused: ${name} does not allow it`,
        explanation: `A statement in an identity policy changes nothing here: ${name} must allow the action as well, and whoever manages it has to change it.`,
        steps: ['choose-profile'],
      },
    }),
  ),
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /execute-api:\w+ .*explicit deny/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-explicit-deny',
      title: 'Refused: a policy denies it explicitly',
      explanation:
        'A statement with Effect Deny matches. Another Allow changes nothing; the Deny has to go, or the caller has to be another one.',
      steps: ['choose-profile'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /execute-api:InvalidateCache|^unauthorized$/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-invalidate-cache',
      title: 'Refused: the caller may not invalidate this entry',
      explanation:
        'The stage refuses unauthorized invalidations with 403. The caller needs execute-api:InvalidateCache on this resource.',
      steps: ['insert-statement', 'choose-profile', 'show-stage-settings'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /execute-api:Invoke/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-invoke',
      title: 'Refused: the caller may not invoke this method',
      explanation:
        'The method is protected by IAM. Beside execute-api:InvalidateCache the caller needs execute-api:Invoke on this resource.',
      steps: ['insert-statement', 'choose-profile'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /not authorized to access this resource/i,
    verdict: {
      kind: 'refused',
      reason: 'authorizer-deny',
      title: "Refused: the API's authorizer said no",
      explanation:
        'A Lambda authorizer guards the method. The Authorization header can carry either its token or a signature, so an entry behind such a method is best flushed with its stage.',
      steps: ['flush-stage', 'show-stage-settings'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    verdict: {
      kind: 'refused',
      reason: 'access-denied',
      title: 'Refused: access denied',
      explanation:
        'API Gateway does not say which permission is missing. Where plain requests succeed it is execute-api:InvalidateCache: the stage then refuses unauthorized invalidations with 403.',
      steps: ['insert-statement', 'choose-profile', 'show-stage-settings'],
    },
  },
  {
    // Sources of the causes: Knowledge Center "API Gateway 403 Forbidden" and mutual TLS, and reports from users.
    errorTypes: ['ForbiddenException', 'Forbidden'],
    apiKey: 'absent',
    verdict: {
      kind: 'refused',
      reason: 'forbidden-without-api-key',
      title: 'Refused: forbidden, most often a wrong stage or address',
      explanation: `${FORBIDDEN_CAUSES} The method may also require an API key, which was not sent, or a web application firewall stopped the request.`,
      steps: ['check-path', 'check-endpoint', 'enter-api-key'],
    },
  },
  {
    errorTypes: ['ForbiddenException', 'Forbidden'],
    verdict: {
      kind: 'refused',
      reason: 'forbidden',
      title: 'Refused: forbidden, most often a wrong stage or address',
      explanation: `${FORBIDDEN_CAUSES} The API key may also be unknown or belong to no usage plan of this stage, or a web application firewall stopped the request.`,
      steps: ['check-path', 'check-endpoint', 'enter-api-key'],
    },
  },
  {
    // 500 with a message of null, measured; the request did not get past the authorizer.
    errorTypes: ['AuthorizerConfigurationException', 'AuthorizerFailureException'],
    verdict: {
      kind: 'refused',
      reason: 'authorizer-failed',
      title: "Refused: the API's authorizer failed",
      explanation:
        'API Gateway could not call the authorizer of the method, or did not understand its answer. The backend was not asked, and the entry stays as it is. The permission to invoke the function of the authorizer may be missing.',
      steps: ['flush-stage', 'retry'],
    },
  },
  {
    errorTypes: ['UnauthorizedException', 'Unauthorized'],
    verdict: {
      kind: 'refused',
      reason: 'unauthorized',
      title: "Refused: the API's authorizer wants a token",
      explanation:
        'A Lambda or Cognito authorizer guards the method. The Authorization header can carry either its token or a signature, so an entry behind such a method is best flushed with its stage.',
      steps: ['flush-stage', 'show-stage-settings'],
    },
  },
  {
    errorTypes: ['LimitExceededException'],
    verdict: {
      kind: 'throttled',
      reason: 'quota-exceeded',
      title: 'Throttled: the quota of the API key is used up',
      explanation: "The usage plan's quota for this period is spent.",
      steps: ['enter-api-key'],
    },
  },
  {
    errorTypes: ['TooManyRequestsException', 'ThrottlingException', 'Throttling'],
    verdict: {
      kind: 'throttled',
      reason: 'throttled',
      title: 'Throttled: too many requests',
      explanation: 'API Gateway turned the request away before it reached the cache. Try again in a moment.',
      steps: ['retry'],
    },
  },
  {
    errorTypes: ['NotFoundException'],
    verdict: {
      kind: 'not-cacheable',
      reason: 'not-found',
      title: 'Nothing there: the API, stage or path does not exist',
      explanation: 'The gateway knows nothing by this name.',
      steps: ['check-path', 'correct-region'],
    },
  },
  {
    errorTypes: ['BadRequestException', 'UnsupportedMediaTypeException', 'RequestTooLargeException'],
    verdict: {
      kind: 'refused',
      reason: 'bad-request',
      title: 'Refused: the method does not accept the request as it is',
      explanation:
        'Something in the request is missing or not valid, such as a query parameter or a header that the method requires.',
      steps: ['check-path'],
    },
  },
  {
    errorTypes: [
      'InternalServerErrorException',
      'InternalFailureException',
      'InternalFailure',
      'IntegrationFailureException',
      'IntegrationTimeoutException',
      'ServiceUnavailableException',
    ],
    verdict: {
      kind: 'unknown',
      reason: 'server-error',
      title: 'Not known: the backend failed',
      explanation:
        'API Gateway passed the request on and got no proper answer. The entry was not replaced by a fresh one; whether the old one is still cached cannot be told.',
      steps: ['retry', 'compare-plain-request'],
    },
  },
  {
    status: [304, 304],
    verdict: {
      kind: 'unknown',
      reason: 'not-modified',
      title: 'Not known: the backend says that nothing changed',
      explanation:
        'One of the headers asks for an answer only if something changed. Send the request without it.',
      steps: ['check-path', 'compare-plain-request'],
    },
  },
  {
    status: [300, 399],
    verdict: {
      kind: 'unknown',
      reason: 'redirect',
      title: 'Not known: the answer is a redirect',
      explanation:
        'A redirect is never followed, since the signature would go to another address. API Gateway does not redirect by itself: the backend or something on the way does.',
      steps: ['check-endpoint', 'compare-plain-request'],
    },
  },
  {
    status: [401, 401],
    verdict: {
      kind: 'refused',
      reason: 'unauthorized',
      title: "Refused: the API's authorizer wants a token",
      explanation:
        'A Lambda or Cognito authorizer, or the backend itself, wants a token. The Authorization header can carry either a token or a signature, so an entry behind such a method is best flushed with its stage.',
      steps: ['flush-stage', 'show-stage-settings'],
    },
  },
  {
    status: [403, 403],
    verdict: {
      kind: 'refused',
      reason: 'forbidden',
      title: 'Refused: forbidden',
      explanation:
        'The answer does not say why. It may be the stage that refuses unauthorized invalidations with an answer of its own, a firewall, or the backend itself.',
      steps: ['insert-statement', 'show-stage-settings', 'choose-profile'],
    },
  },
  {
    status: [404, 404],
    verdict: {
      kind: 'not-cacheable',
      reason: 'not-found',
      title: 'Nothing there: not found',
      explanation: 'The backend, or an API that is no REST API, does not know the path.',
      steps: ['check-path'],
    },
  },
  {
    status: [414, 414],
    verdict: {
      kind: 'refused',
      reason: 'uri-too-long',
      title: 'Refused: the path is too long',
      explanation: "API Gateway limits the length of a method's ARN, its path values included.",
      steps: ['check-path'],
    },
  },
  {
    status: [429, 429],
    verdict: {
      kind: 'throttled',
      reason: 'throttled',
      title: 'Throttled: too many requests',
      explanation: 'The request was turned away. Try again in a moment.',
      steps: ['retry'],
    },
  },
  {
    status: [400, 499],
    verdict: {
      kind: 'refused',
      reason: 'client-error',
      title: 'Refused: the request was not accepted',
      explanation: 'The answer is no error of API Gateway that is known here; the backend may have sent it.',
      steps: ['check-path'],
    },
  },
  {
    status: [500, 599],
    verdict: {
      kind: 'unknown',
      reason: 'server-error',
      title: 'Not known: the backend failed',
      explanation:
        'The entry was not replaced by a fresh answer; whether the old one is still cached cannot be told.',
      steps: ['retry', 'compare-plain-request'],
    },
  },
];

export const UNKNOWN: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'unknown-answer',
    title: 'Not known: the answer is not understood',
    explanation: 'Its error type, or its status, is none that is known here.',
    steps: ['compare-plain-request'],
  },
};
