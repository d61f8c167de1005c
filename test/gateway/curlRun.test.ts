import * as assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { type CurlOptions, curlCaveat, curlCommand } from '../../server/src/gateway/curl';
import { invalidate } from '../../server/src/gateway/invalidate';
import type { InvalidationTarget, NameValue } from '../../server/src/gateway/target';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { limit } from '../support/patience';
import { invalidator, petstore } from '../support/petstore';
import { isThorough, runs } from '../support/thorough';
import { aTarget } from './targets';

/*
 * What is printed is run: by a real shell and a real curl, against a gateway that verifies the signature. The command
 * has to renew the entry that the product renews.
 */

const SESSION: CallerConfig = {
  ...invalidator,
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  sessionToken: 'IQoJb3JpZ2luX2VjE+Example/Token==',
};

const API_KEY = 'd41d8cd98f00b204e9800998ecf8427eEXAMPLE';

describe('The printed command, run by curl against the loopback gateway', () => {
  let gateway: LoopbackGateway;
  before(async function () {
    try {
      execFileSync('curl', ['--version']);
    } catch {
      console.log('      There is no curl on this machine.');
      this.skip();
    }
    const cache = {
      keyParameters: [
        'method.request.path.proxy',
        'method.request.querystring.page',
        'method.request.querystring.api_key',
        'method.request.header.X-Tenant',
        'method.request.header.X-Session-Token',
      ],
    } as const;
    const guarded = { path: '/{proxy+}', auth: 'NONE', apiKey: 'required', cache } as const;
    gateway = await startLoopbackGateway({
      apis: [
        {
          ...petstore,
          apiKeys: [API_KEY],
          routes: [
            { ...guarded, method: 'GET' },
            { ...guarded, method: 'HEAD' },
            { ...guarded, method: 'POST' },
          ],
        },
      ],
      callers: [invalidator, SESSION],
    });
  });
  after(() => gateway?.close());

  interface Ran {
    readonly changes: Partial<InvalidationTarget>;
    readonly caller: CallerConfig;
    readonly signing: CurlOptions['signing'];
  }

  /** Runs the command, and has the product send the same; gives what the gateway saw of each. */
  async function run({ changes, caller, signing }: Ran) {
    const stage = signing === 'sigv4' ? 'prod' : 'open';
    const target = aTarget({ endpoint: gateway.endpoint, stage, ...changes });
    const secrets = [...target.query, ...target.headers].filter(([name]) => /token|api_key/i.test(name));
    const { stdout } = await promisify(execFile)(
      'sh',
      ['-c', `${curlCommand(target, { signing, apiKey: 'sent' })} --silent`],
      {
        env: {
          PATH: process.env.PATH ?? '',
          AWS_ACCESS_KEY_ID: caller.accessKeyId,
          AWS_SECRET_ACCESS_KEY: caller.secretAccessKey,
          ...(caller.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: caller.sessionToken }),
          API_KEY,
          // The second of its name: the key that is sent in a header has the first.
          API_KEY_2: secretOf(secrets, 'api_key'),
          X_SESSION_TOKEN: secretOf(secrets, 'X-Session-Token'),
        },
      },
    );
    const byCurl = gateway.requests.at(-1);
    const result = await invalidate(hostOf(caller), target, {
      timeoutMs: limit(20_000),
      retry: 'never',
      signing,
      apiKey: API_KEY,
    });
    const told = `${JSON.stringify(changes)}: ${stdout.split('\r\n')[0]}, ${result.verdict.title}`;
    return { target, stdout, byCurl, byUs: gateway.requests.at(-1), told };
  }

  function secretOf(pairs: readonly NameValue[], name: string): string {
    return pairs.find(([each]) => each === name)?.[1] ?? '';
  }

  const CASES: readonly (readonly [name: string, Partial<InvalidationTarget>])[] = [
    ['a plain path', { path: 'pets/1' }],
    ['a slash at the end', { path: 'pets/' }],
    ['an empty header', { path: 'pets', headers: [['x-k', '']] }],
    ['two slashes', { path: 'pets//1' }],
    ['brackets and braces of a glob', { path: 'pets/[1-3]' }],
    ['encoded octets', { path: 'pets/a%2Fb%20c' }],
    ['a blank and an umlaut', { path: 'pets/ä b' }],
    ['quotes, dollars and backquotes', { path: "pets/it's $HOME `x`" }],
    ['a colon and an at sign', { path: 'pets:find/@me' }],
    ['repeated query values', { path: 'pets', query: ['9', '10', '1', 'a b'].map((id) => ['id', id]) }],
    [
      'names that are sorted by octets',
      { path: 'pets', query: ['b', 'B', 'a-b', 'ab', 'ä'].map((n) => [n, '']) },
    ],
    ['a query of signs', { path: 'pets', query: [['page', "a&b=c+d %2F'ü$"]] }],
    ['an empty value', { path: 'pets', query: [['page', '']] }],
    ['a header with quotes', { path: 'pets', headers: [['X-Tenant', `it's "so" $HOME`]] }],
    ['a header that looks like a file', { path: 'pets', headers: [['X-Tenant', '@/etc/passwd']] }],
    ['secrets', { path: 'pets', query: [['api_key', 'k3y']], headers: [['X-Session-Token', 't0k en']] }],
    ['HEAD', { path: 'pets/1', method: 'HEAD' }],
    ['POST', { path: 'pets/1', method: 'POST' }],
  ];
  const HOWS = [
    ['signed', 'sigv4', invalidator],
    ['with a session', 'sigv4', SESSION],
    ['unsigned', 'unsigned', invalidator],
  ] as const;
  for (const [index, [name, changes]] of CASES.entries()) {
    for (const [at, [how, signing, caller]] of HOWS.entries()) {
      // In a quick run two of the three ways for each, other ones for the next.
      if (isThorough || (index + at) % HOWS.length !== 0) {
        it(`renews the same entry with ${name}, ${how}`, async () => {
          const { target, stdout, byCurl, byUs, told } = await run({ changes, caller, signing });
          assert.ok(byCurl);
          assert.equal(byUs?.cache, 'invalidated', told);
          assert.equal(byCurl.entry, byUs.entry, told);
          assert.equal(byCurl.path, byUs.path, told);
          for (const [header] of target.headers) {
            assert.ok(byCurl.headerNames.includes(header.toLowerCase()), `${header} was sent`);
          }
          if (curlCaveat(target, { signing, apiKey: 'sent' }) === undefined) {
            assert.match(stdout, /^HTTP\/1\.1 200/, told);
            assert.equal(byCurl.cache, 'invalidated', told);
          }
        });
      }
    }
  }

  it('renews the same entry for anything that may be sent', async () => {
    const text = fc.string({ unit: fc.constantFrom(...`ab1 -_.~!$&'()+,;=:@/"ä€\\[]|`), maxLength: 8 });
    const header = fc.string({ unit: fc.constantFrom(...`ab1 "'$@;:<\\`), maxLength: 8 });
    const samples = fc.sample(
      fc.record({
        path: text.map((each) => `pets/${each.replaceAll('/.', '/x')}`),
        query: fc.array(fc.tuple(fc.constantFrom('page', 'id', 'B', 'ä'), text), { maxLength: 4 }),
        headers: fc.array(fc.tuple(fc.constant('X-Tenant'), header), { maxLength: 1 }),
      }),
      { seed: 8, numRuns: runs(80) },
    );
    for (const { path, ...rest } of samples) {
      const plain = path.split('/').some((segment) => /^\.{1,2}$/.test(segment)) ? 'pets' : path;
      const changes = { path: plain, ...rest };
      const { stdout, byCurl, byUs, target, told } = await run({
        changes,
        caller: invalidator,
        signing: 'sigv4',
      });
      const caveat = curlCaveat(target, { signing: 'sigv4', apiKey: 'sent' });
      assert.ok(byCurl?.entry === byUs?.entry || caveat?.includes('sorted'), told);
      if (caveat === undefined) {
        assert.match(stdout, /^HTTP\/1\.1 200/, told);
        assert.equal(byCurl?.cache, 'invalidated', told);
      }
    }
  }).timeout(30_000);
});
