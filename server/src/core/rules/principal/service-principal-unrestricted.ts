import { isServicePrincipal } from '../../arn/servicePrincipal';
import { INFERIOR_SOURCE_KEYS, SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import type { Condition, Statement } from '../../model/policy';
import { areConditionsKnown, demandsKey, usesKey } from '../support/conditions';
import { isTemplateText } from '../support/known';
import { quote } from '../support/quote';

/** IAM User Guide, "The confused deputy problem". */
export const rule = defineRule({
  meta: {
    id: 'service-principal-unrestricted',
    category: 'security',
    summary: 'A service is trusted on behalf of any customer',
    since: '0.1.0',
    appliesTo: ['resource'],
    accessAnalyzer: 'RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL',
    sources: ['iam-confused-deputy'],
    messages: {
      unrestricted:
        '{service} is allowed on behalf of any customer: test aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths.',
    },
  },
  create: (context) => ({
    principal: ({ type, node, text, element }) => {
      const { statement } = element;
      if (
        type?.value === 'Service' &&
        (isServicePrincipal(text) || isTemplateText(text)) &&
        !element.negated &&
        statement.actions.length > 0 &&
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
 * What narrows less surely has a rule of its own. An encryption context holds the ARN of whose data it is: CloudWatch
 * Logs User Guide, "Encrypt log data in CloudWatch Logs using AWS KMS". Alexa sends none of the usual keys but the token
 * of the skill: Lambda API Reference, "AddPermission", EventSourceToken.
 */
function isRestricted(statement: Statement): boolean {
  return (
    usesKey(statement, SOURCE_KEYS) ||
    usesKey(statement, INFERIOR_SOURCE_KEYS) ||
    statement.conditions.some((condition) => demandsKey(condition) && namesOwner(condition))
  );
}

function namesOwner({ key, values }: Condition): boolean {
  const name = key.value.toLowerCase();
  return (
    name === 'lambda:eventsourcetoken' ||
    (name.startsWith('kms:encryptioncontext:') &&
      values.every(({ text }) => text.startsWith('arn:') || isTemplateText(text)))
  );
}
