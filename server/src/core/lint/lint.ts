import type { IamData } from '../iamData/iamData';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { type PathStep, pathFrom, type Span } from '../syntax/nodes';
import { spanOfValue } from '../syntax/stringSpans';
import type { AnyRule, Category, Fix, Place, Report, Rule, RuleContext, Visitor } from './rule';
import { type RuleSetting, type Severity, severityOf } from './severity';

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
}

export interface LintInput {
  readonly policies: readonly Policy[];
  readonly rules: readonly AnyRule[];
  readonly settings: readonly RuleSetting[];
  readonly iamData: IamData | undefined;
  /** The document's text, to keep spans within a line. */
  readonly text: string;
}

/** Runs the rules over policies in one walk each. Never throws; same input, same findings. */
export function lint(input: LintInput): LintResult {
  const findings: Finding[] = [];
  const failures: RuleFailure[] = [];
  const enabled = input.rules.flatMap((rule) => {
    const severity = severityOf(rule.meta, input.settings);
    const runs = severity !== undefined && (rule.meta.needs !== 'iamData' || input.iamData !== undefined);
    return runs ? [{ rule: rule as Rule, severity }] : [];
  });
  for (const policy of input.policies) {
    const visitors: ActiveVisitor[] = [];
    for (const { rule, severity } of enabled) {
      if (rule.meta.appliesTo !== undefined && !rule.meta.appliesTo.includes(policy.kind.type)) {
        continue;
      }
      const active: ActiveVisitor = { rule, visitor: {}, failed: false };
      const context: RuleContext = {
        policy,
        iamData: input.iamData,
        report: (report) => findings.push(toFinding(rule, severity, policy, report, input.text)),
      };
      guarded(active, failures, () => {
        active.visitor = rule.create(context);
      });
      visitors.push(active);
    }
    walk(policy, visitors, failures);
  }
  findings.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule, b.rule));
  return { findings, failures };
}

interface ActiveVisitor {
  readonly rule: Rule;
  visitor: Visitor;
  failed: boolean;
}

function walk(policy: Policy, visitors: readonly ActiveVisitor[], failures: RuleFailure[]): void {
  const show = <K extends keyof Visitor>(event: K, subject: Parameters<NonNullable<Visitor[K]>>[0]): void => {
    for (const active of visitors) {
      const handler = active.visitor[event] as ((subject: unknown) => void) | undefined;
      if (handler !== undefined && !active.failed) {
        guarded(active, failures, () => handler(subject));
      }
    }
  };
  show('policy', policy);
  for (const statement of policy.statements) {
    show('statement', statement);
    for (const element of statement.principals) {
      show('principalElement', element);
      for (const entry of element.entries) {
        show('principal', entry);
      }
    }
    for (const element of statement.actions) {
      show('actionElement', element);
      for (const entry of element.entries) {
        show('action', entry);
      }
    }
    for (const element of statement.resources) {
      show('resourceElement', element);
      for (const entry of element.entries) {
        show('resource', entry);
      }
    }
    for (const condition of statement.conditions) {
      show('condition', condition);
    }
  }
}

function guarded(active: ActiveVisitor, failures: RuleFailure[], run: () => void): void {
  try {
    run();
  } catch (error) {
    active.failed = true;
    failures.push({ rule: active.rule.meta.id, error });
  }
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
