import * as http from 'node:http';
import * as https from 'node:https';
import { performance } from 'node:perf_hooks';
import type {
  CredentialOptions,
  CredentialsFailureKind,
  CredentialsOutcome,
  GatewayHost,
  SendFailure,
  SendFailureKind,
  SendOptions,
  SendOutcome,
} from '../gateway/host';
import type { GatewayRequest, NameValue } from '../gateway/request';

export interface GatewayHostOptions {
  /** Asks a person for the code of an MFA device; without it such profiles fail as `mfa-required`. */
  readonly mfaCode?: ((serial: string) => Promise<string>) | undefined;
}

/** A profile of the shared configuration files. */
export interface AwsProfile {
  readonly name: string;
  readonly region: string | undefined;
  readonly source: 'sso' | 'assume-role' | 'process' | 'web-identity' | 'login' | 'keys' | 'other';
}

/** The engine's host in Node: the one file that opens a connection for an invalidation. */
export function createGatewayHost(options: GatewayHostOptions = {}): GatewayHost {
  return {
    now: () => new Date(),
    send,
    credentials: (wanted) => resolveCredentials(wanted, options),
  };
}

/**
 * The profiles of the shared configuration files (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` or their
 * default places), sorted by name; empty where there are none. Read anew each time.
 */
export async function listProfiles(): Promise<readonly AwsProfile[]> {
  const { loadSharedConfigFiles } = await import('@smithy/shared-ini-file-loader');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  // The configuration file also has sections such as `sso-session NAME`, which the loader keeps as `TYPE.NAME`.
  const sections = Object.keys(configFile).filter((name) => !/^(?:sso-session|services)\./.test(name));
  const names = new Set([...sections, ...Object.keys(credentialsFile)]);
  return [...names].sort().map((name) => {
    const profile = { ...configFile[name], ...credentialsFile[name] };
    return { name, region: profile.region, source: profileSource(profile) };
  });
}

const SOURCE_BY_KEY: readonly (readonly [key: string, AwsProfile['source']])[] = [
  ['sso_session', 'sso'],
  ['sso_start_url', 'sso'],
  ['web_identity_token_file', 'web-identity'],
  ['role_arn', 'assume-role'],
  ['credential_process', 'process'],
  ['login_session', 'login'],
  ['aws_access_key_id', 'keys'],
];

function profileSource(profile: Readonly<Record<string, string | undefined>>): AwsProfile['source'] {
  return SOURCE_BY_KEY.find(([key]) => profile[key] !== undefined)?.[1] ?? 'other';
}

/**
 * Sends the request with Node's own client, which leaves the path and the Host header as they are; `fetch` would
 * resolve dot segments and drop the header, and so break the signature.
 */
function send(request: GatewayRequest, options: SendOptions): Promise<SendOutcome> {
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started);

  return new Promise((resolve) => {
    let status: number | undefined;
    let outgoing: http.ClientRequest | undefined;
    const finish = (outcome: SendOutcome) => {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', cancel);
      resolve(outcome);
      outgoing?.destroy();
    };
    const fail = (kind: SendFailureKind, message: string) => {
      const failure: SendFailure = {
        kind,
        message,
        totalMs: elapsed(),
        ...(status === undefined ? {} : { status }),
      };
      finish({ kind: 'failure', failure });
    };
    const cancel = () => fail('cancelled', 'Cancelled.');
    const timer = setTimeout(
      () => fail('timeout', `No complete answer within ${options.timeoutMs} ms.`),
      options.timeoutMs,
    );
    if (options.signal?.aborted === true) {
      cancel();
      return;
    }
    options.signal?.addEventListener('abort', cancel, { once: true });

    const onResponse = (incoming: http.IncomingMessage) => {
      status = incoming.statusCode ?? 0;
      const firstByteMs = elapsed();
      const chunks: Buffer[] = [];
      let bodyBytes = 0;
      const respond = (extent: 'whole' | 'cut') =>
        finish({
          kind: 'response',
          response: {
            status: incoming.statusCode ?? 0,
            headers: pairs(incoming.rawHeaders),
            body: readBody(Buffer.concat(chunks), incoming.headers['content-encoding']),
            bodyBytes,
            truncated: extent === 'cut',
            timings: { firstByteMs, totalMs: elapsed() },
          },
        });
      incoming.on('data', (chunk: Buffer) => {
        const room = options.maxBodyBytes - bodyBytes;
        chunks.push(chunk.subarray(0, room));
        bodyBytes += Math.min(chunk.length, room);
        if (chunk.length > room) {
          respond('cut');
        }
      });
      incoming.on('end', () => respond('whole'));
      incoming.on('error', () => fail('closed', 'The connection was closed in the middle of the answer.'));
    };

    try {
      outgoing = (request.protocol === 'https:' ? https : http).request({
        hostname: request.hostname,
        port: request.port,
        method: request.method,
        path: request.path,
        headers: Object.fromEntries(request.headers),
        agent: false,
      });
      outgoing.on('response', onResponse);
      // Errors keep coming after an outcome is settled (destroying the socket is one); they change nothing.
      outgoing.on('error', (error) => {
        const kind = failureKind(error);
        fail(kind, FAILURE_MESSAGES[kind](request));
      });
      outgoing.end();
    } catch {
      fail('protocol', 'The request cannot be written as HTTP.');
    }
  });
}

/** Own words instead of the error's: those of the network layer may quote headers. */
const FAILURE_MESSAGES: Readonly<Record<SendFailureKind, (request: GatewayRequest) => string>> = {
  dns: ({ hostname }) => `The host name ${hostname} does not resolve.`,
  refused: ({ hostname }) => `${hostname} refused the connection.`,
  network: ({ hostname }) => `${hostname} cannot be reached.`,
  tls: ({ hostname }) => `No trusted TLS connection to ${hostname} could be made.`,
  timeout: ({ hostname }) => `${hostname} did not answer in time.`,
  cancelled: () => 'Cancelled.',
  closed: () => 'The connection was closed before an answer came.',
  'too-large': () => 'The headers of the answer are too large.',
  protocol: () => 'The answer is not valid HTTP.',
};

const KIND_BY_CODE: readonly (readonly [RegExp, SendFailureKind])[] = [
  [/^(?:ENOTFOUND|EAI_.*|ENODATA)$/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/, 'network'],
  [/^(?:ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'closed'],
  [/^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/^HPE_INVALID_EOF_STATE$/, 'closed'],
  [/^HPE_/, 'protocol'],
  [/^(?:ERR_TLS_|ERR_SSL_|EPROTO|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'tls'],
];

function failureKind(error: Error): SendFailureKind {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return KIND_BY_CODE.find(([pattern]) => pattern.test(code))?.[1] ?? 'network';
}

function pairs(raw: readonly string[]): readonly NameValue[] {
  return raw.flatMap((name, index): readonly NameValue[] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [],
  );
}

/** A compressed body, which was not asked for, says nothing as text. */
function readBody(bytes: Buffer, encoding: string | undefined): string {
  return encoding === undefined || encoding === 'identity' ? bytes.toString('utf8') : '';
}

/** The AWS SDK's own chain, made anew for each call, so that a login in between is seen. */
async function resolveCredentials(
  { profile }: CredentialOptions,
  { mfaCode }: GatewayHostOptions,
): Promise<CredentialsOutcome> {
  try {
    const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
    const resolved = await fromNodeProviderChain({
      ignoreCache: true,
      // The SDK warns on the console otherwise; in a language server standard output is the protocol.
      logger: SILENT,
      ...(profile === undefined ? {} : { profile }),
      ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }),
    })();
    const { accessKeyId, secretAccessKey, sessionToken, expiration, accountId } = resolved;
    const effective = profile ?? process.env.AWS_PROFILE;
    return {
      kind: 'credentials',
      credentials: {
        keys: { accessKeyId, secretAccessKey, sessionToken },
        provenance: provenance(resolved),
        profile: effective,
        accountId,
        expiration,
      },
    };
  } catch (error) {
    const kind = credentialsFailureKind(error);
    return { kind: 'failure', failure: { kind, message: CREDENTIALS_MESSAGES[kind] } };
  }
}

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The SDK's marks of where credentials come from, the more telling first. */
const PROVENANCE: readonly (readonly [mark: RegExp, string])[] = [
  [/SSO/, 'a browser login (SSO)'],
  [/LOGIN/, 'a browser login'],
  [/ASSUME_ROLE_WEB_ID|STS_WEB_ID_TOKEN/, 'a web identity token'],
  [/ASSUME_ROLE|SOURCE_PROFILE|NAMED_PROVIDER/, 'an assumed role'],
  [/PROCESS/, 'a credential process'],
  [/ENV_VARS/, 'the environment'],
  [/CREDENTIALS_PROFILE$/, 'the shared configuration files'],
  [/HTTP/, 'the container'],
  [/IMDS/, 'the instance'],
];

function provenance(credentials: object): string {
  const source: unknown = '$source' in credentials ? credentials.$source : undefined;
  const marks = typeof source === 'object' && source !== null ? Object.keys(source) : [];
  return (
    PROVENANCE.find(([pattern]) => marks.some((mark) => pattern.test(mark)))?.[1] ??
    'a source of the AWS SDK that it does not name'
  );
}

/** Never the SDK's own message: that of a failed credential process quotes its command line and output. */
const CREDENTIALS_MESSAGES: Readonly<Record<CredentialsFailureKind, string>> = {
  'no-credentials': 'No source of the AWS SDK gave credentials.',
  'profile-not-found': 'The profile does not exist or is not complete.',
  'sso-login-expired': 'The browser login of the profile has expired.',
  'mfa-required': 'The profile asks for an MFA code.',
  'credentials-failed': 'The source of the credentials failed.',
  cancelled: 'Cancelled.',
};

const CREDENTIALS_FAILURE: readonly (readonly [message: RegExp, CredentialsFailureKind])[] = [
  [/multi-factor authentication/i, 'mfa-required'],
  [/sso (?:session|token)|aws sso login|token is expired|aws login/i, 'sso-login-expired'],
  [/could not load credentials from any provider/i, 'no-credentials'],
  [
    /could not be found in shared|could not resolve credentials using profile|was not found/i,
    'profile-not-found',
  ],
];

function credentialsFailureKind(error: unknown): CredentialsFailureKind {
  const message = error instanceof Error ? error.message : '';
  return CREDENTIALS_FAILURE.find(([pattern]) => pattern.test(message))?.[1] ?? 'credentials-failed';
}
