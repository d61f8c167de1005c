import { defineRule } from '../../lint/rule';
import { readIpRange } from '../support/ipRange';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-ip',
    category: 'error',
    summary: 'A value under IpAddress or NotIpAddress is no address',
    since: '0.1.0',
    accessAnalyzer: 'TYPE_MISMATCH_IP_RANGE',
    messages: {
      wrong:
        '{operator} compares with an address or an address block such as 203.0.113.0/24, and {value} is neither.',
    },
  },
  create: (context) =>
    wrongValuesVisitor(context, {
      families: ['IpAddress'],
      isWrong: ({ text }) => readIpRange(text) === undefined,
    }),
});
