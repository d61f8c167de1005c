import { defineRule } from '../../lint/rule';
import { meantBy, POLICY_ELEMENTS, STATEMENT_ELEMENTS, standsAmong } from '../../locate/elements';
import type { MemberNode, ObjectNode } from '../../syntax/nodes';
import { hasMember, isTemplateKey } from '../support/known';
import { quote } from '../support/quote';
import { renameKeyFix } from '../support/renameFix';

/**
 * In JSON a syntax fault shows that something is half-typed; in other languages nothing does. In a program a name
 * without a value may also be a variable of that name.
 */
function isHalfTyped({ name, value, key }: MemberNode, elements: readonly string[]): boolean {
  return (
    (value === undefined || value.span.start === key.span.start) &&
    key.source.syntax !== 'json' &&
    elements.some((element) => element.toLowerCase().startsWith(name.toLowerCase()))
  );
}

export const rule = defineRule({
  meta: {
    id: 'element-unknown',
    category: 'error',
    summary: 'The policy language has no element of this name',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'INVALID_POLICY_ELEMENT',
    messages: {
      similar: '{name} is not an element of a {holder}, and {similar} is.',
      case: '{name} is not an element of a {holder}: names are case-sensitive, and this one is {similar}.',
      unknown: '{name} is not an element of a {holder}.',
      argument: '{name} is not an argument of {holder}, and {similar} is.',
      block: '{name} is not a block of {holder}, and {similar} is.',
      property: '{name} is not a property of {holder}, and {similar} is.',
    },
  },
  create: (context) => {
    const check = (
      members: readonly MemberNode[],
      holder: 'policy' | 'statement',
      elements: readonly string[],
    ): void => {
      for (const member of members) {
        const name = member.name;
        // A name without a value is being typed.
        if (elements.includes(name) || isTemplateKey(name) || isHalfTyped(member, elements)) {
          continue;
        }
        const similar = meantBy(name, elements);
        if (similar === undefined) {
          context.report({ message: 'unknown', at: member, data: { name: quote(name), holder } });
          continue;
        }
        context.report({
          message: similar.toLowerCase() === name.toLowerCase() ? 'case' : 'similar',
          at: member,
          data: { name: quote(name), holder, similar },
          // Where the right one stands too, a rename would only make a duplicate of it.
          fixes: hasMember(members, similar) ? [] : [renameKeyFix(member, similar)],
        });
      }
    };
    const checkOwnNames = (node: ObjectNode): void => {
      for (const { name, span, kind, holder, meant, canChange } of node.misnamed ?? []) {
        context.report({
          message: kind,
          at: { node, span },
          data: { name: quote(name), holder, similar: meant },
          fixes: canChange
            ? [{ title: `Change to ${meant}`, kind: 'suggestion', edits: () => [{ span, text: meant }] }]
            : [],
        });
      }
    };
    return {
      policy: ({ node, members }) => {
        // Where there is no Statement, a rule of its own tells of the elements of one.
        const isWithout = !standsAmong(members, POLICY_ELEMENTS, 'Statement');
        const known = isWithout ? [...POLICY_ELEMENTS, ...STATEMENT_ELEMENTS] : POLICY_ELEMENTS;
        check(members, 'policy', known);
        checkOwnNames(node);
      },
      statement: ({ node, members }) => {
        check(members, 'statement', STATEMENT_ELEMENTS);
        checkOwnNames(node);
      },
    };
  },
});
