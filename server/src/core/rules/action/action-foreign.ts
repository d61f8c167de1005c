import type { IamData } from '../../iamData/iamData';
import type { PolicyScope } from '../../iamData/overlay/policyScopes';
import { defineRule } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { scopeOf } from '../support/policyScope';
import { quote } from '../support/quote';
import { hasWildcard } from '../support/wildcards';

export const rule = defineRule({
  meta: {
    id: 'action-foreign',
    category: 'error',
    summary: 'A resource policy names an action that is not done to such a resource',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['resource', 'trust'],
    accessAnalyzer: 'UNSUPPORTED_ACTION_IN_POLICY',
    fixable: 'suggestion',
    messages: {
      foreign: '{action} is not done to {resource}, whose policy this is.',
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      concerns: ({ kind }) => scopeOf(kind) !== undefined,
      action: (entry) => {
        const scope = scopeOf(context.policy.kind);
        if (
          scope !== undefined &&
          !entry.element.negated &&
          !isTemplateText(entry.text) &&
          isForeign(entry, scope, iamData)
        ) {
          context.report({
            message: 'foreign',
            at: entry.node,
            data: { action: quote(entry.text), resource: scope.name },
            fixes: removeEntryFix(entry.node),
          });
        }
      },
    };
  },
});

/** Only what the reference knows is foreign for certain; an unknown action is another rule's business. */
function isForeign({ text, service, name }: ActionEntry, scope: PolicyScope, iamData: IamData): boolean {
  if (service === undefined || name === '') {
    return false;
  }
  const isOfService = hasWildcard(service)
    ? matches(compilePattern(service, { case: 'ignore' }), scope.service)
    : service.toLowerCase() === scope.service;
  if (!isOfService) {
    return iamData.coversAnyAction(text);
  }
  if (scope.actions !== undefined) {
    const pattern = compilePattern(text, { case: 'ignore' });
    return !scope.actions.some((action) => matches(pattern, action)) && iamData.coversAnyAction(text);
  }
  const { actsOn } = scope;
  const actions = iamData.expandActions(`${scope.service}:${name}`);
  return (
    actsOn !== undefined &&
    actions.length > 0 &&
    !actions.some(({ resources }) => resources.some(({ type }) => actsOn.includes(type.name)))
  );
}
