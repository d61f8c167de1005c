import { splitArn } from '../../arn/arn';
import {
  type ArnFormat,
  type ArnResource,
  arnFormatOf,
  arnResource,
  meetsFormat,
  ownArnFormats,
} from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import { EXACT_TABLES, SLASHLESS_TYPES } from '../../iamData/overlay/exactTables';
import type { Action } from '../../iamData/types';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { noted, notedFor } from '../../pattern/internedText';
import { memoize } from '../../pattern/memo';
import { hasWildcard } from '../../pattern/pattern';
import { isTemplateText, withVariables } from '../support/known';
import { quote } from '../support/quote';
import { resourceTypesOf } from '../support/resourceTypes';

/**
 * Actions and resources of one statement are combined, each with each; an action none of whose combinations is
 * possible has no effect. Service Authorization Reference, "Actions table".
 */
export const rule = defineRule({
  meta: {
    id: 'resource-action-mismatch',
    category: 'warning',
    summary: "The action applies to none of the statement's resources",
    since: '0.1.0',
    needs: 'iamData',
    sources: ['service-authorization'],
    messages: {
      one: "{action} applies to resources of type {types}, and none of the statement's resources is one.",
      pattern: "No action that {action} covers applies to any of the statement's resources.",
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      statement: (statement) => {
        if (!hasOnlyTargets(statement)) {
          return;
        }
        for (const { negated, entries } of statement.actions) {
          for (const entry of negated ? NONE : entries) {
            const actions = judgeable(entry.interned, iamData);
            const [first] = actions;
            if (
              first !== undefined &&
              !canMeet(actions, statement) &&
              // Asked last, since it is seldom needed and lays a resource beside every format of its service.
              targetsOf(statement).every((target) => isUnderstood(target, iamData))
            ) {
              context.report({
                message: hasWildcard(entry.text) ? 'pattern' : 'one',
                at: entry.node,
                data: { action: quote(entry.text), types: resourceTypesOf(first) },
              });
            }
          }
        }
      },
    };
  },
});

interface Target {
  readonly namespace: string;
  readonly resource: ArnResource;
}

const NONE: readonly never[] = [];

/** Whether the statement has resources, and none of them can be anything or is no ARN. */
function hasOnlyTargets({ resources }: Statement): boolean {
  let has = false;
  for (const { negated, entries } of resources) {
    for (const { interned } of entries) {
      if (negated || targetOf(interned) === undefined) {
        return false;
      }
      has = true;
    }
  }
  return has;
}

function targetsOf({ resources }: Statement): readonly Target[] {
  return resources.flatMap(({ entries }) => entries.flatMap(({ interned }) => targetOf(interned) ?? []));
}

/** execute-api ARNs have rules of their own. */
const targetOf = noted((text, interned): Target | undefined => {
  const { prefix, service, resource } = splitArn(withVariables(interned));
  if (
    prefix.text !== 'arn' ||
    service === undefined ||
    resource === undefined ||
    service.text === 'execute-api' ||
    (isTemplateText(text) && isTemplateText(text.slice(0, resource.from)))
  ) {
    return undefined;
  }
  return { namespace: service.text, resource: arnResource(resource.text) };
});

/** Whether the ARN fits a format of its own service. */
function isUnderstood({ namespace, resource }: Target, iamData: IamData): boolean {
  return ownArnFormats(iamData, namespace).some((format) => meetsFormat(resource, format));
}

/** The known actions that an entry names; none where one of them may be done to anything, or to nothing in particular. */
const judgeable = notedFor((text: string, iamData: IamData): readonly Action[] => {
  if (!text.includes(':') || isTemplateText(text) || /^execute-api:/i.test(text)) {
    return NONE;
  }
  const action = iamData.action(text);
  const actions = action !== undefined ? [action] : hasWildcard(text) ? iamData.expandActions(text) : NONE;
  return actions.every(({ resources }) => resources.length > 0) ? actions : NONE;
});

/** Whether one of the actions can be done to one of the statement's resources: the first to the first, mostly. */
function canMeet(actions: readonly Action[], { resources }: Statement): boolean {
  for (const action of actions) {
    for (const { entries } of resources) {
      for (const { interned } of entries) {
        const target = targetOf(interned);
        if (target !== undefined && meetsAction(target, action)) {
          return true;
        }
      }
    }
  }
  return false;
}

function meetsAction(target: Target, { resources, service }: Action): boolean {
  const isExact = EXACT_TABLES.has(service);
  for (const { type } of resources) {
    const format = arnFormatOf(type);
    if (isExact ? meetsExactly(target, format, service) : isOfNamespace(target, format, service)) {
      return true;
    }
  }
  return false;
}

function isOfNamespace({ namespace }: Target, format: ArnFormat, service: string): boolean {
  return namespace === service || namespace === format.namespace || format.namespace === '';
}

function meetsExactly({ namespace, resource }: Target, format: ArnFormat, service: string): boolean {
  return (
    format.namespace === namespace &&
    meetsFormat(resource, format) &&
    !(SLASHLESS_TYPES.get(service) === format.type.name && isBelow(resource.text, format))
  );
}

/** Whether whatever the resource matches has more slashes than the format. */
function isBelow(resource: string, { type }: ArnFormat): boolean {
  return countOfSlashes(resource) > slashesOfFormat(type.arn);
}

/** What stands for a placeholder or a variable has slashes of its own, or none. */
function countOfSlashes(text: string): number {
  const plain = text.includes('${') ? text.replaceAll(/\$\{[^{}]*\}/g, '') : text;
  return plain.split('/').length;
}

const slashesOfFormat = memoize(countOfSlashes);
