import type { Policy } from '../../model/policy';
import { sidOf } from './statements';

/**
 * Gives Sids that no statement of the policy has: the wanted one, or that with a number behind it. What was given once
 * is not given again, so that many fixes can be applied together.
 */
export function sidGiver(policy: Policy): (wanted: string) => string {
  let taken: Set<string | undefined> | undefined;
  const last = new Map<string, number>();
  return (wanted) => {
    taken ??= new Set(policy.statements.map(sidOf));
    let number = last.get(wanted) ?? 1;
    let candidate = wanted;
    while (taken.has(candidate)) {
      number += 1;
      candidate = `${wanted}${number}`;
    }
    last.set(wanted, number);
    taken.add(candidate);
    return candidate;
  };
}
