/** What stands before an expression is looked through this far: a name is near. */
const REACH = 400;

/**
 * What a policy in a program is called, from the text before it: the variable or the member that it is given to, what it is
 * added to, or the construct that it is handed to. `undefined` where nothing tells.
 *
 * @param start of the expression, or within the call that it is an argument of
 */
export function programName(text: string, start: number): string | undefined {
  const before = text.slice(Math.max(0, start - REACH), start);
  const receiver = ADDED_TO.exec(before)?.[1];
  return receiver ?? constructId(before) ?? GIVEN_TO.exec(before)?.[1];
}

/** `role.addToPolicy(new iam.PolicyStatement(` and `role.add_to_policy(iam.PolicyStatement(`. */
const ADDED_TO =
  /([\w$.]{1,80})\.(?:add|attach)\w{0,40}\(\s{0,40}(?:new\s{1,5})?(?:[\w$.]{1,80}\(\s{0,40})?$/;

/** `const reader = `, `reader: PolicyDocument = ` and `reader: `, with a call or without. */
const GIVEN_TO =
  /([\w$]{1,80})["']?\s{0,10}(?::[^=\n]{0,80}=|[:=])\s{0,40}(?:new\s{1,5})?(?:[\w$.]{1,80}\(\s{0,40})?$/;

/** The id of the construct or the name of the resource whose parentheses are open: `new iam.Policy(this, 'Reader', {`. */
function constructId(before: string): string | undefined {
  for (const match of [...before.matchAll(CONSTRUCT)].reverse()) {
    const rest = before.slice(match.index);
    const open = rest.split('(').length - rest.split(')').length;
    if (open > 0) {
      return match[1];
    }
  }
  return undefined;
}

const CONSTRUCT = /\(\s{0,40}(?:[\w$.]{1,40}\s{0,10},\s{0,40})?["'`]([^"'`\n]{1,80})["'`]\s{0,10},/g;
