import { defineRule } from '../../lint/rule';
import { reportForbidden } from '../support/forbiddenMember';

/** AWS Organizations User Guide, "SCP syntax". */
export const rule = defineRule({
  meta: {
    id: 'principal-in-scp',
    category: 'error',
    summary: 'A service control policy names a principal',
    since: '0.1.0',
    appliesTo: ['scp'],
    fixable: 'suggestion',
    accessAnalyzer: 'SCP_SYNTAX_ERROR_PRINCIPAL',
    messages: {
      unsupported:
        '{name} is not supported in a service control policy, which applies to every principal in its accounts.',
    },
  },
  create: (context) => ({
    principalElement: ({ member }) => reportForbidden(context, member),
  }),
});
