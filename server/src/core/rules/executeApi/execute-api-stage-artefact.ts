import { defineRule } from '../../lint/rule';
import { mistakeVisitor } from '../support/mistakeVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-artefact',
    category: 'warning',
    summary: "Some stages exist only in API Gateway's own tests",
    since: '0.1.0',
    sources: ['api-gateway-authorizers'],
    messages: {
      mistake: 'No caller reaches "{value}": API Gateway uses that stage name for its own tests only.',
    },
  },
  create: (context) => mistakeVisitor('stage-artefact', context),
});
