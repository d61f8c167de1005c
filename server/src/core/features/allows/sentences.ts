import type { Doubt, Hinge, Lack } from '../../evaluate/evaluate';

/** What to say where an Allow is missing, without a full stop. */
export function lackSentence(lack: Lack): string {
  return LACKS[lack];
}

const LACKS: Readonly<Record<Lack, string>> = {
  grant: 'no identity policy and no resource policy allows it',
  identity: 'no identity policy allows it, and for this principal a resource policy alone is not enough',
  resource: 'no resource policy allows it, and here an identity policy alone is not enough',
  trust: "the role's trust policy does not allow it",
  boundary: 'the permissions boundary does not allow it',
  session: 'the session policy does not allow it',
  scp: 'no service control policy allows it',
  rcp: 'no resource control policy allows it',
  endpoint: 'the endpoint policy does not allow it',
  'invalidation-across-accounts': 'API Gateway has no cache invalidation across accounts',
};

/** What to say of what nobody told, without a full stop. */
export function doubtSentence(doubt: Doubt): string {
  return DOUBTS[doubt];
}

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'key-policy': "if the key's own policy allows it too: it is not among these policies",
  'trust-policy': "if the role's trust policy allows it too: it is not among these policies",
  'scp-levels':
    'if all these service control policies are attached at one level: of several levels, each must allow it',
  templates: 'if what a template puts into these policies does not say otherwise',
  boundaries: 'if the permissions boundary that allows it is the one attached: a principal has only one',
};

/**
 * What a statement hangs on, as a clause without a full stop.
 *
 * @param show makes what the policy has written fit to be shown where the sentence goes
 */
export function hingeSentence(
  { kind, text, statement }: Hinge,
  show: (text: string) => string = (plain) => plain,
): string {
  const shown = show(text);
  return kind === 'principal' && statement.principals.some((element) => element.negated)
    ? `unless the caller is ${shown}`
    : HINGES[kind](shown);
}

const HINGES: Readonly<Record<Hinge['kind'], (text: string) => string>> = {
  condition: (text) => `if the condition ${text} holds`,
  principal: (text) => `if the caller is ${text}`,
  variable: (text) => `if ${text} has a value that fits`,
  template: (text) => `if the template's ${text} comes to what fits`,
  wildcard: (text) => `only for the part that ${text} matches`,
};
