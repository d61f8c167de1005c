import { splitArn } from '../../arn/arn';
import { partitionOfRegion } from '../../arn/partitions';
import { isServicePrincipal } from '../../arn/servicePrincipal';
import { literalParts } from '../../iamData/arnFormats';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { PRINCIPAL_FORMS, type PrincipalForm } from '../../iamData/overlay/principalForms';
import type { PolicyType } from '../../locate/policyType';
import type { PrincipalEntry } from '../../model/policy';
import { own } from '../../own';
import { elementPage } from '../documentation';
import { code, link } from '../markdown';

/** What stands under each name in a Principal. IAM User Guide, "AWS JSON policy elements: Principal". */
export const PRINCIPAL_MEANINGS: Readonly<Record<string, string>> = {
  AWS: 'accounts, roles and users',
  CanonicalUser: 'an Amazon S3 account by its canonical id',
  Federated: 'an identity provider',
  Service: 'an AWS service',
};

/** Which principals stand under a name; `undefined` for names that IAM does not have. */
export function principalTypeText(name: string): string | undefined {
  const meaning = own(PRINCIPAL_MEANINGS, name);
  return meaning === undefined ? undefined : `**${name}**: ${meaning}.`;
}

/** Whom a principal stands for; `undefined` for what has no form that IAM knows. */
export function principalText(entry: PrincipalEntry): string | undefined {
  const meaning = meaningOf(entry);
  if (meaning === undefined) {
    return undefined;
  }
  const negated = entry.element.negated
    ? ['In `NotPrincipal`: the statement is about everybody but these.']
    : [];
  return [
    `**Principal** ${code(entry.text)}`,
    meaning,
    ...negated,
    link('IAM User Guide', elementPage('Principal')),
  ].join('\n\n');
}

function meaningOf({ text, type, element }: PrincipalEntry): string | undefined {
  if (text === '*' && (type === undefined || type.value === 'AWS')) {
    return EVERYBODY[element.statement.policy.kind.type];
  }
  switch (type?.value) {
    case 'AWS':
      return awsMeaning(text);
    case 'Service':
      return isServicePrincipal(text) ? serviceMeaning(text) : undefined;
    case 'Federated':
      return providerMeaning(text, BUILT_IN_PROVIDERS.get(text)) ?? formOf(text)?.means;
    case 'CanonicalUser':
      return 'An account, by the canonical user ID that Amazon S3 has for it.';
    default:
      return undefined;
  }
}

/** @param issuer what the provider's condition keys begin with; `undefined` where none is built in */
function providerMeaning(name: string, issuer: string | undefined): string | undefined {
  return issuer === undefined
    ? undefined
    : `Everybody whom ${code(name)} signs in; conditions on its claims, such as ${code(`${issuer}:aud`)}, say who of them.`;
}

/** IAM User Guide, "AWS JSON policy elements: Principal", and what each kind of policy is attached to. */
const EVERYBODY: Readonly<Record<PolicyType, string>> = {
  resource:
    'Everybody, in any account and without one, as far as the conditions allow. In an `Allow` without conditions that makes the resource public.',
  trust:
    'Every principal of every account that policies of its own let assume the role, as far as the conditions allow.',
  rcp: 'Everybody: a resource control policy names nobody in particular.',
  endpoint: 'Everybody whose requests go through the endpoint.',
  identity: 'Policies of this kind have no Principal: they are about whom they are attached to.',
  scp: 'Policies of this kind have no Principal: they are about the accounts they are attached to.',
  boundary: 'Policies of this kind have no Principal: they are about whom they are attached to.',
  session: 'Policies of this kind have no Principal: they are about the session.',
};

function awsMeaning(text: string): string | undefined {
  if (/^\d{12}$/.test(text)) {
    return PRINCIPAL_FORMS[0]?.means;
  }
  // IAM User Guide, "IAM identifiers", unique id prefixes.
  if (/^A(IDA|ROA)[A-Z0-9]+$/.test(text)) {
    const what = text.startsWith('AIDA') ? 'user' : 'role';
    return `The ID of a ${what}. It appears here when the ${what} was deleted after the policy was saved; a new one of the same name has another ID.`;
  }
  return formOf(text)?.means;
}

function serviceMeaning(text: string): string {
  const region = text.split('.').find((part) => partitionOfRegion(part) !== undefined);
  const name = region === undefined ? undefined : partitionOfRegion(region)?.regions.get(region);
  const where = region === undefined ? '' : ` in ${code(region)}${name === undefined ? '' : `, ${name}`}`;
  return `The AWS service, when it calls as itself${where}, and on behalf of any customer: conditions such as \`aws:SourceAccount\` and \`aws:SourceArn\` say whose.`;
}

function formOf(arn: string): PrincipalForm | undefined {
  return readPrincipal(arn)?.form;
}

/** An ARN as one of the forms of principals, with what stands in the place of its name. */
export function readPrincipal(
  arn: string,
): { readonly form: PrincipalForm; readonly account: string; readonly name: string } | undefined {
  const { prefix, service, account, resource } = splitArn(arn);
  if (prefix.text !== 'arn' || account === undefined || resource === undefined) {
    return undefined;
  }
  for (const form of PRINCIPAL_FORMS) {
    const fields = splitArn(form.arn);
    const [head = '', ...names] = literalParts(fields.resource?.text ?? '');
    const fits = names.length === 0 ? resource.text === head : resource.text.startsWith(head);
    if (service?.text === fields.service?.text && fits) {
      return { form, account: account.text, name: resource.text.slice(head.length) };
    }
  }
  return undefined;
}
