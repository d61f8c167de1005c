import { splitArn } from '../../arn/arn';
import { COMPANION_KEYS } from '../../iamData/overlay/companionKeys';
import { defineRule } from '../../lint/rule';
import type { Condition, Policy, Statement } from '../../model/policy';
import { internText, notedOf } from '../../pattern/internedText';
import { listed } from '../../wording';
import { conditionOn, isNegative, isNull } from '../support/conditions';
import { ifUsed } from '../support/conditionUse';
import { withVariables } from '../support/known';
import { isComparedWithKeys } from '../support/policyVariables';
import { StatementIndex } from '../support/statementIndex';

export const rule = defineRule({
  meta: {
    id: 'condition-key-unpaired',
    category: 'security',
    summary: 'A condition key is too weak without a second one',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_PAIRED_CONDITION_KEYS',
    messages: {
      unpaired: '{key} is too weak on its own: add {companions} to the condition.',
      account: '{key} names no account here: add {companions} to the condition.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => [...COMPANION_KEYS.keys()].some((key) => keys.has(key)), {
      policy: (policy) => {
        const pairs = new Pairs(policy);
        for (const statement of policy.statements.filter(isWeak)) {
          for (const condition of statement.conditions) {
            const companions = missingIn(condition);
            if (
              companions !== undefined &&
              !isComparedWithKeys(condition, context.iamData) &&
              !pairs.hasPair(condition, companions)
            ) {
              context.report({
                message: isSourceArn(condition) ? 'account' : 'unpaired',
                at: condition.member,
                data: { key: condition.key.value, companions: listed(companions, 'or') },
              });
            }
          }
        }
      },
    }),
});

/** Whether a key of a statement lacks its companion there; for most this is known by the statement's text. */
const isWeak = notedOf(({ conditions }: Statement): boolean =>
  conditions.some((condition) => missingIn(condition) !== undefined),
);

/** The keys one of which must be beside the tested key, if the statement has none of them. */
function missingIn(condition: Condition): readonly string[] | undefined {
  const companions = COMPANION_KEYS.get(condition.key.value.toLowerCase());
  return companions === undefined ||
    isNull(condition.operator) ||
    (isSourceArn(condition) && !condition.values.some(({ text }) => namesNoAccount(text))) ||
    conditionOn(condition.statement, ...companions.map((key) => key.toLowerCase())) !== undefined
    ? undefined
    : companions;
}

function isSourceArn({ key }: Condition): boolean {
  return key.value.toLowerCase() === 'aws:sourcearn';
}

/** The statements of a policy that deny all but something, by the companions that they test; made when asked for. */
class Pairs {
  readonly #policy: Policy;
  readonly #indexes = new Map<readonly string[], StatementIndex>();

  constructor(policy: Policy) {
    this.#policy = policy;
  }

  /** Of two statements that each deny all but something, what is left must be both. */
  hasPair({ operator, statement }: Condition, companions: readonly string[]): boolean {
    if (statement.effect?.value !== 'Deny' || !isNegative(operator)) {
      return false;
    }
    let index = this.#indexes.get(companions);
    if (index === undefined) {
      const keys = companions.map((key) => key.toLowerCase());
      index = new StatementIndex(this.#policy.statements.filter((other) => deniesAllBut(other, keys)));
      this.#indexes.set(companions, index);
    }
    return index.covering(statement) !== undefined;
  }
}

function deniesAllBut({ effect, conditions }: Statement, keys: readonly string[]): boolean {
  return (
    effect?.value === 'Deny' &&
    conditions.some(({ operator, key }) => isNegative(operator) && keys.includes(key.value.toLowerCase()))
  );
}

/** `arn:aws:s3:::bucket`; a wildcard in the place of the account is something else. */
function namesNoAccount(text: string): boolean {
  const { prefix, account, resource } = splitArn(withVariables(internText(text)));
  return prefix.text === 'arn' && account?.text === '' && resource !== undefined && resource.text !== '';
}
