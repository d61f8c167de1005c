import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isPolicyType, type TypeOverride } from '../../server/src/core/index';
import { repositoryRoot, sharedCorpus } from '../support/repository';
import { differences, readAnswer } from './fieldAnswer';
import { OPEN_FIELD_CASES } from './fieldOpen';
import { lintAs, type Marked } from './lintAs';

export interface FieldCase {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly text: string;
  /** What the case says on the command line. */
  readonly override: TypeOverride;
}

export interface Judged {
  readonly name: string;
  /** The situation in a few words. */
  readonly about: string;
  /** As it stands in `fieldAnswers.tsv`. */
  readonly answer: string;
  readonly findings: readonly Marked[];
  /** How the findings differ from the answer, a sentence each. */
  readonly problems: readonly string[];
  readonly standing: Standing;
}

/** `unsure` is a case that differs from our reading of it, where nobody knows what is right. */
export type Standing = 'right' | 'wrong' | 'unsure' | 'open' | 'open, and right now';

/** The cases beside the repository; `undefined` where there are none. */
export function fieldCases(): readonly FieldCase[] | undefined {
  const folder = sharedCorpus('field');
  return folder === undefined
    ? undefined
    : rowsOf(join(folder, 'cases.tsv')).map(([file = '', options = '']) => ({
        name: file.replace(/\.json$/, ''),
        // As the command line reads files: without a byte order mark.
        text: new TextDecoder().decode(readFileSync(join(folder, file))),
        override: overrideOf(options),
      }));
}

/** Judges every case. Throws where a case has no answer or an answer no case: the table is then not what it should be. */
export function judgeField(cases: readonly FieldCase[]): readonly Judged[] {
  const rows = new Map(
    rowsOf(join(repositoryRoot, 'test', 'compare', 'fieldAnswers.tsv')).map((row) => [row[0], row]),
  );
  const open = new Set(OPEN_FIELD_CASES);
  const judged = cases.map(({ name, text, override }): Judged => {
    const row = rows.get(name);
    if (row === undefined) {
      throw new Error(`fieldAnswers.tsv has no answer for ${name}.`);
    }
    rows.delete(name);
    const [, answer = '', says = '', about = ''] = row;
    const findings = lintAs(text, override);
    const expected = readAnswer(answer, says);
    const problems = differences(expected, findings);
    const isOpen = open.delete(name);
    const standing =
      problems.length === 0
        ? isOpen
          ? 'open, and right now'
          : 'right'
        : isOpen
          ? 'open'
          : expected.isUnsure
            ? 'unsure'
            : 'wrong';
    return { name, about, answer, findings, problems, standing };
  });
  const left = [...rows.keys(), ...open];
  if (left.length > 0) {
    throw new Error(`There is no case ${left.join(', ')}.`);
  }
  return judged;
}

/** The rows of a table under its head. */
function rowsOf(path: string): readonly (readonly string[])[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'));
}

function overrideOf(options: string): TypeOverride {
  const { values } = parseArgs({
    args: options.split(' ').filter((word) => word !== ''),
    options: { 'policy-type': { type: 'string' }, 'resource-type': { type: 'string' } },
  });
  const policyType = values['policy-type'];
  if (policyType !== undefined && !isPolicyType(policyType)) {
    throw new Error(`There is no type of policy "${policyType}".`);
  }
  return { policyType, resourceType: values['resource-type'] };
}
