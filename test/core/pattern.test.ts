import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  compilePattern,
  covers,
  hasWildcard,
  intersects,
  matches,
  type Pattern,
  type PatternOptions,
} from '../../server/src/core/pattern/pattern';
import { coversPlain, intersectsPlain, isPlainPattern } from '../../server/src/core/pattern/plainPattern';
import { limit } from '../support/patience';
import { runs } from '../support/thorough';

/** A letter that no pattern of these tests names stands for all the others. */
const LETTERS = ['a', 'b', 'c'];

/** What a pattern means, said by another engine. */
function oracle(pattern: string): RegExp {
  const body = [...pattern].map((letter) =>
    letter === '*' ? '.*' : letter === '?' ? '.' : `\\u${hex(letter)}`,
  );
  return new RegExp(`^${body.join('')}$`, 's');
}

function hex(letter: string): string {
  return letter.charCodeAt(0).toString(16).padStart(4, '0');
}

/** All words over an alphabet, up to a length. */
function words(alphabet: readonly string[], most: number): readonly string[] {
  const all = [''];
  let last = [''];
  for (let length = 1; length <= most; length += 1) {
    last = last.flatMap((word) => alphabet.map((letter) => word + letter));
    all.push(...last);
  }
  return all;
}

const randomPattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 12 });
const randomText = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 16 });

describe('matches', function () {
  this.timeout(limit(30_000));

  it('agrees with a regular expression', () => {
    fc.assert(
      fc.property(randomPattern, randomText, (pattern, text) => {
        assert.equal(matches(compilePattern(pattern), text), oracle(pattern).test(text));
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('agrees with a regular expression on every short pattern and text', () => {
    const texts = words(['a', 'b'], 5);
    for (const pattern of words(['a', 'b', '*', '?'], 4)) {
      const compiled = compilePattern(pattern);
      const expected = oracle(pattern);
      for (const text of texts) {
        assert.equal(matches(compiled, text), expected.test(text), `${pattern} on ${text}`);
      }
    }
  });

  const table: readonly (readonly [
    pattern: string,
    text: string,
    expected: boolean,
    options?: PatternOptions,
  ])[] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['?', '', false],
    ['a/*/c', 'a/b/x:y/c', true],
    ['a?b', 'a\nb', true],
    ['*', 'a\r\nb', true],
    ['[a]', 'a', false],
    ['a.b', 'axb', false],
    ['A', 'a', false],
    ['Get*', 'getobject', true, { case: 'ignore' }],
    ['GET', 'GET', false, { case: 'ignore' }],
    ['${aws:username}', 'anything/at:all', true, { variables: 'substitute' }],
    ['a/${aws:username}/b', 'a/b', false, { variables: 'substitute' }],
    ["a/${aws:username, 'x'}/b", 'a/me/b', true, { variables: 'substitute' }],
    ['${aws:username}', 'alice', false],
    ['${aws:username}', '${aws:username}', true],
    ['a${*}', 'a*', true, { variables: 'substitute' }],
    ['a${*}', 'ab', false, { variables: 'substitute' }],
    ['a${?}', 'a?', true, { variables: 'substitute' }],
    ['a${?}', 'ab', false, { variables: 'substitute' }],
    ['${$}{x}', '${x}', true, { variables: 'substitute' }],
    ['a${open', 'a${open', true, { variables: 'substitute' }],
    ['a$b', 'a$b', true, { variables: 'substitute' }],
  ];
  for (const [pattern, text, expected, options] of table) {
    it(`${JSON.stringify(pattern)} ${expected ? 'takes' : 'leaves'} ${JSON.stringify(text)}${options === undefined ? '' : ` (${Object.values(options).join(', ')})`}`, () => {
      assert.equal(matches(compilePattern(pattern, options), text), expected);
    });
  }
});

describe('compilePattern', () => {
  it('keeps the place of each token, also where lower-casing would move it', () => {
    for (const text of ['aB*?', 'x${a:b}y', '\u0130*A']) {
      for (const variables of ['literal', 'substitute'] as const) {
        const { tokens } = compilePattern(text, { case: 'ignore', variables });
        let at = 0;
        for (const token of tokens) {
          assert.equal(token.start, at, text);
          at = token.end;
        }
        assert.equal(at, text.length);
      }
    }
  });

  it('tells a wildcard from an escaped one', () => {
    assert.deepEqual(['a', 'a*', '?', '${*}', '${?}', '${$}', '${*}*'].map(hasWildcard), [
      false,
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});

/** The words that each short pattern takes, as the bits of a number. */
function takenWords(length: number): ReadonlyMap<string, bigint> {
  const texts = words(LETTERS, length);
  const taken = new Map<string, bigint>();
  for (const pattern of words(['a', 'b', '*', '?'], 4)) {
    const expression = oracle(pattern);
    const bits = texts.map((text) => (expression.test(text) ? '1' : '0')).join('');
    taken.set(pattern, BigInt(`0b${bits}`));
  }
  return taken;
}

describe('intersects', function () {
  this.timeout(limit(30_000));

  it('agrees with a search through every short word, for every two short patterns', () => {
    // Two patterns of four tokens that meet do so in a word of six: where both have a run, three letters are left each.
    const taken = [...takenWords(6)].map(([text, bits]) => ({ text, bits, pattern: compilePattern(text) }));
    for (const a of taken) {
      for (const b of taken) {
        const expected = (a.bits & b.bits) !== 0n;
        if (intersects(a.pattern, b.pattern) !== expected) {
          assert.fail(`${a.text} and ${b.text}: ${expected} expected`);
        }
      }
    }
  });

  it('is symmetric, and true of a pattern and a text that it takes', () => {
    fc.assert(
      fc.property(randomPattern, randomPattern, randomText, (a, b, text) => {
        const [left, right] = [compilePattern(a), compilePattern(b)];
        assert.equal(intersects(left, right), intersects(right, left));
        assert.equal(intersects(left, compilePattern(text)), matches(left, text));
      }),
      { numRuns: runs(10_000) },
    );
  });

  it('counts a variable as any text, on either side', () => {
    const variable = compilePattern('a/${aws:username}', { variables: 'substitute' });
    assert.ok(intersects(variable, compilePattern('a/b/c')));
    assert.ok(intersects(compilePattern('a/b/c'), variable));
    assert.ok(!intersects(compilePattern('b/*'), variable));
  });
});

describe('covers', function () {
  this.timeout(limit(30_000));

  it('is exact for every two short patterns, by a search through every short word', () => {
    const taken = [...takenWords(7)].map(([text, bits]) => ({ text, bits, pattern: compilePattern(text) }));
    const texts = words(LETTERS, 7);
    for (const wide of taken) {
      for (const narrow of taken) {
        const missed = narrow.bits & ~wide.bits;
        const expected = missed === 0n;
        if (covers(wide.pattern, narrow.pattern) !== expected) {
          const witness = texts.at(-missed.toString(2).length);
          assert.fail(`${wide.text} over ${narrow.text}: ${expected} expected (${witness})`);
        }
      }
    }
  });

  it('is never true of long patterns that a text tells apart', () => {
    const filling = fc.array(randomText, { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(randomPattern, randomPattern, filling, (wide, narrow, runs) => {
        if (!covers(compilePattern(wide), compilePattern(narrow))) {
          return;
        }
        const text = [...narrow]
          .map((letter, i) => (letter === '*' ? runs[i] : letter === '?' ? 'c' : letter))
          .join('');
        assert.ok(oracle(wide).test(text), `${wide} over ${narrow}: ${text}`);
      }),
      { numRuns: runs(20_000) },
    );
  });

  it('sees that a pattern is wider than itself with something filled in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b', '*', '?'), randomPattern), { maxLength: 10 }),
        (parts) => {
          const wide = parts.map(([letter]) => letter).join('');
          const narrow = parts
            .map(([letter, filling]) =>
              letter === '*' ? filling : letter === '?' ? (filling.match(/[ab?]/)?.[0] ?? 'c') : letter,
            )
            .join('');
          assert.ok(covers(compilePattern(wide), compilePattern(narrow)), `${wide} over ${narrow}`);
        },
      ),
      { numRuns: runs(10_000) },
    );
  });

  const table: readonly (readonly [wide: string, narrow: string, expected: boolean])[] = [
    ['a/${x}/b', 'a/${x}/b', true],
    ['a/${x}/b', 'a/${y}/b', false],
    ['a/${x}/b', 'a/me/b', false],
    ['a/*/b', 'a/${x}/b', true],
    ['a/*', 'a/${x}', true],
    ['a/?', 'a/${x}', false],
    ['a/?*', 'a/${x}', false],
    ['${x}', '*', false],
    ['a${*}', 'a*', false],
    ['a*', 'a${*}', true],
    ['${x}*', '${x}', true],
    ['a/*/${x}/b', 'a/c/${x}/b', true],
    ['a/*/${x}/b', 'a/c/${y}/b', false],
  ];
  for (const [wide, narrow, expected] of table) {
    it(`${wide} ${expected ? 'covers' : 'does not cover'} ${narrow}, with variables`, () => {
      const options = { variables: 'substitute' } as const;
      assert.equal(
        covers(compilePattern(wide, options), compilePattern(narrow, options), wide, narrow),
        expected,
      );
    });
  }
});

/** A pattern that counts how often it is looked at. */
function counted(pattern: Pattern): { readonly pattern: Pattern; readonly looks: () => number } {
  let looks = 0;
  const codes = new Proxy(pattern.codes, {
    get: (target, key, receiver) => {
      looks += key === 'length' ? 0 : 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  const { tokens } = pattern;
  return { pattern: { codes, tokens, startOf: (index) => pattern.startOf(index) }, looks: () => looks };
}

describe('plain patterns', () => {
  it('are compared as all patterns are, for every two short ones', () => {
    const taken = [...takenWords(5)].map(([text]) => ({ text, pattern: compilePattern(text) }));
    const plain = taken.filter(({ text }) => isPlainPattern(text));
    for (const wide of plain) {
      for (const { text, pattern } of taken) {
        assert.equal(
          coversPlain(wide.text, text),
          covers(wide.pattern, pattern),
          `${wide.text} over ${text}`,
        );
      }
      for (const { text, pattern } of plain) {
        assert.equal(
          intersectsPlain(wide.text, text),
          intersects(wide.pattern, pattern),
          `${wide.text} and ${text}`,
        );
      }
    }
  });
});

describe('patterns made to be slow', () => {
  const stars = (count: number): string => '*a'.repeat(count);

  it('matches in steps that grow with pattern times text', () => {
    for (const [pattern, text] of [
      [stars(200), `${'a'.repeat(2000)}b`],
      ['*'.repeat(2000), 'a'.repeat(2000)],
      [`${'*?'.repeat(1000)}b`, 'a'.repeat(2000)],
      [stars(2000), 'a'.repeat(2000)],
      [`*${'a'.repeat(1000)}b`, 'a'.repeat(2000)],
    ] as const) {
      const { pattern: slow, looks } = counted(compilePattern(pattern));
      matches(slow, text);
      assert.ok(looks() <= 2 * (pattern.length + 1) * (text.length + 1), `${looks()} steps`);
    }
    assert.equal(matches(compilePattern(stars(200)), `${'a'.repeat(2000)}b`), false);
    assert.equal(matches(compilePattern(stars(2000)), 'a'.repeat(2000)), true);
  });

  it('intersects in steps that grow with the product of both', () => {
    for (const [a, b] of [
      [stars(200), `${'a'.repeat(400)}b`],
      [stars(200), `${stars(200)}b`],
      ['*'.repeat(400), '*'.repeat(400)],
      ['?'.repeat(400), stars(200)],
    ] as const) {
      const left = counted(compilePattern(a));
      const right = counted(compilePattern(b));
      intersects(left.pattern, right.pattern);
      const looks = left.looks() + right.looks();
      assert.ok(looks <= 4 * (a.length + 2) * (b.length + 2), `${looks} steps`);
    }
    assert.equal(intersects(compilePattern(stars(1000)), compilePattern(`${stars(1000)}b`)), false);
  });

  it('covers in steps that grow with the product of both', () => {
    for (const [wide, narrow] of [
      [stars(200), 'a'.repeat(400)],
      [`${stars(200)}b`, stars(200)],
      ['*'.repeat(2000), '*'.repeat(200)],
      [`${'?'.repeat(200)}b`, 'a'.repeat(400)],
      [`${'*?a'.repeat(100)}`, stars(200)],
    ] as const) {
      const inner = counted(compilePattern(narrow));
      covers(compilePattern(wide), inner.pattern);
      assert.ok(inner.looks() <= 4 * (wide.length + 2) * (narrow.length + 2), `${inner.looks()} steps`);
    }
    assert.equal(covers(compilePattern(stars(2000)), compilePattern('a'.repeat(4000))), true);
  }).timeout(30_000);
});
