import { removeMember } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import { isOnlyWildcard } from '../support/onlyWildcard';

/** IfExists and ForAllValues hold where the key is absent, and the pattern holds where it is not. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-always',
    category: 'suggestion',
    summary: 'A condition holds whether or not its key is present',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION',
    messages: {
      always: 'This condition holds whatever {key} is, and also without it.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator }) =>
      operator.traits?.name === 'StringLike' &&
      (operator.ifExists ? operator.qualifier !== 'ForAnyValue' : operator.qualifier === 'ForAllValues'),
    condition: ({ operator, key, member, values }) => {
      if (values.some(({ text }) => isOnlyWildcard(text))) {
        context.report({
          message: 'always',
          at: member,
          data: { key: key.value },
          fixes: [
            {
              title: `Remove ${key.value}`,
              kind: 'suggestion',
              edits: () => removeMember(member.parent.members.length === 1 ? operator.member : member),
            },
          ],
        });
      }
    },
  }),
});
