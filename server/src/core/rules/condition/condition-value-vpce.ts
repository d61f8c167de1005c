import { defineRule } from '../../lint/rule';
import { networkIdVisitor } from '../support/networkIds';

export const rule = defineRule({
  meta: {
    id: 'condition-value-vpce',
    category: 'error',
    summary: 'aws:SourceVpce is compared with something other than the ID of a VPC endpoint',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_VPCE_FORMAT',
    messages: {
      wrong:
        'The ID of a VPC endpoint is vpce- and 8 or 17 hexadecimal digits in lower case, and {value} is not one.',
    },
  },
  create: (context) => networkIdVisitor(context, 'aws:SourceVpce'),
});
