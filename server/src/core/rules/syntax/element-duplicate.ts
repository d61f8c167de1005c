import { removeMember, replaceValue } from '../../lint/edits';
import type { JsonValue } from '../../lint/layout';
import { defineRule, type Fix } from '../../lint/rule';
import type { MemberNode, ObjectNode, SyntaxNode } from '../../syntax/nodes';
import { jsonOf } from '../support/conditions';
import { quote } from '../support/quote';

/**
 * "A key may occur once": IAM User Guide, "Grammar of the IAM JSON policy language". JSON readers keep the last one
 * without a word, IAM refuses the policy.
 */
export const rule = defineRule({
  meta: {
    id: 'element-duplicate',
    category: 'error',
    summary: 'An element occurs twice in one object',
    since: '0.1.0',
    fixable: 'suggestion',
    sources: ['json-objects'],
    messages: {
      twice: 'This {holder} already has {name}.',
    },
  },
  create: (context) => {
    const check = (object: ObjectNode, holder: string): void => {
      // Of two branches of a template engine only one is written.
      if (
        !holdsTwice(object) ||
        ((object.source.syntax === 'yaml' || object.source.isTemplate) && !object.closed)
      ) {
        return;
      }
      const seen = new Map<string, MemberNode>();
      for (const member of object.members) {
        const name = member.name;
        const first = seen.get(name);
        // What is spread or merged into an object may be so several times.
        if (first !== undefined && name !== '<<') {
          context.report({
            message: 'twice',
            at: member,
            data: { name: quote(name), holder },
            fixes: fixesOf(first, member, holder),
          });
        }
        seen.set(name, first ?? member);
      }
    };
    return {
      policy: ({ node }) => check(node, 'policy'),
      statement: ({ node }) => {
        check(node, 'statement');
        for (const { name, value } of node.members) {
          if (value?.kind !== 'object') {
            continue;
          }
          if (name === 'Principal' || name === 'NotPrincipal') {
            check(value, name);
          } else if (name === 'Condition') {
            check(value, 'Condition');
            for (const operator of value.members) {
              if (operator.value?.kind === 'object') {
                check(operator.value, operator.name);
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
      if (members[at]?.name === members[before]?.name) {
        return true;
      }
    }
  }
  return false;
}

const FEW = 12;

/** Without one of two such the policy grants no more than both say. */
const GRANTING: ReadonlySet<string> = new Set(['Version', 'Id', 'Sid', 'Action', 'Resource']);

/**
 * Of two that say the same one is too many, and two blocks of an operator are meant to hold together. Where one takes away
 * from what the other grants, neither can go unseen: there is no fix.
 */
function fixesOf(first: MemberNode, second: MemberNode, holder: string): readonly Fix[] {
  const [one, other] = [first.value, second.value].map(jsonOf);
  const isSame = one !== undefined && JSON.stringify(one) === JSON.stringify(other);
  if (isSame || GRANTING.has(second.name) || holder === 'Principal') {
    return [{ title: 'Remove this one', kind: 'suggestion', edits: () => removeMember(second) }];
  }
  const { value } = first;
  const both = holder === 'Condition' ? unionOf(value, second.value) : undefined;
  return value === undefined || both === undefined
    ? []
    : [
        {
          title: `Move its keys to the earlier ${second.name}`,
          kind: 'suggestion',
          edits: () => [replaceValue(value, both), ...removeMember(second)],
        },
      ];
}

/** What two objects hold together; nothing where they have a name in common. */
function unionOf(
  one: SyntaxNode | undefined,
  other: SyntaxNode | undefined,
): { readonly [name: string]: JsonValue } | undefined {
  if (one?.kind !== 'object' || other?.kind !== 'object') {
    return undefined;
  }
  const union = new Map<string, JsonValue>();
  for (const { name, value } of [...one.members, ...other.members]) {
    const json = jsonOf(value);
    if (json === undefined || union.has(name)) {
      return undefined;
    }
    union.set(name, json);
  }
  return Object.fromEntries(union);
}
