import { describesPrincipal } from '../../iamData/overlay/principalKeys';
import { defineRule } from '../../lint/rule';
import type { Statement } from '../../model/policy';
import { isNull } from '../support/conditions';

/** Which keys which service sends is not published; those that describe IAM principals no service does. */
export const rule = defineRule({
  meta: {
    id: 'service-principal-condition-key',
    category: 'error',
    summary: 'A statement for a service tests a key that only IAM principals have',
    since: '0.1.0',
    appliesTo: ['resource'],
    accessAnalyzer: 'UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL',
    sources: ['iam-condition-keys'],
    messages: {
      absent:
        '{key} has no value when a service calls; aws:SourceOrgID and aws:SourceAccount tell on whose behalf.',
    },
  },
  create: (context) => ({
    condition: ({ operator, key, statement }) => {
      // Whoever asks whether the key is there, or takes its absence, knows.
      if (
        describesPrincipal(key.value) &&
        !operator.ifExists &&
        !isNull(operator) &&
        isAboutServicesOnly(statement)
      ) {
        context.report({ message: 'absent', at: key, data: { key: key.value } });
      }
    },
  }),
});

/** With other principals beside the service the key may be meant for them. */
function isAboutServicesOnly({ principals }: Statement): boolean {
  const [element] = principals;
  return (
    element !== undefined &&
    principals.length === 1 &&
    !element.negated &&
    element.entries.length > 0 &&
    element.entries.every((entry) => entry.type?.value === 'Service') &&
    element.member.value?.kind === 'object' &&
    element.member.value.members.every((member) => member.name === 'Service')
  );
}
