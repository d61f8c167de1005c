import * as assert from 'node:assert/strict';
import { isAllowed, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { invalidator, petstore, reader } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';

const FRESH = { 'Cache-Control': 'max-age=0' };

describe('The loopback gateway', () => {
  let gateway: LoopbackGateway;
  let offsetMs = 0;

  beforeEach(async () => {
    offsetMs = 0;
    gateway = await startLoopbackGateway({
      apis: [petstore],
      callers: [invalidator, reader],
      now: () => new Date(Date.now() + offsetMs),
    });
  });
  afterEach(() => gateway.close());

  it('accepts a signature that covers cache-control', async () => {
    const url = at('/prod/pets');
    assert.equal(await fetches(url), 1);
    assert.equal(fetchesIn(await plainRequest({ url, headers: FRESH, signedBy: invalidator })), 2);
    assert.ok(gateway.requests.at(-1)?.signedHeaders.includes('cache-control'));
    assert.equal(gateway.requests.at(-1)?.cache, 'invalidated');
    assert.equal(await fetches(url), 2);
  });

  it('forgets an entry when its time is over', async () => {
    const url = at('/prod/pets');
    assert.equal(await fetches(url), 1);
    offsetMs = 200_000;
    assert.equal(await fetches(url), 1);
    offsetMs = 301_000;
    assert.equal(await fetches(url), 2);
  });

  it('is reached by the name of the API too', async () => {
    const headers = { host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com' };
    const answer = await plainRequest({ url: `${gateway.url}/prod/public/x`, headers });
    assert.equal(answer.status, 200);
    const elsewhere = { host: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com' };
    assert.equal(
      (await plainRequest({ url: `${gateway.url}/prod/public/x`, headers: elsewhere })).status,
      403,
    );
  });

  it('answers errors as API Gateway does', async () => {
    const unsigned = await plainRequest({ url: at('/prod/pets') });
    assert.deepEqual(
      [unsigned.status, unsigned.headers['x-amzn-errortype'], unsigned.body],
      [403, 'MissingAuthenticationTokenException', '{"message":"Missing Authentication Token"}'],
    );
    const bearer = await plainRequest({ url: at('/prod/pets'), headers: { authorization: 'Bearer x' } });
    assert.equal(bearer.headers['x-amzn-errortype'], 'IncompleteSignatureException');
  });

  it('quotes the canonical request to a caller with a wrong secret', async () => {
    const signed = { ...invalidator, secretAccessKey: `${invalidator.secretAccessKey}x` };
    const answer = await plainRequest({ url: at('/prod/pets'), signedBy: signed });
    assert.equal(answer.headers['x-amzn-errortype'], 'InvalidSignatureException');
    assert.match(answer.body, /The Canonical String for this request should have been/);
  });

  it('lets an explicit Deny win, and ignores the case of actions only', () => {
    const arn = 'arn:aws:execute-api:us-east-1:1:a/prod/GET/pets';
    const allow = { Effect: 'Allow', Action: 'EXECUTE-API:*', Resource: '*' } as const;
    const deny = { Effect: 'Deny', Action: '*', Resource: '*/prod/?ET/*' } as const;
    assert.equal(isAllowed([allow], 'execute-api:Invoke', arn), true);
    assert.equal(isAllowed([allow, deny], 'execute-api:Invoke', arn), false);
    assert.equal(isAllowed([{ ...allow, Resource: arn.toUpperCase() }], 'execute-api:Invoke', arn), false);
    assert.equal(isAllowed([], 'execute-api:Invoke', arn), false);
  });

  function at(path: string): string {
    return `${gateway.endpoint.replace('{apiId}', petstore.id)}${path}`;
  }

  async function fetches(url: string): Promise<number> {
    return fetchesIn(await plainRequest({ url, signedBy: reader, now: new Date(Date.now() + offsetMs) }));
  }
});

function fetchesIn({ body }: { readonly body: string }): number {
  return Number(JSON.parse(body).fetches);
}
