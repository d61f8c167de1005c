import { defineRule } from '../../lint/rule';
import { POLICY_ELEMENTS, STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
import { memberOf } from '../../syntax/nodes';
import { isComplete } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'statement-missing',
    category: 'error',
    summary: 'The policy has no statement',
    since: '0.1.0',
    accessAnalyzer: 'MISSING_STATEMENT',
    messages: {
      missing: 'The policy has no Statement.',
      outside: 'The policy has no Statement: put {name} and what stands beside it into one.',
      empty: 'The list of statements is empty; a policy needs at least one.',
    },
  },
  create: (context) => ({
    policy: ({ node }) => {
      const statement = memberOf(node, 'Statement');
      if (statement === undefined) {
        if (isComplete(node) && !standsAmong(node.members, POLICY_ELEMENTS, 'Statement')) {
          const element = node.members.find(({ name }) => STATEMENT_ELEMENTS.includes(name));
          context.report(
            element === undefined
              ? { message: 'missing', at: node }
              : { message: 'outside', at: element, data: { name: element.name } },
          );
        }
      } else if (
        statement.value?.kind === 'array' &&
        statement.value.closed &&
        statement.value.items.length === 0
      ) {
        context.report({ message: 'empty', at: statement });
      }
    },
  }),
});
