import { defineRule } from '../../lint/rule';
import { nullTestVisitor } from '../support/onlyWildcard';

/** IAM User Guide, "IAM JSON policy elements: Condition operators", condition operator to check existence. */
export const rule = defineRule({
  meta: {
    id: 'condition-wildcard-present',
    category: 'suggestion',
    summary: 'A pattern that matches everything only tests whether the key is present',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'EQUIVALENT_TO_NULL_FALSE',
    messages: {
      same: 'This only tests whether {key} is present, which Null with "false" says more clearly.',
    },
  },
  create: (context) => nullTestVisitor(context, 'StringLike', 'false'),
});
