import { defineRule } from '../../lint/rule';
import { privateSourceIpVisitor } from '../support/privateSourceIp';

export const rule = defineRule({
  meta: {
    id: 'source-ip-private-negated',
    category: 'error',
    summary: 'aws:SourceIp excludes private addresses only',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'PRIVATE_NOT_IP_ADDRESS',
    messages: {
      private: 'aws:SourceIp is a public address, and none of these is: the condition always holds.',
    },
  },
  create: (context) => privateSourceIpVisitor(context, 'NotIpAddress'),
});
