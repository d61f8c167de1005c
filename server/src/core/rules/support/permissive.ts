import { ASSIGNED_KEYS, SENSITIVE_KEYS } from '../../iamData/overlay/principalKeys';
import type { RuleContext, Visitor } from '../../lint/rule';
import type { Condition } from '../../model/policy';
import { compilePattern, type Pattern, type PatternToken } from '../../pattern/pattern';
import { isNegative, takesWildcards } from './conditions';
import { takesVariables } from './policyVariables';
import { quote } from './quote';

/**
 * Reports what stands for too much in the values of keys that must be exact: wildcards, or variables, which can hold
 * a wildcard's worth of choice just as well. Of each value the first such place.
 *
 * Access Analyzer, WILDCARD_USAGE_TOO_PERMISSIVE and VARIABLE_USAGE_TOO_PERMISSIVE. It publishes the keys that must be
 * exact and what it wants of aws:userid. Of the keys that must begin with six plain characters only the subject of an
 * OIDC token is known, by answers of ValidatePolicy that users have shown.
 */
export function permissiveVisitor(
  context: RuleContext<'exact' | 'vague' | 'userid'>,
  what: 'wildcard' | 'variable',
): Visitor {
  return {
    ifCondition: ({ key }) => demandOf(key.toLowerCase(), true) !== undefined,
    condition: (condition) => {
      const key = condition.key.value.toLowerCase();
      const message = demandOf(key, context.policy.kind.type === 'trust');
      if (message === undefined || !mayHold(condition, what)) {
        return;
      }
      for (const { node, text } of condition.values) {
        const found = node.kind === 'string' ? offenderIn(condition, text, message, what) : undefined;
        if (node.kind === 'string' && found !== undefined) {
          context.report({
            message,
            at: { node, from: found.start, to: found.end },
            data: { key: condition.key.value, text: quote(text.slice(found.start, found.end)) },
          });
        }
      }
    },
  };
}

type Demand = 'exact' | 'vague' | 'userid';

function demandOf(key: string, isTrust: boolean): Demand | undefined {
  if (SENSITIVE_KEYS.has(key)) {
    return 'exact';
  }
  if (key === 'aws:userid') {
    return 'userid';
  }
  return isTrust && SUBJECT.test(key) ? 'vague' : undefined;
}

/** An OIDC provider's keys begin with its host. */
const SUBJECT = /^[\w-]+\.[\w-].*:sub$/s;

/** Access Analyzer's least number of plain characters before a wildcard or a variable. */
const LEAST_RUN = 6;

function mayHold(condition: Condition, what: 'wildcard' | 'variable'): boolean {
  return what === 'wildcard' ? takesWildcards(condition) : takesVariables(condition);
}

function offenderIn(
  condition: Condition,
  text: string,
  demand: Demand,
  what: 'wildcard' | 'variable',
): PatternToken | undefined {
  if (!(what === 'variable' ? text.includes('${') : /[*?]/.test(text))) {
    return undefined;
  }
  const variables = condition.statement.policy.version === '2012-10-17' ? 'substitute' : 'literal';
  const pattern = compilePattern(text, { variables });
  // A tool fills in `${Account}` and `${AWS::AccountId}` before IAM sees the policy.
  if (
    pattern.tokens.some(
      (token) =>
        token.kind === 'hole' || (token.kind === 'unknown' && variableName(text, token) === undefined),
    )
  ) {
    return undefined;
  }
  // With a negated operator a lone star asks whether the key is absent.
  if (text === '*' && isNegative(condition.operator)) {
    return undefined;
  }
  const isWanted = (token: PatternToken): boolean =>
    what === 'variable' ? token.kind === 'unknown' : token.kind === 'run' || token.kind === 'one';
  switch (demand) {
    case 'exact':
      return pattern.tokens.find((token) => isWanted(token) && !isTrusted(text, token));
    case 'userid':
      return beforeColon(pattern).find((token, _, all) => isWanted(token) && all.length > 1);
    case 'vague':
      return pattern.tokens.find((token, index, all) => isWanted(token) && runBefore(all, index) < LEAST_RUN);
  }
}

/**
 * An account or organization compared with another one is what AWS's own policies do: aws:ResourceAccount with
 * `${aws:PrincipalAccount}` has no finding in hundreds of them.
 */
function isTrusted(text: string, token: PatternToken): boolean {
  const name = variableName(text, token) ?? '';
  return token.kind === 'unknown' && (SENSITIVE_KEYS.has(name) || ASSIGNED_KEYS.has(name));
}

/** The key of a policy variable, in lower case; `undefined` for what some other tool fills in. */
function variableName(text: string, { start, end }: PatternToken): string | undefined {
  return /^\$\{\s*([\w.-]+:[^:,}][^,}]*)/.exec(text.slice(start, end))?.[1]?.trim().toLowerCase();
}

/** The text before the colon; none if there is no colon. */
function beforeColon({ tokens }: Pattern): readonly PatternToken[] {
  const colon = tokens.findIndex((token) => token.kind === 'literal' && token.code === COLON);
  return tokens.slice(0, Math.max(colon, 0));
}

function runBefore(tokens: readonly PatternToken[], index: number): number {
  let from = index;
  while (tokens[from - 1]?.kind === 'literal') {
    from -= 1;
  }
  return index - from;
}

const COLON = 0x3a;
