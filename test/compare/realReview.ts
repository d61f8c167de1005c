import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { undated } from '../../server/src/core/lint/finding';
import { repositoryRoot } from '../support/repository';
import type { Marked } from './lintAs';
import type { RealFile } from './realPolicies';

/**
 * A table of every distinct error and warning on files of public repositories, and what a person found of it: `true`,
 * `false`, or `unreviewed`. A finding is told by its rule and its message, which quotes the value. An error whose message
 * quotes nothing is also told by its file, as a short hash: it may be true in one and false in another.
 */
export type ReviewTable = 'realReviewed.tsv' | 'formatsReviewed.tsv';

const HEAD = ['verdict', 'severity', 'rule', 'file', 'message', 'why'];
const VERDICTS = ['true', 'false', 'unreviewed'] as const;

/** In a hundred files. */
export const MOST_FALSE_WARNINGS = 1;

export type Verdict = (typeof VERDICTS)[number];

export interface ReviewedFinding {
  readonly verdict: Verdict;
  readonly severity: string;
  readonly rule: string;
  /** The hash of the file; empty where the message quotes a value. */
  readonly file: string;
  readonly message: string;
  /** Why it is true or false, in a few words. */
  readonly why: string;
  /** Where it was found in this run. */
  readonly files: readonly string[];
  /** How often it was found in this run. */
  readonly count: number;
}

/** The errors and warnings of a run, each once with its verdict, in order of severity, rule, message and file. */
export function review(
  files: readonly RealFile[],
  table: ReviewTable = 'realReviewed.tsv',
): readonly ReviewedFinding[] {
  const known = new Map(readTable(table).map((row) => [keyOf(row), row]));
  const found = new Map<string, ReviewedFinding & { files: string[]; count: number }>();
  for (const { name, findings } of files) {
    for (const finding of findings.filter(({ severity }) => severity !== 'info')) {
      const parts = partsOf(finding, name);
      const key = keyOf(parts);
      const { verdict, why } = known.get(key) ?? { verdict: 'unreviewed', why: '' };
      const row = found.get(key) ?? { ...parts, verdict, why, files: [], count: 0 };
      row.count += 1;
      if (row.files.at(-1) !== name) {
        row.files.push(name);
      }
      found.set(key, row);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

export function falseWarningsInAHundredFiles(rows: readonly ReviewedFinding[], files: number): number {
  const falseOnes = rows.filter(({ severity, verdict }) => severity === 'warning' && verdict === 'false');
  return (100 * falseOnes.reduce((sum, { count }) => sum + count, 0)) / files;
}

/** Prints findings, each with its verdict and where it was found. */
export function printReview(rows: readonly ReviewedFinding[]): void {
  for (const { verdict, severity, rule, message, files, count, why } of rows) {
    console.log(`${verdict} ${severity} ${rule}: ${message}${why === '' ? '' : ` (${why})`}`);
    console.log(`  ${count} in ${files.slice(0, 3).join(', ')}${files.length > 3 ? ', …' : ''}`);
  }
}

/** Writes the table anew from a run: verdicts stay, and what is found no more goes. */
export function writeReview(rows: readonly ReviewedFinding[], table: ReviewTable = 'realReviewed.tsv'): void {
  const lines = rows.map(({ verdict, severity, rule, file, message, why }) =>
    [verdict, severity, rule, file, message, why].join('\t'),
  );
  writeFileSync(pathOf(table), `${[HEAD.join('\t'), ...lines].join('\n')}\n`);
}

function pathOf(table: ReviewTable): string {
  return join(repositoryRoot, 'test', 'compare', table);
}

type Parts = Pick<ReviewedFinding, 'severity' | 'rule' | 'file' | 'message'>;

function keyOf({ severity, rule, message, file }: Parts): string {
  return [severity, rule, message, file].join('\t');
}

function partsOf({ severity, rule, message }: Marked, name: string): Parts {
  const isTold = severity !== 'error' || message.includes('"');
  return {
    severity,
    rule,
    file: isTold ? '' : createHash('sha256').update(name).digest('hex').slice(0, 8),
    // What a tab or a line break in a value would do to the table.
    message: undated(message).replaceAll(/[\t\r\n]/g, ' '),
  };
}

/** Throws on a line that is no row: verdicts would be lost. */
function readTable(
  table: ReviewTable,
): readonly (Parts & { readonly verdict: Verdict; readonly why: string })[] {
  const path = pathOf(table);
  const [, ...lines] = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [verdict = '', severity = '', rule = '', file = '', message = '', why = ''] = line.split('\t');
      const known = VERDICTS.find((each) => each === verdict);
      if (known === undefined) {
        throw new Error(`${table} has no verdict "${verdict}".`);
      }
      return { verdict: known, severity, rule, file, message, why };
    });
}
