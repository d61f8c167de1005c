import assert from 'node:assert/strict';
import { type Asked, timesOf } from '../bench/growth';
import { SHAPES } from '../bench/shapes';
import { limit } from '../support/patience';

/** Below that it depends on what V8 has compiled by then, where a question takes no longer than usual. */
const SMALL = 100;
const TIMES_LARGER = 8;

/**
 * Eight times the size takes about eight times as long; where it takes the square it takes sixty-four times. The bench
 * measures the exponents more finely, at larger sizes and of everything that an editor asks.
 */
const MOST_TIMES_LONGER = 26;

/** So often it may look like the square. */
const TRIES = 4;

/** What is done in less is too short to be measured. */
const SHORT_MS = 60;

/** What took the square of the size; what takes long at a small size begins at a smaller one. */
const CASES: readonly (readonly [shape: string, asked: readonly Asked[], small?: number])[] = [
  ['Allow and Deny', ['edit']],
  ['Allow and Deny, wildcards', ['edit', 'actions for all']],
  ['Allow and Deny, all but some', ['edit']],
  ['Deny with MFA', ['edit']],
  ['resources that begin alike', ['edit']],
  ['a list of policies', ['edit']],
  ['missing commas', ['edit', 'actions for all']],
  ['missing brackets', ['edit', 'actions here', 'actions for all']],
  ['types of principals', ['actions here']],
  ['wildcards that are none', ['edit'], 500],
  ['one line, YAML', ['fix all', 'actions for all'], 150],
  ['equal elements', ['edit', 'actions here']],
  ['misspelt statements', ['actions for all']],
  ['equal actions', ['fix all']],
  ['equal actions, YAML', ['fix all', 'actions for all']],
  ['equal statements, YAML', ['fix all', 'actions for all']],
  ['equal actions, HCL', ['fix all']],
  ['data sources, HCL', ['edit'], 60],
  ['program, TypeScript', ['edit'], 40],
];

describe('the time that an editor waits', function () {
  this.timeout(limit(60_000));
  for (const [name, asked, size = SMALL] of CASES) {
    it(`grows no faster than the document: ${name}`, async () => {
      const shape = SHAPES.find((candidate) => candidate.name === name);
      assert.ok(shape, name);
      // Collecting garbage may have fallen into one of them: what takes the square does so each time.
      const tries: string[] = [];
      for (let left = TRIES; left > 0; left -= 1) {
        const options = left === TRIES ? { rounds: 1, rough: true } : {};
        const long = await timesOf(shape, size * TIMES_LARGER, asked, options);
        if (asked.every((question) => (long.get(question) ?? 0) < SHORT_MS)) {
          return;
        }
        const short = await timesOf(shape, size, asked, { ...options, rounds: 2 });
        const tooLong = asked.filter(
          (question) =>
            (long.get(question) ?? 0) >=
            MOST_TIMES_LONGER * Math.max(short.get(question) ?? 0, SHORT_MS / TIMES_LARGER),
        );
        if (tooLong.length === 0) {
          return;
        }
        tries.push(
          ...tooLong.map(
            (question) =>
              `${question}: ${short.get(question)} ms, and ${long.get(question)} ms for ${TIMES_LARGER} times the size`,
          ),
        );
      }
      assert.fail(tries.join('; '));
    });
  }
});
