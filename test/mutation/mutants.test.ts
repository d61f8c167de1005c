import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { limit } from '../support/patience';
import { reachedBy } from './coverage';
import { mutantsOf } from './mutants';
import { judge, sampleOf, targetsOf } from './mutate';
import { equivalents, type Judged, reportOf } from './report';

/** What becomes of an expression, with the rest as it is. */
function changed(source: string): readonly string[] {
  return mutantsOf(source).map(({ start, end, text }) => source.slice(0, start) + text + source.slice(end));
}

describe('mutants of a compiled file', () => {
  it('change one operator each, and keep what belongs together', () => {
    assert.deepEqual(changed('a && b || c;'), ['((a) || (b)) || c;', '((a && b) && (c));']);
    assert.deepEqual(changed('x < y;'), ['((x) <= (y));', '((x) >= (y));']);
    assert.deepEqual(changed('x ?? y;'), ['((x) && (y));']);
    assert.deepEqual(changed('!x;'), ['(x);']);
    assert.deepEqual(changed('i += 1;'), ['i -= 1;']);
    assert.deepEqual(changed('list.some(f);'), ['list.every(f);']);
  });

  it('negate a condition that has no operator', () => {
    assert.deepEqual(changed('if (f(x)) g();'), ['if (!(f(x))) g();']);
    assert.deepEqual(changed('x ? 1 : 2;'), ['!(x) ? 1 : 2;']);
    assert.deepEqual(changed('if (a === b) g();'), ['if (((a) !== (b))) g();']);
  });

  it('leave alone what the compiler has added, and names that only look like a method', () => {
    assert.deepEqual(
      changed(
        '"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\nconst { some } = x;',
      ),
      [],
    );
  });

  it('leave alone how much work a search counts', () => {
    assert.deepEqual(changed('this.effort.spend(10 + size); this.effort.isSpent && x;'), [
      'this.effort.spend(10 + size); ((this.effort.isSpent) || (x));',
    ]);
  });
});

describe('a sample of mutants', () => {
  const all = Array.from({ length: 1000 }, (_, index) => index);

  it('has as many as are wanted, the same ones for a seed and others for another', () => {
    const sample = sampleOf(all, 150, 1);
    assert.equal(new Set(sample).size, 150);
    assert.deepEqual(sampleOf(all, 150, 1), sample);
    assert.notDeepEqual(sampleOf(all, 150, 2), sample);
    assert.deepEqual(sampleOf(all, 5000, 1), all);
    assert.deepEqual(sampleOf(all, Number.POSITIVE_INFINITY, 1), all);
  });

  it('is taken from all parts', () => {
    const sample = sampleOf(all, 200, 1);
    for (let from = 0; from < 1000; from += 100) {
      const count = sample.filter((index) => index >= from && index < from + 100).length;
      assert.ok(count >= 8 && count <= 35, `${count} from ${from}`);
    }
  });
});

describe('what tests reach', () => {
  it('is what the narrowest range around a place says', () => {
    const path = '/x/y.js';
    const range = (startOffset: number, endOffset: number, count: number) => ({
      startOffset,
      endOffset,
      count,
    });
    const scripts = [
      {
        url: pathToFileURL(path).href,
        functions: [{ ranges: [range(0, 100, 1)] }, { ranges: [range(10, 50, 2), range(20, 30, 0)] }],
      },
    ];
    const mutants = [5, 15, 25, 30, 200].map((at) => ({ path, at }));
    assert.deepEqual(reachedBy(scripts, mutants), [0, 1, 3]);
  });
});

describe('mutants in tests', function () {
  this.timeout(limit(60_000));

  it('are noticed, each by a run of its own', async () => {
    const targets = targetsOf('server/src/core/pattern/glob.ts').filter(({ place: { text } }) =>
      text.includes('=== ANY_FOLDERS'),
    );
    const judged = await judge(targets, ['core/glob.test.ts'], 1);
    assert.ok(judged.length > 0);
    assert.deepEqual(new Set(judged.map(({ outcome }) => outcome)), new Set(['noticed']));
  });

  it('are not judged by tests that fail without one, and would notice all', async () => {
    const [target] = targetsOf('server/src/core/pattern/glob.ts');
    assert.ok(target);
    await assert.rejects(
      judge([target], ['core/glob.test.ts', 'mutation/failing.ts'], 1),
      /^Error: Tests fail without a mutant:\nmutation\/failing\.js: what was broken before fails with any/,
    );
  });
});

describe('the report of mutants', () => {
  const mutant = (line: number, outcome: Judged['outcome']): Judged => ({
    source: 'server/src/core/x/y.ts',
    line,
    text: `line ${line}`,
    change: '< → <=',
    column: line,
    outcome,
  });

  it('counts equivalent ones apart, and names the others that nobody noticed', () => {
    const judged = [
      mutant(1, 'noticed'),
      mutant(2, 'survived'),
      mutant(3, 'unreached'),
      mutant(4, 'noticed'),
    ];
    const known = [{ source: 'server/src/core/x/y.ts', text: 'line 2', change: '< → <=', reason: 'x' }];
    const { text, isEnough } = reportOf(judged, known);
    assert.match(text, /^server\/src\/core\/x\/y\.ts:3: < → <= \(unreached\)\n {4}line 3\n\n/);
    assert.match(text, /\| server\/src\/core\/x \| 4 \| 2 \| 1 \| 1 \| 66\.7 % \|/);
    assert.equal(isEnough, false);
    assert.equal(reportOf([mutant(1, 'noticed'), mutant(2, 'survived')], known).isEnough, true);
  });

  it('knows no equivalent mutant that is not there any more', () => {
    const stale = equivalents().filter(
      ({ source, text, change }) =>
        !targetsOf(source).some(
          ({ place, mutant: { change: made } }) => place.text === text && made === change,
        ),
    );
    assert.deepEqual(stale, []);
  });
});
