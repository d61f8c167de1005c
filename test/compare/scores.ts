import type { Answer } from './answers';

/** How two sets of answers agree. */
export interface Agreement {
  readonly expected: number;
  readonly found: number;
  readonly both: number;
  /** One where nothing is found, as then nothing is wrong. */
  readonly precision: number;
  /** One where nothing is expected. */
  readonly recall: number;
  readonly f1: number;
}

export interface Score {
  readonly code: string;
  readonly byCode: Agreement;
  readonly byPath: Agreement;
}

/** The agreement for each code that either side has, in order of code. */
export function score(expected: readonly Answer[], found: readonly Answer[]): readonly Score[] {
  const codes = [...new Set([...expected, ...found].map(({ code }) => code))].sort();
  return codes.map((code) => {
    const [theirs, ours] = [expected, found].map((answers) => answers.filter((each) => each.code === code));
    return {
      code,
      byCode: agreementOf(keys(theirs, policyKey), keys(ours, policyKey)),
      byPath: agreementOf(keys(theirs, pathKey), keys(ours, pathKey)),
    };
  });
}

/** The agreement over all codes but some. */
export function total(name: string, scores: readonly Score[], but: ReadonlySet<string> = new Set()): Score {
  const counted = scores.filter(({ code }) => !but.has(code));
  const sum = (by: 'byCode' | 'byPath'): Agreement => {
    const add = (count: 'expected' | 'found' | 'both') =>
      counted.reduce((all, each) => all + each[by][count], 0);
    return agreement(add('expected'), add('found'), add('both'));
  };
  return { code: name, byCode: sum('byCode'), byPath: sum('byPath') };
}

/** What only one side says about a code, by path. */
export function disagreements(
  code: string,
  expected: readonly Answer[],
  found: readonly Answer[],
): { readonly missed: readonly Answer[]; readonly extra: readonly Answer[] } {
  const [theirs, ours] = [keys(expected, pathKey), keys(found, pathKey)];
  return {
    missed: expected.filter((answer) => answer.code === code && !ours.has(pathKey(answer))),
    extra: found.filter((answer) => answer.code === code && !theirs.has(pathKey(answer))),
  };
}

/** The scores as a table: by (policy, code) on the left, by exact path on the right. */
export function table(scores: readonly Score[], totals: readonly Score[]): string {
  const width = Math.max(...[...scores, ...totals].map(({ code }) => code.length));
  const head = ['exp', 'found', 'both', 'prec', 'rec', 'F1'].map((name) => name.padStart(6)).join('');
  const rule = '-'.repeat(width + 2 * head.length + 3);
  return [
    `${''.padEnd(width)}  ${'(policy, code)'.padStart(head.length)} ${'exact path'.padStart(head.length)}`,
    `${''.padEnd(width)}  ${head} ${head}`,
    rule,
    ...scores.map((each) => line(each, width)),
    rule,
    ...totals.map((each) => line(each, width)),
  ].join('\n');
}

function line({ code, byCode, byPath }: Score, width: number): string {
  return `${code.padEnd(width)}  ${cells(byCode)} ${cells(byPath)}`;
}

function cells({ expected, found, both, precision, recall, f1 }: Agreement): string {
  const counts = [expected, found, both].map(String);
  const shares = [precision, recall, f1].map((share) => share.toFixed(3));
  return [...counts, ...shares].map((cell) => cell.padStart(6)).join('');
}

function agreementOf(expected: ReadonlySet<string>, found: ReadonlySet<string>): Agreement {
  return agreement(expected.size, found.size, [...expected].filter((key) => found.has(key)).length);
}

function agreement(expected: number, found: number, both: number): Agreement {
  return {
    expected,
    found,
    both,
    precision: found === 0 ? 1 : both / found,
    recall: expected === 0 ? 1 : both / expected,
    f1: expected + found === 0 ? 1 : (2 * both) / (expected + found),
  };
}

function keys(answers: readonly Answer[] | undefined, key: (answer: Answer) => string): ReadonlySet<string> {
  return new Set((answers ?? []).map(key));
}

function policyKey({ policy, code }: Answer): string {
  return JSON.stringify([policy, code]);
}

function pathKey({ policy, code, path }: Answer): string {
  return JSON.stringify([policy, code, path]);
}
