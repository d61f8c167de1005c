import type { Severity } from '../../server/src/core/index';
import type { Marked } from './lintAs';

/**
 * What is right for a case, read from its row. The words of an answer:
 *
 * - `clean`: no error and no warning; suggestions may be.
 * - `E:rule`, `W:rule`, `I:rule`: a finding with this severity of this rule; several letters (`EW:`) are a choice.
 *   The rule may be a glob, and several divided by `|` are a choice. As often as the word stands in the answer, as often
 *   it is found; with `+` behind it, once or more.
 * - `~rule`: may be found beside.
 * - `-rule`: is not found, at any severity.
 * - `unsure` at the beginning: nobody knows what is right, and the rest is how we read it.
 *
 * An error or warning that no word of the answer fits is wrong.
 */
export interface FieldAnswer {
  readonly isUnsure: boolean;
  readonly wanted: readonly Wanted[];
  readonly allowed: readonly RegExp[];
  readonly forbidden: readonly RegExp[];
  /** Texts that stand in a message each; choices of one are divided by `|`, and `!` is before one that stands in none. */
  readonly says: readonly string[];
}

interface Wanted {
  readonly word: string;
  readonly severities: ReadonlySet<Severity>;
  readonly rule: RegExp;
  /** The least and the most. */
  readonly count: readonly [number, number];
}

const SEVERITY_OF_LETTER: ReadonlyMap<string, Severity> = new Map([
  ['E', 'error'],
  ['W', 'warning'],
  ['I', 'info'],
]);

/** Reads the columns of a row. Throws on a word that means nothing. */
export function readAnswer(answer: string, says: string): FieldAnswer {
  const words = answer.split(' ').filter((word) => word !== '');
  const isUnsure = words[0] === 'unsure';
  const rest = isUnsure ? words.slice(1) : words;
  const counts = new Map<string, number>();
  const allowed: RegExp[] = [];
  const forbidden: RegExp[] = [];
  for (const word of rest) {
    if (word.startsWith('~')) {
      allowed.push(ruleGlob(word.slice(1)));
    } else if (word.startsWith('-')) {
      forbidden.push(ruleGlob(word.slice(1)));
    } else if (word !== 'clean') {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return {
    isUnsure,
    wanted: [...counts].map(([word, count]) => wantedBy(word, count)),
    allowed,
    forbidden,
    says: says.split(' & ').filter((text) => text !== ''),
  };
}

function wantedBy(word: string, count: number): Wanted {
  const [, letters, rule, more] = /^([EWI]+):([a-z0-9*|-]+)(\+?)$/.exec(word) ?? [];
  if (letters === undefined || rule === undefined) {
    throw new Error(`"${word}" is no word of an answer.`);
  }
  return {
    word,
    severities: new Set([...letters].flatMap((letter) => SEVERITY_OF_LETTER.get(letter) ?? [])),
    rule: ruleGlob(rule),
    count: [count, more === '+' ? Number.POSITIVE_INFINITY : count],
  };
}

function ruleGlob(text: string): RegExp {
  const choices = text.split('|').map((choice) => choice.replaceAll('*', '.*'));
  return new RegExp(`^(?:${choices.join('|')})$`);
}

/** How findings differ from what is right, a sentence each; none where they do not. */
export function differences(answer: FieldAnswer, findings: readonly Marked[]): readonly string[] {
  const { wanted, allowed, forbidden, says } = answer;
  const fits = ({ severities, rule }: Wanted, finding: Marked) =>
    severities.has(finding.severity) && rule.test(finding.rule);
  const problems: string[] = [];
  for (const each of wanted) {
    const { length } = findings.filter((finding) => fits(each, finding));
    const [least, most] = each.count;
    if (length < least || length > most) {
      problems.push(`${each.word} is found ${length} times and not ${least}`);
    }
  }
  for (const finding of findings) {
    const { rule, severity } = finding;
    if (forbidden.some((pattern) => pattern.test(rule))) {
      problems.push(`${rule} is not to be found`);
    } else if (
      severity !== 'info' &&
      !wanted.some((each) => fits(each, finding)) &&
      !allowed.some((pattern) => pattern.test(rule))
    ) {
      problems.push(`${severity} ${rule} is one too many`);
    }
  }
  for (const text of says) {
    const isRefused = text.startsWith('!');
    const choices = (isRefused ? text.slice(1) : text).split('|');
    const isSaid = findings.some(({ message }) => choices.some((choice) => message.includes(choice)));
    if (isSaid === isRefused) {
      problems.push(isRefused ? `a message says ${text.slice(1)}` : `no message says ${text}`);
    }
  }
  return problems;
}
