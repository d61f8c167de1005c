import { renameKey } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { MemberNode } from '../../syntax/nodes';
import { ifUsed } from '../support/conditionUse';

/**
 * Whatever its value, ForAllValues makes Null always true, and ForAnyValue makes it always false. Access Analyzer policy
 * checks, "Null with qualifier". Where IfExists stands behind it as well, that is the worse mistake and is mended
 * together with this one.
 */
export const rule = defineRule({
  meta: {
    id: 'condition-null-qualifier',
    category: 'suggestion',
    summary: 'Null has a set operator (ForAllValues or ForAnyValue), with which it tests nothing',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'NULL_WITH_QUALIFIER',
    messages: {
      always:
        'Null with ForAllValues always holds and tests nothing: use StringLike with the qualifier, or Null without it.',
      never:
        'Null with ForAnyValue never holds and tests nothing: use StringLike with the qualifier, or Null without it.',
    },
  },
  create: (context) =>
    ifUsed(({ families }) => families.has('Null'), {
      statement: ({ operators }) => {
        for (const { traits, qualifier, ifExists, member } of operators) {
          if (traits?.family === 'Null' && qualifier !== undefined && !ifExists) {
            context.report({
              message: qualifier === 'ForAllValues' ? 'always' : 'never',
              at: member,
              fixes: [nullFix(member)],
            });
          }
        }
      },
    }),
});

function nullFix(member: MemberNode): Fix {
  return {
    title: 'Change to Null, so that the keys decide',
    kind: 'suggestion',
    edits: () => renameKey(member, 'Null'),
  };
}
