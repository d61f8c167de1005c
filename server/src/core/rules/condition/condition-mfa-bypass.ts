import { defineRule, type Fix, type RuleContext } from '../../lint/rule';
import type { Condition, Policy } from '../../model/policy';
import { moveKeyFix, operatorName } from '../support/conditions';
import { ifUsed } from '../support/conditionUse';

/**
 * The keys are absent from requests with long-term credentials. IAM User Guide, "AWS global condition context keys",
 * aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const rule = defineRule({
  meta: {
    id: 'condition-mfa-bypass',
    category: 'security',
    summary: 'A condition on multi-factor authentication can be passed without it',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      denyMissing:
        'Long-term credentials have no {key}, so that this does not deny them: compare with {better}.',
      allowMissing:
        'Long-term credentials have no {key}, so that IfExists allows them: compare with {better}.',
      allowWithout: 'This allows what is done without multi-factor authentication.',
      allowAny:
        '{key} is present with the value "false" as well: its presence says nothing of authentication.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => keys.has(PRESENT) || keys.has(AGE), {
      policy: (policy) => {
        for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
          judge(condition, policy, context);
        }
      },
    }),
});

type Message = 'denyMissing' | 'allowMissing' | 'allowWithout' | 'allowAny';

function judge(condition: Condition, policy: Policy, context: RuleContext<Message>): void {
  const { key, operator, statement, values } = condition;
  const effect = statement.effect?.value;
  const { traits } = operator;
  const isPresent = key.value.toLowerCase() === PRESENT;
  const isAge = key.value.toLowerCase() === AGE;
  if (traits === undefined || (!isPresent && !isAge) || operator.qualifier !== undefined) {
    return;
  }
  const report = (message: Message, fixes: readonly Fix[]): void =>
    context.report({
      message,
      at: condition.member,
      data: {
        key: isAge ? 'aws:MultiFactorAuthAge' : 'aws:MultiFactorAuthPresent',
        better: better(condition),
      },
      fixes,
    });
  const asksFor = (text: string): boolean =>
    values.length > 0 && values.every((value) => value.text.toLowerCase() === text);
  const passing = isPresent
    ? traits.family === 'Bool' && asksFor('true')
    : traits.name.startsWith('NumericLess');
  const failing = isPresent
    ? traits.family === 'Bool' && asksFor('false')
    : traits.name.startsWith('NumericGreater');
  if (effect === 'Deny' && failing && !operator.ifExists && !deniesAbsence(policy)) {
    report('denyMissing', moveKeyFix(condition, better(condition)));
  } else if (effect === 'Allow' && passing && operator.ifExists) {
    report('allowMissing', moveKeyFix(condition, better(condition)));
  } else if (effect === 'Allow' && failing && isPresent) {
    report('allowWithout', []);
  } else if (effect === 'Allow' && isPresent && traits.family === 'Null' && asksFor('false')) {
    report('allowAny', moveKeyFix(condition, 'Bool', 'true'));
  }
}

const PRESENT = 'aws:multifactorauthpresent';
const AGE = 'aws:multifactorauthage';

function better({ operator }: Condition): string {
  return operatorName(operator, { ifExists: !operator.ifExists });
}

/** Another statement may deny what has no such key: `Null` with "true", or the same with IfExists. */
function deniesAbsence({ statements }: Policy): boolean {
  return statements.some(
    (other) =>
      other.effect?.value === 'Deny' &&
      other.conditions.some(
        ({ key, operator, values }) =>
          [PRESENT, AGE].includes(key.value.toLowerCase()) &&
          (operator.ifExists ||
            (operator.traits?.family === 'Null' && values.some(({ text }) => text.toLowerCase() === 'true'))),
      ),
  );
}
