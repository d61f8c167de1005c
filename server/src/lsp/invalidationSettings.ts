import type { NetworkSettings } from '../gateway/host';
import type { ConfiguredDomain } from '../gateway/targetUrl';
import type { HandlerContext } from './handlerContext';
import { SECTION } from './settings';

/** Where credentials may go besides AWS; no workspace can set any of it. */
export interface InvalidationSettings {
  readonly customDomains: readonly ConfiguredDomain[];
  readonly controlEndpoint: string | undefined;
}

/** Asks the client. Settings that are not understood are named in the log and left out. May reject. */
export async function invalidationSettings({
  configuration,
  log,
}: Pick<HandlerContext, 'configuration' | 'log'>): Promise<InvalidationSettings> {
  const { customDomains, controlEndpoint } = record(await configuration(`${SECTION}.invalidation`));
  return {
    customDomains: (Array.isArray(customDomains) ? customDomains : []).flatMap((entry) => {
      const domain = readDomain(record(entry));
      if (domain === undefined) {
        log(`The setting ${SECTION}.invalidation.customDomains has an entry without a domain or a Region.`);
      }
      return domain ?? [];
    }),
    controlEndpoint: text(controlEndpoint),
  };
}

/** VS Code's own settings of the network, as far as they are set. May reject. */
export async function editorNetwork({
  configuration,
}: Pick<HandlerContext, 'configuration'>): Promise<Partial<NetworkSettings>> {
  const { proxy, noProxy, proxyStrictSSL, proxySupport, systemCertificates } = record(
    await configuration('http'),
  );
  const url = text(proxy);
  const exempt = Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string') : [];
  return {
    // Off is off: not even that of the environment.
    ...(proxySupport === 'off' ? { proxy: undefined } : url === undefined ? {} : { proxy: url }),
    ...(exempt.length === 0 ? {} : { noProxy: exempt }),
    proxyCertificate: proxyStrictSSL === false ? 'unverified' : 'verified',
    systemAuthorities: systemCertificates === true ? 'trusted' : 'ignored',
  };
}

function readDomain(entry: Readonly<Record<string, unknown>>): ConfiguredDomain | undefined {
  const name = text(entry.domain)?.toLowerCase();
  const region = text(entry.region);
  const certFile = text(entry.certificateFile);
  const keyFile = text(entry.keyFile);
  return name === undefined || region === undefined
    ? undefined
    : {
        name,
        region,
        basePath: (text(entry.basePath) ?? '').replace(/^\/+|(?<!\/)\/+$/g, ''),
        apiId: text(entry.apiId),
        stage: text(entry.stage),
        accountId: text(entry.account),
        clientCertificate:
          certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile },
      };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
