import { SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import { serviceFlagVisitor } from '../support/serviceFlag';

/** Organizations User Guide, "RCP examples", cross-service confused deputy protection. */
export const rule = defineRule({
  meta: {
    id: 'rcp-source-key-unpaired',
    category: 'warning',
    summary:
      'A resource control policy denies by the source of service calls and does not exempt other callers',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY',
    sources: ['organizations-rcp-examples'],
    messages: {
      missing: 'Only AWS services send {key}: test as well that aws:PrincipalIsAWSService is true.',
    },
  },
  create: (context) =>
    serviceFlagVisitor(context, 'Bool', 'true', ({ key }) => SOURCE_KEYS.has(key.value.toLowerCase())),
});
