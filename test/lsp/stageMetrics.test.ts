import { strict as assert } from 'node:assert';
import { hostOf } from '../support/callerHost';
import { type CallerConfig, type LoopbackGateway, startLoopbackGateway } from '../support/loopbackGateway';
import { type LspClient, startLspClient } from '../support/lspClient';
import { manager, petstore } from '../support/petstore';
import { plainRequest } from '../support/plainRequest';

const chief: CallerConfig = { ...manager, statements: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** May read stages, and no metrics. */
const poor: CallerConfig = { ...manager, accessKeyId: 'AKIAPOORONEXX7EXAMPL' };

describe('the page of a stage in an editor', () => {
  let client: LspClient;
  let gateway: LoopbackGateway;
  before(async () => {
    gateway = await startLoopbackGateway({ apis: [petstore], callers: [chief, poor] });
  });
  after(() => gateway.close());
  afterEach(() => client.stop());

  const page = async (caller: CallerConfig, metrics?: 'read') => {
    client = await startLspClient({
      sections: { 'iamPolicy.invalidation': { controlEndpoint: gateway.url } },
      host: { openGateway: () => ({ host: hostOf(caller), profiles: async () => [] }) },
    });
    return client.request('iamPolicy/stageCache', {
      stage: { partition: 'aws', region: 'us-east-1', apiId: petstore.id, stage: 'prod' },
      identity: { kind: 'default' },
      timeoutSeconds: 5,
      ...(metrics === undefined ? {} : { metrics }),
    });
  };

  it('has a chart of the last hour where that is asked for, and asks nobody otherwise', async () => {
    await plainRequest({
      url: `${gateway.endpoint.replace('{apiId}', petstore.id)}/prod/pets`,
      signedBy: chief,
    });
    const seen = gateway.requests.length;
    assert.doesNotMatch((await page(chief)).report, /Hits and misses/);
    assert.equal(gateway.requests.length, seen + 1);
    await client.stop();
    const { report } = await page(chief, 'read');
    assert.match(
      report,
      /## Hits and misses of the last 60 minutes[\s\S]*```\nhits {3}\| {60}\| 0\nmisses \| {58,59}█ ?\| 1\n/,
    );
    assert.match(report, /No method is counted on its own/);
  });

  it('says why there is no chart, beside the settings', async () => {
    const { report, verdict } = await page(poor, 'read');
    assert.equal(verdict.kind, 'accepted');
    assert.match(report, /^# Cache of stage/);
    assert.match(report, /## Hits and misses\n\nThey were not read: Refused/);
  });
});
