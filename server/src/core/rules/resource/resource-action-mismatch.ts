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
import { notedFor } from '../../pattern/word';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';
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
        for (const { negated, entries } of statement.actions) {
          for (const entry of negated ? [] : entries) {
            const actions = judgeable(entry.word, iamData);
            if (
              actions.length > 0 &&
              !actions.some((action) => canMeet(action, targets)) &&
              // Asked last, since it is seldom needed and lays a resource beside every format of its service.
              targets.every((target) => target.isUnderstood())
            ) {
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
  /** The formats that were asked about; a format belongs to one service. */
  readonly met: Map<ArnFormat, boolean>;
  /** Whether the ARN fits a format of its own service. */
  readonly isUnderstood: () => boolean;
}

/** What the statement's resources can be; `undefined` as soon as one can be anything or is no ARN. */
function targetsOf({ resources }: Statement, iamData: IamData): readonly Target[] | undefined {
  const targets: Target[] = [];
  for (const { negated, entries } of resources) {
    for (const { word } of entries) {
      const target = negated ? undefined : targetOf(word, iamData);
      if (target === undefined) {
        return undefined;
      }
      targets.push(target);
    }
  }
  return targets.length === 0 ? undefined : targets;
}

/** execute-api ARNs have rules of their own. */
const targetOf = notedFor((text: string, iamData: IamData): Target | undefined => {
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
  return {
    namespace: service.text,
    resource: compiled,
    met: new Map(),
    isUnderstood: () => ownArnFormats(iamData, service.text).some((format) => meetsFormat(compiled, format)),
  };
});

/** The known actions that an entry names; none where one of them may be done to anything, or to nothing in particular. */
const judgeable = notedFor((text: string, iamData: IamData): readonly Action[] => {
  if (!text.includes(':') || isTemplateText(text) || /^execute-api:/i.test(text)) {
    return [];
  }
  const action = iamData.action(text);
  const actions = action !== undefined ? [action] : hasWildcard(text) ? iamData.expandActions(text) : [];
  return actions.every(({ resources }) => resources.length > 0) ? actions : [];
});

function canMeet({ resources, service }: Action, targets: readonly Target[]): boolean {
  const isExact = EXACT_TABLES.has(service);
  return resources.some(({ type }) => {
    const format = arnFormatOf(type);
    return targets.some((target) =>
      isExact ? meetsExactly(target, format, service) : isOfNamespace(target, format, service),
    );
  });
}

function isOfNamespace({ namespace }: Target, format: ArnFormat, service: string): boolean {
  return namespace === service || namespace === format.namespace || format.namespace === '';
}

/** The targets are remembered by their text, and so is what they meet. */
function meetsExactly({ namespace, resource, met }: Target, format: ArnFormat, service: string): boolean {
  let found = met.get(format);
  if (found === undefined) {
    found = meetsTarget(namespace, resource, format, service);
    met.set(format, found);
  }
  return found;
}

function meetsTarget(namespace: string, resource: ArnResource, format: ArnFormat, service: string): boolean {
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
