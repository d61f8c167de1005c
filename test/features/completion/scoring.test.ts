import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitOf, isWordStart, occurs } from '../../../server/src/core/features/completion/matching';
import { Letters, scoreOf } from '../../../server/src/core/features/completion/scoring';
import { runs } from '../../support/thorough';

/** What the letters of a word count where they are found in a text, as the constants of `scoring.ts` say. */
const LETTER = 1;
const NEXT = 5;
const TEXT_START = 6;
const WORD_START = 4;
const SCATTERED = -5;
const SKIPPED_WORD = -1;
const LEFT_WORD = -0.4;
const LEFT_LETTER = -0.02;
const ALL = 2;

/** All ways to find the letters of a word in a text in their order. */
function waysOf(word: string, lower: string, from = 0): readonly (readonly number[])[] {
  if (word === '') {
    return [[]];
  }
  return [...lower].flatMap((letter, at) =>
    at >= from && letter === word.charAt(0)
      ? waysOf(word.slice(1), lower, at + 1).map((rest) => [at, ...rest])
      : [],
  );
}

/** The score as the best of all ways. */
function naiveScore(word: string, text: string, how: 'from-start' | 'anywhere'): number | undefined {
  const starts = [...text].map((_, at) => isWordStart(text, at));
  const startsIn = (from: number, to: number): number => starts.slice(from, to).filter(Boolean).length;
  const scoreAt = (at: number, before: number | undefined): number => {
    if (at === 0) {
      return LETTER + TEXT_START;
    }
    if (before !== undefined && at === before + 1) {
      return LETTER + NEXT;
    }
    if (how === 'from-start' && (before === undefined || starts[at] !== true)) {
      return Number.NEGATIVE_INFINITY;
    }
    const passed = startsIn(before === undefined ? 0 : before + 1, at) * SKIPPED_WORD;
    return LETTER + (starts[at] === true ? WORD_START + passed : SCATTERED + passed);
  };
  const scores = waysOf(word, text.toLowerCase()).map((way) => {
    const end = (way.at(-1) ?? 0) + 1;
    const left = (text.length - end) * LEFT_LETTER + startsIn(end, text.length) * LEFT_WORD;
    const whole = end === text.length && word.length === text.length ? ALL : 0;
    return way.reduce((sum, at, index) => sum + scoreAt(at, way[index - 1]), left + whole);
  });
  const best = Math.max(Number.NEGATIVE_INFINITY, ...scores);
  return best < word.length ? undefined : best;
}

const TEXTS = fc.array(fc.constantFrom('a', 'b', 'z', 'A', 'B', 'Z', '1', '9', '-', ':'), {
  minLength: 1,
  maxLength: 9,
});

/** A text, and letters that most often are in it in their order. */
const TYPED = TEXTS.chain((characters) =>
  fc.tuple(
    fc.constant(characters.join('')),
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.subarray(characters, { minLength: 1, maxLength: Math.min(5, characters.length) }),
      },
      { weight: 1, arbitrary: fc.array(fc.constantFrom('a', 'b', '1'), { minLength: 1, maxLength: 5 }) },
    ),
  ),
);

describe('letters that are typed', () => {
  it('score as the best of all ways to find them in a text', () => {
    let found = 0;
    fc.assert(
      fc.property(TYPED, fc.constantFrom('from-start', 'anywhere'), ([text, letters], how) => {
        const word = letters
          .join('')
          .toLowerCase()
          .replaceAll(/[^a-z0-9]/g, '');
        fc.pre(word !== '');
        const expected = naiveScore(word, text, how);
        const score = scoreOf(word, new Letters(text), how);
        found += expected === undefined ? 0 : 1;
        assert.equal(score?.toFixed(6), expected?.toFixed(6), `${word} in ${text}, ${how}`);
      }),
      { numRuns: runs(4000) },
    );
    assert.ok(found > 100, `only ${found} scores`);
  });

  it('fit a text that begins so best, then one with a word that does, then one that has them in order', () => {
    for (const [typed, text, fit] of [
      ['', 'GetObject', 0],
      ['get', 'GetObject', 0],
      ['object', 'GetObject', 1],
      ['bject', 'GetObject', 2],
      ['obj', 'Jobs:GetObject', 1],
      ['go', 'GetObject', 2],
      ['og', 'GetObject', undefined],
      ['acl', 'PutBucketACL', 1],
      ['list', 'ACLList', 1],
      ['cl', 'ACLList', 2],
      ['v2', 'GetV2', 1],
      ['2', 'GetV2', 2],
      ['getobjects', 'GetObject', undefined],
    ] as const) {
      assert.equal(fitOf(typed, text), fit, `${typed} in ${text}`);
      assert.equal(occurs(typed.toUpperCase(), text), fit !== undefined, `${typed} in ${text}`);
    }
  });
});
