import { replaceString } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { sidGiver } from './freeSid';
import { quote } from './quote';

/** Reports each statement whose Sid an earlier one has already. An empty Sid is none. */
export function duplicateSidVisitor(
  context: RuleContext<'duplicate'>,
  concerns: (policy: Policy) => boolean,
): Visitor {
  return {
    concerns,
    policy: (policy) => {
      const first = new Map<string, number>();
      const freeSid = sidGiver(policy);
      for (const { sid, index } of policy.statements) {
        if (sid === undefined || sid.value === '') {
          continue;
        }
        const other = first.get(sid.value);
        if (other === undefined) {
          first.set(sid.value, index);
          continue;
        }
        const free = freeSid(sid.value.replace(/\d+$/, '') || sid.value);
        context.report({
          message: 'duplicate',
          at: sid,
          data: { sid: quote(sid.value), number: other + 1 },
          fixes: [{ title: `Change to "${free}"`, kind: 'safe', edits: () => [replaceString(sid, free)] }],
        });
      }
    },
  };
}
