/**
 * Compares the rules with Access Analyzer's real answers: `npm run compare -- [FOLDER] [options]`.
 *
 * FOLDER holds `policies/<name>.json` and `verdicts.jsonl`, a line per answer: `{ policy, issueCode, path }`. A policy
 * without a line has no finding, so silence is evidence too. Without FOLDER the corpus beside the repository is taken.
 *
 * Printed are, for each issue code, how many findings are expected, found and both, by (policy, code) and by (policy,
 * code, path). Codes that no rule claims count as missed. `--list CODE` prints the disagreements instead; `--min-code`
 * and `--min-path` are the least F1 of the total, save for the codes that depend on the date of the reference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { repositoryRoot } from '../support/repository';
import { type Answer, answersByAccessAnalyzer, answersOfRules, claimedCodes, type Policy } from './answers';
import { disagreements, score, table, total } from './scores';

/** The answers were given with the service reference of their day; actions have come and gone since. */
const DATED: ReadonlySet<string> = new Set(['INVALID_ACTION', 'INVALID_SERVICE_IN_ACTION']);

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { list: { type: 'string' }, 'min-code': { type: 'string' }, 'min-path': { type: 'string' } },
  });
  const folder = positionals[0] ?? join(repositoryRoot, '..', 'shared', 'corpus', 'access-analyzer');
  if (!existsSync(join(folder, 'verdicts.jsonl')) || !existsSync(join(folder, 'policies'))) {
    console.error(`${folder} has no verdicts.jsonl and policies/: name the folder of the answers.`);
    return 2;
  }
  const policies = readPolicies(join(folder, 'policies'));
  const expected = answersByAccessAnalyzer(readFileSync(join(folder, 'verdicts.jsonl'), 'utf8'), policies);
  const found = answersOfRules(policies);
  if (values.list !== undefined) {
    return printDisagreements(values.list, expected, found, policies);
  }
  const scores = score(expected, found);
  const totals = [total('all', scores), total('all but dated', scores, DATED)];
  console.log(`${policies.size} policies`);
  console.log(table(scores, totals));
  const claimed = claimedCodes();
  const unclaimed = scores.filter(({ code }) => !claimed.has(code));
  console.log(
    unclaimed.length === 0
      ? 'Every code in the answers is claimed by a rule.'
      : `Claimed by no rule: ${unclaimed.map(({ code, byPath }) => `${code} (${byPath.expected})`).join(', ')}`,
  );
  const judged = totals[1];
  const enough =
    judged !== undefined &&
    judged.byCode.f1 >= Number(values['min-code'] ?? 0) &&
    judged.byPath.f1 >= Number(values['min-path'] ?? 0);
  if (!enough) {
    console.error('The total without the dated codes is below the least F1 that was asked for.');
  }
  return enough ? 0 : 1;
}

function readPolicies(folder: string): ReadonlyMap<string, Policy> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return [basename(file, '.json'), { text, value: JSON.parse(text) }];
    }),
  );
}

function printDisagreements(
  code: string,
  expected: readonly Answer[],
  found: readonly Answer[],
  policies: ReadonlyMap<string, Policy>,
): number {
  const { missed, extra } = disagreements(code, expected, found);
  for (const [title, answers] of [
    ['Access Analyzer alone', missed],
    ['ours alone', extra],
  ] as const) {
    console.log(`${code}, ${title}: ${answers.length}`);
    for (const { policy, path, message } of answers) {
      const value = JSON.stringify(valueAt(policies.get(policy)?.value, path)) ?? '(nothing there)';
      console.log(`  ${policy} ${JSON.stringify(path)} ${value.slice(0, 200)}`);
      if (message !== undefined) {
        console.log(`    ${message}`);
      }
    }
  }
  return 0;
}

function valueAt(value: unknown, path: Answer['path']): unknown {
  return path.reduce<unknown>(
    (held, step) =>
      typeof held === 'object' && held !== null ? Reflect.get(held, step) : step === 0 ? held : undefined,
    value,
  );
}

process.exitCode = main();
