import type { PolicyScope } from '../../iamData/overlay/policyScopes';
import { defineRule } from '../../lint/rule';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { type Standing, scopeOf, standingOf } from '../support/policyScope';
import { quote } from '../support/quote';

export const rule = defineRule({
  meta: {
    id: 'action-foreign',
    category: 'error',
    summary: 'A resource policy names an action that does not apply to such a resource',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['resource', 'trust'],
    accessAnalyzer: 'UNSUPPORTED_ACTION_IN_POLICY',
    fixable: 'suggestion',
    messages: {
      foreign: '{action} does not apply to {resource}, which this policy is attached to.',
      unlisted: 'Amazon SNS does not accept {action} in a topic policy.',
      star: 'Amazon SNS does not accept {action} in a topic policy: name the actions on topics one by one.',
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
        const { kind } = context.policy;
        const scope = scopeOf(kind);
        if (scope === undefined || entry.element.negated || isTemplateText(entry.text)) {
          return;
        }
        const standing = standingOf(entry, scope, iamData);
        // The policy of a VPC endpoint may name all actions of the service.
        if (
          standing === 'foreign' ||
          (standing !== 'fine' && scope.isLenient !== true && kind.isGuess !== true)
        ) {
          context.report({
            message: messageOf(standing, scope),
            at: entry.node,
            data: { action: quote(entry.text), resource: scope.name },
            fixes: removeEntryFix(entry.node),
          });
        }
      },
    };
  },
});

/** The guide of Amazon SNS lists the actions that it accepts; some others apply to topics, but are refused. */
function messageOf(standing: Standing, { service }: PolicyScope): 'foreign' | 'star' | 'unlisted' {
  return standing === 'star' ? 'star' : standing === 'beyond' && service === 'sns' ? 'unlisted' : 'foreign';
}
