import type { IamData } from '../../iamData/iamData';
import type { AccessLevel, Action } from '../../iamData/types';
import type { ActionEntry } from '../../model/policy';
import { own } from '../../own';
import { hasWildcard } from '../../pattern/pattern';
import { counted, grouped, shortened } from '../../wording';
import { code, escaped, link } from '../markdown';

/** The address under which an editor lists every action of a pattern. */
export type ActionsLink = (pattern: string) => string;

/**
 * The list of all services with their actions. The pages of the services are named after titles that the data does
 * not have, so a link to one would be a guess.
 */
const REFERENCE =
  'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html';

/** Access levels, the widest reach first. */
const LEVELS: readonly AccessLevel[] = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

/** Names listed under a wildcard, over all access levels. */
const MOST_NAMES = 20;
const MOST_KEYS = 12;
const MOST_RESOURCES = 6;

/** What there is to say about an action or an action pattern; `undefined` where nothing is known. */
export function actionText(
  entry: Pick<ActionEntry, 'text'> & { readonly element: Pick<ActionEntry['element'], 'negated'> },
  iamData: IamData | undefined,
  actionsLink?: ActionsLink,
): string | undefined {
  const { text } = entry;
  const parts = hasWildcard(text) ? patternText(text, iamData, actionsLink) : singleText(text, iamData);
  if (parts === undefined) {
    return undefined;
  }
  const negated = entry.element.negated
    ? ['In `NotAction`: the statement is about every action but these.']
    : [];
  return [...parts, ...negated].join('\n\n');
}

/** What a service prefix stands for. */
export function serviceText(prefix: string, iamData: IamData | undefined): string | undefined {
  const service = iamData?.service(prefix);
  if (service !== undefined) {
    return `${code(service.prefix)} ${escaped(service.name)}, ${counted(service.actionCount, 'action')}.`;
  }
  return iamData === undefined || hasWildcard(prefix) || prefix === ''
    ? undefined
    : `${code(prefix)} is not a service prefix known on ${iamData.date}.`;
}

function singleText(text: string, iamData: IamData | undefined): readonly string[] | undefined {
  const note = own(EXECUTE_API_NOTES, text.toLowerCase());
  const action = iamData?.action(text);
  if (action === undefined) {
    if (note !== undefined) {
      return [`**${note.name}**`, note.text];
    }
    return iamData === undefined || !text.includes(':')
      ? undefined
      : [`${code(text)} is not an action known on ${iamData.date}.`];
  }
  const service = iamData?.service(action.service)?.name ?? action.service;
  const description = iamData?.actionDescription(action.service, action.name);
  return [
    `**${escaped(action.id)}** (${escaped(service)}), access level ${action.accessLevels.join(' and ')}`,
    ...(description === undefined ? [] : [escaped(description)]),
    ...(note === undefined ? [] : [note.text]),
    resourcesText(action),
    ...keysText(action),
    ...dependentsText(action),
    link('Service Authorization Reference', REFERENCE),
  ];
}

function resourcesText(action: Action): string {
  if (action.resources.length === 0) {
    return 'Names no resource: it can only be granted on `*`.';
  }
  const rows = action.resources
    .slice(0, MOST_RESOURCES)
    .map(
      ({ type, required }) => `- ${escaped(type.name)}${required ? ' (required)' : ''}: ${code(type.arn)}`,
    );
  const more = action.resources.length - rows.length;
  return ['Resource types:', '', ...rows, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n');
}

function keysText(action: Action): readonly string[] {
  const keys = action.supportedConditionKeys().map(({ name }) => code(name));
  return keys.length === 0 ? [] : [`Condition keys: ${shortened(keys, MOST_KEYS)}.`];
}

function dependentsText(action: Action): readonly string[] {
  const dependents = [
    ...new Set([
      ...action.dependentActions,
      ...action.resources.flatMap((resource) => resource.dependentActions),
    ]),
  ];
  return dependents.length === 0 ? [] : [`May need as well: ${shortened(dependents.map(code), MOST_KEYS)}.`];
}

/** What an action pattern covers, in Markdown paragraphs; `undefined` without the service reference. */
export function patternText(
  text: string,
  iamData: IamData | undefined,
  actionsLink?: ActionsLink,
): readonly string[] | undefined {
  if (iamData === undefined) {
    return undefined;
  }
  if (/^\*+$/.test(text)) {
    const services = iamData.services();
    const total = services.reduce((sum, { actionCount }) => sum + actionCount, 0);
    return [
      `${code(text)} covers every action of every service: ${counted(total, 'action')} of ${counted(
        services.length,
        'service',
      )} on ${iamData.date}, and all that are added later.`,
    ];
  }
  const actions = iamData.expandActions(text);
  if (actions.length === 0) {
    return [`${code(text)} covers no action that was known on ${iamData.date}.`];
  }
  const prefixes = new Set(actions.map(({ service }) => service));
  const [only] = prefixes;
  const of =
    prefixes.size === 1 ? (iamData.service(only ?? '')?.name ?? only) : counted(prefixes.size, 'service');
  return [
    `${code(text)} covers ${counted(actions.length, 'action')} of ${of}, and those that are added later:`,
    levelsText(actions, prefixes.size > 1 ? (action) => action.id : (action) => action.name),
    ...(actionsLink !== undefined && actions.length > MOST_NAMES && text.length <= LONGEST_LINKED
      ? [link(`List all ${grouped(actions.length)}`, actionsLink(text))]
      : []),
  ];
}

/** A longer pattern was not written by hand. */
const LONGEST_LINKED = 200;

/** Actions by their access level, the widest reach first. */
export function actionGroups(
  actions: readonly Action[],
): readonly { readonly level: AccessLevel; readonly actions: readonly Action[] }[] {
  return LEVELS.map((level) => ({
    level,
    actions: actions.filter((action) => action.accessLevels[0] === level),
  })).filter((group) => group.actions.length > 0);
}

/** Each level gets an equal share of the names, and what one leaves over goes to the others. */
function levelsText(actions: readonly Action[], nameOf: (action: Action) => string): string {
  const groups = actionGroups(actions).map((group) => ({
    level: group.level,
    names: group.actions.map(nameOf),
  }));
  const shares = sharesOf(
    groups.map(({ names }) => names.length),
    MOST_NAMES,
  );
  return groups
    .map(
      ({ level, names }, index) =>
        `- **${level}** (${names.length}): ${shortened(names.map(code), shares[index] ?? 0)}`,
    )
    .join('\n');
}

function sharesOf(sizes: readonly number[], total: number): readonly number[] {
  const shares = sizes.map(() => 0);
  let left = total;
  let hungry = true;
  while (left > 0 && hungry) {
    hungry = false;
    for (const [index, size] of sizes.entries()) {
      const share = shares[index] ?? 0;
      if (left > 0 && share < size) {
        shares[index] = share + 1;
        left -= 1;
        hungry = true;
      }
    }
  }
  return shares;
}

/**
 * What the one-sentence descriptions of execute-api's three actions leave out. API Gateway Developer Guide, "Enabling
 * API caching", "Control access for invoking an API", "Use @connections commands".
 */
const EXECUTE_API_NOTES: Readonly<Record<string, { readonly name: string; readonly text: string }>> = {
  'execute-api:invoke': {
    name: 'execute-api:Invoke',
    text: 'Calls a deployed API. It counts for methods with IAM authorization, and in the resource policy of a REST API for all callers.',
  },
  'execute-api:invalidatecache': {
    name: 'execute-api:InvalidateCache',
    text: 'Invalidates one entry of a stage’s cache, by a request with `Cache-Control: max-age=0`. On a method with IAM authorization `execute-api:Invoke` is needed too. Only REST APIs have a cache, and not for callers from another account.',
  },
  'execute-api:manageconnections': {
    name: 'execute-api:ManageConnections',
    text: 'Sends to, looks at and closes the connections of a WebSocket API; its resources are `API/STAGE/METHOD/@connections/ID`.',
  },
};
