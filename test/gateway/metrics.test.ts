import * as assert from 'node:assert/strict';
import type { CountedMethod, CountedStage } from '../../server/src/gateway/host';
import { metricsReport, readCacheMetrics } from '../../server/src/gateway/metrics';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { hostOf } from '../support/callerHost';
import { manager } from '../support/petstore';

const PLACE = { partition: 'aws', region: 'us-east-1', apiId: 'a1b2c3d4e5', stage: 'prod' };
const NOW = new Date('2026-11-29T10:00:00Z');

describe('Counts of hits and misses', () => {
  async function read(
    counts: readonly (readonly [method: string, hits: number, misses: number])[],
    { name = 'Pets', minutes = 60 }: { readonly name?: string; readonly minutes?: number } = {},
  ) {
    const wanted: CountedStage[] = [];
    const methods: readonly CountedMethod[] = counts.map(([method]) => ({ method, resource: '/pets' }));
    const host = hostOf(manager, {
      now: () => NOW,
      control: {
        ...createGatewayHost().control,
        apiName: async () => ({ kind: 'answer', value: name }),
        countedMethods: async () => ({ kind: 'answer', value: methods }),
        cacheCounts: async (_call, stage) => {
          wanted.push(stage);
          const asked = stage.methods?.map(({ method }) => counts.find(([each]) => each === method));
          return {
            kind: 'answer',
            value: (asked ?? [['', 7, 3] as const]).map((each) => ({
              hits: each?.[1] ?? 0,
              misses: each?.[2] ?? 0,
              minutes: [],
            })),
          };
        },
      },
    });
    const { value } = await readCacheMetrics(host, PLACE, { timeoutMs: 1000, minutes, methods: 'read' });
    assert.ok(value !== undefined);
    return { value, wanted, report: metricsReport(value) };
  }

  it('are those of the minutes before now', async () => {
    const { wanted, report } = await read([], { minutes: 90 });
    assert.deepEqual(
      wanted.map(({ from, to, apiName, stage }) => [from.toISOString(), to.toISOString(), apiName, stage]),
      [['2026-11-29T08:30:00.000Z', '2026-11-29T10:00:00.000Z', 'Pets', 'prod']],
    );
    assert.match(report, /^## Hits and misses of the last 90 minutes\n/);
    assert.match(report, /\n\| Hits \| 7 \(70 %\) \|\n\| Misses \| 3 \|\n/);
    assert.match(report, /No method is counted on its own/);
  });

  it('of methods have those first that are asked for most', async () => {
    const { value, report } = await read([
      ['HEAD', 5, 0],
      ['GET', 1, 9],
      ['PUT', 0, 0],
      ['POST', 4, 2],
    ]);
    assert.deepEqual(
      value.methods?.map(({ method }) => method),
      ['GET', 'POST', 'HEAD', 'PUT'],
    );
    assert.match(report, /\| `GET \/pets` \| 1 \| 9 \| 10 % \|\n/);
    assert.match(report, /\| `HEAD \/pets` \| 5 \| 0 \| 100 % \|\n\| `PUT \/pets` \| 0 \| 0 \| \|\n/);
  });

  it('of methods are asked for a hundred of them at most', async () => {
    const { value } = await read(Array.from({ length: 120 }, (_, index) => [`M${index}`, 1, 1] as const));
    assert.equal(value.methods?.length, 100);
  });

  // CloudWatch keeps the ASCII characters of a name, and the id where none are left.
  for (const [name, asked] of [
    ['Pets', 'Pets'],
    ['Haustiere für alle', 'Haustiere fr alle'],
    ['ペット', 'a1b2c3d4e5'],
    ['ペット ペット', 'a1b2c3d4e5'],
  ] as const) {
    it(`of an API that is called ${name} are asked for by ${asked}`, async () => {
      assert.equal((await read([], { name })).wanted[0]?.apiName, asked);
    });
  }
});
