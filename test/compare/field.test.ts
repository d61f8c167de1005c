import assert from 'node:assert/strict';
import { differences, readAnswer } from './fieldAnswer';
import { fieldCases, judgeField } from './fieldCases';
import type { Marked } from './lintAs';

describe('the cases of the field', () => {
  it('answer as is right', function () {
    const cases = fieldCases();
    if (cases === undefined) {
      console.log('      skipped: shared/corpus/field does not lie beside the repository');
      this.skip();
    }
    const judged = judgeField(cases);
    const lines = (standing: string) =>
      judged
        .filter((each) => each.standing === standing)
        .map(({ name, about, problems }) => `${name}: ${about}: ${problems.join('; ')}`);
    assert.deepEqual(lines('wrong'), [], 'npm run field shows the findings');
    assert.deepEqual(lines('open, and right now'), [], 'take these off the list in fieldOpen.ts');
  }).timeout(60_000);

  const found = (severity: Marked['severity'], rule: string, message = '') =>
    ({ severity, rule, message }) as Marked;
  const judge = (answer: string, says: string, ...findings: readonly Marked[]) =>
    differences(readAnswer(answer, says), findings).length === 0;

  it('are clean without errors and warnings', () => {
    assert.ok(judge('clean', '', found('info', 'a')));
    assert.ok(!judge('clean', '', found('warning', 'a')));
    assert.ok(!judge('clean -a', '', found('info', 'a')));
  });

  it('have what is wanted as often as it is wanted, and nothing else', () => {
    assert.ok(judge('E:a W:b', '', found('error', 'a'), found('warning', 'b')));
    assert.ok(!judge('E:a', '', found('warning', 'a')));
    assert.ok(!judge('E:a', '', found('error', 'a'), found('error', 'a')));
    assert.ok(judge('E:a+', '', found('error', 'a'), found('error', 'a')));
    assert.ok(!judge('E:a+', ''));
    assert.ok(judge('EW:x-*|a ~b', '', found('warning', 'x-y'), found('error', 'b')));
    assert.ok(!judge('E:a E:a', '', found('error', 'a')));
  });

  it('say what is wanted, and not what is refused', () => {
    assert.ok(judge('W:a', 'x & y|z', found('warning', 'a', 'x and z')));
    assert.ok(!judge('W:a', 'x', found('warning', 'a', 'y')));
    assert.ok(!judge('W:a', '!x', found('warning', 'a', 'x')));
  });
});
