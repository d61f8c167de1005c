import { defineRule } from '../../lint/rule';
import { hasWildcard } from '../../pattern/pattern';
import { removeEntryFix } from '../support/forbiddenMember';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/**
 * AWS Organizations User Guide, "Resource control policies": the list of services that support them; "RCP syntax": the
 * service has to be named. A pattern of services is on no list, and those to come would be among them.
 */
export const rule = defineRule({
  meta: {
    id: 'action-in-rcp',
    category: 'error',
    summary: 'A resource control policy names an action it cannot deny',
    since: '0.1.0',
    needs: 'iamData',
    appliesTo: ['rcp'],
    accessAnalyzer: 'RCP_SYNTAX_ERROR_ACTION',
    fixable: 'suggestion',
    messages: {
      everything: 'A resource control policy cannot deny "*": name the service, as in "s3:*".',
      pattern:
        'A resource control policy names each service in full, as in "s3:*"; {service} leaves it open.',
      service: '{service} is not among the services that support resource control policies.',
    },
  },
  create: (context) => ({
    action: ({ node, text, service, element }) => {
      // What allows is the concern of effect-allow-in-rcp, what excepts that of not-action-in-rcp.
      if (element.negated || element.statement.effect?.value !== 'Deny' || isTemplateText(text)) {
        return;
      }
      if (/^\*+$/.test(text)) {
        context.report({ message: 'everything', at: node, fixes: removeEntryFix(node) });
        return;
      }
      const supported = context.iamData?.rcpSupportedServices;
      if (service === undefined || supported === undefined) {
        return;
      }
      const isOpen = hasWildcard(service);
      if (isOpen || !supported.has(service.toLowerCase())) {
        context.report({
          message: isOpen ? 'pattern' : 'service',
          at: { node, from: 0, to: service.length },
          data: { service: quote(service) },
          fixes: removeEntryFix(node),
        });
      }
    },
  }),
});
