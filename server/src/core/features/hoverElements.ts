import type { IamData } from '../iamData/iamData';
import type { PolicyType } from '../locate/policyType';
import type { ConditionOperator, Policy, Statement } from '../model/policy';
import { code } from './markdown';

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
  Statement: 'The statements; each is judged by itself.',
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
    'When the statement counts. Each operator and each key must hold; of several values of a key one is enough, or with a negated operator none may match.',
};

/** What an element is for, by its exact name; `undefined` for names that IAM does not have. */
export function elementText(name: string, policy: Policy): string | undefined {
  if (name === 'Version' || name === 'Statement') {
    return [elementMeaning(name), typeText(policy)].join('\n\n');
  }
  return elementMeaning(name);
}

/** The same without what depends on the policy. */
export function elementMeaning(name: string): string | undefined {
  const text = Object.hasOwn(ELEMENTS, name) ? ELEMENTS[name] : undefined;
  return text === undefined ? undefined : `**${name}**\n\n${text}`;
}

function typeText({ kind }: Policy): string {
  const of = kind.resourceType === undefined ? '' : ` of ${code(kind.resourceType)}`;
  return `Read as ${TYPE_NAMES[kind.type]}${of}: ${kind.reason}.`;
}

/** IAM User Guide, "IAM JSON policy elements: Version". */
export function versionText(value: string): string {
  switch (value) {
    case '2012-10-17':
      return '`2012-10-17` is the current language: `${aws:username}` and other variables are filled in.';
    case '2008-10-17':
      return '`2008-10-17` is the older language, also where no Version is given: `${aws:username}` and the like are plain text.';
    default:
      return 'There are two versions, `2012-10-17` and `2008-10-17`.';
  }
}

/** Said of the value of `Effect` only. */
export function effectText(element: string, value: string): string | undefined {
  if (element !== 'Effect') {
    return undefined;
  }
  switch (value) {
    case 'Allow':
      return '`Allow`: permitted, unless a `Deny` in this or another policy that counts says otherwise.';
    case 'Deny':
      return '`Deny`: refused, whatever else allows it.';
    default:
      return '`Allow` or `Deny`, in exactly this spelling.';
  }
}

/** IAM User Guide, "IAM JSON policy elements: Condition operators". */
const OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/^StringEquals$/, 'The same text, upper and lower case told apart.'],
  [/^StringNotEquals$/, 'Another text, upper and lower case told apart.'],
  [/^String(Not)?EqualsIgnoreCase$/, 'Compares texts, upper and lower case taken for the same.'],
  [/^String(Not)?Like$/, 'Compares a text with a pattern in which `*` and `?` are wildcards; case counts.'],
  [/^Numeric/, 'Compares whole or decimal numbers.'],
  [/^Date/, 'Compares points in time, in ISO 8601 or as seconds since 1970.'],
  [/^Bool$/, 'Compares with `true` or `false`.'],
  [/^BinaryEquals$/, 'Compares bytes, written in base64.'],
  [/^IpAddress$/, 'An address within a range such as `203.0.113.0/24`.'],
  [/^NotIpAddress$/, 'An address outside a range such as `203.0.113.0/24`.'],
  [/^Arn(Not)?(Equals|Like)$/, 'Compares ARNs field by field; `*` and `?` are wildcards within a field.'],
  [/^Null$/, '`true` where the request has no such key, `false` where it has it.'],
];

export function operatorText({
  base,
  qualifier,
  ifExists,
  name,
}: Pick<ConditionOperator, 'base' | 'qualifier' | 'ifExists'> & { readonly name: string }):
  | string
  | undefined {
  const found = OPERATORS.find(([names]) => names.test(base));
  if (found === undefined) {
    return undefined;
  }
  const negated = base.includes('Not');
  const absent =
    base === 'Null'
      ? []
      : ifExists
        ? ['`IfExists`: also holds where the request lacks the key.']
        : qualifier === 'ForAllValues'
          ? []
          : [`A request that lacks the key ${negated ? 'matches' : 'does not match'}.`];
  const set =
    qualifier === undefined
      ? []
      : qualifier === 'ForAllValues'
        ? ['`ForAllValues`: every value of the request must match; a request without the key matches too.']
        : ['`ForAnyValue`: one value of the request must match.'];
  return [`**${name}**`, [found[1], ...absent, ...set].join(' ')].join('\n\n');
}

/** A condition key: its type, and what the first service that the statement's actions name says about it. */
export function conditionKeyText(
  name: string,
  statement: Statement,
  iamData: IamData | undefined,
): string | undefined {
  const services = statement.actions.flatMap(({ entries }) =>
    entries.flatMap(({ service }) => service ?? []),
  );
  return keyText(name, services, iamData);
}

/** The same in the words of the key's own service, or else of the first of these that has any. */
export function keyText(
  name: string,
  services: readonly string[],
  iamData: IamData | undefined,
): string | undefined {
  const key = iamData?.conditionKey(name);
  if (iamData === undefined || key === undefined) {
    return undefined;
  }
  const description = [name.slice(0, Math.max(0, name.indexOf(':'))), ...services]
    .map((service) => iamData.conditionKeyDescription(service, name))
    .find((text) => text !== undefined);
  const several = key.multivalued ? ', several values: use `ForAllValues` or `ForAnyValue`' : '';
  return [`**${key.name}**, ${key.type}${several}`, ...(description === undefined ? [] : [description])].join(
    '\n\n',
  );
}
