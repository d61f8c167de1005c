import type { Asked, Doubt, Hinge, Lack } from '../../evaluate/evaluate';
import type { Statement } from '../../model/policy';
import { conditionPhrase, type Show, valueText } from './conditionPhrase';

/** What to say where an Allow is missing, without a full stop. */
export function lackSentence(lack: Lack): string {
  return LACKS[lack];
}

const LACKS: Readonly<Record<Lack, string>> = {
  grant: 'no identity policy and no resource policy allows it',
  authorizer: 'neither what the Lambda authorizer returns nor a resource policy allows it',
  identity: 'no identity policy allows it, and for this principal a resource policy alone is not enough',
  resource: 'no resource policy allows it, and here an identity policy alone is not enough',
  trust: "the role's trust policy does not allow it",
  boundary: 'the permissions boundary does not allow it',
  session: 'the session policy does not allow it',
  scp: 'no service control policy allows it',
  rcp: 'no resource control policy allows it',
  endpoint: 'the endpoint policy does not allow it',
  'invalidation-across-accounts': 'API Gateway has no cache invalidation across accounts',
  'root-assumes-no-role': 'AWS lets no root user assume a role',
};

/** What to say about something that was not given, without a full stop. */
export function doubtSentence(doubt: Doubt): string {
  return DOUBTS[doubt];
}

const DOUBTS: Readonly<Record<Doubt, string>> = {
  'key-policy': "if the key's own policy allows it too: it is not among these policies",
  'trust-policy': "if the role's trust policy allows it too: it is not among these policies",
  'scp-levels':
    'if all these service control policies are attached at one level: of several levels, each must allow it',
  'bucket-policy': "if the policy of the access point's bucket allows it too",
  'key-policies': 'if the policy that allows it is that of the key: not all of these policies allow it',
  'trust-policies':
    'if the trust policy that allows it is that of the role: not all of these policies allow it',
  templates: 'if what is put into these policies later does not say otherwise',
  boundaries: 'if the permissions boundary that allows it is the one attached: a principal has only one',
  'api-policy':
    'if the API has no resource policy, and so allows every authorized caller: none is among these policies',
  'authorizer-policy': 'on what the Lambda authorizer returns: give it as an identity policy to know more',
  'service-linked-role':
    'on whether the role is service-linked, so that SCPs and RCPs do not affect it: aws:PrincipalArn tells, by the path of the role',
  'root-user':
    'on whether the caller is the root user of the account, which no resource policy keeps from this action',
  exceptions:
    'on which of these actions it is: for some, such as actions that need no permission, other rules hold',
  endpoints: 'if the request goes through the endpoint whose policy allows it: not all of these policies do',
};

/**
 * What a statement depends on, as a clause without a full stop.
 *
 * @param show escapes text of the policy for the place where the sentence goes
 */
export function hingeSentence(hinge: Hinge, show: Show = (plain) => plain): string {
  return hinge.kind === 'wildcard'
    ? `only for the part that ${show(hinge.text)} matches`
    : `if ${hingeClause(hinge, show)}`;
}

/** The same without the "if"; of a wildcard what it matches. */
export function hingeClause(
  { kind, text, statement, condition }: Hinge,
  show: Show = (plain) => plain,
): string {
  if (condition !== undefined) {
    return conditionPhrase(condition, show);
  }
  return kind === 'principal' && statement.principals.some((element) => element.negated)
    ? `the caller is not ${show(text)}`
    : HINGES[kind](show(text));
}

/** A statement as it is spoken of: by its Sid, else by its number. */
export function statementName(
  { sid, index }: Pick<Statement, 'sid' | 'index'>,
  show: Show = (plain) => plain,
): string {
  return sid === undefined || sid.value === '' ? `statement ${index + 1}` : `"${show(sid.value)}"`;
}

const HINGES: Readonly<Record<Hinge['kind'], (text: string) => string>> = {
  condition: (text) => `the condition ${text} holds`,
  principal: (text) => `the caller is ${text}`,
  variable: (text) => `${text} has a value that matches`,
  template: (text) => `what is filled in for ${text} matches`,
  branch: (text) => `the branch ${text === 'Statement' ? 'that it stands in' : `with this ${text}`} is taken`,
  fault: () => 'what cannot be read beside the statement is no part of it',
  merged: () => 'what is put into the statement later does not change it',
  wildcard: (text) => `${text} matches it`,
  limit: (text) =>
    `the ${text === 'session' ? 'session policy' : 'permissions boundary'} does not limit what is granted to everybody, of which AWS does not say`,
  service: (text) => `resource control policies apply to the service ${text}`,
};

/**
 * A condition key that settles an answer, with the first of the values that the policies compare it with, as in
 * `aws:SourceVpce (vpce-0a1b2c3d)`.
 *
 * @param show makes what the policy has written fit to be shown where the phrase goes
 */
export function askedPhrase({ key, values }: Asked, show: Show = (plain) => plain): string {
  const shown = values.slice(0, SHOWN_VALUES).map((value) => valueText(value, show));
  const more = values.length > SHOWN_VALUES ? [`and ${values.length - SHOWN_VALUES} more`] : [];
  const list = [...shown, ...more].join(', ');
  return list === '' ? show(key) : `${show(key)} (${list})`;
}

const SHOWN_VALUES = 4;
