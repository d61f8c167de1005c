import { defineRule } from '../../lint/rule';
import { somePrivateSourceIpVisitor } from '../support/privateSourceIp';

export const rule = defineRule({
  meta: {
    id: 'source-ip-private-some-negated',
    category: 'suggestion',
    summary: 'aws:SourceIp excludes a private address beside public ones',
    since: '0.1.0',
    fixable: 'safe',
    accessAnalyzer: 'PRIVATE_NOT_IP_ADDRESS_SUBSET',
    messages: {
      private: 'aws:SourceIp is a public address: {value} excludes nobody.',
    },
  },
  create: (context) => somePrivateSourceIpVisitor(context, 'NotIpAddress'),
});
