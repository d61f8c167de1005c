import type { PolicyType } from '../../locate/policyType';

/**
 * The policies that IAM, and STS for a session, check when they are saved: they refuse a document where another service
 * may take it, as a Malformed policy document.
 */
export const IAM_POLICIES: readonly PolicyType[] = ['identity', 'boundary', 'session', 'trust'];

/** Whether IAM or STS itself takes policies of the type. */
export function isTakenByIam(type: PolicyType): boolean {
  return IAM_POLICIES.includes(type);
}
