import { removeMember } from '../../lint/edits';
import { defineRule } from '../../lint/rule';
import type { ObjectNode } from '../../syntax/nodes';
import { quote } from '../support/quote';

/**
 * "A key may occur once": IAM User Guide, "Grammar of the IAM JSON policy language". JSON readers keep the last one
 * without a word, IAM refuses the policy.
 */
export const rule = defineRule({
  meta: {
    id: 'element-duplicate',
    category: 'error',
    summary: 'A name occurs twice in one object',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['json-objects'],
    messages: {
      twice: '{name} already stands in this {holder}.',
    },
  },
  create: (context) => {
    const check = (object: ObjectNode, holder: string): void => {
      // Of two branches of a template engine only one is written.
      if (!holdsTwice(object) || (object.source.syntax === 'yaml' && !object.closed)) {
        return;
      }
      const seen = new Set<string>();
      for (const member of object.members) {
        const name = member.name;
        if (seen.has(name)) {
          context.report({
            message: 'twice',
            at: member,
            data: { name: quote(name), holder },
            fixes: [{ title: 'Remove this one', kind: 'suggestion', edits: () => removeMember(member) }],
          });
        }
        seen.add(name);
      }
    };
    return {
      policy: ({ node }) => check(node, 'policy'),
      statement: ({ node }) => {
        check(node, 'statement');
        for (const { key, value } of node.members) {
          if (value?.kind !== 'object') {
            continue;
          }
          if (key.value === 'Principal' || key.value === 'NotPrincipal') {
            check(value, key.value);
          } else if (key.value === 'Condition') {
            check(value, 'Condition');
            for (const operator of value.members) {
              if (operator.value?.kind === 'object') {
                check(operator.value, operator.key.value);
              }
            }
          }
        }
      },
    };
  },
});

/** The few keys of a usual object are compared each with each, which takes no memory and less time than a set. */
function holdsTwice({ members }: ObjectNode): boolean {
  if (members.length > FEW) {
    return true;
  }
  for (let at = 1; at < members.length; at += 1) {
    for (let before = 0; before < at; before += 1) {
      if (members[at]?.key.value === members[before]?.key.value) {
        return true;
      }
    }
  }
  return false;
}

const FEW = 12;
