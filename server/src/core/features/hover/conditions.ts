import { partitionOfRegion } from '../../arn/partitions';
import type { IamData } from '../../iamData/iamData';
import {
  API_GATEWAY_POLICY_KEYS,
  IAM_AUTHORIZATION_KEYS,
  PRIVATE_API_KEYS,
} from '../../iamData/overlay/apiGatewayPolicyKeys';
import { REGION_KEYS } from '../../iamData/overlay/conditionValues';
import { globalKeyText } from '../../iamData/overlay/globalKeyTexts';
import { OPERATOR_TEXTS } from '../../iamData/overlay/operatorTexts';
import { API_GATEWAY_REST_API } from '../../locate/policyType';
import type { Condition, ConditionOperator, Statement } from '../../model/policy';
import { listed } from '../../wording';
import { GLOBAL_KEYS_PAGE, OPERATORS_PAGE, SETS_PAGE } from '../documentation';
import { code, escaped, link } from '../markdown';

type OperatorParts = Pick<ConditionOperator, 'traits' | 'qualifier' | 'ifExists'>;

/**
 * What an operator compares, and what a missing key and several values mean for it; `undefined` if it is not an
 * operator. With the effect of the statement it also says what follows for requests.
 */
export function operatorText(
  operator: OperatorParts & { readonly name: string },
  effect?: string,
): string | undefined {
  const { traits, qualifier, name } = operator;
  const text = OPERATOR_TEXTS.get(traits?.name ?? '');
  if (traits === undefined || text === undefined) {
    return undefined;
  }
  const page = qualifier === undefined ? OPERATORS_PAGE : SETS_PAGE;
  return [
    `**${escaped(name)}**`,
    text.compares,
    ...(traits.family === 'Null' ? [] : [...setText(operator), missingText(operator, effect)]),
    ...(traits.family === 'Null' || traits.family === 'Bool'
      ? []
      : [traits.negated ? 'Of several values none may match.' : 'Of several values one is enough.']),
    link('IAM User Guide', page),
  ].join('\n\n');
}

/** Whether a condition holds for a request that lacks the key; `undefined` for `Null`, which asks just that. */
function holdsWithoutKey({ traits, qualifier, ifExists }: OperatorParts): boolean | undefined {
  if (traits === undefined || traits.family === 'Null') {
    return undefined;
  }
  return ifExists || qualifier === 'ForAllValues' || (traits.negated && qualifier === undefined);
}

function missingText(operator: OperatorParts, effect: string | undefined): string {
  const holds = holdsWithoutKey(operator) === true;
  const why = !holds
    ? ''
    : operator.ifExists
      ? ', because of `IfExists`'
      : operator.qualifier === 'ForAllValues'
        ? ', since it has no value that could fail'
        : ', since it is negated';
  const said = `When a request lacks the key, this ${holds ? `holds${why}` : 'does not hold'}`;
  switch (effect) {
    case 'Allow':
      return holds
        ? `${said}: such requests are allowed too, unless another condition stops them.`
        : `${said}: such requests are not allowed by this statement.`;
    case 'Deny':
      return holds
        ? `${said}: such requests are denied too, unless another condition spares them.`
        : `${said}: such requests are not denied by this statement.`;
    default:
      return `${said}.`;
  }
}

function setText({ qualifier, traits }: OperatorParts): readonly string[] {
  const match = traits?.negated ? 'be none of these' : 'match one of these';
  switch (qualifier) {
    case 'ForAllValues':
      return [
        `\`ForAllValues\`: every value that the request has for the key must ${match}. To ask that there be any, add \`Null\` with \`false\`.`,
      ];
    case 'ForAnyValue':
      return [`\`ForAnyValue\`: at least one value that the request has for the key must ${match}.`];
    case undefined:
      return [];
  }
}

/** What a condition key is and which requests have it; `undefined` where nothing is known of it. */
export function conditionKeyText(
  { key, statement }: Condition,
  iamData: IamData | undefined,
): string | undefined {
  const text = keyText(key.value, servicesOf(statement), iamData);
  return text === undefined ? undefined : [text, ...apiGatewayText(key.value, statement)].join('\n\n');
}

/** The services that the statement's actions name. */
export function servicesOf({ actions }: Statement): readonly string[] {
  return actions.flatMap(({ entries }) => entries.flatMap(({ service }) => service ?? []));
}

/** The same in the words of the key's own service, or else of the first of these that has any. */
export function keyText(
  name: string,
  services: readonly string[],
  iamData: IamData | undefined,
): string | undefined {
  const text = globalKeyText(name);
  const key = iamData?.conditionKey(name);
  if (key === undefined && text === undefined) {
    return claimText(name);
  }
  const owner = iamData?.service(name.slice(0, Math.max(0, name.indexOf(':'))));
  const isGlobal = text !== undefined || iamData?.globalConditionKey(name) !== undefined;
  const of = isGlobal
    ? link('global key', GLOBAL_KEYS_PAGE)
    : owner === undefined
      ? undefined
      : `key of ${owner.name}`;
  const several = 'Holds several values: use it with `ForAllValues` or `ForAnyValue`.';
  return [
    [`**${escaped(key?.name ?? name)}**`, key?.type, of].filter((part) => part !== undefined).join(', '),
    ...descriptionOf(name, services, iamData),
    ...(key?.multivalued ? [several] : []),
    ...(text === undefined ? [] : [text.presence]),
  ].join('\n\n');
}

/** What is said of a global key, or else by the key's own service or the first of these that says anything. */
export function descriptionOf(
  name: string,
  services: readonly string[],
  iamData: IamData | undefined,
): readonly string[] {
  const text = globalKeyText(name);
  if (text !== undefined) {
    return [text.is];
  }
  const description = [name.slice(0, Math.max(0, name.indexOf(':'))), ...services]
    .map((service) => iamData?.conditionKeyDescription(service, name))
    .find((found) => found !== undefined);
  return description === undefined ? [] : [escaped(description)];
}

/** Keys of an identity provider are named after it, as in `token.actions.githubusercontent.com:sub`. */
function claimText(name: string): string | undefined {
  const [, issuer, claim] = /^([\w-]+\.[\w./-]+):([\w-]+)$/.exec(name) ?? [];
  return issuer === undefined || claim === undefined
    ? undefined
    : `**${escaped(name)}**\n\nThe claim ${code(claim)} of the token that ${code(issuer)} issued. Only requests with such a token have it.`;
}

function apiGatewayText(name: string, { policy }: Statement): readonly string[] {
  const key = name.toLowerCase();
  if (policy.kind.resourceType !== API_GATEWAY_REST_API) {
    return [];
  }
  if (IAM_AUTHORIZATION_KEYS.has(key) || key.startsWith('aws:principaltag/')) {
    return ['In the resource policy of an API only requests to methods with IAM authorization have it.'];
  }
  if (PRIVATE_API_KEYS.has(key)) {
    return ['In the resource policy of an API only requests to private APIs have it.'];
  }
  // The policy of a VPC endpoint may look the same, and there keys that describe the resource count.
  return /^aws:(?!resource)/.test(key) && !API_GATEWAY_POLICY_KEYS.has(key)
    ? ['It is not among the keys that API Gateway supports in resource policies.']
    : [];
}

/** What a value stands for, where it is a name that AWS explains: the code of a Region. */
export function conditionValueText(name: string, value: string): string | undefined {
  const region = REGION_KEYS.has(name.toLowerCase())
    ? partitionOfRegion(value)?.regions.get(value)
    : undefined;
  return region === undefined ? undefined : `${code(value)}: ${region}`;
}

/** One condition in words, as in "`aws:SourceIp` is in `203.0.113.0/24`". */
export function conditionPhrase(condition: Condition): string {
  const { operator, key, values } = condition;
  const { traits, qualifier, ifExists } = operator;
  const name = code(key.value);
  const states = new Set(values.map(({ text }) => NULL_STATES.get(text.toLowerCase())));
  if (traits?.family === 'Null' && !states.has(undefined)) {
    return `${name} is ${listed(
      [...states].filter((state) => state !== undefined),
      'or',
    )}`;
  }
  // What `Null` is asked with otherwise has no words of its own.
  const phrase = OPERATOR_TEXTS.get(traits?.name ?? '')?.phrase || `passes ${code(operator.node.value)} with`;
  const shown = values.slice(0, MOST_VALUES).map(({ text }) => code(text));
  const more = values.length > MOST_VALUES ? [`${values.length - MOST_VALUES} more`] : [];
  const compared = `${phrase} ${listed([...shown, ...more], traits?.negated ? 'nor' : 'or')}`;
  switch (qualifier) {
    case 'ForAllValues':
      return `every value of ${name}, if there is any, ${compared}`;
    case 'ForAnyValue':
      return `some value of ${name} ${compared}${ifExists ? ', or it is missing' : ''}`;
    case undefined:
      return `${name} ${compared}${holdsWithoutKey(operator) === true ? ' or is missing' : ''}`;
  }
}

const MOST_VALUES = 3;

/** What `Null` asks of a key with its values. */
const NULL_STATES: ReadonlyMap<string, string> = new Map([
  ['true', 'missing'],
  ['false', 'there'],
]);
