import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-path-encoding',
    category: 'suggestion',
    summary: 'AWS does not document how IAM compares paths with characters that are sent percent-encoded',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-invoke'],
    messages: {
      mistake:
        '"{value}" holds "{odd}", and AWS does not document whether IAM compares paths encoded or decoded: * matches either.',
    },
  },
  create: (context) => mistakeVisitor('path-encoding', context),
});
