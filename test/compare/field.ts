/**
 * Holds the linter to cases that retell public bug reports: `npm run field -- [CASE …]`.
 *
 * The cases lie beside the repository (`shared/corpus/field`); what is right for each is `fieldAnswers.tsv`, reviewed by
 * hand. Printed is every case that answers otherwise, with its findings, and a total. Named cases are printed in any
 * event. The exit code is 1 if a case that is neither unsure nor open is wrong, or an open one is right.
 */
import { parseArgs } from 'node:util';
import { fieldCases, type Judged, judgeField } from './fieldCases';

function main(): number {
  const { positionals } = parseArgs({ allowPositionals: true });
  const cases = fieldCases();
  if (cases === undefined) {
    console.error('shared/corpus/field does not lie beside the repository: there are no cases to judge.');
    return 2;
  }
  const judged = judgeField(cases);
  const named = new Set(positionals);
  for (const each of judged) {
    if (named.has(each.name) || each.problems.length > 0 || each.standing === 'open, and right now') {
      print(each);
    }
  }
  const count = (test: (each: Judged) => boolean) => judged.filter(test).length;
  console.log(
    [
      `${judged.length} cases: ${count(({ problems }) => problems.length === 0)} right`,
      `${count(({ standing }) => standing === 'wrong')} wrong`,
      `${count(({ standing }) => standing === 'open')} open`,
      `${count(({ standing }) => standing === 'open, and right now')} no longer open`,
      `${count(({ standing }) => standing === 'unsure')} unsure and not as we read them`,
    ].join(', '),
  );
  return judged.every(({ standing }) => standing !== 'wrong' && standing !== 'open, and right now') ? 0 : 1;
}

function print({ name, about, standing, answer, problems, findings }: Judged): void {
  console.log(`${name} (${standing}): ${about}`);
  console.log(`  right is: ${answer}`);
  for (const problem of problems) {
    console.log(`  ${problem}`);
  }
  for (const { severity, rule, message } of findings) {
    console.log(`    ${severity} ${rule}: ${message}`);
  }
}

process.exitCode = main();
