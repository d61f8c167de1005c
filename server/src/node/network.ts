import { readFileSync } from 'node:fs';
import type * as http from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { own } from '../core/index';
import type { NetworkSettings, SendFailureKind } from '../gateway/host';

/** How one request travels. */
export interface Route {
  readonly way: 'direct' | 'proxy';
  /** Absent for Node's own. */
  readonly agent: http.Agent | undefined;
  /** Ends what is left of the connections when nobody waits any more: a proxy may be silent for ever. */
  close(): void;
}

/** Rejects with an error that `failureKind` knows as `settings` where the settings of the network cannot be used. */
export type AgentFor = (url: Pick<URL, 'protocol' | 'hostname'>) => Promise<Route>;

/**
 * The environment's proxy and certificate authorities, as other tools of AWS read them: `HTTPS_PROXY`, `NO_PROXY`
 * and `AWS_CA_BUNDLE` (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html).
 */
export function environmentNetwork(env: Readonly<Record<string, string | undefined>>): NetworkSettings {
  const given = (...names: readonly string[]) =>
    names.map((name) => own(env, name)).find((value) => value !== undefined && value !== '');
  const bundle = given('AWS_CA_BUNDLE');
  const extra = given('NODE_EXTRA_CA_CERTS');
  return {
    proxy: given('HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'),
    noProxy: (given('NO_PROXY', 'no_proxy') ?? '').split(/[\s,]+/).filter((entry) => entry !== ''),
    proxyCertificate: 'verified',
    // Node reads its own extra authorities by itself, as long as it is given no others.
    caFiles: bundle === undefined ? [] : [bundle, ...(extra === undefined ? [] : [extra])],
    systemAuthorities: 'ignored',
  };
}

/**
 * Whether requests to a host go past the proxy: what is on this machine always does, and an entry of the list stands
 * for a name and everything below it, `*` for every host. Ports in entries are not looked at.
 */
export function isExempt(hostname: string, noProxy: readonly string[]): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)) {
    return true;
  }
  return noProxy.some((entry) => {
    const name = entry
      .toLowerCase()
      .replace(/:\d+$/, '')
      .replace(/^\*?\./, '');
    return name === '*' || host === name || host.endsWith(`.${name}`);
  });
}

/**
 * Agents for requests under these settings. The certificate of the target is verified whatever the settings say:
 * only that of the proxy itself may be left unverified. A proxy that is no http or https URL, and a file of certificate
 * authorities that cannot be read, are settings that cannot be used.
 */
export function createAgents(settings: NetworkSettings): AgentFor {
  return async ({ protocol, hostname }) => {
    if (protocol !== 'https:') {
      return { way: 'direct', agent: undefined, close: () => undefined };
    }
    const { ca, proxy } = usable(settings);
    const trust = ca === undefined ? {} : { ca: [...ca] };
    if (proxy === undefined || isExempt(hostname, settings.noProxy)) {
      const agent = ca === undefined ? undefined : new https.Agent(trust);
      return { way: 'direct', agent, close: () => agent?.destroy() };
    }
    const { HttpsProxyAgent } = await import('https-proxy-agent');
    const end = new AbortController();
    const agent = new HttpsProxyAgent(proxy, {
      ...trust,
      // The request does not know the connection to the proxy until that has opened a way.
      signal: end.signal,
      rejectUnauthorized: settings.proxyCertificate === 'verified',
    });
    // The agent hands its own options on to the target's TLS as well unless the request says otherwise.
    Object.assign(agent.options, trust, { rejectUnauthorized: true });
    return { way: 'proxy', agent, close: () => end.abort() };
  };
}

function usable(settings: NetworkSettings) {
  try {
    return {
      ca: authorities(settings),
      proxy: settings.proxy === undefined ? undefined : proxyUrl(settings.proxy),
    };
  } catch {
    // Not the error itself: that of a URL quotes it, with the password.
    throw Object.assign(new Error('The network settings cannot be used.'), {
      code: 'UNUSABLE_SETTINGS',
    });
  }
}

/** A proxy is often written without its scheme. The URL may hold a password: it is never shown. */
function proxyUrl(text: string): URL {
  const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError('The proxy is not an http or https URL.');
  }
  // The agent decodes these when it has connected, and leaves the connection alone if that throws.
  decodeURIComponent(url.username);
  decodeURIComponent(url.password);
  return url;
}

/**
 * Node's authorities and those of the settings; `undefined` for Node's alone, which have those of
 * `NODE_EXTRA_CA_CERTS` among them. Node 20 cannot read the authorities of the operating system.
 */
function authorities({ caFiles, systemAuthorities }: NetworkSettings): readonly string[] | undefined {
  const { getCACertificates } = tls as {
    getCACertificates?: (type: 'default' | 'system') => readonly string[];
  };
  const own = caFiles.map((file) => readFileSync(file, 'utf8'));
  const system =
    systemAuthorities === 'trusted' && getCACertificates !== undefined ? getCACertificates('system') : [];
  return own.length + system.length === 0
    ? undefined
    : [...(getCACertificates?.('default') ?? tls.rootCertificates), ...system, ...own];
}

const KIND_BY_CODE: readonly (readonly [RegExp, SendFailureKind])[] = [
  [/^UNUSABLE_SETTINGS$/, 'settings'],
  [/^UNUSABLE_CERTIFICATE$/, 'certificate-files'],
  [/^FOREIGN_ANSWER$/, 'foreign'],
  [/^(?:ENOTFOUND|EAI_.*|ENODATA)$/, 'dns'],
  [/^ECONNREFUSED$/, 'refused'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/, 'network'],
  [/^(?:ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'timeout'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED)$/, 'closed'],
  [/^HPE_HEADER_OVERFLOW$/, 'too-large'],
  [/^HPE_INVALID_EOF_STATE$/, 'closed'],
  [/^HPE_/, 'protocol'],
  // The alerts of TLS 1.3 and 1.2 by which a server asks for a certificate that it did not get.
  [
    /^ERR_SSL_(?:TLSV1\d_ALERT_CERTIFICATE_REQUIRED|TLSV13_ALERT_CERTIFICATE_REQUIRED|(?:SSLV3|SSL\/TLS)_ALERT_(?:BAD|NO|UNSUPPORTED)_CERTIFICATE)$/,
    'client-certificate',
  ],
  [/^(?:ERR_TLS_|ERR_SSL_|EPROTO|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH)/, 'tls'],
];

/** What an error means for a request that went this way. */
export function failureKind(error: unknown, way: Route['way']): SendFailureKind {
  return networkKind(error, way) ?? (way === 'proxy' ? 'proxy' : 'network');
}

/** As `failureKind`, for an error that is known; `undefined` for any other. */
export function networkKind(error: unknown, way: Route['way']): SendFailureKind | undefined {
  const text = (name: 'code' | 'syscall'): string => {
    const value: unknown = error instanceof Error ? Reflect.get(error, name) : undefined;
    return typeof value === 'string' ? value : '';
  };
  // Whoever goes through a proxy resolves and connects to nothing else; other errors of a proxy have no code.
  return way === 'proxy' && /^(?:connect|getaddrinfo)$/.test(text('syscall'))
    ? 'proxy'
    : KIND_BY_CODE.find(([pattern]) => pattern.test(text('code')))?.[1];
}

/** Own words instead of the error's: those of the network layer may quote headers. */
export const FAILURE_MESSAGES: Readonly<Record<SendFailureKind, (hostname: string) => string>> = {
  dns: (hostname) => `The host name ${hostname} does not resolve.`,
  refused: (hostname) => `${hostname} refused the connection.`,
  network: (hostname) => `${hostname} cannot be reached.`,
  settings: () => 'The proxy or the certificate authorities that are configured cannot be used.',
  proxy: (hostname) => `The proxy did not open a way to ${hostname}.`,
  tls: (hostname) => `No trusted TLS connection to ${hostname} could be made.`,
  'certificate-files': () =>
    'The client certificate or its key cannot be read, or they do not belong together.',
  'client-certificate': (hostname) => `${hostname} asks for a certificate of the client.`,
  timeout: (hostname) => `${hostname} did not answer in time.`,
  cancelled: () => 'Cancelled.',
  closed: () => 'The connection was closed before an answer came.',
  'too-large': () => 'The headers of the answer are too large.',
  protocol: () => 'The response is not valid HTTP.',
  foreign: (hostname) => `What came back from ${hostname} is not an answer of AWS.`,
};
