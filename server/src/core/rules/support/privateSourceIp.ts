import { removeItems } from '../../lint/edits';
import type { Fix, Report, RuleContext, Visitor } from '../../lint/rule';
import { readIpRange } from '../../model/ipRange';
import type { Condition } from '../../model/policy';
import { hasAllValues, knownValues } from './conditions';
import { quote } from './quote';
import { renameKeyFix } from './renameFix';

/**
 * Reports aws:SourceIp where it lists private addresses only: it is the public address of the caller, so that it
 * never is one of them. IAM User Guide, "AWS global condition context keys", aws:SourceIp.
 */
export function privateSourceIpVisitor(
  context: RuleContext<'private'>,
  operator: 'IpAddress' | 'NotIpAddress',
): Visitor {
  return sourceIpVisitor(operator, (condition, isPrivate) => {
    if (isPrivate.every(Boolean)) {
      const taken = condition.member.parent.members.some(
        ({ key }) => key.value.toLowerCase() === 'aws:vpcsourceip',
      );
      context.report({
        message: 'private',
        at: condition.member,
        fixes: taken ? [] : [renameKeyFix(condition.member, 'aws:VpcSourceIp')],
      });
    }
  });
}

/** Reports the private addresses of aws:SourceIp where there are others beside them. */
export function somePrivateSourceIpVisitor(
  context: RuleContext<'private'>,
  operator: 'IpAddress' | 'NotIpAddress',
): Visitor {
  return sourceIpVisitor(operator, (condition, isPrivate) => {
    if (isPrivate.every(Boolean)) {
      return;
    }
    for (const [index, value] of condition.values.entries()) {
      if (isPrivate[index] === true) {
        const report: Report<'private'> = {
          message: 'private',
          at: value.node,
          data: { value: quote(value.text) },
          fixes: removeFix(condition, index),
        };
        context.report(report);
      }
    }
  });
}

function sourceIpVisitor(
  operator: string,
  check: (condition: Condition, isPrivate: readonly boolean[]) => void,
): Visitor {
  return {
    ifCondition: ({ operator: { traits }, key }) =>
      traits?.name === operator && key.toLowerCase() === 'aws:sourceip',
    condition: (condition) => {
      if (
        condition.values.length === 0 ||
        !hasAllValues(condition) ||
        knownValues(condition).length !== condition.values.length
      ) {
        return;
      }
      const isPrivate = condition.values.map(({ text }) => readIpRange(text)?.isPrivate === true);
      if (isPrivate.includes(true)) {
        check(condition, isPrivate);
      }
    },
  };
}

/** Without them the same addresses match: they never did. */
function removeFix({ member }: Condition, index: number): readonly Fix[] {
  const { value } = member;
  return value?.kind === 'array'
    ? [{ title: 'Remove this address', kind: 'safe', edits: () => removeItems(value, [index]) }]
    : [];
}
