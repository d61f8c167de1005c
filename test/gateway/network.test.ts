import * as assert from 'node:assert/strict';
import { once } from 'node:events';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { whoAmI } from '../../server/src/gateway/control';
import type { NetworkSettings } from '../../server/src/gateway/host';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { renderReport, toJson } from '../../server/src/gateway/report';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { createAgents, environmentNetwork, failureKind, isExempt } from '../../server/src/node/network';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { makeCertificate } from '../support/certificate';
import { type ConnectProxy, startConnectProxy } from '../support/connectProxy';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { manager, petstore } from '../support/petstore';
import { aTarget } from './targets';

const LOGIN = 'proxy-user:proxy-password-EXAMPLE';

const NAMES = [
  '*.execute-api.us-east-1.amazonaws.com',
  '*.execute-api.us-east-1.vpce.amazonaws.com',
  'api.example.com',
  'apigateway.us-east-1.amazonaws.com',
  'sts.us-east-1.amazonaws.com',
];

/** Real host names, through a real proxy, with real TLS: only the addresses are this machine's. */
describe('Reaching an API by its name', () => {
  let home: AwsHome;
  let gateway: LoopbackGateway;
  let proxy: ConnectProxy;
  let settings: NetworkSettings;

  before(async () => {
    home = openAwsHome({
      AWS_ACCESS_KEY_ID: manager.accessKeyId,
      AWS_SECRET_ACCESS_KEY: manager.secretAccessKey,
    });
    const tls = makeCertificate(NAMES);
    const caFile = home.write('ca.pem', [tls.cert]);
    gateway = await startLoopbackGateway({
      apis: [petstore],
      callers: [manager],
      customDomains: [
        { name: 'api.example.com', basePath: 'v1', apiId: petstore.id, stage: 'prod' },
        { name: 'api.example.com', basePath: '', apiId: petstore.id, stage: 'strict' },
      ],
      tls,
    });
    proxy = await startConnectProxy({ port: gateway.port, login: LOGIN });
    settings = {
      ...environmentNetwork({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: caFile }),
    };
  });
  after(async () => {
    await proxy.close();
    await gateway.close();
    home.close();
  });

  const run = (
    changes: Partial<InvalidationTarget> = {},
    options: Partial<InvalidateOptions> = {},
    network: Partial<NetworkSettings> = {},
  ) =>
    invalidate(createGatewayHost({ network: async () => ({ ...settings, ...network }) }), aTarget(changes), {
      timeoutMs: limit(20_000),
      ...options,
    });

  const HOSTS: readonly (readonly [name: string, Partial<InvalidationTarget>, host: string])[] = [
    ['the default endpoint', {}, 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:443'],
    [
      'a private API, by a name of its own at the VPC endpoint',
      { endpoint: 'https://{apiId}-vpce-0a1b2c.execute-api.{region}.amazonaws.com' },
      'a1b2c3d4e5-vpce-0a1b2c.execute-api.us-east-1.amazonaws.com:443',
    ],
    [
      'a private API, by the name of the VPC endpoint and a header',
      { endpoint: 'https://vpce-0a1b2c-x1y2.execute-api.{region}.vpce.amazonaws.com' },
      'vpce-0a1b2c-x1y2.execute-api.us-east-1.vpce.amazonaws.com:443',
    ],
    [
      'a custom domain with a base path',
      { domain: { name: 'api.example.com', basePath: 'v1' } },
      'api.example.com:443',
    ],
    [
      'a custom domain without a base path',
      { domain: { name: 'api.example.com', basePath: '' } },
      'api.example.com:443',
    ],
  ];
  for (const [name, changes, host] of HOSTS) {
    it(`works for ${name}`, async () => {
      const { verdict, response } = await run(changes);
      assert.deepEqual([verdict.kind, response?.status], ['accepted', 200], JSON.stringify(verdict));
      assert.equal(proxy.asked.at(-1), host);
      assert.equal(gateway.requests.at(-1)?.cache, 'invalidated');
      assert.equal(gateway.requests.at(-1)?.callerArn, manager.arn);
    });
  }

  it('works for the control plane as well', async () => {
    const { verdict, identity } = await run({}, { identify: 'ask', stage: 'read' });
    assert.equal(verdict.kind, 'accepted');
    assert.doesNotMatch(verdict.caveats.join(), /not tell|not be read/);
    assert.ok(identity?.signing === 'sigv4' && identity.arn === manager.arn);
    assert.deepEqual(proxy.asked.slice(-4), [
      'sts.us-east-1.amazonaws.com:443',
      'apigateway.us-east-1.amazonaws.com:443',
      'apigateway.us-east-1.amazonaws.com:443',
      'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com:443',
    ]);
  });

  it('never tells the password of the proxy', async () => {
    for (const network of [{}, { proxy: proxy.url.replace('EXAMPLE', 'EXAMPL3') }]) {
      const result = await run({}, {}, network);
      const shown = renderReport(result) + JSON.stringify(toJson(result));
      assert.doesNotMatch(shown, /proxy-password|proxy-user/);
    }
  });

  interface Fault {
    readonly name: string;
    readonly target?: Partial<InvalidationTarget>;
    readonly network: () => Partial<NetworkSettings>;
    readonly reason: string;
  }
  const FAULTS: readonly Fault[] = [
    {
      name: 'a proxy that requires a login',
      network: () => ({ proxy: proxy.url.replace(`${LOGIN}@`, '') }),
      reason: 'proxy',
    },
    {
      name: 'a proxy that is not there',
      network: () => ({ proxy: 'http://127.0.0.1:1' }),
      reason: 'proxy',
    },
    {
      name: 'a proxy whose name does not resolve',
      network: () => ({ proxy: 'http://no-such-proxy.invalid:8080' }),
      reason: 'proxy',
    },
    {
      name: 'a proxy that is no URL',
      network: () => ({ proxy: 'socks5://127.0.0.1:1' }),
      reason: 'network-settings',
    },
    {
      name: 'a proxy whose password is not encoded',
      network: () => ({ proxy: 'http://user:100%@127.0.0.1:1' }),
      reason: 'network-settings',
    },
    {
      name: 'authorities that cannot be read',
      network: () => ({ caFiles: ['/no/such/file'] }),
      reason: 'network-settings',
    },
    { name: 'a certificate that nobody vouches for', network: () => ({ caFiles: [] }), reason: 'tls' },
    {
      name: 'a certificate for another name',
      target: { domain: { name: 'other.example.com', basePath: '' } },
      network: () => ({}),
      reason: 'tls',
    },
    {
      name: 'a certificate for another name, whatever is accepted of the proxy',
      target: { domain: { name: 'other.example.com', basePath: '' } },
      network: () => ({ proxyCertificate: 'unverified' }),
      reason: 'tls',
    },
  ];
  for (const { name, target, network, reason } of FAULTS) {
    it(`sends nothing past ${name}`, async () => {
      const seen = gateway.requests.length;
      const { verdict } = await run(target, {}, network());
      const kind = reason === 'network-settings' ? 'not-sent' : 'unreachable';
      assert.deepEqual([verdict.kind, verdict.reason], [kind, reason]);
      assert.equal(gateway.requests.length, seen);
    });

    it(`tells the control plane from ${name}`, async () => {
      if (target !== undefined) {
        return;
      }
      const host = createGatewayHost({ network: async () => ({ ...settings, ...network() }) });
      const { verdict } = await whoAmI(host, aTarget(), { timeoutMs: limit(20_000) });
      assert.equal(verdict.reason, reason);
      assert.doesNotMatch(JSON.stringify(verdict), /AWS says|proxy-password/);
    });
  }

  it('hangs up on a proxy that never answers, when nobody waits any more', async () => {
    const hungUp: Promise<unknown>[] = [];
    const silent = net.createServer((socket) => {
      hungUp.push(once(socket.resume(), 'close'));
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as net.AddressInfo).port}`;
    try {
      const { verdict } = await run({}, { timeoutMs: 500 }, { proxy: url });
      assert.equal(verdict.reason, 'timeout');
      const host = createGatewayHost({ network: async () => ({ ...settings, proxy: url }) });
      assert.equal((await whoAmI(host, aTarget(), { timeoutMs: 500 })).verdict.reason, 'timeout');
      assert.equal(hungUp.length, 2);
      await Promise.all(hungUp);
    } finally {
      silent.close();
    }
  });

  it('goes past the proxy to this machine', async () => {
    const asked = proxy.asked.length;
    const { verdict } = await run({ endpoint: gateway.endpoint });
    // The certificate is for names, and this is an address.
    assert.equal(verdict.reason, 'tls');
    assert.equal(proxy.asked.length, asked);
  });
});

describe('The network of the environment', () => {
  it('is what other tools of AWS read', () => {
    assert.deepEqual(
      environmentNetwork({
        https_proxy: 'proxy.example:8080',
        NO_PROXY: 'localhost, .internal  10.0.0.1',
        AWS_CA_BUNDLE: '/ca.pem',
        NODE_EXTRA_CA_CERTS: '/extra.pem',
      }),
      {
        proxy: 'proxy.example:8080',
        noProxy: ['localhost', '.internal', '10.0.0.1'],
        proxyCertificate: 'verified',
        caFiles: ['/ca.pem', '/extra.pem'],
        systemAuthorities: 'ignored',
      },
    );
    assert.deepEqual(environmentNetwork({ NODE_EXTRA_CA_CERTS: '/extra.pem' }).caFiles, []);
  });

  const EXEMPT: readonly (readonly [host: string, list: readonly string[], exempt: boolean])[] = [
    ['localhost', [], true],
    ['127.0.0.1', [], true],
    ['[::1]', [], true],
    ['api.example.com', ['example.com'], true],
    ['api.example.com', ['.example.com'], true],
    ['api.example.com', ['*.example.com'], true],
    ['API.example.com', ['api.EXAMPLE.com:443'], true],
    ['api.example.com', ['*'], true],
    ['badexample.com', ['example.com'], false],
    ['api.example.com', [], false],
    ['127.0.0.1.example.com', [], false],
  ];
  for (const [host, list, exempt] of EXEMPT) {
    it(`${exempt ? 'spares' : 'does not spare'} ${host} the proxy for [${list.join(' ')}]`, () => {
      assert.equal(isExempt(host, list), exempt);
    });
  }
});

describe('An error of the network that nobody knows', () => {
  it('is the proxy’s where there is one on the way', () => {
    for (const error of [
      new Error('x'),
      Object.assign(new Error('x'), { code: 'EWHATEVER' }),
      'x',
      undefined,
    ]) {
      assert.equal(failureKind(error, 'proxy'), 'proxy');
      assert.equal(failureKind(error, 'direct'), 'network');
    }
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED', syscall: 'connect' });
    assert.equal(failureKind(refused, 'proxy'), 'proxy');
    assert.equal(failureKind(refused, 'direct'), 'refused');
  });
});

describe('The certificate authorities of the operating system', () => {
  it('are trusted beside those of Node where Node can read them, and are no error where it cannot', async () => {
    const settings = { ...environmentNetwork({}), systemAuthorities: 'trusted' } as const;
    const { way, agent, close } = await createAgents(settings)(new URL('https://example.com'));
    close();
    assert.equal(way, 'direct');
    assert.equal(agent === undefined, !('getCACertificates' in tls));
  });
});
