import * as assert from 'node:assert/strict';
import { type BatchOptions, invalidateAll, renderBatch } from '../../server/src/gateway/batch';
import type { GatewayHost, SendOutcome } from '../../server/src/gateway/host';
import { createPace, type PaceOptions } from '../../server/src/gateway/pace';
import type { InvalidationTarget, NameValue } from '../../server/src/gateway/target';
import { hostOf } from '../support/callerHost';
import { limit } from '../support/patience';
import { invalidator } from '../support/petstore';
import { aTarget } from './targets';

/** A clock that only waiting moves. */
function virtualClock() {
  const waits: number[] = [];
  let time = 0;
  return {
    waits,
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
    now: () => new Date(time),
    wait: async (milliseconds: number) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly errorType?: string;
}

function answered({ status, retryAfter, errorType }: Answer): SendOutcome {
  const headers: readonly NameValue[] = [
    ['x-amzn-RequestId', '5e1d0ab5-2d5a-4d0f-8d2c-0b6d8f6d7a11'],
    ...(retryAfter === undefined ? [] : [['Retry-After', retryAfter] as const]),
    ...(errorType === undefined ? [] : [['x-amzn-ErrorType', errorType] as const]),
  ];
  return {
    kind: 'response',
    response: {
      status,
      headers,
      body: '{}',
      bodyBytes: 2,
      bodyDigest: '',
      truncated: false,
      timings: { firstByteMs: 1, totalMs: 2 },
    },
  };
}

const GOOD: Answer = { status: 200 };
const THROTTLED: Answer = { status: 429 };

describe('Several invalidations', () => {
  /** Sends with one request at a time; the last answer is repeated. */
  async function run(
    answers: readonly Answer[],
    targets: readonly InvalidationTarget[],
    options: Partial<BatchOptions> = {},
  ) {
    const clock = virtualClock();
    const sentAt: number[] = [];
    const told: number[] = [];
    const host: GatewayHost = hostOf(invalidator, {
      now: clock.now,
      wait: clock.wait,
      send: async () => {
        sentAt.push(clock.now().getTime());
        return answered(answers[Math.min(sentAt.length, answers.length) - 1] ?? GOOD);
      },
    });
    const results = await invalidateAll(host, targets, {
      timeoutMs: limit(20_000),
      concurrency: 1,
      onThrottled: (wait) => told.push(wait),
      ...options,
    });
    return { results, sentAt, told };
  }

  const RETRIES: readonly {
    readonly name: string;
    readonly answers: readonly Answer[];
    readonly method?: string;
    /** What is waited for before each further try. */
    readonly waits: readonly number[];
    readonly kind: string;
    readonly says?: RegExp;
  }[] = [
    { name: 'what goes through', answers: [GOOD], waits: [], kind: 'accepted' },
    {
      name: 'one throttle',
      answers: [THROTTLED, GOOD],
      waits: [1000],
      kind: 'accepted',
      says: /The first try was throttled; this is the second, 1000 ms later\.$/,
    },
    {
      name: 'three throttles',
      answers: [THROTTLED, THROTTLED, THROTTLED, GOOD],
      waits: [1000, 2000, 4000],
      kind: 'accepted',
      says: /throttled 3 times before, and sent again after 7000 ms in all\.$/,
    },
    {
      name: 'throttles without an end',
      answers: [THROTTLED],
      waits: [1000, 2000, 4000, 8000, 16_000],
      kind: 'throttled',
      says: /throttled 5 times before, and sent again after 31000 ms in all\.$/,
    },
    {
      name: 'a wait that the answer names',
      answers: [{ ...THROTTLED, retryAfter: '2' }, GOOD],
      waits: [2000],
      kind: 'accepted',
    },
    {
      name: 'a wait of a minute',
      answers: [{ ...THROTTLED, retryAfter: '60' }, GOOD],
      waits: [60_000],
      kind: 'accepted',
    },
    {
      name: 'a wait of more than a minute',
      answers: [{ ...THROTTLED, retryAfter: '61' }, GOOD],
      waits: [],
      kind: 'throttled',
    },
    {
      name: 'what may change something',
      method: 'POST',
      answers: [THROTTLED, GOOD],
      waits: [],
      kind: 'throttled',
    },
    {
      name: 'a quota that is used up',
      answers: [{ ...THROTTLED, errorType: 'LimitExceededException' }, GOOD],
      waits: [],
      kind: 'throttled',
    },
    { name: 'a refusal', answers: [{ status: 403 }, GOOD], waits: [], kind: 'refused' },
  ];
  for (const { name, answers, method = 'GET', waits, kind, says } of RETRIES) {
    it(`after ${name} wait [${waits}] ms and come to ${kind}`, async () => {
      const { results, sentAt, told } = await run(answers, [aTarget({ method })]);
      const [result] = results;
      assert.equal(result?.verdict.kind, kind);
      assert.deepEqual(told, waits);
      assert.deepEqual(
        sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0)),
        waits,
      );
      assert.equal(result.retry?.throttled, waits.length === 0 ? undefined : waits.length);
      if (says !== undefined) {
        assert.match(result.verdict.explanation, says);
      }
    });
  }

  const FIVE = ['a', 'b', 'c', 'd', 'e'].map((path) => aTarget({ path }));

  it('start as often as they may', async () => {
    assert.deepEqual((await run([GOOD], FIVE)).sentAt, [0, 0, 0, 0, 0]);
    assert.deepEqual((await run([GOOD], FIVE, { perSecond: 4 })).sentAt, [0, 250, 500, 750, 1000]);
  });

  it('go on more slowly after a throttle', async () => {
    const { sentAt } = await run([GOOD, THROTTLED, GOOD], FIVE);
    assert.deepEqual(sentAt, [0, 0, 1000, 1050, 1100, 1150]);
  });

  it('go on as before once ten went through', async () => {
    const targets = Array.from({ length: 14 }, (_, index) => aTarget({ path: `pets/${index}` }));
    const { sentAt } = await run([THROTTLED, GOOD], targets);
    const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    assert.deepEqual(gaps, [1000, ...Array.from({ length: 10 }, () => 50), 0, 0, 0]);
  });

  it('are shown by request where the stage is the same, and by resource otherwise', async () => {
    const table = async (...targets: readonly InvalidationTarget[]) =>
      renderBatch((await run([GOOD], targets)).results);
    const same = await table(aTarget({ path: 'pets/1' }), aTarget({ path: 'pets/2' }));
    assert.match(
      same,
      /^# 2 of 2 accepted\n\nAll of `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/prod\/`:\n/,
    );
    assert.match(same, /\n\| Request \| Verdict \| Status \| Time \|\n/);
    assert.match(same, /\n\| `GET \/pets\/2` \| [^|]+ \| 200 \| 2\u00a0ms \|\n/);
    assert.match(same, /\n## What this cannot know\n[\s\S]*\n## What to do next\n/);
    const two = await table(aTarget({ path: 'pets/1' }), aTarget({ stage: 'dev' }));
    assert.doesNotMatch(two, /All of/);
    assert.match(two, /\n\| Resource \| Verdict \| Status \| Time \|\n/);
    assert.match(two, /\n\| `arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5\/dev\/GET\/pets\/1` \|/);
    const unsent = await table(aTarget({ path: '*' }));
    assert.match(unsent, /^# 0 of 1 accepted\n/);
    assert.match(unsent, /\n\| `GET \/\*` \| [^|]+ \| \| \|\n/);
    assert.doesNotMatch(unsent, /## What this cannot know/);
  });
});

describe('The pace of several requests', () => {
  /** Numbers of turns, of milliseconds to hold, and of requests that went through, as they follow each other. */
  type Step =
    | { readonly turns: number }
    | { readonly hold: number }
    | { readonly went: number }
    | { readonly later: number };

  async function startsOf(steps: readonly Step[], options: PaceOptions = {}): Promise<readonly number[]> {
    const clock = virtualClock();
    const pace = createPace(clock, options);
    const starts: number[] = [];
    for (const step of steps) {
      if ('turns' in step) {
        for (let turn = 0; turn < step.turns; turn += 1) {
          await pace.turn();
          starts.push(clock.now().getTime());
        }
      } else if ('hold' in step) {
        pace.hold(step.hold);
      } else if ('later' in step) {
        clock.advance(step.later);
      } else {
        for (let went = 0; went < step.went; went += 1) {
          pace.went();
        }
      }
    }
    return starts;
  }

  const CASES: readonly (readonly [
    name: string,
    steps: readonly Step[],
    starts: readonly number[],
    perSecond?: number,
  ])[] = [
    ['is as fast as they come', [{ turns: 3 }], [0, 0, 0]],
    ['is even where a number was given', [{ turns: 3 }], [0, 100, 200], 10],
    ['catches nothing up', [{ turns: 1 }, { later: 1000 }, { turns: 2 }], [0, 1000, 1100], 10],
    ['holds', [{ turns: 1 }, { hold: 700 }, { turns: 3 }], [0, 700, 750, 800]],
    ['holds for the longer of two', [{ hold: 700 }, { hold: 200 }, { turns: 2 }], [700, 800]],
    ['is halved with each hold', [{ hold: 0 }, { hold: 0 }, { hold: 0 }, { turns: 3 }], [0, 200, 400]],
    [
      'is never slower than one in two seconds',
      [...Array.from({ length: 9 }, () => ({ hold: 0 })), { turns: 2 }],
      [0, 2000],
    ],
    ['stays as slow as it was asked to be', [{ hold: 0 }, { turns: 2 }], [0, 4000], 0.25],
    ['does not recover by nine', [{ hold: 0 }, { hold: 0 }, { went: 9 }, { turns: 2 }], [0, 100]],
    ['recovers by half with ten', [{ hold: 0 }, { hold: 0 }, { went: 10 }, { turns: 2 }], [0, 50]],
    ['recovers by ten more', [{ hold: 0 }, { hold: 0 }, { went: 20 }, { turns: 2 }], [0, 0]],
    [
      'counts anew after a hold',
      [{ hold: 0 }, { went: 9 }, { hold: 0 }, { went: 9 }, { turns: 2 }],
      [0, 100],
    ],
    ['recovers to no more than was asked for', [{ hold: 0 }, { went: 40 }, { turns: 2 }], [0, 100], 10],
  ];
  for (const [name, steps, starts, perSecond] of CASES) {
    it(name, async () => {
      assert.deepEqual(await startsOf(steps, { perSecond }), starts);
    });
  }

  for (const signal of [undefined, new AbortController().signal]) {
    it(`lets nobody start who slept while there was another hold${signal === undefined ? '' : ', with a signal'}`, async () => {
      const clock = virtualClock();
      let isFirst = true;
      const pace = createPace(
        {
          now: clock.now,
          wait: async (milliseconds) => {
            await clock.wait(milliseconds);
            if (isFirst) {
              isFirst = false;
              pace.hold(500);
            }
          },
        },
        { signal },
      );
      pace.hold(100);
      await pace.turn();
      assert.equal(clock.now().getTime(), 600);
    });
  }

  it('waits for nothing once it was called off', async () => {
    const clock = virtualClock();
    const abort = new AbortController();
    const pace = createPace(
      {
        now: clock.now,
        wait: async () => {
          abort.abort();
        },
      },
      { signal: abort.signal },
    );
    pace.hold(1000);
    await pace.turn();
    assert.ok(abort.signal.aborted);
    await pace.turn();
    assert.equal(clock.now().getTime(), 0);
    const other = createPace(clock, { signal: AbortSignal.abort() });
    other.hold(1000);
    await other.turn();
    assert.deepEqual(clock.waits, []);
  });
});
