import { POLICY_SCOPES, type PolicyScope, TRUST_SCOPE } from '../../iamData/overlay/policyScopes';
import type { PolicyKind } from '../../locate/policyType';

/** What a policy may speak of, where it is known what it is attached to. */
export function scopeOf({ type, resourceType }: PolicyKind): PolicyScope | undefined {
  if (type === 'trust') {
    return TRUST_SCOPE;
  }
  return type === 'resource' && resourceType !== undefined
    ? POLICY_SCOPES.find((scope) => scope.resourceType === resourceType)
    : undefined;
}
