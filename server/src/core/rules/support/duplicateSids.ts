import { replaceString } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { sidGiver } from './freeSid';
import { quote } from './quote';
import { sidOf } from './statements';

/** Reports each statement whose Sid an earlier one has already. An empty Sid is none. */
export function duplicateSidVisitor(
  context: RuleContext<'duplicate'>,
  concerns: (policy: Policy) => boolean,
): Visitor {
  return {
    // Of two branches of a template engine only one is written.
    concerns: (policy) => policy.node.source.isTemplate !== true && concerns(policy),
    policy: (policy) => {
      const first = new Map<string, number>();
      const freeSid = sidGiver(policy);
      for (const statement of policy.statements) {
        const text = sidOf(statement) ?? '';
        const other = first.get(text);
        if (other === undefined) {
          if (text !== '') {
            first.set(text, statement.index);
          }
          continue;
        }
        const { sid } = statement;
        if (sid !== undefined) {
          const free = freeSid(text.replace(/(?<!\d)\d+$/, '') || text);
          context.report({
            message: 'duplicate',
            at: sid,
            data: { sid: quote(text), number: other + 1 },
            fixes: [{ title: `Change to "${free}"`, kind: 'safe', edits: () => [replaceString(sid, free)] }],
          });
        }
      }
    },
  };
}
