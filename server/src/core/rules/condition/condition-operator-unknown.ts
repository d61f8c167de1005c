import { defineRule } from '../../lint/rule';
import { meantBy } from '../../locate/elements';
import { CONDITION_OPERATORS, SET_QUALIFIERS } from '../../model/conditionOperators';
import type { ConditionOperator } from '../../model/policy';
import { isTemplateName } from '../support/conditions';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

/** IAM User Guide, "IAM JSON policy elements: Condition operators". */
export const rule = defineRule({
  meta: {
    id: 'condition-operator-unknown',
    category: 'error',
    summary: 'There is no condition operator of this name',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_CONDITION_OPERATOR',
    messages: {
      unknown: 'There is no condition operator {name}.',
      similar: 'There is no condition operator {name}; the nearest is {similar}.',
    },
  },
  create: (context) => ({
    statement: ({ operators }) => {
      for (const operator of operators) {
        const name = operator.node.value;
        if (operator.traits !== undefined || isTemplateName(name)) {
          continue;
        }
        const similar = meantBy(name, namesLike(operator));
        context.report({
          message: similar === undefined ? 'unknown' : 'similar',
          at: operator.member,
          data: { name: quote(name), similar: similar ?? '' },
          fixes: similar === undefined ? [] : [renameKeyFix(operator.member, similar)],
        });
      }
    },
  }),
});

/** Every name with the trimmings that the operator may have been meant to have. */
function namesLike({ node }: ConditionOperator): readonly string[] {
  const plain = CONDITION_OPERATORS.map(({ name }) => name);
  const suffixed = /if/i.test(node.value) ? plain.map((name) => `${name}IfExists`) : [];
  const names = [...plain, ...suffixed].filter((name) => name !== 'NullIfExists');
  return node.value.includes(':')
    ? SET_QUALIFIERS.flatMap((qualifier) => names.map((name) => `${qualifier}:${name}`))
    : names;
}
