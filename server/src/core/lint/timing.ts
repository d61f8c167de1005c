import { listening, type Rule, type RuleContext, type Visitor } from './rule';

/** What one rule cost in a run, over all policies. */
export interface RuleCost {
  readonly rule: string;
  /** How often it was shown something. */
  readonly calls: number;
  /** Its own time. What several rules share is paid by the one that asks first. */
  readonly milliseconds: number;
  readonly findings: number;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * A rule that does as before and keeps an account of it in `cost`.
 *
 * @param now a clock, in milliseconds; only differences count
 */
export function timed(rule: Rule, now: () => number): { readonly rule: Rule; readonly cost: RuleCost } {
  const cost: Mutable<RuleCost> = { rule: rule.meta.id, calls: 0, milliseconds: 0, findings: 0 };
  const measure = <T>(work: () => T): T => {
    const begun = now();
    try {
      return work();
    } finally {
      cost.milliseconds += now() - begun;
    }
  };
  const create = (context: RuleContext): Visitor => {
    const { concerns, lookAhead, ifStatement, ifResource, ifCondition, ...handlers } = rule.create(
      listening(context, (report) => {
        cost.findings += 1;
        context.report(report);
      }),
    );
    const timedHandlers = Object.entries(handlers).map(
      ([event, handle]: [string, (subject: never) => void]) => [
        event,
        (subject: never) => {
          cost.calls += 1;
          measure(() => handle(subject));
        },
      ],
    );
    return {
      ...Object.fromEntries(timedHandlers),
      ...(concerns && { concerns: (policy) => measure(() => concerns(policy)) }),
      // Shared as they are: what they cost is no single rule's.
      ...(lookAhead && { lookAhead }),
      ...(ifStatement && { ifStatement }),
      ...(ifResource && { ifResource }),
      ...(ifCondition && { ifCondition }),
    };
  };
  return { rule: { meta: rule.meta, create }, cost };
}
