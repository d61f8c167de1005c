import { defineRule } from '../../lint/rule';
import { ifUsed } from '../support/conditionUse';
import { renameKeyFix } from '../support/renameFix';

/** IAM User Guide, "IAM JSON policy elements: Condition operators": IfExists follows any operator but Null. */
export const rule = defineRule({
  meta: {
    id: 'condition-null-if-exists',
    category: 'error',
    summary: 'Null is combined with IfExists',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'NULL_WITH_IF_EXISTS',
    messages: {
      refused: 'Null tests whether a key exists, so it cannot have IfExists.',
    },
  },
  create: (context) =>
    ifUsed(({ families }) => families.has('Null'), {
      statement: ({ operators }) => {
        for (const { traits, ifExists, member } of operators) {
          if (traits?.family === 'Null' && ifExists) {
            context.report({ message: 'refused', at: member, fixes: [renameKeyFix(member, 'Null')] });
          }
        }
      },
    }),
});
