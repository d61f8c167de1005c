import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { compilePattern, matches } from '../../server/src/core/pattern/pattern';
import { classPattern, textClasses } from '../../server/src/core/pattern/textClasses';
import { processorTime } from '../support/patience';

function classesOf(required: string, others: readonly string[]): readonly (readonly [string, string])[] {
  const symbols = new Map<string, number>();
  const made = (text: string) =>
    classPattern(compilePattern(text, { variables: 'substitute' }), text, symbols);
  const { classes, isComplete } = textClasses([made(required)], others.map(made));
  assert.ok(isComplete);
  return classes
    .map(({ text, matched }) => [matched.map(Number).join(''), text] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

describe('textClasses', () => {
  it('finds every combination, each with the shortest text', () => {
    assert.deepEqual(classesOf('a*', ['a', 'ab*']), [
      ['00', 'ax'],
      ['01', 'ab'],
      ['10', 'a'],
    ]);
    // Together they are all that the pattern matches.
    assert.deepEqual(
      classesOf('b*', ['b', 'b?*']).map(([key]) => key),
      ['01', '10'],
    );
  });

  it('keeps what is not known as a symbol that only a run and itself match', () => {
    assert.deepEqual(classesOf('a/*', ['a/${aws:username}', 'a/?']), [
      ['00', 'a/'],
      ['01', 'a/x'],
      ['10', 'a/${aws:username}'],
    ]);
  });

  it('keeps wildcards within each of the first five fields of an ARN', () => {
    const made = (text: string) => classPattern(compilePattern(text), text, new Map(), { fields: true });
    const haveCommon = (one: string, other: string) =>
      textClasses([made(one), made(other)], []).classes.length > 0;
    assert.ok(haveCommon('a:*:x', 'a:b:x'));
    assert.ok(!haveCommon('*:x', 'a:b:x'));
    assert.ok(!haveCommon('arn:aws:sns:*:x', 'arn:aws:sns:a:b:x'));
    assert.ok(!haveCommon('a:b:c:d:*:f', 'a:b:c:d:e:e:f'));
    assert.ok(haveCommon('a:b:c:d:e:*', 'a:b:c:d:e:f:g'));
  });

  it('is right of patterns to which case is nothing', () => {
    const pattern = fc.string({ unit: fc.constantFrom('x', 'X', 'e', '*', '?'), maxLength: 5 });
    const made = (text: string) => classPattern(compilePattern(text), text, new Map(), { ignoresCase: true });
    fc.assert(
      fc.property(pattern, fc.array(pattern, { maxLength: 4 }), (own, others) => {
        for (const { text, matched } of textClasses([made(own)], others.map(made)).classes) {
          const fits = (each: string) =>
            matches(compilePattern(each, { case: 'ignore' }), text.toLowerCase());
          assert.ok(fits(own), text);
          assert.deepEqual(others.map(fits), matched, text);
        }
      }),
    );
  });

  it('is right of any patterns', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 });
    fc.assert(
      fc.property(
        pattern,
        fc.array(pattern, { maxLength: 4 }),
        fc.array(word, { maxLength: 20 }),
        (own, others, words) => {
          const classes = new Map(classesOf(own, others));
          const keyOf = (text: string): string =>
            others.map((other) => Number(matches(compilePattern(other), text))).join('');
          for (const [key, text] of classes) {
            assert.ok(matches(compilePattern(own), text), text);
            assert.equal(keyOf(text), key, text);
          }
          for (const text of words.filter((each) => matches(compilePattern(own), each))) {
            assert.ok(classes.has(keyOf(text)), text);
          }
        },
      ),
    );
  });

  it('stops at its bounds, and says so', () => {
    const symbols = new Map<string, number>();
    const made = (text: string) => classPattern(compilePattern(text), text, symbols);
    const others = Array.from({ length: 24 }, (_, index) => made(`*${String.fromCharCode(97 + index)}b*`));
    const took = processorTime(() => {
      assert.equal(textClasses([made('*')], others).isComplete, false);
    });
    assert.ok(took < 2_000, `${took} ms`);
  });
});
