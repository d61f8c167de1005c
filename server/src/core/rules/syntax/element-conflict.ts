import { removeMember } from '../../lint/edits';
import { defineRule, type Fix } from '../../lint/rule';
import type { PolicyType } from '../../locate/policyType';
import { branchesOf } from '../../syntax/functions';
import type { MemberNode } from '../../syntax/nodes';
import { ELEMENT_PAIRS } from '../support/elements';
import { mayBeAbsent } from '../support/known';

export const rule = defineRule({
  meta: {
    id: 'element-conflict',
    category: 'error',
    summary: 'A statement has two elements that exclude each other',
    since: '0.1.0',
    fixable: 'suggestion',
    accessAnalyzer: 'UNSUPPORTED_ELEMENT_COMBINATION',
    messages: {
      both: 'A statement cannot have both {first} and {second}.',
    },
  },
  create: (context) => ({
    statement: ({ members }) => {
      if (!members.some(isNegated)) {
        return;
      }
      for (const pair of ELEMENT_PAIRS) {
        if (REFUSED_IN.get(pair[1])?.includes(context.policy.kind.type) === true) {
          continue;
        }
        const [first, second] = pair
          .map((name) => members.find((member) => member.name === name && !mayBeAbsent(member)))
          .filter((member) => member !== undefined)
          .sort((a, b) => a.span.start - b.span.start);
        if (first !== undefined && second !== undefined && !mayBeNothing(first) && !mayBeNothing(second)) {
          context.report({
            message: 'both',
            at: second,
            data: { first: first.key.value, second: second.key.value },
            fixes: [removalOf(second), removalOf(first)],
          });
        }
      }
    },
  }),
});

/** In a program the value of an expression may be nothing, and then the element is not there. */
function mayBeNothing({ value, parent }: MemberNode): boolean {
  return (
    value !== undefined &&
    parent.source.syntax === 'program' &&
    branchesOf(value).some(({ kind }) => kind === 'opaque')
  );
}

/** Where the Not… form has no place even alone; the rules about that say so. */
const REFUSED_IN: ReadonlyMap<string, readonly PolicyType[]> = new Map<string, readonly PolicyType[]>([
  ['NotPrincipal', ['identity', 'boundary', 'session', 'trust', 'scp', 'rcp']],
  ['NotAction', ['rcp']],
  ['NotResource', ['trust']],
]);

/** Of each pair one is a Not… form, and few statements have any. */
function isNegated({ name }: MemberNode): boolean {
  return name.startsWith('Not');
}

function removalOf(member: MemberNode): Fix {
  return { title: `Remove ${member.name}`, kind: 'suggestion', edits: () => removeMember(member) };
}
