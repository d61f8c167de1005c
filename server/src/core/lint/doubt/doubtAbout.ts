import type { Policy } from '../../model/policy';
import { FaultDoubt, faultsInDoubt } from './behindFaults';
import type { Doubt } from './doubt';
import { HalfTypedDoubt } from './halfTyped';
import { UnreportedDoubt, unreportedFaultsOf } from './unreported';

/** The doubt about a policy in a document with this text. */
export function doubtAbout(policy: Policy, text: string): Doubt {
  const faults = faultsInDoubt(policy);
  const own = faults.length === 0 ? new HalfTypedDoubt(policy, text) : new FaultDoubt(policy, faults, text);
  const unreported = unreportedFaultsOf(policy);
  if (unreported === undefined) {
    return own;
  }
  const other = new UnreportedDoubt(policy, text, unreported);
  return { reaches: (ground, rule) => own.reaches(ground, rule) || other.reaches(ground, rule) };
}
