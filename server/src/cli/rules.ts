import {
  type Finding,
  fitsRule,
  isRuleSeverity,
  nearest,
  type PolicyType,
  type RuleMeta,
  type RuleSetting,
  severityOf,
} from '../core/index';

/**
 * A file named on the command line that holds no policy. Core has no such rule: an editor opens many files that are
 * no policies, whereas a file that somebody names is meant to be one.
 */
const policyNotFound: RuleMeta = {
  id: 'policy-not-found',
  category: 'error',
  summary: 'A file that was named holds no policy',
  since: '0.1.0',
  messages: { none: 'No policy was found: nothing in this file, read as JSON, has a Statement' },
};

/**
 * The finding on a file without a policy, or none if the settings turn it off. A type is part of every finding: it
 * is the one that was asked for, else the one that a policy without any marks would have.
 */
export function notFoundFinding(
  settings: readonly RuleSetting[],
  policyType: PolicyType | undefined,
): Finding | undefined {
  const severity = severityOf(policyNotFound, settings);
  return severity === undefined
    ? undefined
    : {
        rule: policyNotFound.id,
        accessAnalyzer: undefined,
        category: policyNotFound.category,
        severity,
        message: policyNotFound.messages.none ?? policyNotFound.summary,
        span: { start: 0, end: 0 },
        path: [],
        policyType: policyType ?? 'identity',
        fixes: [],
      };
}

export type SettingOutcome = { readonly setting: RuleSetting } | { readonly problem: string };

/** Reads `id=severity` or `glob=severity`. */
export function parseRuleSetting(text: string): SettingOutcome {
  const at = text.indexOf('=');
  const rule = text.slice(0, Math.max(at, 0));
  const severity = text.slice(at + 1);
  if (at <= 0) {
    return { problem: 'Write it as RULE=SEVERITY, as in action-unknown=off.' };
  }
  if (!isRuleSeverity(severity)) {
    const meant = nearest(severity, SEVERITIES);
    return {
      problem: `A severity is one of ${SEVERITIES.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    };
  }
  return { setting: { rule, severity } };
}

const SEVERITIES: readonly RuleSetting['severity'][] = ['off', 'error', 'warning', 'info', 'default'];

/** What is wrong with settings that speak of no rule there is, one sentence each. */
export function unknownRules(
  settings: readonly RuleSetting[],
  rules: readonly RuleMeta[],
): readonly string[] {
  const ids = [...rules.map((meta) => meta.id), policyNotFound.id];
  return settings
    .filter((setting) => !ids.some((id) => fitsRule(setting, id)))
    .map(({ rule }) => {
      const what = /[*?]/.test(rule) ? `no rule fits '${rule}'` : `unknown rule '${rule}'`;
      const meant = nearest(rule, ids);
      return meant === undefined ? what : `${what}; did you mean ${meant}?`;
    });
}
