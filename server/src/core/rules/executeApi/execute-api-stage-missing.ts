import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-missing',
    category: 'warning',
    summary: 'An execute-api ARN needs a stage between the API ID and the method',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      mistake: '"{method}" is where the stage belongs: the ARN is API/STAGE/METHOD/PATH.',
    },
  },
  create: (context) => mistakeVisitor('stage-missing', context),
});
