import { replaceString } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionEntry } from '../../model/policy';
import { hasWildcard } from '../../pattern/pattern';
import { arnFaultVisitor } from '../support/arnFaults';
import { IAM_POLICIES, isTakenByIam } from '../support/iamPolicies';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/** IAM answers "Action vendors (e.g., aws, ec2, etc.) must not contain wildcards", for `*:*` as for any other. */
export const rule = defineRule({
  meta: {
    id: 'service-wildcard',
    category: 'suggestion',
    refusedIn: IAM_POLICIES,
    summary: 'The service of an action or of an ARN has a wildcard',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'WILDCARD_IN_SERVICE_NAME',
    sources: ['iam-resource', 'iam-vendor-wildcard'],
    messages: {
      refused: 'IAM accepts no wildcard in the service of an action, and {value} has one.',
      action: '{value} matches every service whose name fits, including future ones.',
      fault: 'IAM accepts no wildcard in the service of an ARN, and {value} has one.',
    },
  },
  create: (context) => ({
    ...arnFaultVisitor('service-wildcard', context),
    actionText: (entry) => {
      const { node, text, service } = entry;
      const { type } = context.policy.kind;
      // In a resource control policy that is action-in-rcp's concern.
      if (service === undefined || !hasWildcard(service) || type === 'rcp' || isTemplateText(text)) {
        return;
      }
      const isRefused = isTakenByIam(type);
      if (isRefused || widens(entry)) {
        context.report({
          message: isRefused ? 'refused' : 'action',
          at: { node, from: 0, to: service.length },
          data: { value: quote(service) },
          fixes: fixesOf(entry),
        });
      }
    },
  }),
});

/** Whether more is allowed the more services there are: a Deny is meant for future ones, too. */
function widens({ element: { negated, statement } }: ActionEntry): boolean {
  return (statement.effect?.value === 'Deny') === negated;
}

/** Of all services every action is `*`; any other pattern stands for services that have to be named one by one. */
function fixesOf({ node, text }: ActionEntry): readonly Fix[] {
  return /^\*+:\*+$/.test(text)
    ? [{ title: 'Change to "*"', kind: 'suggestion', edits: () => [replaceString(node, '*')] }]
    : [];
}
