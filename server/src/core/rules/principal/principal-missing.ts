import { defineRule } from '../../lint/rule';
import { STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
import { isComplete } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'principal-missing',
    category: 'error',
    summary: 'A statement of a resource-based policy has no principal',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust', 'rcp'],
    accessAnalyzer: 'MISSING_PRINCIPAL',
    messages: {
      missing: 'The statement has no Principal, which a {type} needs.',
    },
  },
  create: (context) => ({
    statement: ({ node, members, principals, policy }) => {
      if (
        principals.length === 0 &&
        isComplete(node) &&
        !standsAmong(members, STATEMENT_ELEMENTS, 'Principal', 'NotPrincipal')
      ) {
        context.report({ message: 'missing', at: node, data: { type: NAMES[policy.kind.type] } });
      }
    },
  }),
});

const NAMES = {
  identity: 'identity policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  resource: 'resource-based policy',
  endpoint: 'VPC endpoint policy',
  trust: 'trust policy',
  rcp: 'resource control policy',
} as const;
