import type { PolicyType } from '../locate/policyType';
import { memoize } from '../pattern/memo';
import { compilePattern, matches } from '../pattern/pattern';
import type { Category, RuleMeta, Severity } from './ruleMeta';

/** One line of a configuration: rules by id or glob, and what becomes of their findings. */
export interface RuleSetting {
  /** A rule id, or a pattern with `*` and `?` over rule ids. */
  readonly rule: string;
  readonly severity: Severity | 'off' | 'default';
}

const DEFAULTS: Readonly<Record<Category, Severity>> = {
  error: 'error',
  security: 'warning',
  warning: 'warning',
  suggestion: 'info',
};

/**
 * A rule's severity under a configuration, `undefined` when it is off. Of several settings that fit, the last wins;
 * `default` turns a rule on at its own severity, which is its category's unless the rule says otherwise.
 *
 * @param type of the policy. Without it, the severity where the rule does not mean that AWS refuses the document.
 */
export function severityOf(
  meta: RuleMeta,
  settings: readonly RuleSetting[],
  type?: PolicyType,
): Severity | undefined {
  const setting = settings.findLast((candidate) => fitsRule(candidate, meta.id));
  const own = isRefused(meta, type) ? 'error' : (meta.severity ?? DEFAULTS[meta.category]);
  if (setting === undefined) {
    return meta.defaultOff === true ? undefined : own;
  }
  if (setting.severity === 'off') {
    return undefined;
  }
  return setting.severity === 'default' ? own : setting.severity;
}

function isRefused({ refusedIn }: RuleMeta, type: PolicyType | undefined): boolean {
  return type !== undefined && (refusedIn?.includes(type) ?? false);
}

/** Whether a setting speaks of the rule, by its id or by a glob. */
export function fitsRule(setting: Pick<RuleSetting, 'rule'>, id: string): boolean {
  return matches(compiled(setting.rule), id);
}

/** A configuration is asked about every rule, for every version of a document. */
const compiled = memoize(compilePattern, { room: 20_000 });

/** What a configuration can make of a rule. */
export const ruleSeverities = ['off', 'error', 'warning', 'info', 'default'] as const;

/** Whether a text is a severity as a configuration has them. */
export function isRuleSeverity(text: string): text is RuleSetting['severity'] {
  return (ruleSeverities as readonly string[]).includes(text);
}

/** Higher is worse. */
export const SEVERITY_RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };
