import { insertMemberAfter, insertMemberBefore } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import { STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
import type { Statement } from '../../model/policy';
import { isComplete } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'effect-missing',
    category: 'error',
    summary: 'A statement neither allows nor denies',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'MISSING_EFFECT',
    messages: {
      missing: 'The statement has no Effect, and there is no default: it must say Allow or Deny.',
    },
  },
  create: (context) => ({
    statement: (statement) => {
      if (isComplete(statement.node) && !standsAmong(statement.members, STATEMENT_ELEMENTS, 'Effect')) {
        context.report({
          message: 'missing',
          at: statement.node,
          fixes: ['Allow', 'Deny'].flatMap((effect) => insertion(statement, effect)),
        });
      }
    },
  }),
});

/** Behind the Sid, where everybody looks for it. */
function insertion({ members }: Statement, effect: string): readonly Fix[] {
  const [first] = members;
  if (first === undefined) {
    return [];
  }
  return [
    {
      title: `Insert "Effect": "${effect}"`,
      kind: 'suggestion',
      edits: () => [
        first.key.value === 'Sid'
          ? insertMemberAfter(first, 'Effect', effect)
          : insertMemberBefore(first, 'Effect', effect),
      ],
    },
  ];
}
