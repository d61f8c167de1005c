/**
 * Holds the linter to policies of public repositories: `npm run real`.
 *
 * The policies lie beside the repository (`shared/corpus/real-policies`) in folders that say what they are. Printed are
 * the findings by rule; every error and warning that nobody has looked at yet, or that is known to be false, with the
 * files that have it; and how many warnings of a hundred files are false. `realReviewed.tsv` has the verdicts; UPDATE=1
 * writes it anew: verdicts stay, what is new is "unreviewed", what is found no more goes. `--rule GLOB` prints these
 * findings with their files instead. The exit code is 1 if an error is unreviewed or false, or too many warnings are.
 */
import { parseArgs } from 'node:util';
import { findingsTable, lintRealPolicies } from './realPolicies';
import {
  falseWarningsInAHundredFiles,
  MOST_FALSE_WARNINGS,
  printReview,
  review,
  writeReview,
} from './realReview';

function main(): number {
  const { values } = parseArgs({ options: { rule: { type: 'string' } } });
  const files = lintRealPolicies();
  if (files === undefined) {
    console.error(
      'shared/corpus/real-policies does not lie beside the repository: there is nothing to lint.',
    );
    return 2;
  }
  const rows = review(files);
  if (process.env.UPDATE !== undefined) {
    writeReview(rows);
  }
  if (values.rule !== undefined) {
    const rule = new RegExp(`^${values.rule.replaceAll('*', '.*')}$`);
    printReview(rows.filter((row) => rule.test(row.rule)));
    return 0;
  }
  console.log(findingsTable(files));
  printReview(rows.filter(({ verdict }) => verdict !== 'true'));
  const sum = (severity: string, verdict: string) =>
    rows
      .filter((row) => row.severity === severity && row.verdict === verdict)
      .reduce((all, { count }) => all + count, 0);
  for (const severity of ['error', 'warning']) {
    const counts = ['true', 'false', 'unreviewed'].map((verdict) => `${sum(severity, verdict)} ${verdict}`);
    console.log(`${severity}s: ${counts.join(', ')}`);
  }
  const rate = falseWarningsInAHundredFiles(rows, files.length);
  console.log(`False warnings in a hundred files: ${rate.toFixed(2)}`);
  const isGood = rows.every(({ severity, verdict }) => severity !== 'error' || verdict === 'true');
  return isGood && rate <= MOST_FALSE_WARNINGS ? 0 : 1;
}

process.exitCode = main();
