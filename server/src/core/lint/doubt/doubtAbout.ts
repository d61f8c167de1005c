import type { Policy } from '../../model/policy';
import { FaultDoubt, faultsInDoubt } from './behindFaults';
import type { Doubt } from './doubt';
import { HalfTypedDoubt } from './halfTyped';
import { unreportedDoubt } from './unreported';

/** The doubt about a policy in a document with this text. */
export function doubtAbout(policy: Policy, text: string): Doubt {
  const faults = faultsInDoubt(policy);
  const own = faults.length === 0 ? new HalfTypedDoubt(policy, text) : new FaultDoubt(policy, faults, text);
  const other = unreportedDoubt(policy, text);
  return other === undefined
    ? own
    : { reaches: (ground, rule) => own.reaches(ground, rule) || other.reaches(ground, rule) };
}
