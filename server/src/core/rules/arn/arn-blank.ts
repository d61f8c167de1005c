import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-blank',
    category: 'error',
    summary: "A resource's ARN begins or ends with a space",
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-identifiers'],
    messages: {
      fault: 'There is a {blank} at the {end} of the name in this ARN: nothing has such a name.',
    },
  },
  create: (context) => arnFaultVisitor('blank', context, () => 'fault'),
});
