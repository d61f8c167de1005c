import { appendMember } from '../../lint/edits';
import type { Fix, RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { memberOf } from '../../syntax/nodes';
import { areConditionsKnown, isNull } from './conditions';

const FLAG = 'aws:PrincipalIsAWSService';

/**
 * Reports the keys of statements that deny, where the same Condition does not say whether the caller is an AWS
 * service.
 *
 * @param operator the one that the fix writes; both that of Bool and that with IfExists are taken
 */
export function serviceFlagVisitor(
  context: RuleContext<'missing'>,
  operator: 'Bool' | 'BoolIfExists',
  value: 'true' | 'false',
  concerns: (condition: Condition) => boolean,
): Visitor {
  return {
    condition: (condition) => {
      const { key, statement } = condition;
      if (
        concerns(condition) &&
        !isNull(condition.operator) &&
        statement.effect?.value === 'Deny' &&
        areConditionsKnown(statement) &&
        !statement.conditions.some((other) => isFlag(other, value))
      ) {
        context.report({
          message: 'missing',
          at: key,
          data: { key: key.value },
          fixes: fixesOf(condition, operator, value),
        });
      }
    },
  };
}

function isFlag({ operator, key, values }: Condition, value: string): boolean {
  return (
    key.value.toLowerCase() === FLAG.toLowerCase() &&
    operator.base.toLowerCase() === 'bool' &&
    values.length > 0 &&
    values.every(({ text }) => text.toLowerCase() === value)
  );
}

function fixesOf(
  { operator: { member } }: Condition,
  operator: 'Bool' | 'BoolIfExists',
  value: string,
): readonly Fix[] {
  const block = memberOf(member.parent, operator);
  if (block !== undefined && block.value?.kind !== 'object') {
    return [];
  }
  const target = block?.value?.kind === 'object' ? block.value : undefined;
  return [
    {
      title: `Add ${operator} ${FLAG} ${value}`,
      kind: 'suggestion',
      edits: () => [
        target === undefined
          ? appendMember(member.parent, operator, { [FLAG]: value })
          : appendMember(target, FLAG, value),
      ],
    },
  ];
}
