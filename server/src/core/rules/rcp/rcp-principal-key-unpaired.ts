import { describesPrincipal, SESSION_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import { demandsKey } from '../support/conditions';
import { serviceFlagVisitor } from '../support/serviceFlag';

/** Organizations User Guide, "RCP examples"; IAM User Guide, aws:PrincipalIsAWSService. */
export const rule = defineRule({
  meta: {
    id: 'rcp-principal-key-unpaired',
    category: 'warning',
    summary: 'A resource control policy denies by caller identity and does not exempt AWS services',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY',
    sources: ['organizations-rcp-examples'],
    messages: {
      missing: 'AWS services have no {key}: test as well that aws:PrincipalIsAWSService is false.',
    },
  },
  create: (context) =>
    serviceFlagVisitor(
      context,
      'BoolIfExists',
      'false',
      (condition) =>
        describesPrincipal(condition.key.value) ||
        (SESSION_KEYS.has(condition.key.value.toLowerCase()) && !demandsKey(condition)),
    ),
});
