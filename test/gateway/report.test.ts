import assert from 'node:assert/strict';
import type { InvalidationResult } from '../../server/src/gateway/invalidate';
import { renderReport, toJson, verdictReport } from '../../server/src/gateway/report';
import { aTarget } from './targets';

const NOTHING_SENT: InvalidationResult = {
  target: aTarget(),
  startedAt: new Date('2026-11-29T10:00:00Z'),
  identity: undefined,
  request: undefined,
  response: undefined,
  failure: undefined,
  timings: undefined,
  retry: undefined,
  proof: undefined,
  entry: undefined,
  verdict: {
    kind: 'not-sent',
    reason: 'invalid-target',
    title: 'Not sent',
    explanation: 'Why.',
    caveats: [],
    nextSteps: [],
  },
};

const timings = { firstByteMs: 3, totalMs: 5 };

const SENT: InvalidationResult = {
  ...NOTHING_SENT,
  identity: {
    signing: 'sigv4',
    accessKeyId: '****TEMP',
    keys: 'temporary',
    provenance: 'a file',
    profile: 'dev',
  },
  request: { method: 'GET', url: 'https://x/prod/pets/1', headers: [['host', 'x']] },
  response: {
    status: 200,
    errorType: undefined,
    message: undefined,
    requestId: undefined,
    headers: [['etag', '"1"']],
    body: 'a body',
    bodyBytes: 6,
    truncated: false,
  },
  timings,
  verdict: {
    kind: 'accepted',
    reason: 'no-warning',
    title: 'Accepted',
    explanation: 'Why.',
    caveats: ['One thing.', 'Another.'],
    nextSteps: [{ id: 'retry', label: 'Try again' }],
  },
};

/** The sections of a report, without blank lines. */
function sections(report: string): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    report.split(/^##? /m).flatMap((section) => {
      const [title, ...lines] = section.split('\n').filter((line) => line !== '');
      return title === undefined ? [] : [[title, lines]];
    }),
  );
}

describe('The report of an invalidation', () => {
  it('is short where nothing was sent', () => {
    assert.deepEqual(sections(renderReport(NOTHING_SENT)), {
      'Not sent': ['Why.'],
      Target: [
        '| | |',
        '| --- | --- |',
        '| Resource | `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets/1` |',
        '| Started | 2026-11-29T10:00:00.000Z |',
        '| Identity | none |',
        '| Verdict | `not-sent` (`invalid-target`) |',
      ],
      Sent: ['Nothing was sent.'],
      'Came back': ['Nothing.'],
    });
  });

  it('has what was sent, what came back and what that means', () => {
    const { Target: target = [], ...rest } = sections(renderReport(SENT));
    assert.equal(target[4], '| Identity | access key `****TEMP` (temporary), profile `dev`, from a file |');
    assert.deepEqual(rest, {
      Accepted: ['Why.'],
      'What this cannot know': ['- One thing.', '- Another.'],
      'What to do next': ['- Try again'],
      Sent: ['```http', 'GET https://x/prod/pets/1', 'host: x', '```'],
      'Came back': [
        '```http',
        'HTTP 200',
        'etag: "1"',
        '```',
        'First byte after 3 ms, complete after 5 ms.',
        'The body (6 bytes):',
        '```',
        'a body',
        '```',
      ],
    });
  });

  const BACK: readonly (readonly [changes: Partial<InvalidationResult>, lines: readonly string[]])[] = [
    [
      { response: { ...response(), body: '' }, timings: undefined },
      ['```http', 'HTTP 200', 'etag: "1"', '```'],
    ],
    [
      { response: { ...response(), truncated: true }, timings: undefined },
      [
        '```http',
        'HTTP 200',
        'etag: "1"',
        '```',
        "The body's beginning (6 bytes read, not all of them shown):",
        '```',
        'a body',
        '```',
      ],
    ],
    [{ response: undefined, failure: { kind: 'timeout', message: 'Late.', totalMs: 1 } }, ['Late.']],
    [
      { response: undefined, failure: { kind: 'closed', message: 'Broken off.', totalMs: 1, status: 200 } },
      ['Broken off. The answer had begun with status 200.'],
    ],
  ];
  for (const [changes, lines] of BACK) {
    it(`says what came back: ${lines.at(-1)}`, () => {
      assert.deepEqual(sections(renderReport({ ...SENT, ...changes }))['Came back'], lines);
    });
  }

  const IDENTITIES: readonly (readonly [InvalidationResult['identity'], string])[] = [
    [undefined, 'none'],
    [{ signing: 'unsigned' }, 'unsigned'],
    [{ signing: 'bearer' }, 'a bearer token'],
    [
      {
        signing: 'sigv4',
        accessKeyId: '****MPLE',
        keys: 'long-term',
        provenance: 'a file',
        profile: undefined,
        arn: 'arn:x',
      },
      'access key `****MPLE` (long-term), from a file, which AWS knows as `arn:x`',
    ],
  ];
  for (const [identity, shown] of IDENTITIES) {
    it(`says who asked: ${shown}`, () => {
      const { Target: target = [] } = sections(renderReport({ ...SENT, identity }));
      assert.equal(target[4], `| Identity | ${shown} |`);
    });
  }

  it('says which entry was meant', () => {
    const entry = { route: 'GET /pets/{id}', source: 'aws', keys: [], meant: '', warnings: [] } as const;
    const shown = (changes: Partial<InvalidationResult['entry']>) =>
      sections(renderReport({ ...SENT, entry: { ...entry, ...changes } })).Entry;
    assert.deepEqual(shown({}), ['By AWS, `GET /pets/{id}` has no cache keys.']);
    assert.deepEqual(
      shown({
        source: 'definition',
        namespace: 'n',
        keys: [
          { place: 'path', name: 'id', value: '7' },
          { place: 'header', name: 'X-A' },
          { place: 'other', name: 'stageVariables.x' },
        ],
      }),
      [
        'By the definition in the workspace, `GET /pets/{id}` has these cache keys, in the namespace `n`.',
        '| Place | Name | Value |',
        '| --- | --- | --- |',
        '| path | `id` | `7` |',
        '| header | `X-A` | not sent |',
        '| other | `stageVariables.x` | not told |',
      ],
    );
  });

  it('has the reads of a proof', () => {
    const report = renderReport({
      ...SENT,
      proof: {
        finding: 'changed',
        title: 'Changed',
        explanation: 'Because.',
        reads: [
          { when: 'before', status: 200, bodyDigest: 'abc', etag: '"1"', marker: 'm', timings },
          { when: 'before, again' },
          { when: 'after', status: 200 },
        ],
      },
    });
    assert.deepEqual(sections(report).Changed, [
      'Because.',
      '| Plain read | Status | Body (SHA-256 begins) | ETag | Marker | First byte | Complete |',
      '| --- | --- | --- | --- | --- | --- | --- |',
      '| before | 200 | `abc` | `"1"` | `m` | 3 ms | 5 ms |',
      '| before, again | no answer | | | | | |',
      '| after | 200 | | | | | |',
    ]);
  });

  it('as JSON has what there is and nothing else', () => {
    assert.deepEqual(Object.keys(toJson(NOTHING_SENT)), ['verdict', 'resource', 'target', 'startedAt']);
    assert.deepEqual(Object.keys(toJson(SENT)).slice(4), ['identity', 'request', 'response', 'timings']);
  });

  it('of a verdict alone has its steps where there are some', () => {
    assert.equal(verdictReport(NOTHING_SENT.verdict), '# Not sent\n\nWhy.\n');
    assert.equal(verdictReport(SENT.verdict), '# Accepted\n\nWhy.\n\n## What to do next\n\n- Try again\n');
  });

  function response(): NonNullable<InvalidationResult['response']> {
    assert.ok(SENT.response !== undefined);
    return SENT.response;
  }
});
