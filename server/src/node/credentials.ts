import type * as http from 'node:http';
import { own } from '../core/index';
import {
  type CredentialOptions,
  type CredentialsFailureKind,
  type CredentialsOutcome,
  PROVENANCE,
} from '../gateway/host';
import type { AgentFor } from './network';

export interface CredentialSources {
  /** Asks a person for the code of an MFA device; without it such profiles fail as `mfa-required`. */
  readonly mfaCode?: ((serial: string) => Promise<string>) | undefined;
  /** For the calls that some sources make: browser logins and assumed roles. */
  readonly agentFor: AgentFor;
}

/** A profile of the shared configuration files. */
export interface AwsProfile {
  readonly name: string;
  readonly region: string | undefined;
  readonly source: 'sso' | 'assume-role' | 'process' | 'web-identity' | 'login' | 'keys' | 'other';
}

/**
 * The profiles of the shared configuration files (`AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE` or their default
 * locations), sorted by name; empty if there are none. Read again for each call.
 */
export async function listProfiles(): Promise<readonly AwsProfile[]> {
  const { loadSharedConfigFiles } = await import('./awsSdk.js');
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  // The configuration file also has sections such as `sso-session NAME`, which the loader keeps as `TYPE.NAME`.
  const sections = Object.keys(configFile).filter((name) => !/^(?:sso-session|services)\./.test(name));
  const names = new Set([...sections, ...Object.keys(credentialsFile)]);
  return [...names].sort().map((name) => {
    const profile = { ...own(configFile, name), ...own(credentialsFile, name) };
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
  return SOURCE_BY_KEY.find(([key]) => own(profile, key) !== undefined)?.[1] ?? 'other';
}

/**
 * The AWS SDK's default chain, created for each call, so that a login in between is noticed. If a profile was named it
 * is the only source: otherwise the chain would fall back to the role of an instance when the profile fails, and sign
 * as someone whom nobody chose.
 */
export async function resolveCredentials(
  { profile, region }: CredentialOptions,
  { mfaCode, agentFor }: CredentialSources,
): Promise<CredentialsOutcome> {
  // A network that cannot be used is told when the request itself is sent: most sources need none.
  const route = await agentFor({ protocol: 'https:', hostname: 'amazonaws.com' }).catch(() => undefined);
  try {
    const { fromIni, fromNodeProviderChain } = await import('./awsSdk.js');
    const settings = {
      ignoreCache: true,
      // The SDK warns on the console otherwise; in a language server standard output is the protocol.
      logger: SILENT,
      clientConfig: clientConfig(route?.agent),
      ...(region === undefined ? {} : { parentClientConfig: { region } }),
      ...(mfaCode === undefined ? {} : { mfaCodeProvider: mfaCode }),
    };
    const provide =
      profile === undefined ? fromNodeProviderChain(settings) : fromIni({ ...settings, profile });
    const resolved = await provide();
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
  } finally {
    route?.close();
  }
}

/**
 * Where there is a proxy, or authorities of one's own, the SDK's inner clients have to know. A service that does not
 * answer must not hold up everything; a credential process takes the time that it takes, since it may ask a person.
 */
function clientConfig(agent: http.Agent | undefined): object {
  return {
    maxAttempts: 2,
    requestHandler: {
      connectionTimeout: SOURCE_TIMEOUT_MS,
      requestTimeout: SOURCE_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      ...(agent === undefined ? {} : { httpsAgent: agent }),
    },
  };
}

const SOURCE_TIMEOUT_MS = 10_000;

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** The SDK's marks of where credentials come from, the more telling first. */
const PROVENANCE_BY_MARK: readonly (readonly [mark: RegExp, string])[] = [
  [/SSO/, PROVENANCE.sso],
  [/LOGIN/, PROVENANCE.login],
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
    PROVENANCE_BY_MARK.find(([pattern]) => marks.some((mark) => pattern.test(mark)))?.[1] ??
    'a source of the AWS SDK that it does not name'
  );
}

/** Never the SDK's own message: that of a failed credential process quotes its command line and output. */
const CREDENTIALS_MESSAGES: Readonly<Record<CredentialsFailureKind, string>> = {
  'no-credentials': 'No source of the AWS SDK gave credentials.',
  'profile-not-found': 'The profile does not exist or is not complete.',
  'sso-login-expired': 'The browser login of the profile has expired.',
  'login-expired': 'The console login of the profile has expired.',
  'mfa-required': 'The profile asks for an MFA code.',
  'role-denied': 'The role of the profile cannot be assumed.',
  'malformed-credentials': 'The credentials are not keys of AWS.',
  'credentials-failed': 'The source of the credentials failed.',
  cancelled: 'Cancelled.',
};

const CREDENTIALS_FAILURE: readonly (readonly [message: RegExp, CredentialsFailureKind])[] = [
  [/multi-factor authentication/i, 'mfa-required'],
  [
    /sso (?:session|token)|session token not found or invalid|aws sso login|token is expired/i,
    'sso-login-expired',
  ],
  // What the provider of console logins says, of whom @aws-sdk/credential-provider-login is the only one.
  [/aws login|re-?authenticate|failed to load token from/i, 'login-expired'],
  [/sts:AssumeRole|MultiFactorAuthentication failed/i, 'role-denied'],
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
