import { partitions } from '../arn/partitions';
import type { Effort } from './effort';

/** How the ARN of a principal begins: each `#` is a digit of its account, and a name follows a slash at the end. */
const NAMED = ['iam::############:role/', 'iam::############:user/'] as const;
const OTHERS = ['sts::############:federated-user/', 'iam::############:root'] as const;
const ACCOUNT = '############';

/** A pattern that a condition compares the ARN of a principal with. */
export interface ArnPattern {
  readonly text: string;
  /** Whether it is compared field by field, as operators for ARNs do, so that no wildcard crosses a colon between fields. */
  readonly isByField: boolean;
}

/** Accounts of which nobody is looked for. */
export interface Strangers {
  readonly except: ReadonlySet<string>;
}

/**
 * The ARN of a role and that of a user which a pattern matches; those of a federated user and of a root user where it matches
 * neither.
 *
 * @param account of whom they are, if possible
 * @param strangers whom else they may be of: anybody whose account is none of these; nobody else without them
 */
export function arnsLike(
  { text, isByField }: ArnPattern,
  account: string,
  effort: Effort,
  strangers?: Strangers,
): readonly string[] {
  const pattern = text.replace(/\*+/g, '*');
  const found = (forms: readonly string[]): readonly string[] =>
    forms.flatMap(
      (form) => arnOfForm({ text: pattern, isByField }, form, { account, strangers, effort }) ?? [],
    );
  const named = found(NAMED);
  return named.length > 0 ? named : found(OTHERS);
}

function arnOfForm(
  { text, isByField }: ArnPattern,
  form: string,
  {
    account,
    strangers,
    effort,
  }: { readonly account: string; readonly strangers: Strangers | undefined; readonly effort: Effort },
): string | undefined {
  // A person recognizes best what the pattern matches field by field.
  for (const byField of isByField ? [true] : [true, false]) {
    const pattern = { text, isByField: byField };
    for (const { id } of partitions) {
      const begin = `arn:${id}:${form}`;
      const own = fitted(pattern, begin.replace(ACCOUNT, account), effort);
      if (own !== undefined) {
        return own;
      }
      const open = strangers === undefined ? undefined : fitted(pattern, begin, effort);
      const arn = open === undefined ? undefined : withDigits(open, begin.indexOf('#'), strangers?.except);
      if (arn !== undefined) {
        return arn;
      }
    }
  }
  return undefined;
}

/** An ARN with digits where its account is open, so that the account is none of some. */
function withDigits(arn: string, start: number, except: ReadonlySet<string> | undefined): string | undefined {
  const end = start + ACCOUNT.length;
  const account = accountsOf(arn.slice(start, end)).find((each) => except?.has(each) !== true);
  return account === undefined ? undefined : arn.slice(0, start) + account + arn.slice(end);
}

/** Some of the accounts that one with open digits stands for. */
function accountsOf(open: string): readonly string[] {
  const last = open.lastIndexOf('#');
  return last === -1
    ? [open]
    : DIGITS.flatMap((digit) =>
        DIGITS.map((end) => open.slice(0, last).replaceAll('#', digit) + end + open.slice(last + 1)),
      );
}

const DIGITS = [...'9876543210'];

/** How a character of a text came about: by one of the pattern, or by a `*` that goes on or comes to its end. */
const BY_CHARACTER = 1;
const BY_STAR = 2;
const STAR_ENDS = 3;

/**
 * The text that a pattern matches and that has a form, in which a `#` stays where the pattern leaves a digit open. As few
 * digits as possible are the pattern's own, so that more accounts are possible.
 *
 * @param pattern without two `*` in a row
 * @param form what the text begins with; all of it, unless a slash at the end says that a name follows
 */
function fitted({ text: pattern, isByField }: ArnPattern, form: string, effort: Effort): string | undefined {
  effort.spend(STEPS_PER_FORM);
  if (!beginsAlike(pattern, form)) {
    return undefined;
  }
  const width = form.length + 1;
  // Each character but a `*` stands for one of the form.
  const rows = Math.min(pattern.length, 2 * form.length + 1) + 1;
  const steps = new Uint8Array(rows * width);
  const digits = new Uint8Array(steps.length).fill(UNREACHED);
  digits[0] = 0;
  // Of each row only the places between these two can be reached.
  let [low, high] = [0, 0];
  let visited = 0;
  for (let at = 0; at < pattern.length && low <= high; at += 1) {
    const wanted = pattern.charAt(at);
    let [nextLow, nextHigh] = [width, -1];
    const reach = (row: number, length: number, taken: number, step: number): void => {
      const place = row * width + length;
      if (taken < (digits[place] ?? 0)) {
        digits[place] = taken;
        steps[place] = step;
      }
      if (row === at) {
        high = Math.max(high, length);
      } else {
        [nextLow, nextHigh] = [Math.min(nextLow, length), Math.max(nextHigh, length)];
      }
    };
    for (let length = low; length <= high; length += 1) {
      visited += 1;
      const taken = digits[at * width + length] ?? UNREACHED;
      if (taken === UNREACHED) {
        continue;
      }
      const given = form.charAt(length);
      if (wanted === '*') {
        reach(at + 1, length, taken, STAR_ENDS);
      }
      if (given === '') {
        continue;
      }
      const isDigit = given === '#' && /\d/.test(wanted);
      const mayBeOpen = !isByField || given !== ':';
      if (wanted === '*' && mayBeOpen) {
        reach(at, length + 1, taken, BY_STAR);
      } else if (isDigit || (wanted === '?' && mayBeOpen) || (wanted === given && given !== '#')) {
        reach(at + 1, length + 1, taken + Number(isDigit), BY_CHARACTER);
      }
    }
    [low, high] = [nextLow, nextHigh];
  }
  effort.spend(STEPS_PER_PLACE * visited);
  // What remains of the pattern once the form is complete is the name; the shortest one is the likeliest.
  const mayRemain = form.endsWith('/') ? isPathAndName : (rest: string) => /^\**$/.test(rest);
  let best: number | undefined;
  for (let at = pattern.length; at >= 0 && pattern.length - at < LONGEST_NAME; at -= 1) {
    const place = at * width + form.length;
    const taken = digits[place] ?? UNREACHED;
    if (taken < (best === undefined ? UNREACHED : (digits[best] ?? 0)) && mayRemain(pattern.slice(at))) {
      best = place;
    }
  }
  if (best === undefined) {
    return undefined;
  }
  let text = form.endsWith('/') ? nameLike(pattern.slice((best - form.length) / width)) : '';
  for (let place = best; place > 0; ) {
    const step = steps[place];
    const given = form.charAt((place % width) - 1);
    if (step === BY_CHARACTER) {
      const wanted = pattern.charAt(Math.floor(place / width) - 1);
      text = (wanted === '?' ? given : wanted) + text;
      place -= width + 1;
    } else if (step === BY_STAR) {
      text = given + text;
      place -= 1;
    } else {
      place -= width;
    }
  }
  return text;
}

/** Whether a pattern matches the beginning of a form up to its first wildcard, as it does in hardly more than one partition. */
function beginsAlike(pattern: string, form: string): boolean {
  const wild = pattern.search(/[*?]/);
  const end = Math.min(wild < 0 ? pattern.length : wild, form.length);
  for (let at = 0; at < end; at += 1) {
    const given = form.charAt(at);
    if (given === '#' ? !/\d/.test(pattern.charAt(at)) : given !== pattern.charAt(at)) {
      return false;
    }
  }
  return true;
}

const STEPS_PER_FORM = 20;
const STEPS_PER_PLACE = 1;

/**
 * Whether a pattern may be that of a name with a path, in which there may be any character that is printed, and which does
 * not begin with a second slash. IAM User Guide, "IAM and AWS STS quotas" and "IAM identifiers".
 */
function isPathAndName(pattern: string): boolean {
  const name = pattern.slice(Math.max(pattern.lastIndexOf('/') + 1, pattern.lastIndexOf('*')));
  return /^[!-.0-~][!-~]*$/.test(pattern) && /^[\w+=,.@*?-]+$/.test(name);
}

/** A name with its path that a pattern of one matches. */
function nameLike(pattern: string): string {
  const name = pattern.replaceAll('?', 'x');
  const filled = name.replaceAll('*', 'example');
  // What no name has stands before the last wildcard, in the path.
  return /(?:^|\/)[\w+=,.@-]+$/.test(filled)
    ? filled
    : name.replace(/\*(?=[^*]*$)/, 'example/example').replaceAll('*', 'example');
}

const UNREACHED = 255;

/** Names have 64 characters and paths 512. IAM User Guide, "IAM and AWS STS quotas". */
const LONGEST_NAME = 577;
