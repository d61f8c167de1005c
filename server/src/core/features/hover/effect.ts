import { isExecuteApiArn, readExecuteApiArn } from '../../arn/executeApi';
import { mistakesOf } from '../../lint/mistakes';
import type { PolicyType } from '../../locate/policyType';
import type { PrincipalEntry, ResourceEntry, Statement } from '../../model/policy';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';
import { listed } from '../../wording';
import { segmentsByRole } from '../explain/executeApiSegments';
import { executeApiRequests } from '../explain/executeApiSummary';
import { code } from '../markdown';
import { conditionPhrase } from './conditions';
import { readPrincipal } from './principal';

/** The hover on the value of `Effect`: the statement in one sentence, then what overrides it. */
export function effectText(statement: Statement): string {
  const effect = statement.effect?.value ?? '';
  const meaning = effectMeaning(effect, statement.policy.kind.type);
  const sentence = statementSentence(statement);
  return sentence === undefined ? meaning : `${sentence}\n\n${meaning}`;
}

/** What an effect means for any statement, in a policy of a certain type if it is given. */
export function effectMeaning(effect: string, type?: PolicyType): string {
  switch (effect) {
    case 'Allow':
      return type === undefined || BOUNDING[type] === undefined
        ? '`Allow`: permitted, unless a `Deny` in this or another policy that counts says otherwise.'
        : `\`Allow\`: ${BOUNDING[type]}`;
    case 'Deny':
      return '`Deny`: refused, whatever else allows it.';
    default:
      return '`Allow` or `Deny`, in exactly this spelling.';
  }
}

/** IAM User Guide, "Policy evaluation logic": these bound what others allow and grant nothing. */
const BOUNDING: Partial<Record<PolicyType, string>> = {
  scp: 'grants nothing by itself; a service control policy bounds what the policies in its accounts may allow.',
  boundary:
    'grants nothing by itself; a permissions boundary bounds what the policies of a user or role may allow.',
  session:
    'grants nothing by itself; a session policy bounds what the session has of its role’s permissions.',
  endpoint: 'grants nothing by itself; an endpoint policy bounds what may be done through the endpoint.',
  rcp: 'grants nothing by itself; a resource control policy bounds what may be done to the resources of its accounts.',
};

/**
 * A statement in one sentence; `undefined` where it has parts that cannot be read, such as functions of a template, or
 * where parts are missing or stand there twice: a sentence that leaves something out would be wrong.
 */
function statementSentence(statement: Statement): string | undefined {
  const verbs = VERBS.get(statement.effect?.value ?? '');
  if (verbs === undefined || !isWhole(statement)) {
    return undefined;
  }
  const { conditions } = statement;
  const who = whom(statement);
  const begin = who === '' ? verbs.plain : `${verbs.to} ${who} to call`;
  const parts = [begin, what(statement), onWhat(statement)].filter((part) => part !== '');
  return `${parts.join(' ')}${conditions.length === 0 ? '' : `, if ${listed(ifs(statement))}`}.`;
}

const VERBS = new Map([
  ['Allow', { plain: 'Allows', to: 'Allows' }],
  ['Deny', { plain: 'Denies', to: 'Forbids' }],
]);

function isWhole({ members, actions, resources, principals, policy }: Statement): boolean {
  // Only policies that are attached to a resource can leave it out.
  const needsResource = policy.kind.type !== 'trust' && policy.kind.type !== 'resource';
  return (
    actions.length === 1 &&
    resources.length <= 1 &&
    resources.length >= (needsResource ? 1 : 0) &&
    principals.length <= 1 &&
    isWithoutDuplicates(members) &&
    members.every(isReadable)
  );
}

function isWithoutDuplicates(members: readonly MemberNode[]): boolean {
  return new Set(members.map(({ key }) => key.value.toLowerCase())).size === members.length;
}

/** Whether everything of a member is plain text in the places where it belongs, or in conditions also numbers. */
function isReadable({ key, value }: MemberNode): boolean {
  switch (key.value) {
    case 'Sid':
    case 'Effect':
      return true;
    case 'Principal':
    case 'NotPrincipal':
      return value?.kind === 'string' || everyMember(value, isTexts);
    case 'Action':
    case 'NotAction':
    case 'Resource':
    case 'NotResource':
      return isTexts(value);
    case 'Condition':
      return everyMember(value, (keys) => everyMember(keys, isScalars));
    default:
      // It may have been meant to be one of these.
      return false;
  }
}

function everyMember(
  value: SyntaxNode | undefined,
  test: (value: SyntaxNode | undefined) => boolean,
): boolean {
  return (
    value?.kind === 'object' &&
    value.members.length > 0 &&
    isWithoutDuplicates(value.members) &&
    value.members.every((each) => test(each.value))
  );
}

function isTexts(value: SyntaxNode | undefined): boolean {
  return isListOf(TEXTS, value);
}

function isScalars(value: SyntaxNode | undefined): boolean {
  return isListOf(SCALARS, value);
}

function isListOf(kinds: ReadonlySet<SyntaxNode['kind']>, value: SyntaxNode | undefined): boolean {
  const items = value?.kind === 'array' ? value.items : [value];
  return (
    items.length > 0 &&
    items.every(
      (item) => item !== undefined && kinds.has(item.kind) && !(item.kind === 'string' && item.value === ''),
    )
  );
}

const TEXTS: ReadonlySet<SyntaxNode['kind']> = new Set(['string']);

const SCALARS: ReadonlySet<SyntaxNode['kind']> = new Set(['string', 'number', 'boolean']);

const MOST_NAMES = 4;

function whom({ principals: [element] }: Statement): string {
  if (element === undefined) {
    return '';
  }
  const names = element.entries.map(nameOf);
  return element.negated ? `everybody but ${some(names)}` : some(names);
}

function nameOf({ text, type }: PrincipalEntry): string {
  if (text === '*') {
    return 'everybody';
  }
  if (/^\d{12}$/.test(text)) {
    return `the account ${code(text)}`;
  }
  const read = readPrincipal(text);
  if (read === undefined) {
    return type?.value === 'Service' ? `the service ${code(text)}` : code(text);
  }
  return read.name === ''
    ? `the account ${code(read.account)}`
    : `the ${read.form.name} ${code(read.name)} of the account ${code(read.account)}`;
}

function what({ actions: [element] }: Statement): string {
  const texts = element?.entries.map(({ text }) => text) ?? [];
  if (element?.negated) {
    return `every action but ${some(texts.map(code))}`;
  }
  return texts.includes('*') ? 'every action' : some(texts.map(code));
}

function onWhat({ resources: [element] }: Statement): string {
  if (element === undefined) {
    return '';
  }
  const { entries, negated } = element;
  const texts = entries.map(({ text }) => text);
  if (negated) {
    return `on every resource but ${some(texts.map(code))}`;
  }
  if (texts.includes('*')) {
    return 'on every resource';
  }
  const [only, ...others] = entries;
  return others.length === 0 && only !== undefined && isExecuteApiArn(only.text)
    ? requests(only)
    : `on ${some(texts.map(code))}`;
}

/** The requests of an execute-api ARN, without the near ones that it leaves out. */
function requests(entry: ResourceEntry): string {
  const arn = entry.text;
  const read = readExecuteApiArn(arn);
  const { failsAt, fields } = read;
  if (failsAt !== undefined) {
    return `on ${code(arn)}, which matches no request`;
  }
  if (mistakesOf(entry).length > 0) {
    return `on ${code(arn)}`;
  }
  const matched = executeApiRequests(read, segmentsByRole(read));
  const region = fields.region?.text ?? '';
  const first = /^[A-Z][a-z]/.test(matched) ? matched.charAt(0).toLowerCase() + matched.slice(1) : matched;
  return `for ${first}${/^[a-z0-9-]+$/.test(region) ? ` in ${code(region)}` : ''}`;
}

function ifs({ conditions }: Statement): readonly string[] {
  const phrases = conditions.slice(0, MOST_NAMES).map(conditionPhrase);
  const more = conditions.length - phrases.length;
  return more > 0
    ? [...phrases, more === 1 ? 'one more condition holds' : `${more} more conditions hold`]
    : phrases;
}

/** The first few of a list, and how many more there are. */
function some(names: readonly string[]): string {
  return listed(names, 'and', MOST_NAMES);
}
