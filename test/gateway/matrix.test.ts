import * as assert from 'node:assert/strict';
import type { GatewayHost, NetworkSettings } from '../../server/src/gateway/host';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { AwsKeys } from '../../server/src/gateway/sign';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import type { VerdictKind } from '../../server/src/gateway/verdictTable';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { environmentNetwork } from '../../server/src/node/network';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { hostOf } from '../support/callerHost';
import { makeCertificate } from '../support/certificate';
import { type ConnectProxy, startConnectProxy } from '../support/connectProxy';
import {
  type ApiConfig,
  type CallerConfig,
  type LoopbackGateway,
  startLoopbackGateway,
  type UnauthorizedStrategy,
} from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore, reader } from '../support/petstore';
import { aTarget } from './targets';

/*
 * Nothing is picked by hand here: every combination is sent over a real socket, and what must come out follows from
 * the documentation alone, in a few lines that know neither the product nor the gateway under test.
 */

const STRATEGIES = [
  'FAIL_WITH_403',
  'SUCCEED_WITH_RESPONSE_HEADER',
  'SUCCEED_WITHOUT_RESPONSE_HEADER',
] as const;
const AUTHORIZATION = ['required', 'not-required'] as const;
const ROUTES = ['iam', 'open'] as const;
const SENDERS = ['allowed', 'not allowed', 'nobody', 'wrong secret', 'unsigned'] as const;
const METHODS = ['GET', 'HEAD', 'POST'] as const;
const HOSTS = ['default', 'private', 'vpc endpoint', 'custom domain'] as const;

interface Combination {
  readonly strategy: UnauthorizedStrategy;
  readonly authorization: (typeof AUTHORIZATION)[number];
  readonly route: (typeof ROUTES)[number];
  readonly sender: (typeof SENDERS)[number];
  readonly method: (typeof METHODS)[number];
}

interface Expected {
  readonly kind: VerdictKind;
  /** Whether the entry is fetched anew. */
  readonly fresh: boolean;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html */
function expected({ strategy, authorization, route, sender }: Combination): Expected {
  if (route === 'iam' && sender === 'wrong secret') {
    return { kind: 'badly-signed', fresh: false };
  }
  if (route === 'iam' && (sender === 'unsigned' || sender === 'nobody')) {
    return { kind: 'refused', fresh: false };
  }
  if (authorization === 'not-required' || sender === 'allowed') {
    return { kind: 'accepted', fresh: true };
  }
  const kinds = {
    FAIL_WITH_403: 'refused',
    SUCCEED_WITH_RESPONSE_HEADER: 'ignored',
    SUCCEED_WITHOUT_RESPONSE_HEADER: 'accepted',
  } as const;
  return { kind: kinds[strategy], fresh: false };
}

const stageName = ({ strategy, authorization }: Pick<Combination, 'strategy' | 'authorization'>) =>
  `${strategy}-${authorization}`;

const NOBODY: CallerConfig = { ...reader, accessKeyId: 'AKIAI44QH8DHBNOBODY0', statements: [] };

const api: ApiConfig = {
  ...petstore,
  routes: ROUTES.flatMap((route) =>
    METHODS.map((method) => ({
      method,
      path: `/${route}`,
      auth: route === 'iam' ? 'AWS_IAM' : 'NONE',
      cache: { keyParameters: [] },
    })),
  ),
  stages: STRATEGIES.flatMap((strategy) =>
    AUTHORIZATION.map((authorization) => ({
      name: stageName({ strategy, authorization }),
      cache: 'on',
      requireAuthorizationForCacheControl: authorization === 'required',
      unauthorizedCacheControlHeaderStrategy: strategy,
    })),
  ),
};

describe('Every combination comes out as documented', () => {
  let gateway: LoopbackGateway;

  describe('at an emulator', () => {
    before(async () => {
      gateway = await startLoopbackGateway({ apis: [api], callers: [invalidator, reader, NOBODY] });
    });
    after(() => gateway.close());

    for (const method of METHODS) {
      for (const route of ROUTES) {
        it(`for ${method} on a method that is ${route}`, async () => {
          for (const rest of combinations()) {
            const combination = { ...rest, method, route };
            await check(combination, { endpoint: gateway.endpoint });
          }
        });
      }
    }
  });

  describe('over TLS, by name', () => {
    let home: AwsHome;
    let proxy: ConnectProxy;
    let network: NetworkSettings;
    before(async () => {
      home = openAwsHome();
      const tls = makeCertificate([
        '*.execute-api.us-east-1.amazonaws.com',
        '*.execute-api.us-east-1.vpce.amazonaws.com',
        ...api.stages.map(({ name }) => domainOf(name)),
      ]);
      gateway = await startLoopbackGateway({
        apis: [api],
        callers: [invalidator, reader, NOBODY],
        customDomains: api.stages.map(({ name }) => ({
          name: domainOf(name),
          basePath: '',
          apiId: api.id,
          stage: name,
        })),
        tls,
      });
      proxy = await startConnectProxy({ port: gateway.port });
      const caFile = home.write('ca.pem', [tls.cert]);
      network = environmentNetwork({ HTTPS_PROXY: proxy.url, AWS_CA_BUNDLE: caFile });
    });
    after(async () => {
      await proxy.close();
      await gateway.close();
      home.close();
    });

    for (const hostKind of HOSTS) {
      for (const strategy of STRATEGIES) {
        it(`at the ${hostKind}, ${strategy}`, async () => {
          const reaching = createGatewayHost({ network: async () => network });
          for (const sender of ['allowed', 'not allowed', 'wrong secret'] as const) {
            const combination = {
              strategy,
              authorization: 'required',
              route: 'iam',
              sender,
              method: 'GET',
            } as const;
            await check(combination, addresses[hostKind](stageName(combination)), reaching);
          }
        }).timeout(limit(60_000));
      }
    }
  });

  async function check(
    combination: Combination,
    changes: Partial<InvalidationTarget>,
    { send }: Partial<GatewayHost> = {},
  ): Promise<void> {
    const { method, route, sender } = combination;
    const target = aTarget({ stage: stageName(combination), method, path: route, ...changes });
    const wanted = expected(combination);
    const name = JSON.stringify(combination);
    const { verdict } = await invalidate(hostOf(KEYS[sender], send === undefined ? {} : { send }), target, {
      timeoutMs: limit(20_000),
      retry: 'never',
      signing: sender === 'unsigned' ? 'unsigned' : 'sigv4',
    });
    assert.equal(verdict.kind, wanted.kind, name);
    assert.equal(gateway.requests.at(-1)?.cache === 'invalidated', wanted.fresh, name);
  }
});

function combinations(): readonly Omit<Combination, 'method' | 'route'>[] {
  return STRATEGIES.flatMap((strategy) =>
    AUTHORIZATION.flatMap((authorization) => SENDERS.map((sender) => ({ strategy, authorization, sender }))),
  );
}

function domainOf(stage: string): string {
  return `${stage.toLowerCase().replaceAll('_', '-')}.example.com`;
}

const addresses: Readonly<Record<(typeof HOSTS)[number], (stage: string) => Partial<InvalidationTarget>>> = {
  default: () => ({}),
  private: () => ({ endpoint: 'https://{apiId}-vpce-0a1b2c.execute-api.{region}.amazonaws.com' }),
  'vpc endpoint': () => ({ endpoint: 'https://vpce-0a1b2c-x1y2.execute-api.{region}.vpce.amazonaws.com' }),
  'custom domain': (stage) => ({ domain: { name: domainOf(stage), basePath: '' } }),
};

const KEYS: Readonly<Record<Combination['sender'], AwsKeys>> = {
  allowed: invalidator,
  'not allowed': reader,
  nobody: NOBODY,
  'wrong secret': { ...invalidator, secretAccessKey: 'this/is-not+the/secretEXAMPLE' },
  unsigned: invalidator,
};
