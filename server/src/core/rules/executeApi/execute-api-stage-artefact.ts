import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-artefact',
    category: 'warning',
    summary: 'Some stage names exist only in test invocations of the API Gateway console',
    since: '0.1.0',
    sources: ['api-gateway-authorizers'],
    messages: {
      mistake: 'No caller reaches "{value}": API Gateway uses this stage name only for test invocations.',
    },
  },
  create: (context) => mistakeVisitor('stage-artefact', context),
});
