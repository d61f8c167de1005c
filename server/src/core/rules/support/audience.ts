import { renameKey } from '../../lint/edits';
import type { Fix, RuleContext, Visitor } from '../../lint/rule';
import type { Condition, ConditionOperator } from '../../model/policy';
import { isNull } from './conditions';
import { hasMember } from './known';

/**
 * Reports the audience claims of identity providers that are tested with a qualifier. A token has one audience for
 * IAM; IAM User Guide, "Available keys for AWS OIDC federation" and "for SAML-based federation". Null under a qualifier
 * is condition-null-qualifier's.
 */
export function audienceQualifierVisitor(
  context: RuleContext<'single'>,
  qualifier: NonNullable<ConditionOperator['qualifier']>,
): Visitor {
  return {
    ifCondition: ({ operator, key }) =>
      operator.qualifier === qualifier && !isNull(operator) && /.:aud$/i.test(key),
    condition: (condition) => {
      const { key } = condition;
      context.report({ message: 'single', at: key, data: { key: key.value }, fixes: fixesOf(condition) });
    },
  };
}

/** The operator has no other key, and the condition does not have the operator without the qualifier yet. */
function fixesOf({ operator: { member }, member: own }: Condition): readonly Fix[] {
  const name = member.name.slice(member.name.indexOf(':') + 1);
  return own.parent.members.length > 1 || hasMember(member.parent.members, name)
    ? []
    : [{ title: `Change to ${name}`, kind: 'suggestion', edits: () => renameKey(member, name) }];
}
