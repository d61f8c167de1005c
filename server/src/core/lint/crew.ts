import type { IamData } from '../iamData/iamData';
import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { Ground } from './doubt';
import { type Finding, toFinding } from './finding';
import { type Ownership, ownershipOf } from './ownership';
import type { AnyRule, Rule, RuleContext } from './rule';
import { type RuleSetting, type Severity, severityOf } from './severity';
import { createShift, type Shift, type Worker } from './walk';

export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  /** In policies that AWS refuses for what the rule finds. */
  readonly severityWhereRefused: Severity;
}

/** What decides which rules are at work. */
export interface CrewInput {
  readonly rules: readonly AnyRule[];
  readonly settings: readonly RuleSetting[];
  readonly iamData: IamData | undefined;
  readonly knowledge?: WorkspaceKnowledge | undefined;
}

/** The rules that a configuration leaves on. */
export function enabledRules({ rules, settings, iamData, knowledge }: CrewInput): readonly EnabledRule[] {
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
export interface Crew {
  readonly desk: Desk;
  readonly workers: readonly Worker[];
  /** By type of policy, for the rules that apply there. */
  readonly shifts: Map<PolicyType, Shift>;
}

/** What the reports of a crew are about, and where they go. */
export interface Desk {
  current:
    | {
        readonly policy: Policy;
        readonly text: string;
        readonly knowledge: WorkspaceKnowledge | undefined;
        readonly findings: Finding[];
        /** What each of the findings goes by, if the policy has syntax faults; grows with the findings. */
        readonly grounds: Ground[];
      }
    | undefined;
}

const crews = new WeakMap<readonly AnyRule[], WeakMap<object, Map<string, Crew>>>();
const WITHOUT_DATA = {};
/** How many configurations are remembered; a process meets a few, each again and again. */
const MOST_CREWS = 16;

/** The crew for rules, settings and reference; the same for keystroke after keystroke, so it is kept. */
export function crewOf(input: CrewInput): Crew {
  const { rules, settings, iamData, knowledge } = input;
  const byData = crews.get(rules) ?? new WeakMap<object, Map<string, Crew>>();
  crews.set(rules, byData);
  const bySettings = byData.get(iamData ?? WITHOUT_DATA) ?? new Map<string, Crew>();
  byData.set(iamData ?? WITHOUT_DATA, bySettings);
  // Which knowledge it is changes with each file that is saved, and the crew is told with each policy.
  const key = [
    knowledge === undefined,
    ...settings.map(({ rule, severity }) => `${rule}=${severity}`),
  ].join();
  let crew = bySettings.get(key);
  if (crew === undefined) {
    if (bySettings.size >= MOST_CREWS) {
      bySettings.clear();
    }
    crew = createCrew(enabledRules(input), input);
    bySettings.set(key, crew);
  }
  return crew;
}

/** A crew that nobody else is shown the work of. */
export function createCrew(enabled: readonly EnabledRule[], { rules, iamData }: CrewInput): Crew {
  const desk: Desk = { current: undefined };
  const isOwned = ownershipOf(rules);
  return {
    desk,
    workers: enabled.map((each) => createWorker(each, { desk, iamData, isOwned })),
    shifts: new Map(),
  };
}

function createWorker(
  { rule, severity, severityWhereRefused }: EnabledRule,
  {
    desk,
    iamData,
    isOwned,
  }: { readonly desk: Desk; readonly iamData: IamData | undefined; readonly isOwned: Ownership },
): Worker {
  const { refusedIn = [] } = rule.meta;
  let isLocal = false;
  const context: RuleContext = {
    get policy() {
      return atHand(desk).policy;
    },
    iamData,
    get knowledge() {
      return atHand(desk).knowledge;
    },
    report: (report) => {
      const { policy, text, findings, grounds } = atHand(desk);
      const own = refusedIn.includes(policy.kind.type) ? severityWhereRefused : severity;
      const finding = toFinding(rule, own, policy, report, text);
      if (isOwned(rule.meta, finding.span, policy)) {
        return;
      }
      findings.push(finding);
      if (policy.faults.length > 0) {
        grounds.push(new Ground(report.at, isLocal));
      }
    },
  };
  try {
    const visitor = rule.create(context);
    isLocal = visitor.policy === undefined && visitor.statement === undefined;
    return { rule, visitor, flaw: undefined, isAtWork: false };
  } catch (error) {
    return { rule, visitor: {}, flaw: { error }, isAtWork: false };
  }
}

function atHand({ current }: Desk): NonNullable<Desk['current']> {
  if (current === undefined) {
    throw new Error('A rule asks for a policy, or reports on one, when it is shown none.');
  }
  return current;
}

/** The part of a crew that is shown policies of a type. */
export function shiftOf({ workers, shifts }: Crew, type: PolicyType): Shift {
  let shift = shifts.get(type);
  if (shift === undefined) {
    shift = createShift(workers.filter(({ rule }) => rule.meta.appliesTo?.includes(type) ?? true));
    shifts.set(type, shift);
  }
  return shift;
}
