import { replaceValue } from '../../lint/edits';
import type { Fix, RuleContext, Visitor } from '../../lint/rule';
import type { OperatorFamily } from '../../model/conditionOperators';
import type { Condition, ConditionValue } from '../../model/policy';
import { isTemplateText } from './known';
import { quote } from './quote';

/** What a rule about the values of conditions decides. */
export interface ValueCheck {
  /** The operators whose values are looked at. */
  readonly families: readonly OperatorFamily[];
  readonly concerns?: (condition: Condition) => boolean;
  readonly isWrong: (value: ConditionValue) => boolean;
  /** What was most likely meant by a wrong one; `undefined` where that is not clear. */
  readonly meant?: (text: string) => string | undefined;
}

/**
 * Reports the values that are wrong, each where it stands, as the message `wrong` with `{value}`, `{key}` and
 * `{operator}`. Values that a template or a variable fills in are left alone.
 */
export function wrongValuesVisitor(context: RuleContext<'wrong'>, check: ValueCheck): Visitor {
  return {
    ifCondition: ({ operator: { traits } }) => traits !== undefined && check.families.includes(traits.family),
    condition: (condition) => {
      if (check.concerns?.(condition) === false) {
        return;
      }
      for (const value of condition.values) {
        if (!isTemplateText(value.text) && check.isWrong(value)) {
          context.report({
            message: 'wrong',
            at: value.node,
            data: {
              value: quote(value.text),
              key: condition.key.value,
              operator: condition.operator.node.value,
            },
            fixes: fixesOf(value, check.meant?.(value.text)),
          });
        }
      }
    },
  };
}

/** Suggestions, since a condition that never held may hold then. */
function fixesOf({ node, text }: ConditionValue, meant: string | undefined): readonly Fix[] {
  return meant === undefined || meant === text
    ? []
    : [{ title: `Change to "${meant}"`, kind: 'suggestion', edits: () => [replaceValue(node, meant)] }];
}
