import type { IamData } from '../iamData/iamData';
import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { Ground } from './doubt/doubt';
import { type Finding, toFinding } from './finding';
import { type Ownership, ownershipOf } from './ownership';
import type { AnyRule, Rule, RuleContext } from './rule';
import type { Severity } from './ruleMeta';
import { type RuleSetting, severityOf } from './severity';
import { type ActiveRule, type ActiveRules, createActiveRules } from './walk';

export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** In policies that AWS refuses for what the rule finds. */
  readonly severityWhereRefused: Severity;
}

/** What decides which rules are at work. */
export interface RuleSetInput {
  readonly rules: readonly AnyRule[];
  readonly settings: readonly RuleSetting[];
  readonly iamData: IamData | undefined;
  readonly knowledge?: WorkspaceKnowledge | undefined;
}

/** The rules that a configuration leaves on. */
export function enabledRules({ rules, settings, iamData, knowledge }: RuleSetInput): readonly EnabledRule[] {
  const needed = { iamData, knowledge };
  return rules.flatMap((rule) => {
    const { needs } = rule.meta;
    const severity = severityOf(rule.meta, settings);
    if (severity === undefined || (needs !== undefined && needed[needs] === undefined)) {
      return [];
    }
    const severityWhereRefused = severityOf(rule.meta, settings, rule.meta.refusedIn?.[0]) ?? severity;
    return [{ rule: rule as Rule, severity, severityWhereRefused }];
  });
}

/** Rules at work. Made once and shown policy after policy: making two hundred rules ready costs more than a policy. */
export interface RuleSet {
  readonly target: ReportTarget;
  readonly activeRules: readonly ActiveRule[];
  /** By type of policy, for the rules that apply there. */
  readonly byType: Map<PolicyType, ActiveRules>;
}

/** What the reports of a rule set are about, and where they go. */
export interface ReportTarget {
  current:
    | {
        readonly policy: Policy;
        readonly text: string;
        readonly knowledge: WorkspaceKnowledge | undefined;
        readonly findings: Finding[];
        /** What each finding depends on; as long as the list of findings. */
        readonly grounds: Ground[];
      }
    | undefined;
}

const ruleSets = new WeakMap<readonly AnyRule[], WeakMap<object, Map<string, RuleSet>>>();
const WITHOUT_DATA = {};
/** How many configurations are remembered; a process meets a few, each again and again. */
const MOST_RULE_SETS = 16;

/** The rule set for rules, settings and reference; the same for keystroke after keystroke, so it is kept. */
export function ruleSetOf(input: RuleSetInput): RuleSet {
  const { rules, settings, iamData, knowledge } = input;
  const byData = ruleSets.get(rules) ?? new WeakMap<object, Map<string, RuleSet>>();
  ruleSets.set(rules, byData);
  const bySettings = byData.get(iamData ?? WITHOUT_DATA) ?? new Map<string, RuleSet>();
  byData.set(iamData ?? WITHOUT_DATA, bySettings);
  // Which knowledge it is changes with each file that is saved, and the rule set is told with each policy.
  const key = [
    knowledge === undefined,
    ...settings.map(({ rule, severity }) => `${rule}=${severity}`),
  ].join();
  let ruleSet = bySettings.get(key);
  if (ruleSet === undefined) {
    if (bySettings.size >= MOST_RULE_SETS) {
      bySettings.clear();
    }
    ruleSet = createRuleSet(enabledRules(input), input);
    bySettings.set(key, ruleSet);
  }
  return ruleSet;
}

/** A rule set that nobody else is shown the work of. */
export function createRuleSet(enabled: readonly EnabledRule[], { rules, iamData }: RuleSetInput): RuleSet {
  const target: ReportTarget = { current: undefined };
  const isOwned = ownershipOf(rules);
  return {
    target,
    activeRules: enabled.map((each) => createActiveRule(each, { target, iamData, isOwned })),
    byType: new Map(),
  };
}

function createActiveRule(
  { rule, severity, severityWhereRefused }: EnabledRule,
  {
    target,
    iamData,
    isOwned,
  }: { readonly target: ReportTarget; readonly iamData: IamData | undefined; readonly isOwned: Ownership },
): ActiveRule {
  const { refusedIn = [] } = rule.meta;
  let isLocal = false;
  const context: RuleContext = {
    get policy() {
      return atHand(target).policy;
    },
    iamData,
    get knowledge() {
      return atHand(target).knowledge;
    },
    report: (report) => {
      const { policy, text, findings, grounds } = atHand(target);
      const own = refusedIn.includes(policy.kind.type) ? severityWhereRefused : severity;
      const finding = toFinding(rule, own, policy, report, text, iamData?.date);
      if (isOwned(rule.meta, finding.span, policy)) {
        return;
      }
      findings.push(finding);
      grounds.push(new Ground(report.at, isLocal));
    },
  };
  try {
    const visitor = rule.create(context);
    isLocal = visitor.policy === undefined && visitor.statement === undefined;
    return { rule, visitor, flaw: undefined, isActive: true };
  } catch (error) {
    return { rule, visitor: {}, flaw: { error }, isActive: true };
  }
}

function atHand({ current }: ReportTarget): NonNullable<ReportTarget['current']> {
  if (current === undefined) {
    throw new Error('A rule asks for a policy, or reports on one, when it is shown none.');
  }
  return current;
}

/** The part of a rule set that is shown policies of a type. */
export function activeRulesFor({ activeRules, byType }: RuleSet, type: PolicyType): ActiveRules {
  let active = byType.get(type);
  if (active === undefined) {
    active = createActiveRules(activeRules.filter(({ rule }) => rule.meta.appliesTo?.includes(type) ?? true));
    byType.set(type, active);
  }
  return active;
}
