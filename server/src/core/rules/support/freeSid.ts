import type { Policy } from '../../model/policy';

/** The wanted Sid, with a number behind it if another statement of the policy has it already. */
export function freeSid(policy: Policy, wanted: string): string {
  const taken = new Set(policy.statements.map((statement) => statement.sid?.value));
  for (let number = 2; ; number += 1) {
    const candidate = number === 2 && !taken.has(wanted) ? wanted : `${wanted}${number}`;
    if (!taken.has(candidate)) {
      return candidate;
    }
  }
}
