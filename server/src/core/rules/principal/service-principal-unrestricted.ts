import { INFERIOR_SOURCE_KEYS, SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { areConditionsKnown, usesKey } from '../support/conditions';
import { quote } from '../support/quote';

/** IAM User Guide, "The confused deputy problem". */
export const rule = defineRule({
  meta: {
    id: 'service-principal-unrestricted',
    category: 'security',
    summary: 'A service is let in whoever it works for',
    since: '0.1.0',
    appliesTo: ['resource'],
    accessAnalyzer: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    sources: ['iam-confused-deputy'],
    messages: {
      unrestricted:
        '{service} is let in for any customer: test aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text, element }) => {
      const { statement } = element;
      if (
        type?.value === 'Service' &&
        !element.negated &&
        statement.effect?.value === 'Allow' &&
        areConditionsKnown(statement) &&
        !isRestricted(statement)
      ) {
        context.report({ message: 'unrestricted', at: node, data: { service: quote(text) } });
      }
    },
  }),
});

/**
 * What narrows less surely has a rule of its own. An encryption context holds the ARN of whose data it is:
 * CloudWatch Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
 */
function isRestricted(statement: Statement): boolean {
  return (
    usesKey(statement, SOURCE_KEYS) ||
    usesKey(statement, INFERIOR_SOURCE_KEYS) ||
    statement.conditions.some(({ key }) => key.value.toLowerCase().startsWith('kms:encryptioncontext:'))
  );
}
