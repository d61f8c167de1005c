import type { VerdictRow } from './verdictTable';

/**
 * The error answers of API Gateway to an invalidation. Error types come first since a gateway response may
 * change status and body
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html); the message
 * decides where one type stands for several causes.
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
        'Most often the secret access key does not belong to the access key ID. A proxy that changes the path, the query or a header on the way has the same effect.',
      steps: ['check-secret', 'choose-profile'],
    },
  },
  {
    errorTypes: ['IncompleteSignatureException', 'IncompleteSignature'],
    verdict: {
      kind: 'badly-signed',
      reason: 'incomplete-signature',
      title: 'Badly signed: the Authorization header is not valid',
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
      explanation: 'The temporary credentials have expired.',
      steps: ['log-in-again', 'choose-profile'],
    },
  },
  {
    errorTypes: ['UnrecognizedClientException', 'InvalidClientTokenId'],
    verdict: {
      kind: 'badly-signed',
      reason: 'invalid-token',
      title: 'Badly signed: AWS does not accept these credentials',
      explanation:
        'The access key ID does not exist or is not active, the session token does not belong to it, or it belongs to another partition.',
      steps: ['choose-profile', 'log-in-again'],
    },
  },
  {
    errorTypes: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
    signing: 'sigv4',
    verdict: {
      kind: 'not-cacheable',
      reason: 'no-such-route',
      title: 'Not found, or the signature was removed on the way',
      explanation:
        'A REST API answers "Missing Authentication Token" where it has no such path or method. The request was signed; it also gets this answer where something in front of the API removes the Authorization header, as a CloudFront distribution does by default.',
      steps: ['check-path', 'check-routes', 'check-endpoint'],
    },
  },
  {
    errorTypes: ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
    verdict: {
      kind: 'refused',
      reason: 'missing-authentication-token',
      title: 'Refused: the request is not signed, or there is no such path',
      explanation:
        'The method requires a signed request (AWS_IAM), or the stage has no such path or method: a REST API gives the same response to both.',
      steps: ['sign-request', 'check-path', 'check-routes'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /security token included in the request is invalid/i,
    verdict: {
      kind: 'badly-signed',
      reason: 'invalid-token',
      title: 'Badly signed: AWS does not accept these credentials',
      explanation:
        'The access key ID does not exist or is not active, the session token does not belong to it, or it belongs to another partition.',
      steps: ['choose-profile', 'log-in-again'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /user: anonymous|no resource-based policy/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-resource-policy',
      title: "Refused: the API's resource policy does not allow the caller",
      explanation:
        'The resource policy is evaluated before the cache. It must allow execute-api:Invoke to this caller, from this address.',
      steps: ['sign-request', 'choose-profile'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /because no (?:permissions boundary|session policy|service control policy|resource control policy|VPC endpoint policy) allows/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-limit',
      title: 'Refused: a policy that limits the caller does not allow it',
      explanation:
        'The policy that limits the caller has to allow the action as well; a statement in an identity policy or in the resource policy changes nothing.',
      steps: ['choose-profile'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    // An authorizer's denial begins with `User is`.
    text: /^\s*User: .{0,4000}with an explicit deny/i,
    verdict: {
      kind: 'refused',
      reason: 'access-denied-explicit-deny',
      title: 'Refused: a policy denies it explicitly',
      explanation:
        'A statement with Effect Deny matches. Another Allow changes nothing: change the Deny, or use another caller.',
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
        'The method uses IAM authorization. In addition to execute-api:InvalidateCache the caller needs execute-api:Invoke on this resource.',
      steps: ['insert-statement', 'choose-profile'],
    },
  },
  {
    errorTypes: ['AccessDeniedException', 'AccessDenied'],
    text: /not authorized to access this resource/i,
    verdict: {
      kind: 'refused',
      reason: 'authorizer-deny',
      title: "Refused: the API's authorizer denied the request",
      explanation:
        'The method has a Lambda authorizer. The Authorization header can carry either its token or a signature, so for an entry of such a method it is best to flush the stage.',
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
    errorTypes: ['ForbiddenException', 'Forbidden'],
    apiKey: 'absent',
    verdict: {
      kind: 'refused',
      reason: 'api-key',
      title: 'Refused: forbidden, most often for a wrong stage or path',
      explanation:
        'API Gateway gives the same response for a stage that does not exist, a URL without its stage, a custom domain without a mapping for the path, and a missing client certificate (mutual TLS). It is also the response to a missing API key, to an AWS WAF rule, and to the default endpoint where it is disabled.',
      steps: ['check-path', 'check-routes', 'check-endpoint', 'enter-api-key'],
    },
  },
  {
    errorTypes: ['ForbiddenException', 'Forbidden'],
    verdict: {
      kind: 'refused',
      reason: 'forbidden',
      title: 'Refused: forbidden',
      explanation:
        'API Gateway gives the same response for a stage that does not exist, a URL without its stage, a custom domain without a mapping for the path, and a missing client certificate (mutual TLS). It is also the response to an API key that is in no usage plan of this stage, to an AWS WAF rule, and to the default endpoint where it is disabled.',
      steps: ['check-path', 'check-routes', 'check-endpoint', 'enter-api-key'],
    },
  },
  {
    errorTypes: ['UnauthorizedException', 'Unauthorized'],
    verdict: {
      kind: 'refused',
      reason: 'unauthorized',
      title: "Refused: the API's authorizer requires a token",
      explanation:
        'The method has a Lambda or Cognito authorizer, and no token that it accepts was sent. The Authorization header carries either its token or a signature: with a token, an entry is renewed only where the stage requires no authorization for that.',
      steps: ['enter-token', 'flush-stage', 'show-stage-settings'],
    },
  },
  {
    errorTypes: ['AuthorizerConfigurationException', 'AuthorizerFailureException'],
    verdict: {
      kind: 'refused',
      reason: 'authorizer-configuration',
      title: "Refused: the API's authorizer does not work",
      explanation:
        'API Gateway could not call the authorizer, or the authorizer failed or gave an answer that cannot be used. The request did not reach the cache. The owner of the API must fix the authorizer or its permissions.',
      steps: ['retry', 'flush-stage'],
    },
  },
  {
    errorTypes: ['LimitExceededException'],
    verdict: {
      kind: 'throttled',
      reason: 'quota-exceeded',
      title: 'Throttled: the quota of the API key is used up',
      explanation: "The usage plan's quota for this period is used up.",
      steps: ['enter-api-key'],
    },
  },
  {
    errorTypes: ['TooManyRequestsException', 'ThrottlingException', 'Throttling'],
    verdict: {
      kind: 'throttled',
      reason: 'throttled',
      title: 'Throttled: too many requests',
      explanation: 'API Gateway rejected the request before it reached the cache. Try again in a moment.',
      steps: ['retry'],
    },
  },
  {
    errorTypes: ['NotFoundException'],
    verdict: {
      kind: 'not-cacheable',
      reason: 'not-found',
      title: 'Not found: the API, stage or path does not exist',
      explanation: 'API Gateway has no API, stage or path of this name.',
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
      title: 'Unknown: the backend failed',
      explanation:
        'API Gateway forwarded the request and got no valid response. The entry was not replaced; it is not known whether the old one is still cached.',
      steps: ['retry', 'compare-plain-request'],
    },
  },
  {
    status: [304, 304],
    verdict: {
      kind: 'unknown',
      reason: 'not-modified',
      title: 'Unknown: the backend says that nothing changed',
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
      title: 'Unknown: the answer is a redirect',
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
      title: "Refused: the API's authorizer requires a token",
      explanation:
        'A Lambda or Cognito authorizer, or the backend itself, requires a token. The Authorization header can carry either a token or a signature, so for an entry of such a method it is best to flush the stage.',
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
      title: 'Not found',
      explanation: 'The backend, or an API that is not a REST API, does not know the path.',
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
      explanation: 'The request was rejected. Try again in a moment.',
      steps: ['retry'],
    },
  },
  {
    status: [400, 499],
    verdict: {
      kind: 'refused',
      reason: 'client-error',
      title: 'Refused: the request was not accepted',
      explanation: 'The answer is not a known error of API Gateway; the backend may have sent it.',
      steps: ['check-path'],
    },
  },
  {
    status: [500, 599],
    verdict: {
      kind: 'unknown',
      reason: 'server-error',
      title: 'Unknown: the backend failed',
      explanation: 'The entry was not replaced; it is not known whether the old one is still cached.',
      steps: ['retry', 'compare-plain-request'],
    },
  },
];

export const UNKNOWN: VerdictRow = {
  verdict: {
    kind: 'unknown',
    reason: 'unknown-answer',
    title: 'Unknown: the response is not recognized',
    explanation: 'Its error type or status is not a known one.',
    steps: ['compare-plain-request'],
  },
};
