import { defineRule } from '../../lint/rule';
import { networkIdVisitor } from '../support/networkIds';

export const rule = defineRule({
  meta: {
    id: 'condition-value-vpc',
    category: 'error',
    summary: 'aws:SourceVpc is compared with something other than the ID of a VPC',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_VPC_FORMAT',
    messages: {
      wrong: 'The ID of a VPC is vpc- and 8 or 17 hexadecimal digits in lower case, and {value} is not one.',
    },
  },
  create: (context) => networkIdVisitor(context, 'aws:SourceVpc'),
});
