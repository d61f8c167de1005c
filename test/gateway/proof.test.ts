import * as assert from 'node:assert/strict';
import type { GatewayResponse } from '../../server/src/gateway/host';
import { type Marker, markerOf, markerText, readMarker, shownMarker } from '../../server/src/gateway/marker';
import { type Proof, readAfter, readBefore, shownProof } from '../../server/src/gateway/proof';
import { createRedactor, REDACTED } from '../../server/src/gateway/redact';
import { hostOf } from '../support/callerHost';
import { invalidator } from '../support/petstore';
import { aTarget } from './targets';

interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly etag?: string;
  readonly age?: string;
  readonly truncated?: boolean;
  /** The header that tells who answered; one that only a REST API sends unless given. */
  readonly sign?: string;
}

function responseOf({
  status = 200,
  body = 'a',
  etag,
  age,
  truncated = false,
  sign = 'x-amz-apigw-id',
}: Answer): GatewayResponse {
  return {
    status,
    headers: [
      [sign, 'AbC='],
      ...(etag === undefined ? [] : [['ETag', etag] as const]),
      ...(age === undefined ? [] : [['Age', age] as const]),
    ],
    body,
    bodyBytes: body.length,
    bodyDigest: `${body}-digest`.padEnd(64, '0'),
    truncated,
    timings: { firstByteMs: 1, totalMs: 2 },
  };
}

describe('The proof by plain reads', () => {
  async function proofOf(
    answers: readonly (Answer | 'failure')[],
    marker?: Marker,
    target = aTarget(),
  ): Promise<Proof> {
    const left = [...answers];
    const host = hostOf(invalidator, {
      send: async () => {
        const next = left.shift();
        return next === undefined || next === 'failure'
          ? { kind: 'failure', failure: { kind: 'timeout', message: 'Late.', totalMs: 1 } }
          : { kind: 'response', response: responseOf(next) };
      },
    });
    const options = { keys: undefined, apiKey: undefined, timeoutMs: 1, signal: undefined, marker };
    const before = await readBefore(host, target, options);
    return readAfter(host, target, options, before);
  }

  const a: Answer = { body: 'a' };
  const b: Answer = { body: 'b' };
  const release: Marker = { kind: 'json', pointer: '/release' };
  const r1: Answer = { body: '{"release":1,"served":1}' };
  const r2: Answer = { body: '{"release":2,"served":1}' };
  const FINDINGS: readonly (readonly [
    finding: Proof['finding'],
    answers: readonly [Answer | 'failure', Answer | 'failure', Answer | 'failure'],
    marker?: Marker,
  ])[] = [
    ['changed', [a, a, b]],
    ['unchanged', [a, a, a]],
    ['never-the-same', [a, b, b]],
    ['never-the-same', [a, b, a]],
    ['not-comparable', ['failure', a, b]],
    ['not-comparable', [a, 'failure', b]],
    ['not-comparable', [a, a, 'failure']],
    ['not-comparable', [a, a, { ...b, status: 300 }]],
    ['not-comparable', [a, a, { ...b, status: 199 }]],
    ['not-comparable', [{ ...a, status: 404 }, { ...a, status: 404 }, b]],
    ['changed', [a, a, { ...b, status: 299 }]],
    // Only the ETag tells them apart, or that there is one.
    [
      'changed',
      [
        { body: '', etag: '"1"' },
        { body: '', etag: '"1"' },
        { body: '', etag: '"2"' },
      ],
    ],
    ['changed', [{ etag: '"1"' }, { etag: '"1"' }, { etag: '"2"' }]],
    ['changed', [a, a, { ...a, etag: '"1"' }]],
    ['never-the-same', [{ etag: '"1"' }, { etag: '"2"' }, { etag: '"2"' }]],
    ['nothing-to-compare', [{ body: '' }, { body: '' }, { body: '' }]],
    ['changed', [{ body: '' }, { body: '' }, a]],
    ['other-answerer', [a, a, { ...b, age: '5' }]],
    ['other-answerer', [{ ...a, age: '5' }, a, b]],
    ['too-large', [a, a, { ...b, truncated: true }]],
    // The marker decides alone, whatever else of the body is different.
    ['changed', [r1, r1, r2], release],
    ['unchanged', [r1, { body: '{"release":1,"served":2}' }, { body: '{"release":1,"served":3}' }], release],
    ['never-the-same', [r1, r2, r2], release],
    ['no-marker', [r1, r1, a], release],
    ['no-marker', [a, r1, r2], release],
  ];
  for (const [finding, answers, marker] of FINDINGS) {
    it(`of ${JSON.stringify(answers)}${marker === undefined ? '' : ' by a marker'} is ${finding}`, async () => {
      const proof = await proofOf(answers, marker);
      assert.equal(proof.finding, finding);
      assert.equal(proof.explanation.includes('compared by json:/release.'), marker !== undefined);
    });
  }

  it('is by API Gateway at its own names, and behind others by what only a REST API sends', async () => {
    const own = aTarget({ domain: { name: 'api.example.com', basePath: '' } });
    const [x, y]: readonly Answer[] = [{ sign: 'x-amzn-requestid' }, { sign: 'x-amzn-requestid', body: 'b' }];
    assert.ok(x !== undefined && y !== undefined);
    assert.equal((await proofOf([x, x, y])).finding, 'changed');
    assert.equal((await proofOf([x, x, y], undefined, own)).finding, 'other-answerer');
    assert.equal((await proofOf([a, a, b], undefined, own)).finding, 'changed');
  });

  it('shows the beginning of what the bodies have in common, and nothing of an empty one', async () => {
    const { reads } = await proofOf([a, { body: '', etag: '"1"' }, 'failure']);
    assert.deepEqual(
      reads.map(({ when, bodyDigest, etag }) => [when, bodyDigest, etag]),
      [
        ['before', 'a-digest00000000', undefined],
        ['before, again', undefined, '"1"'],
        ['after', undefined, undefined],
      ],
    );
    assert.ok(reads.every((read) => !('marker' in read) && !('extent' in read) && !('answerer' in read)));
  });

  it('shows no secret that an answer repeats', async () => {
    const redactor = createRedactor(['s3cret-of-the-tests']);
    const echo: Answer = { body: '{"release":"s3cret-of-the-tests"}', etag: '"s3cret-of-the-tests"' };
    const shown = shownProof(await proofOf([echo, echo, 'failure'], release), release, redactor);
    assert.doesNotMatch(JSON.stringify(shown), /s3cret/);
    assert.equal(shown.reads[0]?.marker, REDACTED);
    assert.ok(shown.reads[2] !== undefined && !('marker' in shown.reads[2]));
    const plain = shownProof(await proofOf([r1, r1, r2], release), release, redactor);
    assert.deepEqual(
      plain.reads.map(({ marker }) => marker),
      ['1', '1', '2'],
    );
  });
});

describe('A marker', () => {
  const WRITTEN: readonly (readonly [text: string, Marker | undefined])[] = [
    ['header:X-Release', { kind: 'header', name: 'x-release' }],
    ['header:', undefined],
    ['header:two words', undefined],
    ['json:', { kind: 'json', pointer: '' }],
    ['json:/a/b', { kind: 'json', pointer: '/a/b' }],
    ['json:/a~1b/~0', { kind: 'json', pointer: '/a~1b/~0' }],
    ['json:a', undefined],
    ['json:/a~2', undefined],
    ['cookie:/a', undefined],
    ['X-Release', undefined],
  ];
  for (const [text, marker] of WRITTEN) {
    it(`${text} is ${marker === undefined ? 'none' : 'read'}`, () => {
      const read = readMarker(text);
      assert.deepEqual(read, marker);
      if (read !== undefined) {
        assert.equal(markerText(read).toLowerCase(), text.toLowerCase());
      }
    });
  }

  const BODY = '{"a/b":{"~":"x"},"n":null,"list":[1,{"c":true}],"o":{"p":1}}';
  const VALUES: readonly (readonly [pointer: string, value: string | undefined, body?: string])[] = [
    ['/a~1b/~0', 'x'],
    ['/n', 'null'],
    ['/n/x', undefined],
    ['/list/0', '1'],
    ['/list/1/c', 'true'],
    ['/list/2', undefined],
    ['/o', '{"p":1}'],
    ['', BODY],
    ['/toString', undefined],
    ['/a~1b/~0/length', undefined],
    ['/n', undefined, 'no JSON'],
  ];
  for (const [pointer, value, body = BODY] of VALUES) {
    it(`at ${JSON.stringify(pointer)} of ${body} finds ${value}`, () => {
      assert.equal(markerOf({ kind: 'json', pointer }, responseOf({ body })), value);
      assert.equal(markerOf({ kind: 'json', pointer }, responseOf({ body, truncated: true })), undefined);
    });
  }

  it('is a header in any case', () => {
    const response = responseOf({ etag: '"1"', truncated: true });
    assert.equal(markerOf({ kind: 'header', name: 'etag' }, response), '"1"');
    assert.equal(markerOf({ kind: 'header', name: 'x-release' }, response), undefined);
  });

  it('that is called as a secret is shows nothing', () => {
    const redactor = createRedactor([]);
    const shown = (marker: Marker) => shownMarker(marker, 'value', redactor);
    assert.equal(shown({ kind: 'header', name: 'x-auth-token' }), REDACTED);
    assert.equal(shown({ kind: 'header', name: 'x-release' }), 'value');
    assert.equal(shown({ kind: 'json', pointer: '/session/token' }), REDACTED);
    assert.equal(shown({ kind: 'json', pointer: '/token/release' }), 'value');
    assert.equal(shownMarker({ kind: 'json', pointer: '' }, 'x'.repeat(999), redactor).length < 300, true);
  });
});
