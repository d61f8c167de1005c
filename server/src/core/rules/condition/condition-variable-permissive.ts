import { defineRule } from '../../lint/rule';
import { permissiveVisitor } from '../support/permissive';

export const rule = defineRule({
  meta: {
    id: 'condition-variable-permissive',
    category: 'error',
    summary: 'A variable makes a condition say too little about who or what is meant',
    since: '0.1.0',
    appliesTo: ['identity', 'boundary', 'session', 'resource', 'endpoint', 'trust'],
    accessAnalyzer: 'VARIABLE_USAGE_TOO_PERMISSIVE',
    messages: {
      exact: '{key} must be exact: with {text} in it the value stands for others too.',
      vague: '{text} is too wide for {key}: at least 6 plain characters must stand right before it.',
      userid:
        'In {key}, {text} stands for more than one identity: left of the colon it can only stand alone.',
    },
  },
  create: (context) => permissiveVisitor(context, 'variable'),
});
