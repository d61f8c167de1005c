import { defineRule, type RuleContext } from '../../lint/rule';
import type { Condition, Policy, Statement } from '../../model/policy';
import { conditionOn, demandsKey, isNull, moveKeyFix, operatorName } from '../support/conditions';
import { ifUsed } from '../support/conditionUse';
import { StatementIndex } from '../support/statementIndex';

/**
 * The keys are absent from requests with long-term credentials. IAM User Guide, "AWS global condition context keys",
 * aws:MultiFactorAuthPresent and aws:MultiFactorAuthAge:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const rule = defineRule({
  meta: {
    id: 'condition-mfa-bypass',
    category: 'security',
    summary: 'A condition on multi-factor authentication (MFA) can be met without it',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['iam-condition-keys'],
    messages: {
      denyMissing: 'Long-term credentials have no {key}, so this does not deny them: compare with {better}.',
      denyAbsent:
        '{key} is present with the value "false" as well, and this does not deny that: compare with {better}.',
      denyWith: 'This denies what is done with multi-factor authentication.',
      allowMissing: 'Long-term credentials have no {key}, so IfExists allows them: compare with {better}.',
      allowWithout: 'This allows requests made without multi-factor authentication.',
      allowAny:
        '{key} is present with the value "false" as well: its presence does not mean that MFA was used.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => keys.has(PRESENT) || keys.has(AGE), {
      policy: (policy) => {
        const denials = new Denials(policy);
        for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
          judge(condition, denials, context);
        }
      },
    }),
});

type Message = 'denyMissing' | 'denyAbsent' | 'denyWith' | 'allowMissing' | 'allowWithout' | 'allowAny';

function judge(condition: Condition, denials: Denials, context: RuleContext<Message>): void {
  const found = faultOf(condition, denials);
  if (found !== undefined) {
    const [message, operator, value] = found;
    context.report({
      message,
      at: condition.member,
      data: {
        key: isOn(condition, AGE) ? 'aws:MultiFactorAuthAge' : 'aws:MultiFactorAuthPresent',
        better: value === undefined ? (operator ?? '') : `${operator} "${value}"`,
      },
      fixes:
        operator === undefined || wouldStopServices(condition) ? [] : moveKeyFix(condition, operator, value),
    });
  }
}

/** What is wrong, with the operator and the value that would be right, where there are some. */
function faultOf(
  condition: Condition,
  denials: Denials,
): readonly [Message, operator?: string, value?: string] | undefined {
  const { operator, statement } = condition;
  const { qualifier } = operator;
  const better = operatorName(operator, { ifExists: !operator.ifExists, qualifier: 'none' });
  if (qualifier === 'ForAllValues' || !isAboutMfa(condition)) {
    return undefined;
  }
  const beside = statement.conditions.filter((other) => other !== condition && isAboutMfa(other));
  if (statement.effect?.value === 'Deny') {
    if (asksForAbsence(condition)) {
      // Without MFA there is never an age, but there may be a value that says so.
      return qualifier === undefined && isOn(condition, PRESENT) && !denials.hasOther(condition, failsWithout)
        ? ['denyAbsent', 'BoolIfExists', 'false']
        : undefined;
    }
    if (failsWithout(condition)) {
      return operator.ifExists || denials.hasOther(condition, holdsWhenAbsent)
        ? undefined
        : ['denyMissing', better];
    }
    return passesWith(condition) &&
      isOn(condition, PRESENT) &&
      qualifier === undefined &&
      !beside.some((other) => isOn(other, AGE))
      ? ['denyWith']
      : undefined;
  }
  if (statement.effect?.value !== 'Allow' || qualifier !== undefined) {
    return undefined;
  }
  if (asksForPresence(condition)) {
    return isOn(condition, PRESENT) && !beside.some(passesWith) ? ['allowAny', 'Bool', 'true'] : undefined;
  }
  if (passesWith(condition)) {
    return operator.ifExists && !beside.some((other) => asksForPresence(other) || isDemanded(other))
      ? ['allowMissing', better]
      : undefined;
  }
  return failsWithout(condition) && isOn(condition, PRESENT) ? ['allowWithout'] : undefined;
}

const PRESENT = 'aws:multifactorauthpresent';
const AGE = 'aws:multifactorauthage';

function isOn({ key }: Condition, name: string): boolean {
  return key.value.toLowerCase() === name;
}

function isAboutMfa(condition: Condition): boolean {
  return isOn(condition, PRESENT) || isOn(condition, AGE);
}

function asks({ values }: Condition, text: 'true' | 'false'): boolean {
  return values.length > 0 && values.every((value) => value.text.toLowerCase() === text);
}

function asksForAbsence(condition: Condition): boolean {
  return isNull(condition.operator) && asks(condition, 'true');
}

function asksForPresence(condition: Condition): boolean {
  return isNull(condition.operator) && asks(condition, 'false');
}

/** Holds with MFA, or with one that is not long ago. */
function passesWith(condition: Condition): boolean {
  const { traits } = condition.operator;
  return isOn(condition, PRESENT)
    ? traits?.family === 'Bool' && asks(condition, 'true')
    : traits?.name.startsWith('NumericLess') === true;
}

/** The same, and not where the key is absent. */
function isDemanded(condition: Condition): boolean {
  return passesWith(condition) && demandsKey(condition);
}

/** Holds without MFA, or with one that is long ago. */
function failsWithout(condition: Condition): boolean {
  const { traits } = condition.operator;
  return isOn(condition, PRESENT)
    ? traits?.family === 'Bool' && asks(condition, 'false')
    : traits?.name.startsWith('NumericGreater') === true;
}

function holdsWhenAbsent(condition: Condition): boolean {
  return condition.operator.ifExists || asksForAbsence(condition);
}

/** The statements of a policy that deny what the key makes them, by what they are asked; each made when it is asked. */
class Denials {
  readonly #policy: Policy;
  readonly #indexes = new Map<(condition: Condition) => boolean, StatementIndex>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Whether another statement denies what the key makes it, of all that this one speaks of. */
  hasOther({ statement }: Condition, how: (condition: Condition) => boolean): boolean {
    let index = this.#indexes.get(how);
    if (index === undefined) {
      index = new StatementIndex(this.#policy.statements.filter((other) => denies(other, how)));
      this.#indexes.set(how, index);
    }
    return index.covering(statement, 'another') !== undefined;
  }
}

function denies({ effect, conditions }: Statement, how: (condition: Condition) => boolean): boolean {
  return effect?.value === 'Deny' && conditions.some((condition) => isAboutMfa(condition) && how(condition));
}

/** In a resource control policy IfExists denies AWS services too, which have neither key; see rcp-principal-key-unpaired. */
function wouldStopServices({ statement }: Condition): boolean {
  return (
    statement.policy.kind.type === 'rcp' && conditionOn(statement, 'aws:principalisawsservice') === undefined
  );
}
