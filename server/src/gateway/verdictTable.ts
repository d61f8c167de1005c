import type { CredentialsFailureKind, SendFailureKind } from './host';
import type { InvalidationTarget } from './request';
import type { Settled } from './stageCache';

/*
 * What each answer and each failure means, as data; `verdict.ts` finds the row.
 */

/** What an invalidation came to. A 200 alone is never more than `accepted`. */
export type VerdictKind =
  | 'accepted'
  | 'ignored'
  | 'refused'
  | 'badly-signed'
  | 'not-cacheable'
  | 'throttled'
  | 'unreachable'
  | 'cancelled'
  | 'not-sent'
  | 'unknown';

export type NextStepId =
  | 'check-clock'
  | 'check-endpoint'
  | 'check-path'
  | 'check-secret'
  | 'choose-profile'
  | 'compare-plain-request'
  | 'correct-region'
  | 'enter-api-key'
  | 'flush-stage'
  | 'insert-statement'
  | 'log-in-again'
  | 'retry'
  | 'send-anyway'
  | 'show-stage-settings'
  | 'sign-request';

export interface NextStep {
  readonly id: NextStepId;
  readonly label: string;
}

export interface Verdict {
  readonly kind: VerdictKind;
  /** Stable, for programs: which row of the table matched. */
  readonly reason: string;
  /** One line. */
  readonly title: string;
  readonly explanation: string;
  /** What the answer cannot tell. */
  readonly caveats: readonly string[];
  readonly nextSteps: readonly NextStep[];
}

/** What the judge must know of the request beside the answer. */
export interface JudgeContext {
  readonly target: InvalidationTarget;
  readonly signing: 'sigv4' | 'unsigned';
  readonly apiKey: 'sent' | 'absent';
  /** The sender's clock when the request was signed. */
  readonly sentAt: Date;
  /** What the stage's settings decide, where they are known. */
  readonly settled?: Settled | undefined;
}

export type VerdictData = Omit<Verdict, 'caveats' | 'nextSteps'> & { readonly steps: readonly NextStepId[] };

/**
 * A row matches an answer by its error type, or by its status, or by its text alone; `signing` and `apiKey`
 * narrow it by what was sent. Rows with a text stand before the row that takes the rest of their kind.
 */
export interface VerdictRow {
  readonly errorTypes?: readonly string[];
  readonly status?: readonly [from: number, to: number];
  readonly text?: RegExp;
  readonly signing?: JudgeContext['signing'];
  readonly apiKey?: JudgeContext['apiKey'];
  readonly verdict: VerdictData;
}

export const LABELS: Readonly<Record<NextStepId, string>> = {
  'check-clock': "Set this machine's clock",
  'check-endpoint': 'Check the endpoint',
  'check-path': 'Correct the target',
  'check-secret': 'Check the secret access key',
  'choose-profile': 'Choose another profile',
  'compare-plain-request': 'Send a plain request and compare',
  'correct-region': 'Correct the Region',
  'enter-api-key': 'Enter an API key',
  'flush-stage': 'Flush the whole stage cache instead',
  'insert-statement': 'Insert the statement that allows it',
  'log-in-again': 'Log in again',
  retry: 'Try again',
  'send-anyway': 'Send it all the same',
  'show-stage-settings': "Show the stage's cache settings",
  'sign-request': 'Sign the request',
};

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

/** What an accepted request comes to where the stage's settings say that nothing is cached for it. */
export const NOTHING_CACHED: VerdictData = {
  kind: 'not-cacheable',
  reason: 'nothing-cached',
  title: 'Nothing there: the stage caches nothing for this request',
  explanation: 'API Gateway answered without an objection, and had nothing to invalidate.',
  steps: ['show-stage-settings'],
};

/** Said before anything is sent (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html). */
export const CROSS_ACCOUNT: VerdictData = {
  kind: 'not-sent',
  reason: 'cross-account',
  title: 'Not sent: the API belongs to another account',
  explanation:
    'API Gateway does not support invalidating a cache entry across accounts, whatever the policies allow.',
  steps: ['choose-profile', 'check-path', 'send-anyway'],
};

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
    verdict: {
      kind: 'not-cacheable',
      reason: 'no-such-route',
      title: 'Nothing there: the stage has no such path or method',
      explanation:
        'A REST API answers "Missing Authentication Token" where it has no such path or method. The request was signed, so this is not about authentication.',
      steps: ['check-path'],
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
    errorTypes: ['ForbiddenException', 'Forbidden'],
    apiKey: 'absent',
    verdict: {
      kind: 'refused',
      reason: 'api-key',
      title: 'Refused: forbidden, perhaps for want of an API key',
      explanation:
        'No API key was sent. A web application firewall, or a default endpoint that is switched off, gives the same answer.',
      steps: ['enter-api-key', 'check-endpoint'],
    },
  },
  {
    errorTypes: ['ForbiddenException', 'Forbidden'],
    verdict: {
      kind: 'refused',
      reason: 'forbidden',
      title: 'Refused: forbidden',
      explanation:
        'The API key is unknown or belongs to no usage plan of this stage, a web application firewall stopped the request, or the default endpoint is switched off: API Gateway gives one answer to all three.',
      steps: ['enter-api-key', 'check-endpoint'],
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

export const FAILURES: Readonly<Record<SendFailureKind, VerdictData>> = {
  dns: {
    kind: 'unreachable',
    reason: 'dns',
    title: 'Unreachable: the host name does not resolve',
    explanation:
      'There is no API with this id in this Region, it is a private API, or this machine has no name service.',
    steps: ['check-path', 'correct-region', 'check-endpoint'],
  },
  refused: {
    kind: 'unreachable',
    reason: 'refused',
    title: 'Unreachable: the connection was refused',
    explanation: 'Nothing listens at the address.',
    steps: ['check-endpoint', 'retry'],
  },
  network: {
    kind: 'unreachable',
    reason: 'network',
    title: 'Unreachable: there is no way to the host',
    explanation: 'The network has no route to the address.',
    steps: ['retry', 'check-endpoint'],
  },
  settings: {
    kind: 'not-sent',
    reason: 'network-settings',
    title: 'Not sent: the network settings cannot be used',
    explanation:
      'The proxy that is configured is no http or https URL, or a file of certificate authorities cannot be read.',
    steps: [],
  },
  proxy: {
    kind: 'unreachable',
    reason: 'proxy',
    title: 'Unreachable: the proxy opened no way to the host',
    explanation:
      'The proxy cannot be reached itself, wants a login, or does not let this host through. Nothing was sent to the API.',
    steps: ['check-endpoint'],
  },
  tls: {
    kind: 'unreachable',
    reason: 'tls',
    title: 'Unreachable: no trusted connection',
    explanation:
      "The server's certificate is not trusted or is for another name. Nothing was sent. A proxy that opens TLS needs its certificate authority made known to this machine.",
    steps: ['check-endpoint'],
  },
  timeout: {
    kind: 'unreachable',
    reason: 'timeout',
    title: 'Unreachable: no complete answer in time',
    explanation:
      'The request may still have reached the API: whether the entry was invalidated cannot be told.',
    steps: ['retry', 'compare-plain-request'],
  },
  cancelled: {
    kind: 'cancelled',
    reason: 'cancelled',
    title: 'Cancelled',
    explanation:
      'The request may already have reached the API: whether the entry was invalidated cannot be told.',
    steps: ['retry'],
  },
  closed: {
    kind: 'unreachable',
    reason: 'closed',
    title: 'Unreachable: the connection broke off',
    explanation:
      'The answer is not complete, so it proves nothing: whether the entry was invalidated cannot be told.',
    steps: ['retry', 'compare-plain-request'],
  },
  'too-large': {
    kind: 'unreachable',
    reason: 'too-large',
    title: "Unreachable: the answer's headers are too large",
    explanation: 'What answered is hardly API Gateway.',
    steps: ['check-endpoint'],
  },
  protocol: {
    kind: 'unreachable',
    reason: 'protocol',
    title: 'Unreachable: the answer is not HTTP',
    explanation: 'What answered does not speak HTTP, or it speaks it wrongly.',
    steps: ['check-endpoint'],
  },
  foreign: {
    kind: 'unreachable',
    reason: 'foreign',
    title: 'Unreachable: what came back is no answer of AWS',
    explanation: 'A proxy or another program on the way may have answered in its place.',
    steps: ['check-endpoint'],
  },
};

export const CREDENTIALS: Readonly<Record<CredentialsFailureKind, VerdictData>> = {
  'no-credentials': {
    kind: 'not-sent',
    reason: 'no-credentials',
    title: 'Not sent: no credentials',
    explanation:
      'Neither the environment nor the shared configuration files nor any other source of the AWS SDK gave credentials.',
    steps: ['choose-profile'],
  },
  'profile-not-found': {
    kind: 'not-sent',
    reason: 'profile-not-found',
    title: 'Not sent: the profile gives no credentials',
    explanation: 'The shared configuration files have no such profile, or it is not complete.',
    steps: ['choose-profile'],
  },
  'sso-login-expired': {
    kind: 'not-sent',
    reason: 'sso-login-expired',
    title: 'Not sent: the login has expired',
    explanation:
      'The profile uses a browser login that is past its end. Log in again, for instance with aws sso login.',
    steps: ['log-in-again', 'choose-profile'],
  },
  'mfa-required': {
    kind: 'not-sent',
    reason: 'mfa-required',
    title: 'Not sent: the profile asks for an MFA code',
    explanation:
      'The role can only be assumed with a code of the MFA device, which cannot be asked for here.',
    steps: ['choose-profile'],
  },
  'role-denied': {
    kind: 'not-sent',
    reason: 'role-denied',
    title: 'Not sent: the role of the profile cannot be assumed',
    explanation:
      "The source profile's caller may not assume the role, the role's trust policy does not let it, or the MFA code was wrong.",
    steps: ['choose-profile', 'retry'],
  },
  'malformed-credentials': {
    kind: 'not-sent',
    reason: 'malformed-credentials',
    title: 'Not sent: the credentials are no keys',
    explanation:
      'The access key id, the secret or the session token is empty, or holds a blank, a line end or another character that no key has. Often a line end was stored with it.',
    steps: ['choose-profile'],
  },
  'credentials-failed': {
    kind: 'not-sent',
    reason: 'credentials-failed',
    title: 'Not sent: the source of the credentials failed',
    explanation: 'A source of credentials is configured and did not give any.',
    steps: ['choose-profile', 'retry'],
  },
  cancelled: {
    kind: 'cancelled',
    reason: 'cancelled',
    title: 'Cancelled before anything was sent',
    explanation: 'Nothing was sent.',
    steps: ['retry'],
  },
};
