import type { CredentialsFailureKind, SendFailureKind } from './host';
import type { VerdictData } from './verdictTable';

/*
 * What it means that there is no answer, as data: a failure on the way, or a reason to send nothing.
 */

export const FAILURES: Readonly<Record<SendFailureKind, VerdictData>> = {
  dns: {
    kind: 'unreachable',
    reason: 'dns',
    title: 'Unreachable: the host name does not resolve',
    explanation:
      'There is no API with this ID in this Region, it is a private API, or this machine cannot resolve names.',
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
    title: 'Unreachable: no route to the host',
    explanation: 'The network has no route to the address.',
    steps: ['retry', 'check-endpoint'],
  },
  settings: {
    kind: 'not-sent',
    reason: 'network-settings',
    title: 'Not sent: the network settings cannot be used',
    explanation:
      'The configured proxy is not a valid http or https URL, or a file of certificate authorities cannot be read.',
    steps: [],
  },
  'certificate-files': {
    kind: 'not-sent',
    reason: 'certificate-files',
    title: 'Not sent: the client certificate cannot be used',
    explanation:
      'The file of the certificate or of its key cannot be read, is not PEM, is protected by a passphrase, or the two do not match.',
    steps: [],
  },
  proxy: {
    kind: 'unreachable',
    reason: 'proxy',
    title: 'Unreachable: the proxy opened no way to the host',
    explanation:
      'The proxy cannot be reached itself, requires a login, or does not let this host through. Nothing was sent to the API.',
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
  'client-certificate': {
    kind: 'unreachable',
    reason: 'client-certificate',
    title: 'Unreachable: the server asks for a client certificate',
    explanation:
      'The server is trusted, and requires a client certificate (mutual TLS) that was not sent or that it does not accept. The API did not get the request.',
    steps: ['check-endpoint'],
  },
  timeout: {
    kind: 'unreachable',
    reason: 'timeout',
    title: 'Unreachable: no complete response in time',
    explanation:
      'The request may still have reached the API: it is not known whether the entry was invalidated.',
    steps: ['retry', 'compare-plain-request'],
  },
  cancelled: {
    kind: 'cancelled',
    reason: 'cancelled',
    title: 'Cancelled',
    explanation:
      'The request may already have reached the API: it is not known whether the entry was invalidated.',
    steps: ['retry'],
  },
  closed: {
    kind: 'unreachable',
    reason: 'closed',
    title: 'Unreachable: the connection broke off',
    explanation:
      'The response is not complete, so it proves nothing: it is not known whether the entry was invalidated.',
    steps: ['retry', 'compare-plain-request'],
  },
  'too-large': {
    kind: 'unreachable',
    reason: 'too-large',
    title: 'Unreachable: the response headers are too large',
    explanation: 'It is unlikely that API Gateway answered.',
    steps: ['check-endpoint'],
  },
  protocol: {
    kind: 'unreachable',
    reason: 'protocol',
    title: 'Unreachable: the response is not HTTP',
    explanation: 'The response is not valid HTTP.',
    steps: ['check-endpoint'],
  },
  foreign: {
    kind: 'unreachable',
    reason: 'foreign',
    title: 'Unreachable: the response is not from AWS',
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
      'The IAM Identity Center session of the profile has expired, or there was none on this machine. Log in again with aws sso login.',
    steps: ['log-in-again', 'choose-profile'],
  },
  'login-expired': {
    kind: 'not-sent',
    reason: 'login-expired',
    title: 'Not sent: the login has expired',
    explanation:
      'The console login session of the profile has expired, or there was none on this machine. Log in again with aws login.',
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
    title: 'Not sent: the credentials are not keys of AWS',
    explanation:
      'The access key ID, the secret or the session token is empty, or contains a space, a line break or another character that no key has. Often a line break was stored with it.',
    steps: ['choose-profile'],
  },
  'credentials-failed': {
    kind: 'not-sent',
    reason: 'credentials-failed',
    title: 'Not sent: the source of the credentials failed',
    explanation: 'A configured source of credentials returned none.',
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

/** Said before anything is sent (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html). */
export const CROSS_ACCOUNT: VerdictData = {
  kind: 'not-sent',
  reason: 'cross-account',
  title: 'Not sent: the API belongs to another account',
  explanation:
    'API Gateway does not support invalidating a cache entry across accounts, whatever the policies allow.',
  steps: ['choose-profile', 'check-path', 'send-anyway'],
};
