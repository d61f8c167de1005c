import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-name',
    category: 'error',
    summary: 'Stage names have letters, digits, hyphens and underscores',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-notes'],
    messages: {
      mistake:
        '"{value}" cannot be a stage: names have letters, digits, hyphens and underscores, or are $default.',
    },
  },
  create: (context) => mistakeVisitor('stage-name', context),
});
