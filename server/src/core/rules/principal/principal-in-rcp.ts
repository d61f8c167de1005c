import { renameKey, replaceValue } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { SyntaxNode } from '../../syntax/nodes';
import { isKnown } from '../support/known';

/** AWS Organizations User Guide, "RCP syntax": Principal is "*", and conditions say whom a policy concerns. */
export const rule = defineRule({
  meta: {
    id: 'principal-in-rcp',
    category: 'error',
    summary: 'A resource control policy names a principal other than "*"',
    since: '0.1.0',
    appliesTo: ['rcp'],
    fixable: 'suggestion',
    accessAnalyzer: 'RCP_SYNTAX_ERROR_PRINCIPAL',
    messages: {
      value: 'The Principal of a resource control policy must be "*".',
      negated: 'A resource control policy cannot have NotPrincipal: it must have "Principal": "*".',
    },
  },
  create: (context) => ({
    principalElement: ({ member, negated, statement }) => {
      const { value } = member;
      if (!isKnown(value) || (!negated && isEverybody(value))) {
        return;
      }
      const alone = statement.principals.length === 1;
      context.report({
        message: negated ? 'negated' : 'value',
        at: negated ? member : value,
        fixes: alone
          ? [
              {
                title: 'Change to "Principal": "*"',
                kind: 'suggestion',
                edits: () => [...(negated ? renameKey(member, 'Principal') : []), replaceValue(value, '*')],
              },
            ]
          : [],
      });
    },
  }),
});

function isEverybody(value: SyntaxNode): boolean {
  return value.kind === 'string' && value.value === '*';
}
