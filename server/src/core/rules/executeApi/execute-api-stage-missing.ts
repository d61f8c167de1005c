import { defineRule } from '../../lint/rule';
import { slipVisitor } from '../support/slipVisitor';

export const rule = defineRule({
  meta: {
    id: 'execute-api-stage-missing',
    category: 'warning',
    summary: 'A stage stands between API id and method',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['api-gateway-arns', 'api-gateway-invoke'],
    messages: {
      slip: '"{method}" stands where the stage belongs: the ARN is API/STAGE/METHOD/PATH.',
    },
  },
  create: (context) => slipVisitor('stage-missing', context),
});
