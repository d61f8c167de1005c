import type { PolicyType } from '../../locate/policyType';
import type { Policy } from '../../model/policy';
import { own } from '../../own';
import { holdsVariables } from '../../rules/support/variables';
import { elementPage } from '../documentation';
import { code, escaped, link } from '../markdown';

const TYPE_NAMES: Readonly<Record<PolicyType, string>> = {
  identity: 'an identity policy',
  resource: 'a resource policy',
  trust: 'a role’s trust policy',
  scp: 'a service control policy',
  rcp: 'a resource control policy',
  boundary: 'a permissions boundary',
  session: 'a session policy',
  endpoint: 'a VPC endpoint policy',
};

/** IAM User Guide, "IAM JSON policy elements reference". */
const ELEMENTS: Readonly<Record<string, string>> = {
  Version: 'The version of the policy language, not of the policy.',
  Statement: 'The statements; each is evaluated by itself.',
  Id: 'A name for the whole policy, which resource policies may have.',
  Sid: 'A name for the statement, of letters and digits, once in a policy.',
  Effect: '`Allow` or `Deny`. What no statement allows is denied, and a `Deny` outweighs every `Allow`.',
  Principal: 'Who the statement is about; in resource and trust policies only.',
  NotPrincipal: 'Everybody but these; in resource policies only, and safe only with `Deny`.',
  Action:
    'The actions that the statement is about. Upper and lower case are the same; `*` and `?` are wildcards.',
  NotAction: 'The statement is about every action but these. With `Allow` that is nearly everything.',
  Resource: 'The ARNs of the resources that the statement is about. `*` crosses `/` and `:`.',
  NotResource: 'The statement is about every resource but these. With `Allow` that is nearly everything.',
  Condition:
    'When the statement applies. Every operator and every key must match; of several values of a key one is enough, or with a negated operator none may match.',
};

/** What an element is for, by its exact name, and what its version means; `undefined` for names that IAM does not have. */
export function elementText(name: string, policy: Policy, version?: string): string | undefined {
  const said = elementMeaning(name);
  if (said === undefined) {
    return undefined;
  }
  const more =
    name === 'Version' || name === 'Statement'
      ? [...(version === undefined ? [] : [versionText(version, policy)]), typeText(policy)]
      : [];
  return [said, ...more, link('IAM User Guide', elementPage(name))].join('\n\n');
}

/** The same without what depends on the policy. */
export function elementMeaning(name: string): string | undefined {
  const text = own(ELEMENTS, name);
  return text === undefined ? undefined : `**${name}**\n\n${text}`;
}

function typeText({ kind }: Policy): string {
  const of = kind.resourceType === undefined ? '' : ` of ${code(kind.resourceType)}`;
  return `Read as ${TYPE_NAMES[kind.type]}${of}: ${escaped(kind.reason)}.`;
}

/** What a version changes, and whether it does so here. */
export function versionText(value: string, policy: Policy): string {
  return `${versionMeaning(value)} ${variablesText(policy)}`;
}

/** IAM User Guide, "IAM JSON policy elements: Version". */
export function versionMeaning(value: string): string {
  switch (value) {
    case '2012-10-17':
      return `\`2012-10-17\` is the current language: variables such as \`\${aws:username}\` are filled in, in resources and in the values of conditions.`;
    case '2008-10-17':
      return `\`2008-10-17\` is the older language, which counts also where no Version is given: variables such as \`\${aws:username}\` are plain text.`;
    default:
      return 'There are two versions, `2012-10-17` and `2008-10-17`.';
  }
}

/** Whether a policy has anything in which its version makes a difference. */
function variablesText(policy: Policy): string {
  return holdsVariables(policy.node) ? 'This policy has some.' : 'This policy has none.';
}
