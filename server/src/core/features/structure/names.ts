import { splitArn } from '../../arn/arn';
import type { PolicyType } from '../../locate/policyType';
import type { PrincipalEntry, ResourceEntry, Statement } from '../../model/policy';
import { internText, noted } from '../../pattern/internedText';
import { reachableArnIn } from '../../rules/support/executeApiUse';
import { segmentsByRole } from '../explain/executeApiSegments';

/** What a policy is called where several stand in a document. */
export const POLICY_NAMES: Readonly<Record<PolicyType, string>> = {
  identity: 'Identity policy',
  resource: 'Resource policy',
  trust: 'Trust policy',
  scp: 'Service control policy',
  rcp: 'Resource control policy',
  boundary: 'Permissions boundary',
  session: 'Session policy',
  endpoint: 'VPC endpoint policy',
};

/**
 * What a statement does, in a few words without line breaks: `Allow execute-api:Invoke on GET /pets/*`. Of a
 * statement in the making it says what there is.
 */
export function statementSummary({ members, effect, actions, principals, resources }: Statement): string {
  const words = [
    effect?.value ?? '',
    summed(actions, ({ text }) => actionName(text)),
    behind('for', summed(principals, principalName)),
    behind('on', summed(resources, resourceName)),
  ].filter((word) => word !== '');
  const empty = members.length === 0 ? 'Empty statement' : 'Unfinished statement';
  return oneLine(words.join(' ')) || empty;
}

/** An action as an outline names it. */
export function actionName(text: string): string {
  return isEverything(text) ? 'all actions' : text;
}

/** The request of an execute-api ARN, the resource part of any other. */
export function resourceName({ interned }: ResourceEntry): string {
  return resourceNameOf(interned);
}

const resourceNameOf = noted((text) => {
  if (isEverything(text)) {
    return 'all resources';
  }
  const read = reachableArnIn(internText(text));
  const segments = read === undefined ? [] : segmentsByRole(read);
  const method = segments.find(({ role }) => role === 'method');
  if (method === undefined) {
    return splitArn(text).resource?.text || text;
  }
  const path = segments.find(({ role }) => role === 'path')?.text ?? '';
  return `${method.text === '*' ? 'any method' : method.text} /${path}`;
});

/** IAM User Guide, "AWS JSON policy elements: Principal": an account is written as its digits or as its root's ARN. */
export function principalName({ text }: PrincipalEntry): string {
  if (isEverything(text)) {
    return 'anybody';
  }
  const account = /^(?:arn:[\w-]+:iam::)?(\d{12})(?::root)?$/.exec(text)?.[1];
  return account === undefined ? splitArn(text).resource?.text || text : `account ${account}`;
}

/** Keeps what an editor shows in one line in one line. */
export function oneLine(text: string): string {
  return /\s\s|[^\S ]|^ | $/.test(text) ? text.replaceAll(/\s+/g, ' ').trim() : text;
}

/** `s3:GetObject and 3 more`, in the Not… form `everything but` these; beside `*` the others say nothing. */
function summed<Entry extends { readonly text: string }>(
  elements: readonly { readonly negated: boolean; readonly entries: readonly Entry[] }[],
  nameOf: (entry: Entry) => string,
): string {
  const [element] = elements;
  const entries = element?.entries.filter(({ text }) => text.trim() !== '') ?? [];
  const everything = entries.filter(({ text }) => isEverything(text));
  const [first, ...others] = everything.length === 0 ? entries : everything.slice(0, 1);
  if (element === undefined || first === undefined) {
    return '';
  }
  const name = nameOf(first);
  const names = others.length === 0 ? name : `${name} and ${others.length} more`;
  return element.negated ? `everything but ${names}` : names;
}

function behind(word: string, text: string): string {
  return text === '' ? '' : `${word} ${text}`;
}

function isEverything(text: string): boolean {
  return /^\*+$/.test(text);
}
