import { EVER_PRESENT_KEYS } from '../../iamData/overlay/callerKeys';
import { defineRule } from '../../lint/rule';
import { nullTestVisitor } from '../support/onlyWildcard';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", condition operator to check existence. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-absent',
    category: 'suggestion',
    summary: 'The negation of a pattern that matches everything only tests whether the key is absent',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EQUIVALENT_TO_NULL_TRUE',
    messages: {
      same: 'This only tests whether {key} is absent, which Null with "true" says more clearly.',
    },
  },
  create: (context) => {
    const visitor = nullTestVisitor(context, 'StringNotLike', 'true');
    return {
      ...visitor,
      ifCondition: (name) =>
        visitor.ifCondition?.(name) === true && !EVER_PRESENT_KEYS.has(name.key.toLowerCase()),
    };
  },
});
