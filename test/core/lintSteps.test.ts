import { strict as assert } from 'node:assert';
import { createLanguageService, type LanguageService } from '../../server/src/core/index';
import { defineRule, type Visitor } from '../../server/src/core/lint/rule';
import { policyOf } from '../bench/documents';
import { languageService } from '../support/policies';

/** Lints texts at once, part by part in turns. */
function lintTogether(service: LanguageService, texts: readonly string[]) {
  const runs = texts.map((text) => ({
    steps: service.lintSteps(service.open({ text, language: 'json' })),
    parts: 0,
    result: undefined as ReturnType<LanguageService['lint']> | undefined,
  }));
  while (runs.some(({ result }) => result === undefined)) {
    for (const run of runs) {
      if (run.result === undefined) {
        run.parts += 1;
        const step = run.steps.next();
        run.result = step.done === true ? step.value : undefined;
      }
    }
  }
  return runs;
}

const shown = ({ findings, failures }: ReturnType<LanguageService['lint']>) => ({
  findings: findings.map(({ rule, span, message }) => ({ rule, span, message })),
  failures: failures.map(({ rule }) => rule),
});

describe('a check in parts', () => {
  it('gives what each would give alone, where others are checked in between', () => {
    const texts = [
      policyOf(200, 7_001),
      policyOf(150, 7_002).replaceAll('"s3:GetObject"', '"s3:GetObjekt"'),
      // Of another type, which concerns other rules.
      policyOf(100, 7_003).replaceAll('"Effect": "Allow",', '"Effect": "Allow", "Principal": "*",'),
      policyOf(50, 7_004).replaceAll('"Effect": "Deny"', '"Effect": "Dney"'),
    ];
    const service = languageService();
    const together = lintTogether(service, texts);
    assert.ok(together.every(({ parts }) => parts > 5));
    for (const [index, { result }] of together.entries()) {
      const alone = service.lint(service.open({ text: texts[index] ?? '', language: 'json' }));
      assert.deepEqual(result && shown(result), shown(alone));
    }
  });

  it('a rule that fails on one document goes on with the other', () => {
    const failing = (id: string, concerns: Pick<Visitor, 'concerns'>) =>
      defineRule({
        meta: { id, category: 'error', summary: 'Failing', since: '0.1.0', messages: { s: 'seen' } },
        create: (context) => ({
          ...concerns,
          statement: ({ sid, node }) => {
            if (sid?.value === 'Bad') {
              throw new Error('not this one');
            }
            context.report({ message: 's', at: node });
          },
        }),
      });
    // Not for policies without a Deny.
    const picky = failing('test-picky', {
      concerns: ({ statements }) => statements.some(({ effect }) => effect?.value === 'Deny'),
    });
    const service = createLanguageService({ iamData: undefined, rules: [picky, failing('test-any', {})] });
    const good = policyOf(60);
    const bad = good.replace('"S0"', '"Bad"');
    const unconcerned = good.replaceAll('"Deny"', '"Allow"');
    const [first, second, third] = lintTogether(service, [bad, good, unconcerned]);
    assert.deepEqual(
      [first, second, third].map((run) => [run?.result?.findings.length, run?.result?.failures.length]),
      [
        [0, 2],
        [120, 0],
        [60, 0],
      ],
    );
  });
});
