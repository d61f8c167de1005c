import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { MethodCacheSettings, StageDescription } from '../../server/src/gateway/host';
import { patternValues } from '../../server/src/gateway/resourcePath';
import { cacheOf, readStage, settledBy, stageFindings } from '../../server/src/gateway/stageCache';
import { stageReport } from '../../server/src/gateway/stageReport';

const ON: MethodCacheSettings = {
  cachingEnabled: true,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: true,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

function stage(
  methodSettings: Readonly<Record<string, MethodCacheSettings>>,
  more: Partial<StageDescription> = {},
) {
  return readStage({
    cacheClusterEnabled: true,
    cacheClusterSize: '0.5',
    cacheClusterStatus: 'AVAILABLE',
    methodSettings,
    ...more,
  });
}

describe('The settings that a request falls under', () => {
  const SPELLINGS = [
    ['pets/GET', 'certain'],
    ['~1pets/GET', 'certain'],
    ['pets//GET', 'certain'],
    // It is stored, and nobody has documented that it applies.
    ['/pets/GET', 'likely'],
  ] as const;
  for (const [key, standing] of SPELLINGS) {
    it(`are those of the override ${key} for GET /pets`, () => {
      const read = stage({ '*/*': ON, [key]: { ...ON, cacheTtlInSeconds: 60 } });
      const { override, settings, certainty } = cacheOf(read, 'GET', 'pets');
      assert.deepEqual([override?.key, settings?.ttlSeconds, certainty], [key, 60, standing]);
      assert.equal(cacheOf(read, 'GET', 'dogs').settings?.ttlSeconds, 300);
      assert.equal(cacheOf(read, 'POST', 'pets').override, undefined);
    });
  }

  for (const key of ['/GET', '//GET', '~1/GET']) {
    it(`are those of the override ${key} for the root`, () => {
      const read = stage({ '*/*': ON, [key]: { cachingEnabled: false } });
      assert.equal(cacheOf(read, 'GET', '').settings?.caching, 'off');
    });
  }

  it('are the stage defaults in either spelling of the key', () => {
    for (const key of ['*/*', '/*/*']) {
      assert.equal(stage({ [key]: ON }).defaults?.ttlSeconds, 300);
    }
  });

  it('are those of the most specific resource, and only likely where it has parameters', () => {
    const read = stage({
      '*/*': ON,
      '~1pets~1{id}/GET': { cacheTtlInSeconds: 1 },
      '~1pets~1mine/GET': { cacheTtlInSeconds: 2 },
      '~1{proxy+}/GET': { cacheTtlInSeconds: 3 },
      '~1pets~1{id}~1toys~1{toy}/ANY': { cacheTtlInSeconds: 4 },
    });
    const found = (path: string) => {
      const { settings, certainty } = cacheOf(read, 'GET', path);
      return [settings?.ttlSeconds, certainty];
    };
    assert.deepEqual(found('pets/mine'), [2, 'certain']);
    assert.deepEqual(found('pets/7'), [1, 'likely']);
    assert.deepEqual(found('dogs/7/x'), [3, 'likely']);
    assert.deepEqual(found('pets/7/toys/ball'), [4, 'likely']);
    assert.deepEqual(found(''), [300, 'certain']);
  });

  it('take from the stage what the override leaves out, and from AWS what both do', () => {
    const read = stage({ '*/*': { cachingEnabled: true, cacheTtlInSeconds: 9 }, 'pets/GET': {} });
    assert.deepEqual(cacheOf(read, 'GET', 'pets').settings, {
      caching: 'on',
      ttlSeconds: 9,
      encrypted: undefined,
      authorization: 'required',
      strategy: 'SUCCEED_WITH_RESPONSE_HEADER',
    });
  });

  it('are read from anything without failing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.constant(ON)),
        fc.string(),
        fc.string(),
        (all, method, path) => {
          const read = stage(all);
          settledBy(read, method, path);
          stageReport({ apiId: 'a', stage: 's' }, read, { method, path });
        },
      ),
    );
  });
});

describe('The path of a resource', () => {
  const MATCHES: readonly (readonly [string, string, readonly string[] | undefined])[] = [
    ['/', '', []],
    ['/pets', 'pets/', []],
    ['/pets/{id}', 'pets/7', ['7']],
    ['/pets/{id}', 'pets', undefined],
    ['/pets/{id}', 'pets/7/8', undefined],
    ['/{proxy+}', 'a/b', ['a/b']],
    ['/{proxy+}', '', undefined],
    ['/pets', 'dogs', undefined],
  ];
  for (const [resource, path, values] of MATCHES) {
    it(`${resource} ${values === undefined ? 'does not take' : 'takes'} "${path}"`, () => {
      assert.deepEqual(patternValues(resource, path), values);
    });
  }
});

describe('What the settings of a stage decide before anything is sent', () => {
  const CASES: readonly (readonly [
    name: string,
    ReturnType<typeof stage>,
    request: readonly [method: string, path: string],
    uncached: RegExp | undefined,
    note: RegExp | undefined,
  ])[] = [
    ['nothing, as a rule', stage({ '*/*': ON }), ['GET', 'pets'], undefined, undefined],
    [
      'that there is no cache',
      stage({ '*/*': ON }, { cacheClusterEnabled: false }),
      ['GET', 'pets'],
      /has no cache/,
      /has no cache/,
    ],
    [
      'that the method is not cached',
      stage({ '*/*': ON, 'pets/GET': { cachingEnabled: false } }),
      ['GET', 'pets'],
      /Caching is off in the settings of GET \/pets/,
      /Caching is off/,
    ],
    [
      'that the method is hardly cached, where a more specific resource may be',
      stage({ '*/*': ON, '{id}/GET': { cachingEnabled: false } }),
      ['GET', 'pets'],
      undefined,
      /unless a more specific resource/,
    ],
    ['that nothing is kept', stage({ '*/*': { ...ON, cacheTtlInSeconds: 0 } }), ['GET', ''], /is 0/, /is 0/],
    ['that only GET is cached', stage({ '*/*': ON }), ['POST', 'pets'], /only GET/, /only GET/],
    [
      'nothing about a POST with settings of its own',
      stage({ '*/*': ON, 'pets/POST': {} }),
      ['POST', 'pets'],
      undefined,
      undefined,
    ],
    [
      'that a success cannot be told',
      stage({ '*/*': { ...ON, unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER' } }),
      ['GET', 'pets'],
      undefined,
      /ignore unauthorized invalidations silently/,
    ],
    [
      'that anybody may',
      stage({ '*/*': { ...ON, requireAuthorizationForCacheControl: false } }),
      ['GET', 'pets'],
      undefined,
      /anybody/,
    ],
    [
      'that the cluster is still being made',
      stage({ '*/*': ON }, { cacheClusterStatus: 'CREATE_IN_PROGRESS' }),
      ['GET', 'pets'],
      undefined,
      /still being made/,
    ],
    [
      'that a canary of another deployment has entries of its own',
      stage(
        { '*/*': ON },
        {
          deploymentId: 'one111',
          canary: { percentTraffic: 10, useStageCache: true, deploymentId: 'two222' },
        },
      ),
      ['GET', 'pets'],
      undefined,
      /one of the two entries/,
    ],
    [
      'that a canary does not use the cache of the stage',
      stage({ '*/*': ON }, { canary: { percentTraffic: 10, useStageCache: false } }),
      ['GET', 'pets'],
      undefined,
      /canary/,
    ],
  ];
  for (const [name, read, [method, path], uncached, note] of CASES) {
    it(name, () => {
      const settled = settledBy(read, method, path);
      assert.match(settled.uncached ?? '', uncached ?? /^$/);
      assert.match(settled.notes.join('\n'), note ?? /^$/);
    });
  }
});

describe('The settings that look wrong', () => {
  const SILENT = { ...ON, unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER' };
  const CASES: readonly (readonly [string, ReturnType<typeof stage>, readonly string[]])[] = [
    ['none', stage({ '*/*': ON }), []],
    [
      'none without a cache',
      stage({ '*/*': { ...ON, cachingEnabled: false } }, { cacheClusterEnabled: false }),
      [],
    ],
    [
      'open to anybody',
      stage({ '*/*': { ...ON, requireAuthorizationForCacheControl: false } }),
      ['anybody-may-invalidate'],
    ],
    ['silent', stage({ '*/*': SILENT }), ['silent-refusals']],
    [
      'silent, which does not matter where anybody may',
      stage({ '*/*': { ...SILENT, requireAuthorizationForCacheControl: false } }),
      ['anybody-may-invalidate'],
    ],
    ['paid for in vain', stage({ '*/*': { ...ON, cachingEnabled: false } }), ['nothing-cached']],
    ['kept for no time', stage({ '*/*': ON, 'a/GET': { cacheTtlInSeconds: 0 } }), ['ttl-zero']],
    ['paid for without any settings', stage({}), ['nothing-cached']],
    ['not encrypted', stage({ '*/*': { ...ON, cacheDataEncrypted: false } }), ['not-encrypted']],
    ['not ready', stage({ '*/*': ON }, { cacheClusterStatus: 'FLUSH_IN_PROGRESS' }), ['cluster-unready']],
    [
      'shared with a canary',
      stage({ '*/*': ON }, { canary: { percentTraffic: 5, useStageCache: true } }),
      ['canary-shares-cache'],
    ],
    [
      'of the same deployment as its canary, which share entries',
      stage(
        { '*/*': ON },
        {
          deploymentId: 'one111',
          canary: { percentTraffic: 5, useStageCache: true, deploymentId: 'one111' },
        },
      ),
      [],
    ],
  ];
  for (const [name, read, ids] of CASES) {
    it(`are ${name}`, () => {
      assert.deepEqual(
        stageFindings(read).map(({ id }) => id),
        ids,
      );
    });
  }

  it('name the methods they are about', () => {
    const [finding] = stageFindings(stage({ '*/*': ON, '~1pets/GET': SILENT }));
    assert.match(finding?.message ?? '', /\(GET \/pets\)$/);
  });
});

describe('The page about a stage', () => {
  it('explains every setting, compares the three behaviours, and says what looks wrong', () => {
    const page = stageReport(
      { apiId: 'a1b2c3d4e5', stage: 'prod' },
      stage({
        '*/*': { ...ON, requireAuthorizationForCacheControl: false },
        '~1pets~1{id}/GET': { cacheTtlInSeconds: 60 },
      }),
      { method: 'GET', path: 'pets/7' },
    );
    const headings = page.split('\n').filter((line) => line.startsWith('#'));
    assert.deepEqual(headings, [
      '# Cache of stage `prod` of `a1b2c3d4e5`',
      '## GET /pets/7',
      '## Looks wrong',
      '## The cluster',
      '## For every method without settings of its own',
      '## Methods with settings of their own',
      '## Callers who may not invalidate',
    ]);
    assert.match(page, /It is cached for 60 seconds, by the settings of `~1pets~1\{id\}\/GET`\./);
    assert.match(page, /^- `FAIL_WITH_403`: .*\n- `SUCCEED_WITH_RESPONSE_HEADER` \(this stage\): /m);
    assert.match(page, /charged by the hour/);
    assert.doesNotMatch(page, /undefined|\[object/);
  });

  it('is short where there is no cache', () => {
    const page = stageReport(
      { apiId: 'a1b2c3d4e5', stage: 'dev' },
      stage({}, { cacheClusterEnabled: false, cacheClusterSize: undefined, cacheClusterStatus: undefined }),
      { method: 'GET', path: '' },
    );
    assert.match(page, /Nothing is cached for it\./);
    assert.match(page, /has no cache, so there is nothing to invalidate/);
    assert.doesNotMatch(page, /charged by the hour|undefined/);
  });
});
