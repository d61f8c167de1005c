import { EVER_PRESENT_KEYS } from '../../iamData/overlay/callerKeys';
import { defineRule } from '../../lint/rule';
import { isOnlyWildcard } from '../support/onlyWildcard';

export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-never',
    category: 'suggestion',
    summary: 'A condition never holds, so its statement has no effect',
    since: '0.1.0',
    accessAnalyzer: 'REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION',
    messages: {
      never:
        'Every value of {key} matches this pattern, so the condition never holds and the statement has no effect.',
    },
  },
  create: (context) => ({
    ifCondition: ({ operator, key }) =>
      operator.traits?.name === 'StringNotLike' &&
      !(operator.ifExists && operator.qualifier === 'ForAnyValue') &&
      (operator.qualifier === 'ForAnyValue' || EVER_PRESENT_KEYS.has(key.toLowerCase())),
    condition: ({ key, member, values }) => {
      if (values.some(({ text }) => isOnlyWildcard(text))) {
        context.report({ message: 'never', at: member, data: { key: key.value } });
      }
    },
  }),
});
