import { splitArn } from '../../arn/arn';
import { isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import { arnFormatOf, arnResource, type FieldRule, meetsFormat } from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import type { PolicyScope } from '../../iamData/overlay/policyScopes';
import { defineRule } from '../../lint/rule';
import type { ResourceEntry } from '../../model/policy';
import { arnFaultsOf } from '../support/arnFaults';
import { scopeOf } from '../support/policyScope';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'resource-foreign',
    category: 'error',
    summary: 'A resource policy names a resource of another type than the one it is attached to',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['resource'],
    accessAnalyzer: 'UNSUPPORTED_RESOURCE_ARN_IN_POLICY',
    messages: {
      foreign: 'This is the policy of {resource}, and {arn} is the ARN of something else.',
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      concerns: ({ kind }) => scopeOf(kind) !== undefined,
      resource: (entry) => {
        const scope = scopeOf(context.policy.kind);
        if (scope !== undefined && isForeign(entry, scope, iamData) && !isExecuteApiMeant(entry.text)) {
          context.report({
            message: 'foreign',
            at: entry.node,
            data: { resource: scope.name, arn: quote(entry.node.written ?? entry.text) },
          });
        }
      },
    };
  },
});

/** An ARN that has a fault of its own is no proof of anything. */
function isForeign(entry: ResourceEntry, scope: PolicyScope, iamData: IamData): boolean {
  const { service, region, account, resource } = splitArn(entry.text);
  if (
    scope.resources === 'any' ||
    service === undefined ||
    region === undefined ||
    account === undefined ||
    resource === undefined ||
    isOpen(service.text) ||
    arnFaultsOf(entry, iamData).length > 0
  ) {
    return false;
  }
  if (scope.resources === undefined) {
    return service.text !== scope.service;
  }
  const compiled = arnResource(resource.text);
  return !scope.resources.some((name) => {
    const type = iamData.service(scope.service)?.resourceType(name);
    const format = type && arnFormatOf(type);
    return (
      format === undefined ||
      (format.namespace === service.text &&
        suits(region.text, format.region) &&
        suits(account.text, format.account) &&
        meetsFormat(compiled, format))
    );
  });
}

function suits(text: string, rule: FieldRule): boolean {
  return isOpen(text) || rule === 'free' || (rule === 'none') === (text === '');
}

function isOpen(text: string): boolean {
  return /[*?]|\$\{/.test(text);
}
