import { splitArn } from '../../arn/arn';
import { SHORTHAND_PREFIX } from '../../arn/executeApi';
import { openDocument } from '../../document';
import type { EvaluationRequest } from '../../evaluate/request';
import { type ArnResource, arnFormatOf, arnResource, meetsFormat } from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import type { Action } from '../../iamData/types';
import { lint } from '../../lint/lint';
import type { AnyRule } from '../../lint/rule';
import { rule as actionUnknown } from '../../rules/action/action-unknown';
import { rule as serviceUnknown } from '../../rules/action/service-unknown';
import { rule as keyGlobalUnknown } from '../../rules/condition/condition-key-global-unknown';
import { rule as keyUnknown } from '../../rules/condition/condition-key-unknown';
import { quote } from '../../rules/support/quote';
import { resourceTypesOf } from '../../rules/support/resourceTypes';

/**
 * Why AWS may never ask what is asked, by the service reference, as sentences: there is no such action or condition key,
 * or the action does not apply to what the ARN names. Doubts and no more, since either may be younger than the reference.
 */
export function questionDoubts(
  { action, resource, context }: EvaluationRequest,
  iamData: IamData | undefined,
): readonly string[] {
  return iamData === undefined
    ? []
    : [
        ...nameDoubts(action, [...(context?.keys() ?? [])], iamData),
        ...resourceDoubts(action, resource, iamData),
      ];
}

/** What the linter would say about the action and the condition keys in a policy. */
function nameDoubts(action: string, keys: readonly string[], iamData: IamData): readonly string[] {
  const statement = {
    Effect: 'Allow',
    Action: action,
    Resource: '*',
    ...(keys.length === 0
      ? {}
      : { Condition: { StringLike: Object.fromEntries(keys.map((key) => [key, '*'])) } }),
  };
  const { policies, text } = openDocument({
    text: JSON.stringify({ Version: '2012-10-17', Statement: statement }),
    language: 'json',
  });
  return lint({ policies, text, rules: NAME_RULES, settings: NO_SETTINGS, iamData }).findings.map(
    ({ message }) => message,
  );
}

const NAME_RULES = [actionUnknown, serviceUnknown, keyUnknown, keyGlobalUnknown] as readonly AnyRule[];

const NO_SETTINGS: readonly never[] = [];

/**
 * Some actions apply to what belongs to another service, and their tables say so. Within its own service an action
 * is given the benefit of the doubt: its table need not have every form of an ARN.
 */
function resourceDoubts(action: string, resource: string, iamData: IamData): readonly string[] {
  const target = targetOf(resource);
  // A wildcard for the service would ask the whole reference, and of that something always fits.
  const actions = /^[^*?]+:/.test(action) ? iamData.expandActions(action) : [];
  const [first] = actions;
  if (
    target === undefined ||
    first === undefined ||
    target.service === first.service ||
    actions.some((each) => each.resources.length === 0 || isDoneTo(each, target))
  ) {
    return [];
  }
  return [
    actions.length > 1
      ? `No action that ${quote(action)} covers applies to ${quote(resource)}.`
      : `${quote(action)} applies to resources of type ${resourceTypesOf(first)}, and ${quote(resource)} is not one.`,
  ];
}

interface Target {
  readonly service: string;
  readonly resource: ArnResource;
}

/** What an ARN names; `undefined` where its service is not known. */
function targetOf(arn: string): Target | undefined {
  if (arn.startsWith(SHORTHAND_PREFIX)) {
    return { service: 'execute-api', resource: arnResource(`*/${arn.slice(SHORTHAND_PREFIX.length)}`) };
  }
  const { service, resource } = splitArn(arn);
  return service === undefined || resource === undefined || /[*?]|\$\{/.test(service.text)
    ? undefined
    : { service: service.text, resource: arnResource(resource.text) };
}

/** A format that leaves the service open is of recovery points, whose ARNs look as each service likes. */
function isDoneTo({ resources }: Action, { service, resource }: Target): boolean {
  return resources.some(({ type }) => {
    const format = arnFormatOf(type);
    return format.namespace === '' || (format.namespace === service && meetsFormat(resource, format));
  });
}
