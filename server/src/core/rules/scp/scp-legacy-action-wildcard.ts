import { defineRule } from '../../lint/rule';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/**
 * Off by default: since 2025-09-19 Organizations takes wildcards anywhere in an action. Access Analyzer's page still
 * lists the check.
 */
export const rule = defineRule({
  meta: {
    id: 'scp-legacy-action-wildcard',
    category: 'error',
    summary: 'In a service control policy an action has * before its end (refused until September 2025)',
    since: '0.1.0',
    appliesTo: ['scp'],
    defaultOff: true,
    accessAnalyzer: 'SCP_SYNTAX_ERROR_ACTION_WILDCARD',
    sources: ['organizations-scp-syntax'],
    messages: {
      wildcard: 'Until September 2025, {text} could have * only at its end.',
    },
  },
  create: (context) => ({
    action: ({ node, text }) => {
      const at = text.search(/\*(?=.)/s);
      if (at >= 0 && !isTemplateText(text)) {
        context.report({
          message: 'wildcard',
          at: { node, from: at, to: at + 1 },
          data: { text: quote(text) },
        });
      }
    },
  }),
});
