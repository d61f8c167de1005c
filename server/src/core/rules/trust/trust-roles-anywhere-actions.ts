import { appendItem, wrapInArray } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { ActionElement, Policy, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { isKnown } from '../support/known';

/** IAM Roles Anywhere User Guide, "Trust model", section on the role's trust policy. */
export const rule = defineRule({
  meta: {
    id: 'trust-roles-anywhere-actions',
    category: 'error',
    summary: 'A role for IAM Roles Anywhere lacks an action that the service calls',
    since: '0.1.0',
    appliesTo: ['trust'],
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY',
    sources: ['roles-anywhere-trust'],
    messages: {
      missing: 'IAM Roles Anywhere also needs {actions} to assume this role.',
    },
  },
  create: (context) => ({
    policy: (policy) => {
      const [element] = allowingElements(policy);
      const missing = element === undefined ? [] : missingActions(policy);
      if (element === undefined || missing.length === 0) {
        return;
      }
      const { value } = element.member;
      context.report({
        message: 'missing',
        at: element.member,
        data: { actions: missing.join(' and ') },
        fixes: [
          {
            title: `Add ${missing.join(' and ')}`,
            kind: 'suggestion',
            edits: () =>
              value?.kind === 'array'
                ? missing.map((action) => appendItem(value, action))
                : value === undefined
                  ? []
                  : wrapInArray(value, missing),
          },
        ],
      });
    },
  }),
});

const NEEDED = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

/** The statements may share the actions among them. None is missing where one cannot be seen. */
function missingActions(policy: Policy): readonly string[] {
  const elements = allowingElements(policy);
  if (elements.some((element) => element.negated || !isKnown(element.member.value))) {
    return [];
  }
  const patterns = elements.flatMap((element) =>
    element.entries.map((entry) => compilePattern(entry.text, { case: 'ignore' })),
  );
  return NEEDED.filter((action) => !patterns.some((pattern) => matches(pattern, action.toLowerCase())));
}

function allowingElements(policy: Policy): readonly ActionElement[] {
  return policy.statements.filter(letsRolesAnywhereIn).flatMap((statement) => statement.actions);
}

function letsRolesAnywhereIn({ effect, principals }: Statement): boolean {
  return (
    effect?.value === 'Allow' &&
    principals.some(
      (element) =>
        !element.negated &&
        element.entries.some(
          ({ type, text }) => type?.value === 'Service' && text === 'rolesanywhere.amazonaws.com',
        ),
    )
  );
}
