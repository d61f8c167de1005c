import { defineRule } from '../../lint/rule';
import { arnFaultVisitor } from '../support/arnFaults';

export const rule = defineRule({
  meta: {
    id: 'arn-prefix',
    category: 'error',
    summary: 'A resource is neither an ARN nor "*"',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_ARN_PREFIX',
    messages: {
      fault: 'A resource is "*" or begins with "arn:", not with {value}.',
      empty: 'The resource is empty.',
    },
  },
  create: (context) => {
    const { resource } = arnFaultVisitor('prefix', context);
    // Most begin as they should, and need not be judged for this alone.
    return { resource: (entry) => (entry.text.startsWith('arn:') ? undefined : resource?.(entry)) };
  },
});
