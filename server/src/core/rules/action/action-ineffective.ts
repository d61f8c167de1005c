import { defineRule } from '../../lint/rule';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { scopeOf, standingOf } from '../support/policyScope';
import { quote } from '../support/quote';

/**
 * The policy of a resource is evaluated only for requests to that resource. Some services refuse such a policy, which
 * is a finding of action-foreign. The policies of VPC endpoints look the same, but apply to everything that a service
 * does.
 */
export const rule = defineRule({
  meta: {
    id: 'action-ineffective',
    category: 'warning',
    summary: 'A resource policy names an action that does not apply to its resource',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['resource'],
    fixable: 'suggestion',
    sources: ['service-authorization'],
    messages: {
      beyond:
        '{action} does not apply to {resource}, which this policy is attached to, and has no effect here.',
    },
  },
  create: (context) => {
    const { iamData } = context;
    if (iamData === undefined) {
      return {};
    }
    return {
      concerns: ({ kind }) => kind.isGuess !== true && scopeOf(kind)?.isLenient === true,
      action: (entry) => {
        const scope = scopeOf(context.policy.kind);
        if (
          scope !== undefined &&
          !entry.element.negated &&
          !isTemplateText(entry.text) &&
          standingOf(entry, scope, iamData) === 'beyond'
        ) {
          context.report({
            message: 'beyond',
            at: entry.node,
            data: { action: quote(entry.text), resource: scope.name },
            fixes: removeEntryFix(entry.node),
          });
        }
      },
    };
  },
});
