import { evaluate } from '../../server/src/core/evaluate/evaluate';
import type { Policy } from '../../server/src/core/model/policy';

/** A request to ask a policy about, before and after something was done to it. */
export interface Probe {
  readonly action: string;
  readonly resource: string;
  readonly principal: string | undefined;
}

/** So many actions, resources and principals of each policy are asked about. */
const MOST_PROBED = 4;

/**
 * The outcome, and the conditions it hangs on, whichever statement has them. That two lists of patterns or of
 * principals are one in effect is what the probes show.
 */
export function answer(policy: Policy, probe: Probe) {
  const { outcome, hinges } = evaluate([policy], probe);
  const conditions = hinges.filter(({ kind }) =>
    ['condition', 'template', 'branch', 'merged', 'fault'].includes(kind),
  );
  return { outcome, hinges: [...new Set(conditions.map(({ kind, text }) => `${kind} ${text}`))].sort() };
}

/** Requests that the policy speaks of, some beside these, and some that it does not speak of. */
export function probesOf({ statements, kind }: Policy): readonly Probe[] {
  const actions = statements.flatMap((statement) =>
    statement.actions.flatMap((element) => element.entries.map(({ text }) => text)),
  );
  const resources = statements.flatMap((statement) =>
    statement.resources.flatMap((element) => element.entries.map(({ text }) => text)),
  );
  const principals = statements.flatMap((statement) =>
    statement.principals.flatMap((element) => element.entries.map(({ text }) => text)),
  );
  return pick(concrete(actions, 'Probe'), ['execute-api:Invoke', 'unrelated:Action']).flatMap((action) =>
    pick(concrete(resources, 'probe'), ['*', 'arn:aws:unrelated:us-east-1:123456789012:thing/a']).flatMap(
      (resource) =>
        (kind.type === 'identity'
          ? [undefined]
          : pick(principals, [undefined, 'arn:aws:iam::123456789012:role/probe'])
        ).map((principal) => ({ action, resource, principal })),
    ),
  );
}

/** The patterns as they are, filled in, and a step beside. Variables are tried as such and with a value. */
function concrete(patterns: readonly string[], filling: string): readonly string[] {
  return patterns.flatMap((pattern) => {
    const filled = pattern
      .replaceAll(/\$\{[^}]*\}/g, 'ann')
      .replaceAll('*', filling)
      .replaceAll('?', 'q');
    return [filled, `${filled}x`, pattern];
  });
}

/** So many of the texts, from all over the list, and the others besides. */
function pick<T>(texts: readonly T[], others: readonly T[]): readonly T[] {
  const distinct = [...new Set(texts)];
  const step = Math.max(1, distinct.length / MOST_PROBED);
  const chosen = Array.from({ length: Math.min(MOST_PROBED, distinct.length) }, (_, index) =>
    distinct.slice(Math.floor(index * step), Math.floor(index * step) + 1),
  );
  return [...chosen.flat(), ...others];
}
