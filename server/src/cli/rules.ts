import {
  type DocumentLanguage,
  type Finding,
  isRuleSeverity,
  nearest,
  type PolicyDocument,
  type PolicyType,
  policyNotFound,
  type RuleSetting,
  ruleSeverities,
  severityOf,
} from '../core/index';

/**
 * The finding on a file without a policy, or none if the settings turn it off. It lies where the file ceases to be
 * readable, if it does. A type is part of every finding: it is the one that was asked for, else the one that a policy
 * without any marks would have.
 */
export function notFoundFinding(
  settings: readonly RuleSetting[],
  policyType: PolicyType | undefined,
  { tree, language }: Pick<PolicyDocument, 'tree' | 'language'>,
): Finding | undefined {
  const [fault] = tree.faults;
  const at = fault?.span.start ?? 0;
  const severity = severityOf(policyNotFound, settings);
  return severity === undefined
    ? undefined
    : {
        rule: policyNotFound.id,
        accessAnalyzer: undefined,
        category: policyNotFound.category,
        severity,
        message:
          policyNotFound.messages[fault === undefined ? 'none' : 'unreadable']?.replace(
            '{language}',
            LANGUAGE_NAMES[language],
          ) ?? policyNotFound.summary,
        span: { start: at, end: at },
        path: [],
        policyType: policyType ?? 'identity',
        fixes: [],
      };
}

/** What a text that holds no policy is no policy in. */
const LANGUAGE_NAMES: Readonly<Record<DocumentLanguage, string>> = {
  json: 'JSON',
  jsonc: 'JSON',
  yaml: 'YAML',
  hcl: 'HCL',
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  python: 'Python',
  template: 'a template',
  markdown: 'Markdown',
};

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
    const meant = nearest(severity, ruleSeverities);
    return {
      problem: `A severity is one of ${ruleSeverities.join(', ')}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
    };
  }
  return { setting: { rule, severity } };
}
