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
import type { ActionEntry, Statement } from '../../model/policy';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
import { textMemo } from '../support/textMemo';
import { hasWildcard } from '../support/wildcards';

/**
 * Actions and resources of one statement are combined, each with each; an action none of whose combinations is
 * possible has no effect. Service Authorization Reference, "Actions table".
 */
export const rule = defineRule({
  meta: {
    id: 'resource-action-mismatch',
    category: 'warning',
    summary: "None of the statement's resources is one that the action can be done to",
    since: '0.1.0',
    needs: 'iamData',
    messages: {
      one: "{action} is done to {types}, and none of the statement's resources is one.",
      pattern: "No action that {action} covers can be done to any of the statement's resources.",
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      statement: (statement) => {
        const targets = targetsOf(statement, iamData);
        if (targets === undefined) {
          return;
        }
        const met = new Map<ArnFormat, boolean>();
        const meets = (format: ArnFormat, action: Action): boolean => {
          let found = met.get(format);
          if (found === undefined) {
            found = targets.some((target) => meetsTarget(target, format, action.service));
            met.set(format, found);
          }
          return found;
        };
        for (const { negated, entries } of statement.actions) {
          for (const entry of negated ? [] : entries) {
            const actions = judgeable(entry, iamData);
            if (actions.length > 0 && !actions.some((action) => canMeet(action, meets))) {
              const types = new Set(actions[0]?.resources.map(({ type }) => type.name));
              context.report({
                message: hasWildcard(entry.text) ? 'pattern' : 'one',
                at: entry.node,
                data: { action: quote(entry.text), types: [...types].join(', ') },
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

/** What the statement's resources can be; `undefined` as soon as one can be anything or is not understood. */
function targetsOf({ resources }: Statement, iamData: IamData): readonly Target[] | undefined {
  const targets: Target[] = [];
  for (const { negated, entries } of resources) {
    for (const { text } of entries) {
      const target = negated || text === '*' ? undefined : targetOf(text, iamData);
      if (target === undefined) {
        return undefined;
      }
      targets.push(target);
    }
  }
  return targets.length === 0 ? undefined : targets;
}

/** Only what fits a format of its own service is understood; execute-api ARNs have rules of their own. */
const targetOf = textMemo((text: string, iamData: IamData): Target | undefined => {
  const { prefix, service, resource } = splitArn(text);
  if (
    prefix.text !== 'arn' ||
    service === undefined ||
    resource === undefined ||
    service.text === 'execute-api' ||
    isTemplateText(text.slice(0, resource.from))
  ) {
    return undefined;
  }
  const compiled = arnResource(resource.text);
  return ownArnFormats(iamData, service.text).some((format) => meetsFormat(compiled, format))
    ? { namespace: service.text, resource: compiled }
    : undefined;
});

/** The known actions of an entry; none where one of them may be done to anything, or to nothing in particular. */
function judgeable({ text, service }: ActionEntry, iamData: IamData): readonly Action[] {
  if (service === undefined || isTemplateText(text) || service.toLowerCase() === 'execute-api') {
    return [];
  }
  const action = iamData.action(text);
  const actions = action !== undefined ? [action] : hasWildcard(text) ? iamData.expandActions(text) : [];
  return actions.every(({ resources }) => resources.length > 0) ? actions : [];
}

function canMeet(action: Action, meets: (format: ArnFormat, action: Action) => boolean): boolean {
  return action.resources.some(({ type }) => meets(arnFormatOf(type), action));
}

function meetsTarget({ namespace, resource }: Target, format: ArnFormat, service: string): boolean {
  if (!EXACT_TABLES.has(service)) {
    return namespace === service || namespace === format.namespace || format.namespace === '';
  }
  return (
    format.namespace === namespace &&
    meetsFormat(resource, format) &&
    !(SLASHLESS_TYPES.has(`${service}/${format.type.name}`) && isBelow(resource.text, format))
  );
}

/** Whether whatever the resource matches has more slashes than the format. */
function isBelow(resource: string, { type }: ArnFormat): boolean {
  return countOfSlashes(resource) > countOfSlashes(type.arn);
}

/** What stands for a placeholder or a variable has slashes of its own, or none. */
function countOfSlashes(text: string): number {
  return text.replaceAll(/\$\{[^}]*\}/g, '').split('/').length;
}
