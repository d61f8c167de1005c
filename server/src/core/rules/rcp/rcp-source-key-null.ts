import { SOURCE_KEYS } from '../../iamData/overlay/principalKeys';
import { appendMember } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { memberOf } from '../../syntax/nodes';
import { areConditionsKnown, isNull } from '../support/conditions';

/** Organizations User Guide, "RCP examples", cross-service confused deputy protection. */
export const rule = defineRule({
  meta: {
    id: 'rcp-source-key-null',
    category: 'warning',
    summary:
      'A resource control policy denies service calls by their source, even where the service does not send it',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK',
    sources: ['organizations-rcp-examples'],
    messages: {
      missing:
        'Not every service sends {key}: test with Null that aws:SourceAccount or aws:SourceArn is present.',
    },
  },
  create: (context) => ({
    condition: (condition) => {
      const { operator, key, statement } = condition;
      if (
        SOURCE_KEYS.has(key.value.toLowerCase()) &&
        !isNull(operator) &&
        statement.effect?.value === 'Deny' &&
        areConditionsKnown(statement) &&
        !statement.conditions.some(asksForSource)
      ) {
        context.report({
          message: 'missing',
          at: key,
          data: { key: key.value },
          fixes: fixesOf(condition),
        });
      }
    },
  }),
});

function asksForSource({ operator, key, values }: Condition): boolean {
  return (
    isNull(operator) &&
    /^aws:Source(Account|Arn)$/i.test(key.value) &&
    values.some(({ text }) => text.toLowerCase() === 'false')
  );
}

function fixesOf({ operator: { member } }: Condition): readonly Fix[] {
  const block = memberOf(member.parent, 'Null')?.value;
  return block !== undefined && block.kind !== 'object'
    ? []
    : [
        {
          title: 'Deny only where aws:SourceAccount is present',
          kind: 'suggestion',
          edits: () => [
            block === undefined
              ? appendMember(member.parent, 'Null', { 'aws:SourceAccount': 'false' })
              : appendMember(block, 'aws:SourceAccount', 'false'),
          ],
        },
      ];
}
