import { CREDENTIAL_ACTIONS } from '../../iamData/overlay/sensitiveActions';
import { defineRule } from '../../lint/rule';
import { compilePattern, matches } from '../../pattern/pattern';
import { quote } from '../support/quote';

/** Off by default: many policies are there to hand out just these. */
export const rule = defineRule({
  meta: {
    id: 'strict-credentials-exposure',
    category: 'security',
    summary: 'A policy allows an action whose response contains credentials',
    since: '0.1.0',
    appliesTo: ['identity', 'session'],
    defaultOff: true,
    sources: ['guardduty-iam'],
    messages: {
      action: '{text} returns {what}.',
      pattern: '{text} covers {action}, which returns {what}.',
    },
  },
  create: (context) => ({
    action: ({ node, text, element }) => {
      if (element.negated || element.statement.effect?.value !== 'Allow') {
        return;
      }
      const pattern = compilePattern(text, { case: 'ignore' });
      for (const [action, what] of CREDENTIAL_ACTIONS) {
        if (matches(pattern, action.toLowerCase())) {
          context.report({
            message: text.toLowerCase() === action.toLowerCase() ? 'action' : 'pattern',
            at: node,
            data: { text: quote(text), action, what },
          });
          return;
        }
      }
    },
  }),
});
