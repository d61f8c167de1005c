import { appendMember } from '../../lint/edits';
import type { Fix, RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { memberOf } from '../../syntax/nodes';
import { listed } from '../../wording';
import { areConditionsKnown, isNull } from './conditions';

const FLAG = 'aws:PrincipalIsAWSService';

/**
 * Reports the keys of statements that deny, where the same Condition does not say whether the caller is an AWS
 * service: several of a statement together at the first, since one test mends them all.
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
    statement: (statement) => {
      const concerned = statement.conditions.filter(
        (condition) => !isNull(condition.operator) && concerns(condition),
      );
      const [first] = concerned;
      if (
        first !== undefined &&
        statement.effect?.value === 'Deny' &&
        areConditionsKnown(statement) &&
        !statement.conditions.some((other) => isFlag(other, value))
      ) {
        context.report({
          message: 'missing',
          at: first.key,
          data: { key: listed([...new Set(concerned.map(({ key }) => key.value))], 'or') },
          fixes: fixesOf(first, operator, value),
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
