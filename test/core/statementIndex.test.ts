import assert from 'node:assert/strict';
import { openDocument } from '../../server/src/core/document';
import { CoverIndex } from '../../server/src/core/pattern/coverIndex';
import { coversText } from '../../server/src/core/pattern/covering';
import { speaksOfAll } from '../../server/src/core/rules/support/coverage';
import { StatementIndex } from '../../server/src/core/rules/support/statementIndex';
import { seedOf } from '../support/thorough';

/** The same numbers in each run. */
function generator(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

const random = generator(seedOf(11));
const letters = (alphabet: string, most: number): string =>
  Array.from({ length: random(most) }, () => alphabet.charAt(random(alphabet.length))).join('');

describe('the index of covering patterns', () => {
  it('leaves out none that covers', () => {
    for (let round = 0; round < 300; round += 1) {
      const patterns = Array.from({ length: 1 + random(80) }, () => letters('abb*?$', 7));
      const index = new CoverIndex<string>();
      for (const pattern of patterns) {
        index.add(pattern, pattern);
      }
      const text = letters('abb*?$', 9);
      const found = new Set(index.candidates(text));
      for (const pattern of patterns) {
        assert.ok(
          found.has(pattern) || !coversText(pattern, text, 'substitute'),
          `${JSON.stringify(pattern)} covers ${JSON.stringify(text)}`,
        );
      }
    }
  });

  it('finds the statement that is found by looking at each', () => {
    const list = (most: number, make: () => string): readonly string[] =>
      Array.from({ length: 1 + random(most) }, make);
    for (let round = 0; round < 60; round += 1) {
      const Statement = Array.from({ length: 9 + random(40) }, () => ({
        Effect: 'Deny',
        [random(6) === 0 ? 'NotAction' : 'Action']: list(2, () => `s3:${letters('ab*', 4)}*`),
        ...(random(12) > 0 && {
          [random(6) === 0 ? 'NotResource' : 'Resource']: list(2, () => `b${letters('ab**', 5)}`),
        }),
      }));
      const text = JSON.stringify({ Version: '2012-10-17', Statement });
      const statements = openDocument({ text, language: 'json' }).policies[0]?.statements ?? [];
      const index = new StatementIndex(statements);
      for (const narrow of statements) {
        assert.equal(
          index.covering(narrow),
          statements.find((wide) => speaksOfAll(wide, narrow)),
        );
        assert.equal(
          index.covering(narrow, 'another'),
          statements.find((wide) => wide !== narrow && speaksOfAll(wide, narrow)),
        );
      }
    }
  });
});
