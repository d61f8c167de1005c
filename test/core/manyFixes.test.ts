import assert from 'node:assert/strict';
import { applySafeFixes } from '../../server/src/cli/fix';
import { renderText } from '../../server/src/cli/format/text';
import { splitLines } from '../../server/src/cli/lines';
import { applyEdits } from '../../server/src/core/lint/edits';
import type { Edit } from '../../server/src/core/lint/rule';
import { TakenSpans } from '../../server/src/core/lint/takenSpans';
import { limit, processorTime } from '../support/patience';
import { languageService } from '../support/policies';

const service = languageService();

function lint(text: string) {
  return service.lint(service.open({ text, language: 'json' }));
}

function listOf(actions: readonly string[], indentation?: number): string {
  const statement = { Effect: 'Allow', Action: actions, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, indentation);
}

/** Numbers that look like chance and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state % below;
  };
}

describe('many fixes at once', function () {
  this.timeout(limit(60_000));

  it('take time as they are many: a list of one action, thousands of times', () => {
    for (const text of [
      listOf(Array(4_000).fill('s3:GetObject'), 2),
      listOf(Array(4_000).fill('s3:GetObject')),
    ]) {
      let fixed = '';
      // Each against each took six seconds.
      const took = processorTime(() => {
        fixed = applySafeFixes(text, lint).text;
      });
      assert.ok(took < 2_000, `${took} ms`);
      assert.ok(fixed.length < text.length / 100, fixed.slice(0, 200));
    }
  });

  it('are printed in such a time too, all of one line', () => {
    const text = listOf(Array(20_000).fill('s3:GetObject'));
    const { findings } = lint(text);
    assert.equal(findings.length, 20_000);
    const report = { file: 'a.json', lines: splitLines(text), findings, suppressed: [], fixed: 0 };
    const took = processorTime(() => renderText([report], (_, shown) => shown));
    assert.ok(took < 1_500, `${took} ms`);
  });

  it('are those that a look at each pair would choose, and leave the text that edits one by one would', () => {
    const next = numbers(7);
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: 60 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
      const fixes = Array.from({ length: 12 }, (): readonly Edit[] => {
        const start = next(50);
        const first: Edit = { span: { start, end: start + next(4) }, text: 'X'.repeat(next(3)) };
        const after = first.span.end + 1 + next(3);
        return next(2) === 0 ? [first] : [first, { span: { start: after, end: after + next(2) }, text: '_' }];
      });
      const chosen: Edit[] = [];
      const taken = new TakenSpans();
      for (const fix of fixes) {
        const isFree = !fix.some((edit) =>
          chosen.some(({ span }) => edit.span.start <= span.end && span.start <= edit.span.end),
        );
        assert.equal(taken.take(fix), isFree);
        chosen.push(...(isFree ? fix : []));
      }
      const oneByOne = [...chosen]
        .sort((a, b) => b.span.start - a.span.start)
        .reduce((now, { span, text: put }) => now.slice(0, span.start) + put + now.slice(span.end), text);
      assert.equal(applyEdits(text, chosen), oneByOne);
    }
  });

  it('put several insertions at one place in their order: the last comes first', () => {
    const at = { start: 1, end: 1 };
    const edits = [
      { span: at, text: '1' },
      { span: at, text: '2' },
      { span: { start: 1, end: 2 }, text: '' },
    ];
    assert.equal(applyEdits('abc', edits), 'a21c');
  });
});
