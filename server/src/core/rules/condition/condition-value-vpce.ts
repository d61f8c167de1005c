import { defineRule } from '../../lint/rule';
import { keyValueVisitor } from '../support/keyValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-vpce',
    category: 'error',
    summary: 'aws:SourceVpce is compared with something that is no id of a VPC endpoint',
    since: '0.1.0',
    accessAnalyzer: 'INVALID_VPCE_FORMAT',
    messages: {
      wrong: 'The id of a VPC endpoint is vpce- and 8 or 17 hexadecimal digits, and {value} is none.',
    },
  },
  create: (context) =>
    keyValueVisitor(context, {
      keys: new Set(['aws:sourcevpce']),
      isWrong: (text) => !/^vpce-(?:[0-9a-z]{8}|[0-9a-z]{17})$/i.test(text),
    }),
});
