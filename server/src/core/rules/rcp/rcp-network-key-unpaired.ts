import { NETWORK_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import { isNegative } from '../support/conditions';
import { serviceFlagVisitor } from '../support/serviceFlag';

/** IAM User Guide, "Establish permissions guardrails using data perimeters". */
export const rule = defineRule({
  meta: {
    id: 'rcp-network-key-unpaired',
    category: 'warning',
    summary: 'A resource control policy denies by network origin and does not exempt AWS services',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    sources: ['iam-data-perimeters'],
    messages: {
      missing:
        'AWS services do not call from your network: beside {key}, test that aws:PrincipalIsAWSService is false.',
    },
  },
  create: (context) =>
    serviceFlagVisitor(
      context,
      'BoolIfExists',
      'false',
      ({ key, operator }) => isNegative(operator) && NETWORK_KEYS.has(key.value.toLowerCase()),
    ),
});
