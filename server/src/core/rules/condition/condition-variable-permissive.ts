import { defineRule } from '../../lint/rule';
import { permissiveVisitor } from '../support/permissive';

export const rule = defineRule({
  meta: {
    id: 'condition-variable-permissive',
    category: 'error',
    summary: 'A variable makes a condition match more than is meant',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'trust'],
    accessAnalyzer: 'VARIABLE_USAGE_TOO_PERMISSIVE',
    messages: {
      exact: '{key} must be exact: with {text} in it the value matches others too.',
      vague: '{text} is too wide for {key}: at least 6 plain characters must come right before it.',
      userid: 'In {key}, {text} matches more than one identity: before the colon it must be the whole text.',
    },
  },
  create: (context) => permissiveVisitor(context, 'variable'),
});
