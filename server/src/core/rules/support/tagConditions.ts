import type { IamData } from '../../iamData/iamData';
import type { Action, Service } from '../../iamData/types';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ActionEntry, Condition, Statement } from '../../model/policy';
import { listed } from '../../wording';
import { demandsKey } from './conditions';
import { type ConditionUse, ifUsed } from './conditionUse';

/**
 * Reports the actions of an Allow or a Deny that know no tags of resources, although a condition demands one, and the
 * condition itself.
 */
export function unsupportedTagVisitor(
  context: RuleContext<'action' | 'key'>,
  effect: 'Allow' | 'Deny',
): Visitor {
  const { iamData } = context;
  return ifUsed(demandsTags, {
    statement: (statement) => {
      const conditions = tagConditions(statement, effect);
      const [first] = conditions;
      if (first === undefined || iamData === undefined) {
        return;
      }
      const without = statement.actions.flatMap(({ negated, entries }) =>
        negated ? [] : entries.filter((entry) => knowsNoTags(entry, iamData)),
      );
      if (without.length === 0) {
        return;
      }
      for (const { node, text } of without) {
        context.report({ message: 'action', at: node, data: { action: text, key: first.key.value } });
      }
      const services = listed([...new Set(without.map(({ service = '' }) => service.toLowerCase()))].sort());
      for (const { key, member } of conditions) {
        context.report({ message: 'key', at: member, data: { key: key.value, services } });
      }
    },
  });
}

/** Reports NotAction together with a condition on a tag of the resource, and the condition itself. */
export function notActionTagVisitor(
  context: RuleContext<'notAction' | 'key'>,
  effect: 'Allow' | 'Deny',
): Visitor {
  return ifUsed(demandsTags, {
    statement: (statement) => {
      const element = statement.actions.find(({ negated }) => negated);
      const conditions = element === undefined ? [] : tagConditions(statement, effect);
      const [first] = conditions;
      if (element === undefined || first === undefined) {
        return;
      }
      context.report({ message: 'notAction', at: element.member, data: { key: first.key.value } });
      for (const { key, member } of conditions) {
        context.report({ message: 'key', at: member, data: { key: key.value } });
      }
    },
  });
}

function demandsTags({ keys }: ConditionUse): boolean {
  return [...keys].some((key) => RESOURCE_TAG.test(key));
}

/** A condition that holds without the tag makes no difference to actions that know none. */
function tagConditions(statement: Statement, effect: 'Allow' | 'Deny'): readonly Condition[] {
  return statement.conditions.length === 0 || statement.effect?.value !== effect
    ? []
    : statement.conditions.filter(
        (condition) => RESOURCE_TAG.test(condition.key.value) && demandsKey(condition),
      );
}

/**
 * An action that tags what it creates is excused, as Access Analyzer excuses it. Of patterns only the whole of a
 * service is judged, and only where no action of it knows any tags.
 */
function knowsNoTags({ text, service, name }: ActionEntry, iamData: IamData): boolean {
  if (service === undefined) {
    return false;
  }
  if (name === '*') {
    const known = iamData.service(service);
    return known !== undefined && !remembered(serviceKnowsTags, known, hasTagKey);
  }
  const action = iamData.action(text);
  return action !== undefined && !remembered(actionKnowsTags, action, supportsTags);
}

function hasTagKey(service: Service): boolean {
  return service.conditionKeys().some(({ name }) => TAG_KEY.test(name));
}

function supportsTags(action: Action): boolean {
  return action
    .supportedConditionKeys()
    .some(({ name }) => RESOURCE_TAG.test(name) || /^aws:RequestTag\//i.test(name));
}

const RESOURCE_TAG = /^aws:ResourceTag\/./i;
const TAG_KEY = /^aws:(?:ResourceTag\/|RequestTag\/|TagKeys$)/i;

/** The reference is immutable, so that what was found out about one of its actions stays true. */
const actionKnowsTags = new WeakMap<Action, boolean>();
const serviceKnowsTags = new WeakMap<Service, boolean>();

function remembered<Key extends object>(
  memory: WeakMap<Key, boolean>,
  key: Key,
  find: (key: Key) => boolean,
): boolean {
  const known = memory.get(key) ?? find(key);
  memory.set(key, known);
  return known;
}
