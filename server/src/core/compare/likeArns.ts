/** How the ARN of a principal begins: each `#` is a digit of its account, and a name follows a slash at the end. */
const NAMED = ['iam::############:role/', 'iam::############:user/'] as const;
const OTHERS = ['sts::############:federated-user/', 'iam::############:root'] as const;
const ACCOUNT = '############';

/** A pattern that leaves the partition open matches one of these. */
const PARTITIONS = ['aws', 'aws-cn', 'aws-us-gov'] as const;

/**
 * The ARN of a role and that of a user which a pattern matches as a text, where a wildcard crosses the colons; those of a
 * federated user and of a root user where it matches neither.
 *
 * @param account of whom they are, if possible
 * @param strangers whom else they may be of: anybody whose account is none of these; nobody else without them
 */
export function arnsLike(
  pattern: string,
  account: string,
  strangers?: { readonly except: ReadonlySet<string> },
): readonly string[] {
  const [named, others] = [NAMED, OTHERS].map((forms) =>
    forms.flatMap((form) => arnOfForm(pattern, form, account, strangers) ?? []),
  );
  return named !== undefined && named.length > 0 ? named : (others ?? []);
}

function arnOfForm(
  pattern: string,
  form: string,
  account: string,
  strangers: { readonly except: ReadonlySet<string> } | undefined,
): string | undefined {
  for (const partition of PARTITIONS) {
    const begin = `arn:${partition}:${form}`;
    const own = fitted(pattern, begin.replace(ACCOUNT, account));
    if (own !== undefined) {
      return own;
    }
    const open = strangers === undefined ? undefined : fitted(pattern, begin);
    const arn = open === undefined ? undefined : withDigits(open, begin.indexOf('#'), strangers?.except);
    if (arn !== undefined) {
      return arn;
    }
  }
  return undefined;
}

/** An ARN with digits where its account is open, so that the account is none of some. */
function withDigits(arn: string, start: number, except: ReadonlySet<string> | undefined): string | undefined {
  const open = arn.slice(start, start + ACCOUNT.length);
  const last = open.lastIndexOf('#');
  for (const digit of DIGITS) {
    for (const end of last < 0 ? ['0'] : DIGITS) {
      const account =
        last < 0 ? open : open.slice(0, last).replaceAll('#', digit) + end + open.slice(last + 1);
      if (except?.has(account) !== true) {
        return arn.slice(0, start) + account + arn.slice(start + ACCOUNT.length);
      }
    }
  }
  return undefined;
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
 * @param form what the text begins with; all of it, unless a slash at the end says that a name follows
 */
function fitted(wild: string, form: string): string | undefined {
  const pattern = wild.replace(/\*+/g, '*');
  const width = form.length + 1;
  const steps = new Uint8Array((pattern.length + 1) * width);
  const digits = new Uint8Array(steps.length).fill(UNREACHED);
  digits[0] = 0;
  const reach = (place: number, taken: number, step: number): void => {
    if (taken < (digits[place] ?? 0)) {
      digits[place] = taken;
      steps[place] = step;
    }
  };
  for (let at = 0; at < pattern.length; at += 1) {
    const wanted = pattern.charAt(at);
    for (let length = 0; length < width; length += 1) {
      const place = at * width + length;
      const taken = digits[place] ?? UNREACHED;
      if (taken === UNREACHED) {
        continue;
      }
      const given = form.charAt(length);
      if (wanted === '*') {
        reach(place + width, taken, STAR_ENDS);
      }
      if (given === '') {
        continue;
      }
      if (wanted === '*') {
        reach(place + 1, taken, BY_STAR);
      } else if (wanted === '?' || wanted === given) {
        reach(place + width + 1, taken, BY_CHARACTER);
      } else if (given === '#' && /\d/.test(wanted)) {
        reach(place + width + 1, taken + 1, BY_CHARACTER);
      }
    }
  }
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
  const name = pattern.slice((best - form.length) / width).replaceAll('?', 'x');
  let text = form.endsWith('/') ? name.replaceAll('*', 'example') : '';
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

/**
 * Whether a pattern may be that of a name with a path, in which there may be any character that is printed. IAM User Guide,
 * "IAM and AWS STS quotas" and "IAM identifiers".
 */
function isPathAndName(pattern: string): boolean {
  const name = pattern.slice(Math.max(pattern.lastIndexOf('/') + 1, pattern.lastIndexOf('*'), 0));
  return /^[!-~]+$/.test(pattern) && /^[\w+=,.@*?-]+$/.test(name);
}

const UNREACHED = 255;

/** Names have 64 characters and paths 512. IAM User Guide, "IAM and AWS STS quotas". */
const LONGEST_NAME = 577;
