import assert from 'node:assert/strict';
import { renderBatch } from '../../server/src/gateway/batch';
import type { InvalidationResult } from '../../server/src/gateway/invalidate';
import { renderReport, verdictReport } from '../../server/src/gateway/report';
import { readStage } from '../../server/src/gateway/stageCache';
import { stageReport } from '../../server/src/gateway/stageReport';
import { assertHarmless, HOSTILE } from '../support/rendered';
import { aTarget } from './targets';

/** A result in which a text stands wherever a server, a file or a person may have put it. */
function resultWith(text: string): InvalidationResult {
  const headers = [[text, text]] as const;
  const timings = { firstByteMs: 1, totalMs: 2 };
  return {
    target: { ...aTarget(), stage: text, path: text, method: text, apiId: text, region: text },
    startedAt: new Date(0),
    verdict: {
      kind: 'unknown',
      reason: text,
      title: text,
      explanation: text,
      caveats: [text],
      nextSteps: [{ id: 'retry', label: 'Try again' }],
    },
    identity: {
      signing: 'sigv4',
      accessKeyId: text,
      keys: 'permanent',
      provenance: text,
      profile: text,
      arn: text,
    },
    request: { method: text, url: text, headers },
    response: { status: 200, headers, body: text, bodyBytes: 1, truncated: true },
    timings,
    proof: {
      kind: 'refreshed',
      title: text,
      explanation: text,
      reads: [{ when: 'before', status: 200, bodyDigest: text, etag: text, marker: text, timings }],
    },
  } as unknown as InvalidationResult;
}

describe('hostile texts in the reports of invalidations', () => {
  it('are neither pictures, nor links, nor HTML', () => {
    let told = 0;
    for (const text of HOSTILE) {
      const result = resultWith(text);
      const stage = readStage({
        cacheClusterEnabled: true,
        cacheClusterSize: text,
        cacheClusterStatus: text,
        methodSettings: {
          '*/*': {
            cachingEnabled: true,
            cacheTtlInSeconds: 3,
            requireAuthorizationForCacheControl: true,
            unauthorizedCacheControlHeaderStrategy: text,
          },
          [`${text}/GET`]: { cachingEnabled: true, unauthorizedCacheControlHeaderStrategy: text },
          [`~1pets/${text}`]: { cachingEnabled: false },
        },
      });
      for (const report of [
        renderReport(result),
        renderReport({ ...result, failure: { kind: 'network', message: text } as never }),
        renderBatch([result, result]),
        renderBatch([result, { ...result, target: aTarget() }]),
        verdictReport(result.verdict),
        stageReport({ apiId: text, stage: text, region: text } as never, stage, { method: text, path: text }),
      ]) {
        assertHarmless(report, text);
        told += 1;
      }
    }
    assert.ok(told > 200);
  });
});
