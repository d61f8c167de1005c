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
import { compilePattern, type Pattern } from '../../server/src/core/pattern/pattern';
import {
  afterSome,
  afterText,
  beginning,
  eitherOf,
  mayEnd,
  type Positions,
} from '../../server/src/core/pattern/positions';
import { runs } from '../support/thorough';

type Piece =
  | { readonly text: string }
  | { readonly some: string }
  | { readonly either: readonly (readonly Piece[])[] };

function partOf(pieces: readonly Piece[]): Part<'any'> {
  return sequence(
    ...pieces.map(
      (piece): Part<'any'> =>
        'text' in piece
          ? text('any', piece.text)
          : 'some' in piece
            ? repeat(chars('any', accepting(piece.some)), 1)
            : either(...piece.either.map(partOf)),
    ),
  );
}

function behind(pattern: Pattern, from: Positions, pieces: readonly Piece[]): Positions {
  return pieces.reduce(
    (positions, piece) =>
      'text' in piece
        ? afterText(pattern, positions, piece.text)
        : 'some' in piece
          ? afterSome(pattern, positions, accepting(piece.some))
          : eitherOf(piece.either.map((each) => behind(pattern, positions, each))),
    from,
  );
}

const accepting =
  (letters: string) =>
  (code: number): boolean =>
    letters.includes(String.fromCharCode(code));

describe('the positions in a pattern that a text may lead to', () => {
  it('tell the same as laying the pattern over the language of the text', () => {
    const simple = fc.oneof(
      fc.record({ text: fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 3 }) }),
      fc.record({ some: fc.constantFrom('a', 'ab', 'ab/') }),
    );
    const pieces = fc.array(
      fc.oneof(
        simple,
        fc.record({ either: fc.array(fc.array(simple, { maxLength: 2 }), { minLength: 1, maxLength: 3 }) }),
      ),
      { maxLength: 4 },
    );
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '?', '${aws:x}'), maxLength: 7 });
    fc.assert(
      fc.property(pieces, pattern, (language, source) => {
        const compiled = compilePattern(source, { variables: 'substitute' });
        const positions = behind(compiled, beginning(compiled), language);
        assert.deepEqual(
          positions,
          [...new Set(positions)].sort((a, b) => a - b),
        );
        assert.equal(mayEnd(compiled, positions), overlay(compiled, buildLanguage(partOf(language))).meets);
      }),
      { numRuns: runs(1000) },
    );
  });
});
