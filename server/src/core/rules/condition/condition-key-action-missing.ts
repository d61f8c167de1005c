import { COMPANION_ACTIONS } from '../../iamData/overlay/companionActions';
import { appendItem, wrapInArray } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { ActionElement, Policy, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { demandsKey } from '../support/conditions';
import { ifUsed } from '../support/conditionUse';

/**
 * A statement elsewhere in the policy may allow the other action, on conditions of its own, so that nothing is said
 * then. AWS names the keys and their actions in "Pass session tags in AWS STS", IAM User Guide.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-key-action-missing',
    category: 'error',
    severity: 'warning',
    summary: 'A condition requires a value that the caller is not allowed to set',
    since: '0.1.0',
    appliesTo: ['trust', 'identity', 'boundary', 'session'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ACTION_FOR_CONDITION_KEY',
    messages: {
      missing: 'Setting {key} requires {action}, which no statement of this policy allows.',
    },
  },
  create: (context) =>
    ifUsed(({ keys }) => [...keys].some((key) => companionOf(key) !== undefined), {
      policy: (policy) => {
        for (const condition of policy.statements.flatMap(({ conditions }) => conditions)) {
          const { statement } = condition;
          const action = companionOf(condition.key.value.toLowerCase());
          if (
            action !== undefined &&
            demandsKey(condition) &&
            assumesRolesOnly(statement) &&
            !isAllowed(policy, action)
          ) {
            context.report({
              message: 'missing',
              at: condition.member,
              data: { action, key: condition.key.value },
              fixes: statement.actions.slice(0, 1).flatMap((element) => addFix(element, action)),
            });
          }
        }
      },
    }),
});

function companionOf(key: string): string | undefined {
  return COMPANION_ACTIONS.get(key.split('/', 1)[0] ?? key);
}

function assumesRolesOnly({ effect, actions }: Statement): boolean {
  return (
    effect?.value === 'Allow' &&
    actions.every(
      ({ negated, entries }) => !negated && entries.every(({ service }) => service?.toLowerCase() === 'sts'),
    ) &&
    actions.some(({ entries }) => entries.some(({ name }) => /^AssumeRole/i.test(name)))
  );
}

function isAllowed({ statements }: Policy, action: string): boolean {
  const id = action.toLowerCase();
  return statements.some(
    ({ effect, actions }) =>
      effect?.value === 'Allow' &&
      actions.some(
        ({ negated, entries }) =>
          negated || entries.some(({ text }) => matches(compilePattern(text, { case: 'ignore' }), id)),
      ),
  );
}

function addFix({ member: { value } }: ActionElement, action: string): readonly Fix[] {
  if (value?.kind !== 'array' && value?.kind !== 'string') {
    return [];
  }
  return [
    {
      title: `Allow ${action} as well`,
      kind: 'suggestion',
      edits: () => (value.kind === 'array' ? [appendItem(value, action)] : wrapInArray(value, [action])),
    },
  ];
}
