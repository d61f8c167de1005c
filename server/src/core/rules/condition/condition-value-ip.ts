import { defineRule } from '../../lint/rule';
import { readIpRange } from '../../model/ipRange';
import { wrongValuesVisitor } from '../support/wrongValues';

export const rule = defineRule({
  meta: {
    id: 'condition-value-ip',
    category: 'error',
    summary: 'A value under IpAddress or NotIpAddress is not an address',
    since: '0.1.0',
    fixable: 'suggestion',
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
      meant: (text) => [rewritten(text)].find((range) => readIpRange(range) !== undefined),
    }),
});

/** Blanks go, and wildcards in place of the last numbers become the prefix that they stand for. */
function rewritten(text: string): string {
  const range = text.replaceAll(/\s+/g, '');
  const [, numbers, stars] = /^((?:\d{1,3}\.){1,3})(\*(?:\.\*)*)$/.exec(range) ?? [];
  const known = numbers?.split('.').filter((number) => number !== '') ?? [];
  const open = stars?.split('.') ?? [];
  return known.length + open.length === 4
    ? `${[...known, ...open.map(() => '0')].join('.')}/${known.length * 8}`
    : range;
}
