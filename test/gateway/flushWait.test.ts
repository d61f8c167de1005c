import * as assert from 'node:assert/strict';
import { flushAndWait } from '../../server/src/gateway/flushWait';
import type { ControlOutcome, GatewayHost, StageDescription } from '../../server/src/gateway/host';
import { createGatewayHost } from '../../server/src/node/gatewayHost';
import { hostOf } from '../support/callerHost';
import { manager } from '../support/petstore';
import { aTarget } from './targets';

const PLACE = { partition: 'aws', region: 'us-east-1', apiId: 'a1b2c3d4e5', stage: 'prod' };

/** What an entry has at each read: a status and a text. */
type Read = readonly [status: number, body: string];

describe('Waiting for a flush', () => {
  /** The last look and the last read are repeated. */
  async function waited({
    looks,
    reads,
    limitMs = 10_000,
  }: {
    readonly looks: readonly ('flushing' | 'done' | 'denied')[];
    readonly reads?: readonly Read[];
    readonly limitMs?: number;
  }) {
    const waits: number[] = [];
    const made = { looks: 0, reads: 0 };
    const stage = (): ControlOutcome<StageDescription> => {
      const look = looks[Math.min(made.looks, looks.length - 1)];
      made.looks += 1;
      return look === 'denied'
        ? { kind: 'error', error: { status: 403, errorType: 'AccessDeniedException', message: 'no' } }
        : {
            kind: 'answer',
            value: {
              cacheClusterEnabled: true,
              cacheClusterStatus: look === 'flushing' ? 'FLUSH_IN_PROGRESS' : 'AVAILABLE',
              methodSettings: {},
            },
          };
    };
    const host: GatewayHost = hostOf(manager, {
      wait: async (milliseconds) => {
        waits.push(milliseconds);
      },
      send: async () => {
        const [status, body] = reads?.[Math.min(made.reads, reads.length - 1)] ?? [500, ''];
        made.reads += 1;
        return {
          kind: 'response',
          response: {
            status,
            headers: [],
            body,
            bodyBytes: body.length,
            bodyDigest: body,
            truncated: false,
            timings: { firstByteMs: 1, totalMs: 1 },
          },
        };
      },
      control: {
        ...createGatewayHost().control,
        stage: async () => stage(),
        flushStageCache: async () => ({ kind: 'answer', value: undefined }),
      },
    });
    const { value, verdict } = await flushAndWait(host, PLACE, {
      timeoutMs: 1000,
      limitMs,
      ...(reads === undefined ? {} : { entry: aTarget() }),
    });
    return { state: value?.state, reason: verdict.reason, waits, ...made };
  }

  const old: Read = [200, 'old'];
  const fresh: Read = [200, 'new'];
  const CASES: readonly (readonly [
    name: string,
    given: Parameters<typeof waited>[0],
    state: string,
    waits: readonly number[],
  ])[] = [
    ['ends with a stage that is flushed', { looks: ['done'] }, 'flushed', []],
    [
      'goes on while it is being flushed',
      { looks: ['flushing', 'flushing', 'done'] },
      'flushed',
      [2000, 2000],
    ],
    ['ends at the limit', { looks: ['flushing'], limitMs: 5000 }, 'limit', [2000, 2000, 1000]],
    ['ends where the stage cannot be read', { looks: ['denied'] }, 'not-told', []],
    ['ends where it can be read no more', { looks: ['flushing', 'denied'] }, 'not-told', [2000]],
    ['ends with an entry that is new', { looks: ['done'], reads: [old, fresh] }, 'renewed', []],
    [
      'goes on while it is the same',
      { looks: ['done'], reads: [old, old, old, fresh] },
      'renewed',
      [2000, 2000],
    ],
    [
      'does not believe an entry that is new while the stage is being flushed',
      { looks: ['flushing', 'done'], reads: [old, fresh] },
      'renewed',
      [2000],
    ],
    // What was not read before is compared with nothing.
    [
      'knows no new entry without an old one',
      { looks: ['done'], reads: [[403, ''], fresh], limitMs: 2000 },
      'limit',
      [2000],
    ],
    [
      'takes no failed read for a new entry',
      { looks: ['done'], reads: [old, [500, 'sorry']], limitMs: 2000 },
      'limit',
      [2000],
    ],
    [
      'takes no redirect for a new entry',
      { looks: ['done'], reads: [old, [300, 'there']], limitMs: 2000 },
      'limit',
      [2000],
    ],
    [
      'takes no half of an answer for one',
      { looks: ['done'], reads: [old, [199, 'half']], limitMs: 2000 },
      'limit',
      [2000],
    ],
  ];
  for (const [name, given, state, waits] of CASES) {
    it(name, async () => {
      const result = await waited(given);
      assert.equal(result.state, state);
      assert.deepEqual(result.waits, waits);
    });
  }

  it('reads the entry once before, and then only once the stage is flushed', async () => {
    const { looks, reads } = await waited({ looks: ['flushing', 'flushing', 'done'], reads: [old, fresh] });
    assert.deepEqual([looks, reads], [3, 2]);
  });
});
