import { defineRule } from '../../lint/rule';
import { privateSourceIpVisitor } from '../support/privateSourceIp';

export const rule = defineRule({
  meta: {
    id: 'source-ip-private',
    category: 'error',
    summary: 'aws:SourceIp lists private addresses only',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'PRIVATE_IP_ADDRESS',
    messages: {
      private: 'aws:SourceIp is a public address, and none of these is: the condition never holds.',
    },
  },
  create: (context) => privateSourceIpVisitor(context, 'IpAddress'),
});
