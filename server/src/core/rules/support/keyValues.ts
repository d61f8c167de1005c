import type { RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { hasWildcard } from '../../pattern/pattern';
import { isTemplateText } from './known';
import { quote } from './quote';
import { renameKeyFix, replaceStringFix } from './renameFix';

/** What the values of certain keys have to look like. */
export interface KeyValueCheck {
  /** In lower case. */
  readonly keys: ReadonlySet<string>;
  readonly isWrong: (text: string, condition: Condition) => boolean;
  /** Of a pattern under an operator that takes one; none is wrong by default. */
  readonly isWrongPattern?: (pattern: string) => boolean;
  /** What was most likely meant. */
  readonly meant?: (text: string) => string | undefined;
  /** The key that was most likely meant, where all values belong to another one. */
  readonly meantKey?: (condition: Condition) => string | undefined;
}

/**
 * Reports the values of certain keys that can never be equal to what AWS compares them with. Of patterns under an
 * operator that takes them is said what `isWrongPattern` says, of those under another operator nothing: that is
 * condition-wildcard-literal's concern. What a variable or a template fills in is left alone.
 */
export function keyValueVisitor(
  context: RuleContext<'wrong'>,
  { keys, isWrong, isWrongPattern, meant, meantKey }: KeyValueCheck,
): Visitor {
  return {
    ifCondition: ({ operator, key }) => keys.has(key.toLowerCase()) && /^(?:String|Arn)/i.test(operator.base),
    condition: (condition) => {
      const { key, values } = condition;
      for (const value of values) {
        if (isTemplateText(value.text)) {
          continue;
        }
        const isFaulty = hasWildcard(value.text)
          ? takesPatterns(condition) && isWrongPattern?.(value.text) === true
          : isWrong(value.text, condition);
        if (isFaulty) {
          const similar = meant?.(value.text);
          const otherKey = meantKey?.(condition);
          context.report({
            message: 'wrong',
            at: value.node,
            data: { value: quote(value.text), key: key.value },
            fixes: [
              ...(otherKey === undefined ? [] : [renameKeyFix(condition.member, otherKey)]),
              ...(similar === undefined || value.node.kind !== 'string'
                ? []
                : [replaceStringFix(value.node, similar)]),
            ],
          });
        }
      }
    },
  };
}

/** ArnEquals takes patterns just as ArnLike does. */
function takesPatterns({ operator }: Condition): boolean {
  return /^(?:Arn|String(?:Not)?Like$)/i.test(operator.base);
}
