import type { Steps } from '../core/index';
import type { Timers } from './host';

/** What work came to. */
export interface Outcome<T> {
  readonly value: T;
}

/**
 * Long work, done in turns. Many documents may be there to be checked at once, as when an editor is opened again or a
 * setting changes, and one of them may take seconds; between two turns what has come in meanwhile is answered.
 */
export interface Turns {
  /**
   * Does work as soon as it is its turn: first what has had none yet, of that the latest, and then what has had the fewest.
   *
   * @param isWanted asked before each turn; what nobody wants any more is given up
   * @returns `undefined` where it was given up
   */
  run<T>(steps: Steps<T>, isWanted: () => boolean): Promise<Outcome<T> | undefined>;
  /** A document was opened or changed. */
  noteChange(): void;
  /** Something was asked. */
  noteRequest(): void;
}

/** A turn ends behind the part of the work in which it has taken so long. */
const TURN_MS = 15;

/** A pause lets one message through; a key stroke is a change, and a request that pauses itself before it is answered. */
const PAUSES = 5;

/** While documents go on changing, the next turn is put off for so many of them at most. */
const LONGEST_BURST = 1000;

interface Job {
  /** How many it has had. */
  turns: number;
  /** Whether the job is over. */
  takeTurn(): boolean;
}

/** Makes the turns of one server. */
export function createTurns(timers: Pick<Timers, 'pause' | 'now'>): Turns {
  const fresh: Job[] = [];
  const begun: Job[] = [];
  let isTaken = false;
  let changes = 0;
  let requests = 0;

  const next = (): Job | undefined => {
    const latest = fresh.pop();
    if (latest !== undefined || begun.length === 0) {
      return latest;
    }
    const fewest = begun.reduce((least, { turns }) => Math.min(least, turns), Number.POSITIVE_INFINITY);
    return begun.splice(
      begun.findIndex(({ turns }) => turns === fewest),
      1,
    )[0];
  };
  /** While requests come one after the other, they and the work share the time. */
  const letThrough = async (): Promise<void> => {
    const begin = timers.now();
    let before: readonly [changes: number, requests: number];
    let rounds = 0;
    do {
      before = [changes, requests];
      for (let pauses = 0; pauses < PAUSES; pauses += 1) {
        await timers.pause();
      }
      rounds += 1;
    } while (
      (changes !== before[0] && rounds < LONGEST_BURST) ||
      (requests !== before[1] && timers.now() - begin < TURN_MS)
    );
  };
  const handOut = async (): Promise<void> => {
    // The message that brought the work may have taken its time as well.
    await letThrough();
    for (let job = next(); job !== undefined; job = next()) {
      if (!job.takeTurn()) {
        job.turns += 1;
        begun.push(job);
      }
      await letThrough();
    }
    isTaken = false;
  };

  return {
    run: <T>(steps: Steps<T>, isWanted: () => boolean) =>
      new Promise<Outcome<T> | undefined>((resolve, reject) => {
        const takeTurn = (): boolean => {
          try {
            if (!isWanted()) {
              resolve(undefined);
              return true;
            }
            const begin = timers.now();
            do {
              const step = steps.next();
              if (step.done === true) {
                resolve({ value: step.value });
                return true;
              }
            } while (timers.now() - begin < TURN_MS);
            return false;
          } catch (error) {
            reject(error);
            return true;
          }
        };
        fresh.push({ turns: 0, takeTurn });
        if (!isTaken) {
          isTaken = true;
          void handOut();
        }
      }),
    noteChange: () => {
      changes += 1;
    },
    noteRequest: () => {
      requests += 1;
    },
  };
}
