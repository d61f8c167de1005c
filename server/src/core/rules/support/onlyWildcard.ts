import type { RuleContext, Visitor } from '../../lint/rule';
import { hasAllValues, moveKeyFix } from './conditions';

/** Whether a value consists of stars only, so that it matches everything. */
export function isOnlyWildcard(text: string): boolean {
  return /^\*+$/.test(text);
}

/**
 * A visitor that says of such a value alone under an operator, without qualifier and IfExists, that Null would say the same
 * more clearly.
 *
 * @param isNull the value of Null
 */
export function nullTestVisitor(
  context: RuleContext<'same'>,
  operatorName: 'StringLike' | 'StringNotLike',
  isNull: 'true' | 'false',
): Visitor {
  return {
    ifCondition: ({ operator }) =>
      operator.traits?.name === operatorName && operator.qualifier === undefined && !operator.ifExists,
    condition: (condition) => {
      const { key, values } = condition;
      const [value] = values;
      if (
        value !== undefined &&
        values.length === 1 &&
        isOnlyWildcard(value.text) &&
        hasAllValues(condition)
      ) {
        context.report({
          message: 'same',
          at: value.node,
          data: { key: key.value },
          fixes: moveKeyFix(condition, 'Null', isNull),
        });
      }
    },
  };
}
