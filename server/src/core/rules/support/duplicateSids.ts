import { replaceString } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { Policy, Statement } from '../../model/policy';
import { isThereWith } from '../../syntax/functions';
import { sidGiver } from './freeSid';
import { quote } from './quote';
import { sidOf } from './statements';

/** Reports each statement whose Sid an earlier one already has. An empty Sid does not count. */
export function duplicateSidVisitor(
  context: RuleContext<'duplicate'>,
  concerns: (policy: Policy) => boolean,
): Visitor {
  return {
    // Of two branches of a template engine only one is written.
    concerns: (policy) => policy.node.source.isTemplate !== true && concerns(policy),
    policy: (policy) => {
      const named = new Map<string, Statement>();
      // Few Sids stand in several branches: a list for each would be garbage with each key.
      const apart = new Map<string, Statement[]>();
      const freeSid = sidGiver(policy);
      for (const statement of policy.statements) {
        const text = sidOf(statement) ?? '';
        if (text === '') {
          continue;
        }
        const first = named.get(text);
        if (first === undefined) {
          named.set(text, statement);
          continue;
        }
        const others = apart.get(text) ?? [];
        const other = [first, ...others].find((each) => areTogether(each, statement));
        if (other === undefined && others.length < MOST_APART) {
          apart.set(text, [...others, statement]);
        }
        const { sid } = statement;
        if (other !== undefined && sid !== undefined) {
          const free = freeSid(text.replace(/(?<!\d)\d+$/, '') || text);
          context.report({
            message: 'duplicate',
            at: sid,
            data: { sid: quote(text), number: other.index + 1 },
            // What stands there by an alias of YAML has the Sid of the other one, whatever that is.
            fixes:
              sid.span.start === other.sid?.span.start
                ? []
                : [{ title: `Change to "${free}"`, kind: 'safe', edits: () => [replaceString(sid, free)] }],
          });
        }
      }
    },
  };
}

/** So many statements of one Sid are remembered that are in branches of their own; nobody has more. */
const MOST_APART = 16;

/** Whether two statements are both there whenever one of them is: of two branches of an `Fn::If` there is one. */
function areTogether({ node: one }: Statement, { node: other }: Statement): boolean {
  return isThereWith(one, other) || isThereWith(other, one);
}
