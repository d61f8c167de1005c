import { removeValue } from '../../lint/edits';
import type { Fix, RuleContext } from '../../lint/rule';
import type { ActionElement, ResourceElement, Statement } from '../../model/policy';
import type { MemberNode } from '../../syntax/nodes';
import { isTakenByIam } from './iamPolicies';

/**
 * Reports an empty list of actions or resources: IAM refuses a policy with one, and elsewhere the statement has no
 * effect, or in the Not… form one on everything.
 */
export function reportEmptyList(
  context: RuleContext<'refused' | 'positive' | 'negated'>,
  { member, negated, statement }: ActionElement | ResourceElement,
): void {
  if (isEmptyList(member) && member.value !== undefined) {
    context.report({
      message: isTakenByIam(context.policy.kind.type) ? 'refused' : negated ? 'negated' : 'positive',
      at: member.value,
      data: { element: member.name },
      fixes: negated ? [] : removeStatementFix(statement),
    });
  }
}

/** Whether a member's value is a list with nothing in it, and nobody is still typing. */
export function isEmptyList({ value }: MemberNode): boolean {
  return value?.kind === 'array' && value.closed && value.items.length === 0;
}

/**
 * Takes out a statement that does nothing, unless it is the only one, which a policy needs. A suggestion, though nothing
 * changes: who has just begun the statement would lose it on saving.
 */
export function removeStatementFix({ node }: Statement): readonly Fix[] {
  return node.parent?.kind === 'array' && node.parent.items.length > 1
    ? [{ title: 'Remove the statement', kind: 'suggestion', edits: () => removeValue(node) }]
    : [];
}
