import type { IamData } from '../iamData/iamData';
import type { WorkspaceKnowledge } from '../knowledge/knowledge';
import type { PolicyType } from '../locate/policyType';
import type { Policy, ResourceEntry } from '../model/policy';
import { forgetLast } from '../pattern/memo';
import { type PathStep, pathFrom, type Span } from '../syntax/nodes';
import { spanOfValue } from '../syntax/stringSpans';
import type { AnyRule, Category, Fix, Place, Report, ResourceSlip, Rule, RuleContext, Visitor } from './rule';
import { type RuleSetting, type Severity, severityOf } from './severity';
import { slipsOf } from './slips';
import { type RuleCost, timed } from './timing';

/** One thing that is wrong, at the smallest span that is. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly accessAnalyzer: string | undefined;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence, placeholders filled in. */
  readonly message: string;
  /** Document offsets; never crosses a line break. */
  readonly span: Span;
  /** Member names and indexes from the policy's root to the flagged value. */
  readonly path: readonly PathStep[];
  readonly policyType: PolicyType;
  readonly fixes: readonly Fix[];
}

/** A rule that threw: its own findings are lost, nobody else's. */
export interface RuleFailure {
  readonly rule: string;
  readonly error: unknown;
}

export interface LintResult {
  /** By start of span, then by rule. */
  readonly findings: readonly Finding[];
  readonly failures: readonly RuleFailure[];
  /** One for each rule that was on, where a clock was handed in. */
  readonly costs?: readonly RuleCost[];
}

export interface LintInput {
  readonly policies: readonly Policy[];
  readonly rules: readonly AnyRule[];
  readonly settings: readonly RuleSetting[];
  readonly iamData: IamData | undefined;
  /** What other files of the workspace tell, where anybody has looked. */
  readonly knowledge?: WorkspaceKnowledge | undefined;
  /** The document's text, to keep spans within a line. */
  readonly text: string;
  /** A clock in milliseconds. With it each rule's time is taken, which costs time itself. */
  readonly now?: (() => number) | undefined;
}

/** Runs the rules over policies in one walk each. Never throws; same input, same findings. */
export function lint(input: LintInput): LintResult {
  const { now } = input;
  if (now === undefined) {
    return runCrew(crewOf(input), input);
  }
  const timedRules = enabledRules(input).map(({ rule, severity }) => ({ ...timed(rule, now), severity }));
  const result = runCrew(createCrew(timedRules, input.iamData), input);
  return { ...result, costs: timedRules.map(({ cost }) => cost) };
}

function runCrew(crew: Crew, { policies, text, knowledge }: LintInput): LintResult {
  const { desk } = crew;
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const policy of policies) {
    const shift = shiftOf(crew, policy.kind.type);
    desk.current = { policy, text, knowledge, findings };
    for (const worker of shift.workers) {
      begin(worker, policy, failures);
    }
    walk(policy, shift, findings, failures);
  }
  desk.current = undefined;
  forgetLast();
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule, b.rule));
  return { findings, failures };
}

interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

/** The rules that a configuration leaves on. */
function enabledRules({ rules, settings, iamData, knowledge }: LintInput): readonly EnabledRule[] {
  const needed = { iamData, knowledge };
  return rules.flatMap((rule) => {
    const { needs } = rule.meta;
    const severity = severityOf(rule.meta, settings);
    const isOn = severity !== undefined && (needs === undefined || needed[needs] !== undefined);
    return isOn ? [{ rule: rule as Rule, severity }] : [];
  });
}

/** Rules at work. Made once and shown policy after policy: making two hundred rules ready costs more than a policy. */
interface Crew {
  readonly desk: Desk;
  readonly workers: readonly Worker[];
  /** By type of policy, for the rules that apply there. */
  readonly shifts: Map<PolicyType, Shift>;
}

/** What the reports of a crew are about, and where they go. */
interface Desk {
  current:
    | {
        readonly policy: Policy;
        readonly text: string;
        readonly knowledge: WorkspaceKnowledge | undefined;
        readonly findings: Finding[];
      }
    | undefined;
}

interface Worker {
  readonly rule: Rule;
  readonly visitor: Visitor;
  /** What was thrown by `create`. */
  readonly flaw: { readonly error: unknown } | undefined;
  /** Whether the policy at hand concerns the rule, which has not thrown on it. */
  isAtWork: boolean;
}

interface Shift {
  readonly workers: readonly Worker[];
  readonly handlers: Handlers;
  /** Stands on the words whose text alone gave none of the workers reason to say anything. */
  readonly quiet: object;
}

const crews = new WeakMap<readonly AnyRule[], WeakMap<object, Map<string, Crew>>>();
const WITHOUT_DATA = {};
/** How many configurations are remembered; a process meets a few, each again and again. */
const MOST_CREWS = 16;

/** The crew for rules, settings and reference; the same for keystroke after keystroke, so it is kept. */
function crewOf(input: LintInput): Crew {
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
    crew = createCrew(enabledRules(input), iamData);
    bySettings.set(key, crew);
  }
  return crew;
}

function createCrew(enabled: readonly EnabledRule[], iamData: IamData | undefined): Crew {
  const desk: Desk = { current: undefined };
  return { desk, workers: enabled.map((each) => createWorker(each, desk, iamData)), shifts: new Map() };
}

function createWorker({ rule, severity }: EnabledRule, desk: Desk, iamData: IamData | undefined): Worker {
  const context: RuleContext = {
    get policy() {
      return atHand(desk).policy;
    },
    iamData,
    get knowledge() {
      return atHand(desk).knowledge;
    },
    report: (report) => {
      const { policy, text, findings } = atHand(desk);
      findings.push(toFinding(rule, severity, policy, report, text));
    },
  };
  try {
    return { rule, visitor: rule.create(context), flaw: undefined, isAtWork: false };
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

function shiftOf({ workers, shifts }: Crew, type: PolicyType): Shift {
  let shift = shifts.get(type);
  if (shift === undefined) {
    const applicable = workers.filter(({ rule }) => rule.meta.appliesTo?.includes(type) ?? true);
    shift = { workers: applicable, handlers: handlersOf(applicable), quiet: {} };
    shifts.set(type, shift);
  }
  return shift;
}

function begin(worker: Worker, policy: Policy, failures: RuleFailure[]): void {
  const { visitor, flaw } = worker;
  worker.isAtWork = true;
  if (flaw !== undefined) {
    fail(worker, failures, flaw.error);
  } else if (visitor.concerns !== undefined) {
    try {
      worker.isAtWork = visitor.concerns(policy);
    } catch (error) {
      fail(worker, failures, error);
    }
  }
}

type Event = Exclude<keyof Visitor, 'concerns'>;

interface Handler<Subject> {
  readonly worker: Worker;
  readonly handle: (subject: Subject) => void;
}

/** For each event the handlers that want it, so that the walk asks nobody who has nothing to say. */
type Handlers = { readonly [K in Event]-?: readonly Handler<Parameters<NonNullable<Visitor[K]>>[0]>[] };

function handlersOf(workers: readonly Worker[]): Handlers {
  return {
    policy: handlersOn('policy', workers),
    statement: handlersOn('statement', workers),
    actionElement: handlersOn('actionElement', workers),
    action: handlersOn('action', workers),
    actionText: handlersOn('actionText', workers),
    resourceElement: handlersOn('resourceElement', workers),
    resource: handlersOn('resource', workers),
    executeApiSlip: handlersOn('executeApiSlip', workers),
    principalElement: handlersOn('principalElement', workers),
    principal: handlersOn('principal', workers),
    condition: handlersOn('condition', workers),
  };
}

function handlersOn<K extends Event>(event: K, workers: readonly Worker[]): Handlers[K] {
  return workers.flatMap((worker) => {
    const handle = worker.visitor[event];
    return handle === undefined ? [] : [{ worker, handle }];
  }) as unknown as Handlers[K];
}

function walk(policy: Policy, shift: Shift, findings: readonly Finding[], failures: RuleFailure[]): void {
  const { handlers, quiet } = shift;
  show(handlers.policy, policy, failures);
  for (const statement of policy.statements) {
    show(handlers.statement, statement, failures);
    for (const element of statement.principals) {
      show(handlers.principalElement, element, failures);
      for (const entry of element.entries) {
        show(handlers.principal, entry, failures);
      }
    }
    for (const element of statement.actions) {
      show(handlers.actionElement, element, failures);
      for (const entry of element.entries) {
        show(handlers.action, entry, failures);
        if (!entry.word.isQuietFor(quiet)) {
          const said = findings.length;
          show(handlers.actionText, entry, failures);
          if (findings.length === said && handlers.actionText.every(isAtWork)) {
            entry.word.setQuietFor(quiet);
          }
        }
      }
    }
    for (const element of statement.resources) {
      show(handlers.resourceElement, element, failures);
      for (const entry of element.entries) {
        show(handlers.resource, entry, failures);
        showSlips(handlers.executeApiSlip, entry, failures);
      }
    }
    for (const condition of statement.conditions) {
      show(handlers.condition, condition, failures);
    }
  }
}

function isAtWork({ worker }: Handler<never>): boolean {
  return worker.isAtWork;
}

/** An ARN's slips are found once for the thirty-odd rules that each speak of one kind. */
function showSlips(
  handlers: readonly Handler<ResourceSlip>[],
  entry: ResourceEntry,
  failures: RuleFailure[],
): void {
  if (handlers.length > 0) {
    for (const slip of slipsOf(entry)) {
      show(handlers, { entry, slip }, failures);
    }
  }
}

function show<Subject>(
  handlers: readonly Handler<Subject>[],
  subject: Subject,
  failures: RuleFailure[],
): void {
  for (const { worker, handle } of handlers) {
    if (worker.isAtWork) {
      try {
        handle(subject);
      } catch (error) {
        fail(worker, failures, error);
      }
    }
  }
}

function fail(worker: Worker, failures: RuleFailure[], error: unknown): void {
  worker.isAtWork = false;
  failures.push({ rule: worker.rule.meta.id, error });
}

function toFinding(
  rule: Rule,
  severity: Severity,
  policy: Policy,
  report: Report<string>,
  text: string,
): Finding {
  const { meta } = rule;
  return {
    rule: meta.id,
    accessAnalyzer: meta.accessAnalyzer,
    category: meta.category,
    severity,
    message: fill(meta.messages[report.message] ?? report.message, report.data ?? {}),
    span: withinLine(spanOfPlace(report.at), text),
    path: pathFrom(policy.node, nodeOfPlace(report.at)),
    policyType: policy.kind.type,
    fixes: report.fixes ?? [],
  };
}

/** A member is marked by its key, a container by its opening bracket, so that no squiggle covers half a screen. */
function spanOfPlace(place: Place): Span {
  if ('span' in place && !('kind' in place)) {
    return place.span;
  }
  if (!('kind' in place)) {
    return spanOfValue(place.node, place.from, place.to);
  }
  switch (place.kind) {
    case 'member':
      return place.key.span;
    case 'object':
    case 'array':
      return { start: place.span.start, end: Math.min(place.span.start + 1, place.span.end) };
    default:
      return place.span;
  }
}

function nodeOfPlace(place: Place): Parameters<typeof pathFrom>[1] {
  return 'kind' in place ? place : place.node;
}

function withinLine(span: Span, text: string): Span {
  for (let at = span.start; at < span.end; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) {
      return { start: span.start, end: Math.max(at, span.start) };
    }
  }
  return span;
}

function fill(message: string, data: Readonly<Record<string, string | number>>): string {
  return message.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
