import { appendItem, wrapInArray } from '../../lint/edits';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { ActionElement, Policy, Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { listed } from '../../wording';
import { isKnown } from './known';

/**
 * Reports a trust policy that trusts a service without all the actions that the service calls. The actions may be
 * spread over several statements; none is reported as missing if one cannot be read.
 */
export function neededActionsVisitor(
  context: RuleContext<'missing'>,
  service: string,
  needed: readonly string[],
): Visitor {
  return {
    policy: (policy) => {
      const [element] = allowingElements(policy, service);
      const missing = element === undefined ? [] : missingActions(policy, service, needed);
      if (element === undefined || missing.length === 0) {
        return;
      }
      const { value } = element.member;
      context.report({
        message: 'missing',
        at: element.member,
        data: { actions: listed(missing) },
        fixes: [
          {
            title: `Add ${listed(missing)}`,
            kind: 'suggestion',
            edits: () =>
              value?.kind === 'array'
                ? missing.map((action) => appendItem(value, action))
                : value === undefined
                  ? []
                  : wrapInArray(value, missing),
          },
        ],
      });
    },
  };
}

function missingActions(policy: Policy, service: string, needed: readonly string[]): readonly string[] {
  const elements = allowingElements(policy, service);
  if (elements.some((element) => element.negated || !isKnown(element.member.value))) {
    return [];
  }
  const patterns = elements.flatMap((element) =>
    element.entries.map((entry) => compilePattern(entry.text, { case: 'ignore' })),
  );
  return needed.filter((action) => !patterns.some((pattern) => matches(pattern, action.toLowerCase())));
}

function allowingElements(policy: Policy, service: string): readonly ActionElement[] {
  return policy.statements
    .filter((statement) => letsIn(statement, service))
    .flatMap((statement) => statement.actions);
}

function letsIn({ effect, principals }: Statement, service: string): boolean {
  return (
    effect?.value === 'Allow' &&
    principals.some(
      (element) =>
        !element.negated &&
        element.entries.some(({ type, text }) => type?.value === 'Service' && text === service),
    )
  );
}
