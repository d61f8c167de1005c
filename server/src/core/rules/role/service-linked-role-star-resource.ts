import { defineRule } from '../../lint/rule';
import { roleGrantVisitor } from '../support/roleGrant';

export const rule = defineRule({
  meta: {
    id: 'service-linked-role-star-resource',
    category: 'warning',
    summary: 'iam:CreateServiceLinkedRole is allowed on every role',
    since: '0.1.0',
    appliesTo: ['identity'],
    accessAnalyzer: 'CREATE_SLR_WITH_STAR_IN_RESOURCE',
    messages: {
      action:
        '{action} is allowed on {resource}, without StringEquals or StringLike on iam:AWSServiceName to limit the services.',
      resource: '{resource} lets iam:CreateServiceLinkedRole create the role of any service.',
    },
  },
  create: (context) =>
    roleGrantVisitor(
      { action: 'iam:CreateServiceLinkedRole', key: 'iam:awsservicename', by: 'name', on: 'star' },
      context,
    ),
});
