import { defineRule } from '../../lint/rule';
import { ifUsed } from '../support/conditionUse';
import { renameKeyFix } from '../support/renameFix';

/** Where IfExists stands behind it as well, that is the worse mistake and is mended together with this one. */
export const rule = defineRule({
  meta: {
    id: 'condition-null-qualifier',
    category: 'suggestion',
    summary: 'Null has a set qualifier',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'NULL_WITH_QUALIFIER',
    messages: {
      pointless:
        'Null asks whether a key exists and not for its values, so that {qualifier} has nothing to do.',
    },
  },
  create: (context) =>
    ifUsed(({ families }) => families.has('Null'), {
      statement: ({ operators }) => {
        for (const { traits, qualifier, ifExists, member } of operators) {
          if (traits?.family === 'Null' && qualifier !== undefined && !ifExists) {
            context.report({
              message: 'pointless',
              at: member,
              data: { qualifier },
              fixes: [renameKeyFix(member, 'Null')],
            });
          }
        }
      },
    }),
});
