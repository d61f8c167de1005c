import { splitArn } from '../arn/arn';
import { compilePattern, matches } from '../pattern/pattern';
import { classPattern, textClasses } from '../pattern/textClasses';
import type { Effort } from './effort';
import type { ArnPattern } from './likeArns';

/**
 * ARNs of users and roles for combinations of what callers are compared with: a user of a certain name in an account of a
 * certain pattern, or whom two patterns of ARNs match. Each account of the known callers is combined with each name that the
 * patterns tell from others. Only those are given whose combination is of none of the known.
 *
 * @param accounts those that are named, and patterns of them; `users` are names of users, and patterns of them
 * @param known ARNs of callers
 * @returns not all of them where there are more than can be tried
 */
export function combinedArns(
  {
    arns,
    accounts,
    users,
  }: {
    readonly arns: readonly ArnPattern[];
    readonly accounts: readonly string[];
    readonly users: readonly string[];
  },
  known: readonly string[],
  effort: Effort,
): readonly string[] {
  const patternsOfNames = [
    ...arns.map(({ text }) => splitArn(text).resource?.text ?? text.slice(text.lastIndexOf(':') + 1)),
    ...users.map((text) => `user/${text}`),
  ];
  const compared = [
    ...arns.map(({ text, isByField }) => (isByField ? arnTest(text) : textTest(text, (arn) => arn))),
    ...accounts.map((text) => textTest(text, (arn) => splitArn(arn).account?.text)),
    ...users.map((text) => textTest(text, (arn) => /:user\/(?:.*\/)?(.*)/.exec(arn)?.[1])),
  ];
  const cost = [...arns.map(({ text }) => text), ...accounts, ...users].reduce(
    (sum, text) => sum + STEPS_PER_TEST + 2 * text.length,
    0,
  );
  if (cost * known.length > effort.share(MOST_KNOWN)) {
    return [];
  }
  const combinationOf = (arn: string): string => {
    effort.spend(cost);
    const kind = splitArn(arn).resource?.text.split('/', 1)[0];
    return `${kind} ${compared.map((isLike) => Number(isLike(arn))).join('')}`;
  };
  const seen = new Set(known.map(combinationOf));
  const beginnings = new Set(known.map((arn) => arn.slice(0, arn.lastIndexOf(':') + 1)));
  const found: string[] = [];
  let left = MOST_TRIES;
  for (const name of ['user/?*', 'role/?*'].flatMap((form) => namesOf(form, patternsOfNames, effort))) {
    for (const beginning of beginnings) {
      if (effort.isSpent || left === 0) {
        return found;
      }
      left -= 1;
      const arn = beginning + name;
      const combination = beginning.includes(':iam:') ? combinationOf(arn) : undefined;
      if (combination !== undefined && !seen.has(combination)) {
        seen.add(combination);
        found.push(arn);
      }
    }
  }
  return found;
}

/** What it may take to hold the known to what they are compared with. */
const MOST_KNOWN = 200_000;

/** Of accounts and names together. */
const MOST_TRIES = 400;
const STEPS_PER_TEST = 40;

type Test = (arn: string) => boolean;

function textTest(text: string, read: (arn: string) => string | undefined): Test {
  const pattern = compilePattern(text);
  return (arn) => {
    const value = read(arn);
    return value !== undefined && matches(pattern, value);
  };
}

/** Each of the six fields is matched by itself. */
function arnTest(text: string): Test {
  const patterns = fieldsOf(text).map((field) => compilePattern(field));
  return (arn) => {
    const fields = fieldsOf(arn);
    return (
      fields.length === patterns.length &&
      patterns.every((pattern, index) => matches(pattern, fields[index] ?? ''))
    );
  };
}

function fieldsOf(arn: string): readonly string[] {
  const fields = arn.split(':');
  return fields.length <= 6 ? fields : [...fields.slice(0, 5), fields.slice(5).join(':')];
}

/** A name for each way in which the patterns can match one of a form, with its path. */
function namesOf(form: string, patterns: readonly string[], effort: Effort): readonly string[] {
  const symbols = new Map<string, number>();
  const [required, ...others] = [form, ...patterns].map((text) =>
    classPattern(compilePattern(text), text, symbols),
  );
  if (required === undefined || others.length > MOST_PATTERNS) {
    return [];
  }
  const { classes, steps } = textClasses([required], others, { steps: effort.share(MOST_STEPS) });
  effort.spend(STEPS_PER_TURN * steps);
  return classes.flatMap(({ text }) => (NAME.test(text) ? text : []));
}

/** With more of them there may be more combinations than can be tried. */
const MOST_PATTERNS = 12;

/** Of automata, for one form. */
const MOST_STEPS = 10_000;

/** A turn of an automaton makes objects, and takes longer than a comparison of two characters. */
const STEPS_PER_TURN = 6;

/** A name, and a path as people write it. IAM User Guide, "IAM and AWS STS quotas" and "IAM identifiers". */
const NAME = /^(?:user|role)\/(?:[\w+=,.@-][\w+=,.@/-]*\/)?[\w+=,.@-]+$/;
