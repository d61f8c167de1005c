import { strict as assert } from 'node:assert';
import { inOneStep, type Steps } from '../../server/src/core/index';
import { createTurns, type Turns } from '../../server/src/lsp/turns';

const always = (): boolean => true;

describe('turns', () => {
  let done: string[] = [];
  beforeEach(() => {
    done = [];
  });

  /** Each look at the clock takes as long as a turn. */
  const turnsOfOneStep = (pause: () => Promise<void> = () => Promise.resolve()): Turns => {
    let time = 0;
    return createTurns({
      pause,
      now: () => {
        time += 1_000;
        return time;
      },
    });
  };
  function* work(name: string, steps: number): Steps<string> {
    for (let step = 0; step < steps; step += 1) {
      done.push(name);
      yield;
    }
    return name;
  }

  it('come first to what has had none, of that to the latest, and then to what has had the fewest', async () => {
    const turns = turnsOfOneStep();
    const results = [
      turns.run(work('a', 4), always),
      turns.run(work('b', 2), always),
      turns.run(work('c', 1), always),
    ];
    // Reading the message that brought them has kept others waiting already.
    assert.deepEqual(done, []);
    assert.deepEqual(await Promise.all(results), [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);
    assert.deepEqual(done, ['c', 'b', 'a', 'b', 'a', 'a', 'a']);
  });

  it('are so long that many small parts fit in one', async () => {
    let time = 0;
    let pauses = 0;
    const turns = createTurns({
      pause: async () => {
        pauses += 1;
      },
      now: () => {
        time += 1;
        return time;
      },
    });
    await turns.run(work('a', 100), always);
    assert.ok(pauses > 0 && pauses < 100, `${pauses}`);
  });

  it('end for what nobody wants any more', async () => {
    const turns = turnsOfOneStep();
    const given = turns.run(work('a', 100), () => done.length < 2);
    assert.equal(await given, undefined);
    assert.deepEqual(done, ['a', 'a']);
  });

  it('go on behind work that fails', async () => {
    const turns = turnsOfOneStep();
    const failing = inOneStep(() => {
      throw new Error('no more');
    });
    await assert.rejects(turns.run(failing, always), /no more/);
    assert.deepEqual(await turns.run(work('b', 1), always), { value: 'b' });
  });

  it('wait while documents go on changing, but not for ever', async () => {
    let pauses = 0;
    const turns: Turns = turnsOfOneStep(async () => {
      pauses += 1;
      turns.noteChange();
    });
    await turns.run(work('a', 1), always);
    assert.ok(pauses >= 1_000 && pauses < 100_000, `${pauses}`);
  });

  it('share the time with requests that come one after the other', async () => {
    let pauses = 0;
    const turns: Turns = turnsOfOneStep(async () => {
      pauses += 1;
      turns.noteRequest();
    });
    await turns.run(work('a', 1), always);
    assert.ok(pauses < 20, `${pauses}`);
  });
});
