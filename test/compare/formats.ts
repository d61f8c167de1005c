/**
 * Holds the linter to files of public repositories that hold policies in other forms than a file of JSON: `npm run formats`.
 *
 * The files lie beside the repository (`shared/corpus/formats`), by form. Printed are the findings by rule, the statements
 * of each form that a pattern over the letters counts beside those found, and every error and warning that nobody has looked
 * at yet, or that is known to be false. `formatsReviewed.tsv` has the verdicts and `formatsMissed.tsv` the reason of each
 * difference in the counts; UPDATE=1 writes the former anew. `--rule GLOB` prints these findings with their files instead,
 * and `--missed` the files whose counts differ.
 */
import { parseArgs } from 'node:util';
import { lintFormatFiles, literalEffects, missedIn, modelledEffects } from './formatFiles';
import { findingsTable } from './realPolicies';
import {
  falseWarningsInAHundredFiles,
  MOST_FALSE_WARNINGS,
  printReview,
  review,
  writeReview,
} from './realReview';

function main(): number {
  const { values } = parseArgs({ options: { rule: { type: 'string' }, missed: { type: 'boolean' } } });
  const files = lintFormatFiles();
  if (files === undefined) {
    console.error('shared/corpus/formats does not lie beside the repository: there is nothing to lint.');
    return 2;
  }
  const rows = review(files, 'formatsReviewed.tsv');
  if (process.env.UPDATE !== undefined) {
    writeReview(rows, 'formatsReviewed.tsv');
  }
  if (values.rule !== undefined) {
    const rule = new RegExp(`^${values.rule.replaceAll('*', '.*')}$`);
    printReview(rows.filter((row) => rule.test(row.rule)));
    return 0;
  }
  const missed = missedIn(files);
  if (values.missed) {
    for (const { name, written, modelled, why } of missed) {
      console.log(`${name}: ${written} written, ${modelled} modelled${why === '' ? '' : ` (${why})`}`);
    }
    return 0;
  }
  console.log(findingsTable(files));
  for (const form of new Set(files.map(({ name }) => name.split('/')[0] ?? ''))) {
    const own = files.filter(({ name }) => name.startsWith(`${form}/`));
    const written = own.reduce((sum, { text, language }) => sum + literalEffects(text, language), 0);
    const modelled = own.reduce((sum, { document }) => sum + modelledEffects(document), 0);
    console.log(`${form.padEnd(16)}${written} statements written, ${modelled} modelled`);
  }
  printReview(rows.filter(({ verdict }) => verdict !== 'true'));
  const rate = falseWarningsInAHundredFiles(rows, files.length);
  console.log(`False warnings in a hundred files: ${rate.toFixed(2)}`);
  const isGood =
    missed.every(({ why }) => why !== '') &&
    rows.every(({ severity, verdict }) => severity !== 'error' || verdict === 'true');
  return isGood && rate <= MOST_FALSE_WARNINGS ? 0 : 1;
}

process.exitCode = main();
