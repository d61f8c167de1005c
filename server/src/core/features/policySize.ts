import type { SizeQuota } from '../iamData/overlay/policyQuotas';
import type { Policy } from '../model/policy';
import { lengthOf, quotasOf } from '../rules/support/policySize';

/** How much of a quota a policy uses. */
export interface PolicySize {
  /** As the quota counts them. */
  readonly characters: number;
  readonly quota: SizeQuota;
}

/**
 * A policy's length against the smallest quota of its type that it fits, or the largest where it fits none. Nothing
 * where AWS publishes no quota, and where a template puts in what is not there yet.
 */
export function policySize(policy: Policy): PolicySize | undefined {
  const sizes = quotasOf(policy).flatMap((quota) => {
    const characters = lengthOf(policy, quota);
    return characters === undefined ? [] : [{ characters, quota }];
  });
  return sizes.find(({ characters, quota }) => characters <= quota.characters) ?? sizes.at(-1);
}
