import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'service-linked-role-not-action-star-resource',
    category: 'warning',
    summary: 'iam:CreateServiceLinkedRole is allowed on every role by NotAction',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOT_ACTION',
    messages: {
      action:
        'NotAction does not exclude iam:CreateServiceLinkedRole, which is allowed on {resource}, without StringEquals or StringLike on iam:AWSServiceName to limit the services.',
      resource: '{resource} lets iam:CreateServiceLinkedRole create the role of any service.',
    },
  },
  create: (context) =>
    roleGrantVisitor(
      { action: 'iam:CreateServiceLinkedRole', key: 'iam:awsservicename', by: 'NotAction', on: 'star' },
      context,
    ),
});
