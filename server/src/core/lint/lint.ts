import type { IamData } from '../iamData/iamData';
import type { PolicyType } from '../locate/policyType';
import type { Policy, ResourceEntry } from '../model/policy';
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
  /** The document's text, to keep spans within a line. */
  readonly text: string;
  /** A clock in milliseconds. With it each rule's time is taken, which costs time itself. */
  readonly now?: (() => number) | undefined;
}

/** Runs the rules over policies in one walk each. Never throws; same input, same findings. */
export function lint(input: LintInput): LintResult {
  const { now } = input;
  const enabled = enabledRules(input);
  if (now === undefined) {
    return runRules(input, enabled);
  }
  const rules = enabled.map(({ rule, severity }) => ({ ...timed(rule, now), severity }));
  return { ...runRules(input, rules), costs: rules.map(({ cost }) => cost) };
}

function runRules(input: LintInput, enabled: readonly EnabledRule[]): LintResult {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  for (const policy of input.policies) {
    const handlers = createHandlers();
    for (const { rule, severity } of enabled) {
      if (rule.meta.appliesTo !== undefined && !rule.meta.appliesTo.includes(policy.kind.type)) {
        continue;
      }
      const context: RuleContext = {
        policy,
        iamData: input.iamData,
        report: (report) => findings.push(toFinding(rule, severity, policy, report, input.text)),
      };
      addHandlers(handlers, rule, context, failures);
    }
    walk(policy, handlers, failures);
  }
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule, b.rule));
  return { findings, failures };
}

interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
}

const enabledBySettings = new WeakMap<
  readonly RuleSetting[],
  WeakMap<readonly AnyRule[], readonly EnabledRule[]>
>();

/** The rules that a configuration leaves on; the same for keystroke after keystroke, so it is kept. */
function enabledRules({ rules, settings, iamData }: LintInput): readonly EnabledRule[] {
  const bySettings =
    enabledBySettings.get(settings) ?? new WeakMap<readonly AnyRule[], readonly EnabledRule[]>();
  enabledBySettings.set(settings, bySettings);
  let enabled = bySettings.get(rules);
  if (enabled === undefined) {
    enabled = rules.flatMap((rule) => {
      const severity = severityOf(rule.meta, settings);
      return severity === undefined ? [] : [{ rule: rule as Rule, severity }];
    });
    bySettings.set(rules, enabled);
  }
  return iamData === undefined ? enabled.filter(({ rule }) => rule.meta.needs !== 'iamData') : enabled;
}

/** A rule at work on one policy. */
interface ActiveRule {
  readonly id: string;
  failed: boolean;
}

interface Handler<Subject> {
  readonly active: ActiveRule;
  readonly handle: (subject: Subject) => void;
}

/** For each event the handlers that want it, so that the walk asks nobody who has nothing to say. */
type Handlers = { readonly [K in keyof Visitor]-?: Handler<Parameters<NonNullable<Visitor[K]>>[0]>[] };

function createHandlers(): Handlers {
  return {
    policy: [],
    statement: [],
    actionElement: [],
    action: [],
    resourceElement: [],
    resource: [],
    executeApiSlip: [],
    principalElement: [],
    principal: [],
    condition: [],
  };
}

function addHandlers(handlers: Handlers, rule: Rule, context: RuleContext, failures: RuleFailure[]): void {
  const active: ActiveRule = { id: rule.meta.id, failed: false };
  try {
    const visitor = rule.create(context);
    for (const event in visitor) {
      const handle = visitor[event as keyof Visitor] as ((subject: never) => void) | undefined;
      if (handle !== undefined) {
        (handlers[event as keyof Visitor] as Handler<never>[]).push({ active, handle });
      }
    }
  } catch (error) {
    fail(active, failures, error);
  }
}

function walk(policy: Policy, handlers: Handlers, failures: RuleFailure[]): void {
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
  for (const { active, handle } of handlers) {
    if (!active.failed) {
      try {
        handle(subject);
      } catch (error) {
        fail(active, failures, error);
      }
    }
  }
}

function fail(active: ActiveRule, failures: RuleFailure[], error: unknown): void {
  active.failed = true;
  failures.push({ rule: active.id, error });
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
