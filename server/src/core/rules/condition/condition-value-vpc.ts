import { defineRule } from '../../lint/rule';
import { keyValueVisitor } from '../support/keyValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-vpc',
    category: 'error',
    summary: 'aws:SourceVpc is compared with something that is no id of a VPC',
    since: '0.1.0',
    accessAnalyzer: 'INVALID_VPC_FORMAT',
    messages: {
      wrong: 'The id of a VPC is vpc- and 8 or 17 hexadecimal digits, and {value} is none.',
    },
  },
  create: (context) =>
    keyValueVisitor(context, {
      keys: new Set(['aws:sourcevpc']),
      isWrong: (text) => !/^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/i.test(text),
    }),
});
