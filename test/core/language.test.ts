import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  buildLanguage,
  chars,
  either,
  overlay,
  type Part,
  repeat,
  sequence,
  text,
} from '../../server/src/core/pattern/language';
import { compilePattern } from '../../server/src/core/pattern/pattern';
import { limit } from '../support/patience';
import { runs } from '../support/thorough';

type Role = 'first' | 'second' | 'third';

/** A text of a language, letter by letter with what each belongs to. */
type Word = readonly { readonly letter: string; readonly role: Role }[];

const LETTERS = ['a', 'b', '/'];

/** More often than this no run of a pattern in these tests needs to go round. */
const ENDLESS = 5;

/** All the words of a part, by writing them out. */
function wordsOf(part: Part<Role>): readonly Word[] {
  switch (part.kind) {
    case 'text':
      return [[...part.text].map((letter) => ({ letter, role: part.role }))];
    case 'chars':
      return LETTERS.filter((letter) => part.accepts(letter.charCodeAt(0))).map((letter) => [
        { letter, role: part.role },
      ]);
    case 'sequence':
      return part.parts.reduce<readonly Word[]>((heads, next) => concat(heads, wordsOf(next)), [[]]);
    case 'either':
      return part.parts.flatMap(wordsOf);
    case 'repeat': {
      const once = wordsOf(part.part);
      const most = part.most === Number.POSITIVE_INFINITY ? part.least + ENDLESS : part.most;
      const all: Word[] = [];
      let current: readonly Word[] = [[]];
      for (let times = 0; times <= most; times += 1) {
        if (times >= part.least) {
          all.push(...current);
        }
        current = concat(current, once);
      }
      return all;
    }
  }
}

/** How many words there would be. */
function countOf(part: Part<Role>): number {
  switch (part.kind) {
    case 'text':
      return 1;
    case 'chars':
      return LETTERS.filter((letter) => part.accepts(letter.charCodeAt(0))).length;
    case 'sequence':
      return part.parts.reduce((product, each) => product * countOf(each), 1);
    case 'either':
      return part.parts.reduce((sum, each) => sum + countOf(each), 0);
    case 'repeat':
      return countOf(part.part) ** Math.min(part.most, part.least + ENDLESS) * 2;
  }
}

/** Three endless repetitions in a row have a thousand million words. */
const MOST_WORDS = 20_000;

function concat(heads: readonly Word[], tails: readonly Word[]): readonly Word[] {
  return heads.flatMap((head) => tails.map((tail) => [...head, ...tail]));
}

/** Every way of laying a pattern over a word: for each token, the letters it stands for. */
function alignments(pattern: string, word: Word): readonly (readonly Word[])[] {
  const [token] = pattern;
  if (token === undefined) {
    return word.length === 0 ? [[]] : [];
  }
  const lengths = token === '*' ? word.map((_, i) => i).concat(word.length) : [1];
  return lengths.flatMap((length) => {
    const taken = word.slice(0, length);
    const fits = token === '*' || (taken.length === 1 && (token === '?' || taken[0]?.letter === token));
    return fits ? alignments(pattern.slice(1), word.slice(length)).map((rest) => [taken, ...rest]) : [];
  });
}

function expected(
  pattern: string,
  words: readonly Word[],
): { readonly meets: boolean; readonly failsAt: number | undefined; readonly roles: readonly string[][] } {
  const found = words.flatMap((word) => alignments(pattern, word));
  const roles = [...pattern].map((_, token) =>
    [...new Set(found.flatMap((alignment) => (alignment[token] ?? []).map(({ role }) => role)))].sort(),
  );
  if (found.length > 0) {
    return { meets: true, failsAt: undefined, roles };
  }
  const isBeginning = (length: number): boolean =>
    words.some((word) => alignments(`${pattern.slice(0, length)}*`, word).length > 0);
  const first = [...pattern].findIndex((_, token) => !isBeginning(token + 1));
  return { meets: false, failsAt: first < 0 ? pattern.length : first, roles };
}

const role = fc.constantFrom<Role>('first', 'second', 'third');
const leaf: fc.Arbitrary<Part<Role>> = fc.oneof(
  fc.tuple(role, fc.string({ unit: fc.constantFrom(...LETTERS), maxLength: 2 })).map(([r, t]) => text(r, t)),
  fc
    .tuple(role, fc.subarray(LETTERS, { minLength: 1 }))
    .map(([r, set]) => chars(r, (code) => set.includes(String.fromCharCode(code)))),
);
const repeated = fc
  .tuple(leaf, fc.integer({ min: 0, max: 1 }), fc.constantFrom(0, 1, Number.POSITIVE_INFINITY))
  .map(([part, least, more]) => repeat(part, least, least + more));
const group = fc.oneof(
  leaf,
  repeated,
  fc.array(leaf, { minLength: 1, maxLength: 2 }).map((parts) => either(...parts)),
);
const language = fc
  .oneof(
    fc.array(group, { maxLength: 3 }).map((parts) => sequence(...parts)),
    fc
      .array(fc.array(group, { maxLength: 2 }), { minLength: 1, maxLength: 2 })
      .map((options) => either(...options.map((parts) => sequence(...parts)))),
  )
  .filter((part) => countOf(part) <= MOST_WORDS);
const pattern = fc.string({ unit: fc.constantFrom(...LETTERS, '*', '?'), maxLength: 4 });

describe('overlay', function () {
  this.timeout(limit(30_000));

  it('finds what writing out all the words of a language finds', () => {
    let met = 0;
    fc.assert(
      fc.property(language, pattern, (part, wanted) => {
        const words = wordsOf(part).filter((word) => word.length <= 14);
        const { meets, failsAt, roles } = overlay(compilePattern(wanted), buildLanguage(part));
        met += meets ? 1 : 0;
        assert.deepEqual(
          { meets, failsAt, roles: roles.map((set) => [...set].sort()) },
          expected(wanted, words),
        );
      }),
      { numRuns: runs(2_000) },
    );
    assert.ok(met > runs(2_000) / 10, 'hardly any pattern met its language');
  });

  // One or more letters, a slash, and `on` or `off`: the shape of an ARN in small.
  const small = buildLanguage<'name' | 'slash' | 'switch'>(
    sequence(
      repeat(
        chars('name', (code) => code >= 0x61 && code <= 0x7a),
        1,
      ),
      text('slash', '/'),
      either(text('switch', 'on'), text('switch', 'off')),
    ),
  );
  const table: readonly (readonly [
    pattern: string,
    failsAt: number | undefined,
    expected: readonly string[],
  ])[] = [
    ['lamp/on', undefined, []],
    ['*', undefined, []],
    ['*o*', undefined, []],
    ['?????', undefined, []],
    ['l*n', undefined, []],
    ['', 0, ['name']],
    ['lamp', 4, ['name', 'slash']],
    ['lamp/', 5, ['switch']],
    ['lamp/o', 6, ['switch']],
    ['lamp/ox', 6, ['switch']],
    ['lamp/on/', 7, []],
    ['/on', 0, ['name']],
    ['LAMP/on', 0, ['name']],
    ['???', 3, ['name', 'slash', 'switch']],
    ['*/*/*', 3, ['switch']],
    ['*x', 2, ['name', 'slash']],
  ];
  for (const [wanted, failsAt, next] of table) {
    it(`${JSON.stringify(wanted)} ${failsAt === undefined ? 'meets' : `leaves at ${failsAt}`}`, () => {
      const laid = overlay(compilePattern(wanted), small);
      assert.equal(laid.failsAt, failsAt);
      assert.equal(laid.meets, failsAt === undefined);
      assert.deepEqual([...laid.expected].sort(), next);
    });
  }

  it('counts a variable as a run', () => {
    const laid = overlay(compilePattern('${aws:username}/on', { variables: 'substitute' }), small);
    assert.deepEqual([...(laid.roles[0] ?? [])], ['name']);
  });

  it('stays polynomial on thousands of wildcards', () => {
    const { meets } = overlay(compilePattern(`${'*l'.repeat(1000)}*/off`), small);
    assert.equal(meets, true);
    assert.equal(overlay(compilePattern(`${'*/'.repeat(1000)}off`), small).meets, false);
  });
});
