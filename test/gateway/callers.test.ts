import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askMfaCode, confirm } from '../../server/src/cli/prompt';
import type { NetworkSettings } from '../../server/src/gateway/host';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidateOptions } from '../../server/src/gateway/invalidateOptions';
import { renderReport, toJson } from '../../server/src/gateway/report';
import { buildRequest } from '../../server/src/gateway/request';
import type { InvalidationTarget } from '../../server/src/gateway/target';
import { validateTarget } from '../../server/src/gateway/targetProblems';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { environmentNetwork } from '../../server/src/node/network';
import { runCli } from '../cli/memoryIo';
import { type AwsHome, openAwsHome } from '../support/awsHome';
import { hostOf } from '../support/callerHost';
import { makeCertificate } from '../support/certificate';
import { type ConnectProxy, startConnectProxy } from '../support/connectProxy';
import { type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, manager, petstore } from '../support/petstore';
import { aTarget } from './targets';

const TOKEN = 'eyJraWQiOiJFWEFNUExFIn0.eyJzdWIiOiJFWEFNUExFIn0.c2lnbmF0dXJl';

const guarded = {
  ...petstore,
  routes: [
    ...petstore.routes,
    { method: 'GET', path: '/orders', auth: 'BEARER', cache: { keyParameters: [] } } as const,
  ],
};

describe('a caller with a bearer token', () => {
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [guarded], callers: [invalidator, manager] });
  });
  after(() => gateway.close());

  const send = (options: Partial<InvalidateOptions>, changes: Partial<InvalidationTarget> = {}) =>
    invalidate(
      hostOf(manager),
      aTarget({ path: 'orders', stage: 'open', endpoint: gateway.endpoint, ...changes }),
      { timeoutMs: limit(20_000), ...options },
    );

  it('is let in by the authorizer, and renews the entry where nobody has to be authorized', async () => {
    const seen = gateway.requests.length;
    const result = await send({ bearer: TOKEN });
    assert.equal(result.verdict.kind, 'accepted');
    assert.deepEqual(result.identity, { signing: 'bearer' });
    assert.deepEqual(
      gateway.requests.slice(seen).map(({ cache, signedHeaders }) => [cache, signedHeaders]),
      [['invalidated', []]],
    );
  });

  it('is told where the stage wants a signature for that, and not where nobody can tell', async () => {
    const ignored = await send({ bearer: TOKEN }, { stage: 'prod' });
    assert.equal(ignored.verdict.kind, 'ignored');
    const silent = await send({ bearer: TOKEN }, { stage: 'silent' });
    assert.ok(silent.verdict.caveats.some((caveat) => caveat.startsWith('The request was not signed')));
  });

  it('may have the control plane asked with credentials, which do not sign the request', async () => {
    const result = await send(
      { bearer: TOKEN, stage: 'read', controlEndpoint: gateway.url },
      { stage: 'silent' },
    );
    assert.ok(
      result.verdict.caveats.some((caveat) => /ignore unauthorized invalidations silently/.test(caveat)),
    );
    assert.deepEqual(result.identity, { signing: 'bearer' });
  });

  it('is advised to send one where the authorizer wants it', async () => {
    const { verdict } = await send({ signing: 'unsigned' });
    assert.equal(verdict.reason, 'unauthorized');
    assert.ok(verdict.nextSteps.some(({ id }) => id === 'enter-token'));
  });

  it('may name the scheme, and nothing that would be another header', async () => {
    for (const bearer of [`Bearer ${TOKEN}`, `bearer ${TOKEN}`, `Basic ${TOKEN}`]) {
      const { request } = await send({ bearer });
      assert.deepEqual(request?.headers.at(-1), ['authorization', '[redacted]']);
    }
    for (const bearer of [`${TOKEN}\r\nx-evil: 1`, 'a b c', '', 'Bearer ']) {
      const { verdict, request } = await send({ bearer });
      assert.deepEqual([verdict.kind, request], ['not-sent', undefined], bearer);
    }
  });

  it('shows the token nowhere, even where the API sends it back', async () => {
    const echoing = await startLoopbackGateway({
      apis: [
        {
          ...guarded,
          routes: [
            {
              method: 'GET',
              path: '/orders',
              auth: 'BEARER',
              integration: {
                kind: 'reply',
                reply: ({ headers }) => ({
                  status: 200,
                  headers: { 'x-echo': headers.authorization ?? '' },
                  body: JSON.stringify(headers),
                }),
              },
            },
          ],
        },
      ],
      callers: [],
    });
    try {
      for (const bearer of [TOKEN, `Bearer ${TOKEN}`]) {
        const result = await send({ bearer }, { endpoint: echoing.endpoint });
        assert.doesNotMatch(JSON.stringify(toJson(result)) + renderReport(result), /eyJraWQi/);
      }
    } finally {
      await echoing.close();
    }
  });

  describe('on the command line', () => {
    const ARN = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/open/GET/orders';
    const run = (argv: readonly string[], token: string | undefined = TOKEN) =>
      runCli(['invalidate', ARN, '--endpoint', gateway.endpoint, '--bearer-env', 'ORDERS_TOKEN', ...argv], {
        env: { ORDERS_TOKEN: token },
        io: {
          gatewayHost: async () => ({
            ...createGatewayHost(),
            credentials: () => assert.fail('Credentials are asked for.'),
          }),
        },
      });

    it('comes from the environment, and needs no credentials', async () => {
      const { stdout, exitCode } = await run([]);
      assert.equal(exitCode, 0, stdout);
      assert.match(stdout, /as: +a bearer token \(unsigned\)/);
    });

    it('is in no output', async () => {
      for (const argv of [['--dry-run'], ['--curl'], ['--format', 'json'], ['--format', 'jsonl'], []]) {
        const { stdout, stderr } = await run(argv);
        assert.doesNotMatch(stdout + stderr, /eyJraWQi/, argv.join(' '));
      }
      assert.match((await run(['--curl'])).stdout, /--header "authorization: Bearer \$TOKEN"/);
    });

    it('has to be there, and has no profile beside it', async () => {
      const missing = await run([], '');
      assert.match(missing.stderr, /that --bearer-env names is not set/);
      const both = await run(['--profile', 'dev']);
      assert.match(both.stderr, /with --bearer-env nobody does/);
      assert.deepEqual([missing.exitCode, both.exitCode], [2, 2]);
    });
  });
});

describe('a caller behind mutual TLS or a VPC endpoint', () => {
  const VPCE = 'https://vpce-0a1b-2c3d.execute-api.us-east-1.vpce.amazonaws.com';
  const OWN = 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com';
  let home: AwsHome;
  let gateway: LoopbackGateway;
  let mutual: LoopbackGateway;
  let proxy: ConnectProxy;
  let mutualProxy: ConnectProxy;
  let clientCertificate: { readonly certFile: string; readonly keyFile: string };
  let otherKey: string;
  let caFile: string;
  before(async () => {
    home = openAwsHome();
    const tls = makeCertificate([
      '*.execute-api.us-east-1.vpce.amazonaws.com',
      '*.execute-api.us-east-1.amazonaws.com',
      'private.example.com',
    ]);
    caFile = home.write('ca.pem', [tls.cert]);
    const client = makeCertificate(['client.example.com']);
    clientCertificate = {
      certFile: home.write('client.pem', [client.cert]),
      keyFile: home.write('client.key', [client.key]),
    };
    otherKey = home.write('other.key', [makeCertificate(['other.example.com']).key]);
    const config = {
      apis: [petstore],
      callers: [invalidator],
      customDomains: [{ name: 'private.example.com', basePath: 'v1', apiId: petstore.id, stage: 'prod' }],
    };
    gateway = await startLoopbackGateway({ ...config, tls });
    mutual = await startLoopbackGateway({ ...config, tls: { ...tls, clientCa: client.cert } });
    proxy = await startConnectProxy({ port: gateway.port });
    mutualProxy = await startConnectProxy({ port: mutual.port });
  });
  after(async () => {
    for (const each of [proxy, mutualProxy, gateway, mutual]) {
      await each.close();
    }
    home.close();
  });

  const send = (
    target: Partial<InvalidationTarget>,
    options: Partial<InvalidateOptions> = {},
    through: ConnectProxy = proxy,
  ) => {
    const network = async (): Promise<NetworkSettings> =>
      environmentNetwork({ HTTPS_PROXY: through.url, AWS_CA_BUNDLE: caFile });
    const host = { ...createGatewayHost({ network }), credentials: hostOf(invalidator).credentials };
    return invalidate(host, aTarget(target), { timeoutMs: limit(20_000), ...options });
  };
  const domain = { name: 'private.example.com', basePath: 'v1' };

  it('shows a certificate where the domain asks for one', async () => {
    const without = await send({ domain }, {}, mutualProxy);
    assert.equal(without.verdict.reason, 'client-certificate');
    const result = await send({ domain }, { clientCertificate }, mutualProxy);
    assert.equal(result.verdict.kind, 'accepted');
    assert.doesNotMatch(JSON.stringify(toJson(result)), /PRIVATE KEY|client\.key/);
  });

  it('sends nothing with files that are no certificate and its key', async () => {
    for (const files of [
      { ...clientCertificate, keyFile: otherKey },
      { ...clientCertificate, certFile: `${caFile}.not-there` },
      { certFile: clientCertificate.keyFile, keyFile: clientCertificate.certFile },
    ]) {
      const { verdict } = await send({ domain }, { clientCertificate: files }, mutualProxy);
      assert.equal(verdict.reason, 'certificate-files');
    }
  });

  for (const [name, target, host] of [
    ['the API by its own name', { endpoint: VPCE, host: OWN }, OWN],
    ['a private custom domain', { endpoint: VPCE, domain }, 'private.example.com'],
  ] as const) {
    it(`names ${name} to a VPC endpoint, and signs for that name`, async () => {
      const result = await send(target);
      assert.equal(result.verdict.kind, 'accepted', JSON.stringify(result.verdict));
      const headers = new Map(result.request?.headers);
      assert.equal(headers.get('host'), host);
      assert.equal(headers.has('x-apigw-api-id'), false);
      assert.match(result.request?.url ?? '', /^https:\/\/vpce-0a1b-2c3d\.execute-api/);
    });
  }

  it('goes through a tunnel on this machine by the name that the certificate has', async () => {
    const network = async () => environmentNetwork({ AWS_CA_BUNDLE: caFile });
    const host = { ...createGatewayHost({ network }), credentials: hostOf(invalidator).credentials };
    const target = aTarget({ endpoint: gateway.url, host: OWN });
    assert.equal((await invalidate(host, target, { timeoutMs: limit(20_000) })).verdict.kind, 'accepted');
  });

  for (const [name, target] of [
    ['without an endpoint', { host: OWN }],
    ['at an endpoint that is none of a VPC', { host: OWN, endpoint: `https://${OWN}` }],
    ['of another API', { host: OWN.replace('a1b2', 'zzzz'), endpoint: VPCE }],
    ['of somebody else', { host: 'evil.example', endpoint: VPCE }],
    ['of a domain at an endpoint of AWS', { domain, endpoint: `https://${OWN}` }],
    ['and a domain', { host: OWN, domain, endpoint: VPCE }],
    ['with a line end', { host: `${OWN}\r\nx: y`, endpoint: VPCE }],
  ] as const) {
    it(`cannot choose a host name ${name}`, () => {
      assert.notDeepEqual(validateTarget(aTarget(target)), []);
      assert.throws(() => buildRequest(aTarget(target)), TypeError);
    });
  }

  it('is the same on the command line', async () => {
    const arn = 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/7';
    const run = (argv: readonly string[]) => runCli(['invalidate', arn, '--dry-run', ...argv]);
    const own = await run(['--endpoint', VPCE, '--host', OWN]);
    assert.match(own.stdout, new RegExp(`^GET ${VPCE}/prod/pets/7\nhost: ${OWN}\n`));
    const named = await run(['--endpoint', VPCE, '--host', 'private.example.com/v1']);
    assert.match(named.stdout, new RegExp(`^GET ${VPCE}/v1/pets/7\nhost: private.example.com\n`));
    const curl = await run([
      '--endpoint',
      VPCE,
      '--host',
      OWN,
      '--curl',
      '--cert',
      'c.pem',
      '--key',
      'k.pem',
    ]);
    assert.match(curl.stdout, /--header 'host: a1b2c3d4e5\.execute-api/);
    assert.match(curl.stdout, /--cert '\/home\/me\/c\.pem' \\\n {2}--key '\/home\/me\/k\.pem'/);
    const half = await run(['--cert', 'c.pem']);
    assert.match(half.stderr, /both --cert and --key/);
    assert.equal(half.exitCode, 2);
  });
});

describe('the question for an MFA code in a terminal', () => {
  const DEVICE = 'arn:aws:iam::123456789012:mfa/Ana';
  const ask = async (
    typed: readonly string[],
  ): Promise<{ readonly code: string; readonly shown: string }> => {
    const input = new PassThrough();
    const output = new PassThrough();
    let shown = '';
    const lines = [...typed];
    output.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (shown.endsWith(': ')) {
        const line = lines.shift();
        if (line === undefined) {
          input.end();
        } else {
          input.write(`${line}\n`);
        }
      }
    });
    return { code: await askMfaCode(`${DEVICE}\u001b[2J`, input, output), shown };
  };

  it('names the device, and asks again for what is no code', async () => {
    const { code, shown } = await ask(['12345', ' 123456 ']);
    assert.equal(code, '123456');
    assert.match(
      shown,
      /^MFA code of arn:aws:iam::123456789012:mfa\/Ana\u241b\[2J: An MFA code has six digits\.\n/,
    );
  });

  it('is over when nobody answers', async () => {
    await assert.rejects(ask([]), /No MFA code/);
    await assert.rejects(ask(['a', 'b', 'c']), /No MFA code/);
  });
});

describe('the question for a yes in a terminal', () => {
  const answerTo = (typed: string): Promise<'yes' | 'no'> => {
    const input = new PassThrough();
    const output = new PassThrough();
    const answer = confirm('Flush it?', input, output);
    output.once('data', () => input.end(typed));
    return answer;
  };

  it('takes a yes, and everything else for a no', async () => {
    assert.equal(await answerTo('y\n'), 'yes');
    assert.equal(await answerTo(' YES \n'), 'yes');
    assert.equal(await answerTo('yesterday\n'), 'no');
    assert.equal(await answerTo('\n'), 'no');
  });

  it('is answered when the input ends without a word', async () => {
    assert.equal(await answerTo(''), 'no');
  });
});
