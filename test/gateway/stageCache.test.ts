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

  it('are its own where it has them, and each other one is that of the stage', () => {
    const other: Required<MethodCacheSettings> = {
      cachingEnabled: false,
      cacheTtlInSeconds: 1,
      cacheDataEncrypted: false,
      requireAuthorizationForCacheControl: false,
      unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403',
    };
    const asked = (own: MethodCacheSettings) =>
      cacheOf(stage({ '*/*': ON, 'pets/GET': own }), 'GET', 'pets').settings;
    const byStage = asked({});
    const byMethod = asked(other);
    assert.deepEqual(byStage, stage({ '*/*': ON }).defaults);
    for (const [given, shown] of [
      ['cachingEnabled', 'caching'],
      ['cacheTtlInSeconds', 'ttlSeconds'],
      ['cacheDataEncrypted', 'encrypted'],
      ['requireAuthorizationForCacheControl', 'authorization'],
      ['unauthorizedCacheControlHeaderStrategy', 'strategy'],
    ] as const) {
      assert.notEqual(byMethod?.[shown], byStage?.[shown]);
      assert.deepEqual(asked({ [given]: other[given] }), { ...byStage, [shown]: byMethod?.[shown] });
    }
  });

  it('are those of the usual key, of the method and of the stage, in that order', () => {
    const found = (keys: readonly string[], method = 'GET', path = 'pets') => {
      const { override, certainty } = cacheOf(
        stage(Object.fromEntries(keys.map((key) => [key, ON]))),
        method,
        path,
      );
      return [override?.key, certainty];
    };
    assert.deepEqual(found(['/pets/GET', '~1pets/GET', '*/*']), ['~1pets/GET', 'certain']);
    assert.deepEqual(found(['~1pets/ANY', '~1pets/GET']), ['~1pets/GET', 'certain']);
    assert.deepEqual(found(['~1pets/GET', '~1pets/ANY'], 'POST'), ['~1pets/ANY', 'certain']);
    assert.deepEqual(found(['/pets/GET', '~1pets/ANY']), ['~1pets/ANY', 'certain']);
    assert.deepEqual(found(['/pets/GET']), ['/pets/GET', 'likely']);
    // The stage's own are no override: neither of one method on all resources, nor of all methods on one.
    assert.deepEqual(stage({ '*/*': ON }).overrides, []);
    assert.deepEqual(
      stage({ '*/GET': ON, '~1pets/*': ON, '*/*': ON }).overrides.map(({ key }) => key),
      ['*/GET', '~1pets/*'],
    );
    assert.equal(stage({ '*/GET': ON }).defaults, undefined);
    assert.equal(stage({ '~1pets/*': ON }).defaults, undefined);
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

describe('What is certain where two sets of settings may apply', () => {
  const SILENT = { ...ON, unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITHOUT_RESPONSE_HEADER' };
  const OFF = { ...ON, cachingEnabled: false };
  const CASES: readonly (readonly [
    name: string,
    settings: Readonly<Record<string, MethodCacheSettings>>,
    uncached: boolean,
    silence: string,
  ])[] = [
    ['nothing is cached by both', { '*/*': OFF, '~1{id}/GET': OFF }, true, 'told'],
    ['one of them caches', { '*/*': OFF, '~1{id}/GET': ON }, false, 'told'],
    ['the other caches', { '*/*': ON, '~1{id}/GET': OFF }, false, 'told'],
    ['one of them is silent', { '*/*': ON, '~1{id}/GET': SILENT }, false, 'silent'],
    ['the other is silent', { '*/*': SILENT, '~1{id}/GET': ON }, false, 'silent'],
    ['the certain one is not silent', { '*/*': SILENT, '~1pets/GET': ON }, false, 'told'],
    [
      'anybody may, silence or not',
      { '*/*': { ...SILENT, requireAuthorizationForCacheControl: false } },
      false,
      'told',
    ],
  ];
  for (const [name, settings, uncached, silence] of CASES) {
    it(`is ${uncached ? 'that nothing is cached' : silence} where ${name}`, () => {
      const settled = settledBy(stage(settings), 'GET', 'pets');
      assert.equal(settled.uncached !== undefined, uncached);
      assert.equal(settled.silence, silence);
    });
  }

  it('is told of the place that it comes of', () => {
    const note = (settings: Readonly<Record<string, MethodCacheSettings>>) =>
      settledBy(stage(settings), 'GET', 'pets').notes.join('\n');
    assert.match(note({ '*/*': SILENT }), /^The settings of this stage ignore/);
    assert.match(note({ '*/*': ON, '~1{id}/GET': SILENT }), /^The settings of GET \/\{id\} ignore/);
    assert.match(
      note({ '*/*': ON, '/pets/GET': ON }),
      /under the key "\/pets\/GET".* usual key is "~1pets\/GET"/,
    );
    assert.doesNotMatch(note({ '*/*': ON, '~1pets/GET': ON }), /./);
  });

  it('is that what is streamed is not cached', () => {
    const settled = (transfer: 'stream' | 'buffered') =>
      settledBy(stage({ '*/*': ON }), 'GET', 'pets', transfer);
    assert.match(settled('stream').uncached ?? '', /STREAM/);
    assert.match(settled('stream').notes[0] ?? '', /STREAM/);
    assert.equal(settled('buffered').uncached, undefined);
  });

  const CANARIES: readonly (readonly [
    canary: NonNullable<StageDescription['canary']>,
    deploymentId: string | undefined,
    note: RegExp,
  ])[] = [
    [{ percentTraffic: 5, useStageCache: true, deploymentId: 'a' }, 'a', /^$/],
    [{ percentTraffic: 5, useStageCache: true, deploymentId: 'a' }, 'b', /one of the two entries/],
    [
      { percentTraffic: 5, useStageCache: true, deploymentId: 'a' },
      undefined,
      /If it is of another deployment/,
    ],
    [{ percentTraffic: 5, useStageCache: true }, 'a', /If it is of another deployment/],
    [{ percentTraffic: 5, useStageCache: false, deploymentId: 'a' }, 'a', /does not use the stage's cache/],
    [{ percentTraffic: 0, useStageCache: false }, 'a', /^$/],
  ];
  for (const [canary, deploymentId, note] of CANARIES) {
    it(`is ${note.source} with the canary ${JSON.stringify(canary)} of a stage of ${deploymentId}`, () => {
      const read = stage({ '*/*': ON }, { canary, ...(deploymentId === undefined ? {} : { deploymentId }) });
      assert.match(settledBy(read, 'GET', 'pets').notes.join('\n'), note);
      assert.equal(stageFindings(read).length, note.source === '^$' ? 0 : 1);
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

  /** The lines of a section of a page. */
  function section(page: string, title: string): readonly string[] {
    const [, body = ''] = page.split(new RegExp(`^## ${title}\\n\\n`, 'm'));
    return (body.split('\n## ')[0] ?? '')
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '');
  }

  it('says of each setting what it is and what it means', () => {
    const name = { apiId: 'a', stage: 'prod' };
    const page = stageReport(
      name,
      stage(
        {
          '*/*': ON,
          '~1pets~1{id}/GET': { cacheTtlInSeconds: 60, requireAuthorizationForCacheControl: false },
          '~1dogs/POST': { unauthorizedCacheControlHeaderStrategy: 'FAIL_WITH_403' },
        },
        { canary: { percentTraffic: 5, useStageCache: false } },
      ),
      { method: 'GET', path: 'cats' },
    );
    assert.deepEqual(section(page, 'GET /cats').slice(0, 1), [
      'It is cached for 300 seconds, by the settings of the stage.',
    ]);
    assert.match(
      section(page, 'GET /cats').at(-1) ?? '',
      /^- Whether the integration streams its response is not/,
    );
    assert.deepEqual(section(page, 'Looks wrong'), [
      '- Anybody who reaches the API may invalidate, and so send every request to the backend (GET /pets/\\{id\\}).',
    ]);
    assert.equal(section(page, 'Good to know').length, 1);
    assert.deepEqual(section(page, 'The cluster').slice(0, 6), [
      '| | |',
      '| --- | --- |',
      '| Cache | on |',
      '| Status | `AVAILABLE` |',
      '| Size | 0\\.5 GB |',
      "| Canary | 5 % of the traffic, not using the stage's cache |",
    ]);
    assert.deepEqual(section(page, 'For every method without settings of its own').slice(1), [
      '- **Caching:** on. Whether responses are cached at all.',
      '- **Time to live:** 300 s. How long a cached response is served, in seconds: 300 by default, 3600 at most, 0 for never kept.',
      '- **Encrypted:** yes. Whether what is kept is encrypted at rest.',
      '- **Require authorization:** yes. Only callers with `execute-api:InvalidateCache` may invalidate.',
      '- **Callers who may not:** `SUCCEED_WITH_RESPONSE_HEADER`. Such a caller is answered as if it had not asked, with a Warning header.',
    ]);
    assert.deepEqual(section(page, 'Methods with settings of their own'), [
      '- `GET /pets/{id}`: caching on, time to live 60 s, authorization not required.',
      '- `POST /dogs`: caching on, time to live 300 s, authorization required, otherwise `FAIL_WITH_403`.',
    ]);
    const strange = stageReport(
      name,
      stage(
        { '*/*': { unauthorizedCacheControlHeaderStrategy: 'NEW_ONE', cacheDataEncrypted: false } },
        {
          deploymentId: 'one111',
          canary: { percentTraffic: 5, useStageCache: true, deploymentId: 'two222' },
          cacheClusterStatus: undefined,
          cacheClusterSize: undefined,
        },
      ),
      { method: 'GET', path: '', transfer: 'buffered' },
    );
    assert.equal(section(strange, 'GET /')[0], 'The stage does not say whether it is cached.');
    // The canary: how the response is handed on is known.
    assert.equal(section(strange, 'GET /').length, 2);
    assert.equal(
      section(strange, 'Good to know')[0],
      '- Cached responses are not encrypted at rest (the stage).',
    );
    assert.deepEqual(section(strange, 'The cluster').slice(2, 5), [
      '| Cache | on |',
      '| Status | not told |',
      "| Canary | 5 % of the traffic, using the stage's cache, of another deployment |",
    ]);
    assert.deepEqual(
      section(strange, 'For every method without settings of its own')
        .slice(1)
        .map((line) => line.split('. ')[0]),
      [
        '- **Caching:** not told',
        '- **Time to live:** not told',
        '- **Encrypted:** no',
        '- **Require authorization:** yes',
        '- **Callers who may not:** `NEW_ONE`',
      ],
    );
    const open = stageReport(name, stage({ '*/*': { ...ON, requireAuthorizationForCacheControl: false } }));
    assert.deepEqual(section(open, 'For every method without settings of its own').slice(4), [
      '- **Require authorization:** no. Anybody may invalidate, with or without a signature.',
      '- **Callers who may not:** `SUCCEED_WITH_RESPONSE_HEADER`. Nobody is refused as long as authorization is not required.',
    ]);
    assert.doesNotMatch(open, /## (?:GET|Good|Methods)/);
    const uncached = stageReport(name, stage({ '*/*': { ...ON, cachingEnabled: false } }), {
      method: 'GET',
      path: 'pets',
    });
    assert.deepEqual(section(uncached, 'GET /pets'), [
      'Nothing is cached for it.',
      '- Caching is off in the settings of the stage, so there is nothing to invalidate.',
    ]);
    const bare = stageReport(name, stage({ '*/*': ON }), {
      method: 'GET',
      path: 'pets',
      transfer: 'buffered',
    });
    assert.deepEqual(section(bare, 'GET /pets'), [
      'It is cached for 300 seconds, by the settings of the stage.',
    ]);
    const timeless = stageReport(name, stage({ 'pets/GET': { cachingEnabled: true } }), {
      method: 'GET',
      path: 'pets',
    });
    assert.equal(section(timeless, 'GET /pets')[0], 'It is cached, by the settings of `pets/GET`.');
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
