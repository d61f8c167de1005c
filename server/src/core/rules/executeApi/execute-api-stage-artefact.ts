import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-artefact',
    category: 'warning',
    summary: "Some stages exist only in API Gateway's own tests",
    since: '0.1.0',
    sources: ['api-gateway-authorizers'],
    messages: {
      slip: 'No caller reaches "{value}": API Gateway uses that stage name for its own tests only.',
    },
  },
  create: (context) => slipVisitor('stage-artefact', context),
});
