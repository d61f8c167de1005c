import { defineRule } from '../../lint/rule';

/** Access Analyzer knows of no other policy that takes federated principals than a role's trust policy. */
export const rule = defineRule({
  meta: {
    id: 'principal-federated-in-resource-policy',
    category: 'error',
    summary: 'A resource-based policy names a federated principal',
    since: '0.1.0',
    appliesTo: ['resource'],
    accessAnalyzer: 'FEDERATED_PRINCIPAL_NOT_SUPPORTED',
    messages: {
      unsupported: 'Only a trust policy can name a Federated principal; name the role that it assumes.',
    },
  },
  create: (context) => ({
    principalElement: ({ member: { value } }) => {
      // Of what is attached to who knows what, it may be a trust policy.
      if (context.policy.kind.resourceType === undefined || value?.kind !== 'object') {
        return;
      }
      for (const member of value.members) {
        if (member.name === 'Federated') {
          context.report({ message: 'unsupported', at: member });
        }
      }
    },
  }),
});
