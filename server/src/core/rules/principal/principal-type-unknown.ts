import { defineRule } from '../../lint/rule';
import { meantBy } from '../../locate/elements';
import { PRINCIPAL_TYPES } from '../support/elements';
import { hasMember, isTemplateKey } from '../support/known';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

export const rule = defineRule({
  meta: {
    id: 'principal-type-unknown',
    category: 'error',
    summary: 'A principal type does not exist',
    since: '0.1.0',
    appliesTo: ['resource', 'endpoint', 'trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_PRINCIPAL_KEY',
    messages: {
      similar: '{name} is not a type of principal, and {similar} is.',
      unknown: '{name} is not a type of principal: the types are AWS, CanonicalUser, Federated and Service.',
    },
  },
  create: (context) => ({
    principalElement: ({ member: { value } }) => {
      for (const member of value?.kind === 'object' ? value.members : []) {
        const name = member.name;
        if (PRINCIPAL_TYPES.includes(name) || isTemplateKey(name)) {
          continue;
        }
        const similar = meantBy(name, PRINCIPAL_TYPES);
        context.report({
          message: similar === undefined ? 'unknown' : 'similar',
          at: member,
          data: { name: quote(name), similar: similar ?? '' },
          fixes:
            similar === undefined || hasMember(member.parent.members, similar)
              ? []
              : [renameKeyFix(member, similar)],
        });
      }
    },
  }),
});
