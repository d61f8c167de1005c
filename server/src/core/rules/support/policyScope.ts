import type { IamData } from '../../iamData/iamData';
import { POLICY_SCOPES, type PolicyScope, TRUST_SCOPE } from '../../iamData/overlay/policyScopes';
import type { PolicyKind } from '../../locate/policyType';
import type { ActionEntry } from '../../model/policy';
import { compilePattern, hasWildcard, matches } from '../../pattern/pattern';

/** What a policy may speak of, where it is known what it is attached to. */
export function scopeOf({ type, resourceType }: PolicyKind): PolicyScope | undefined {
  if (type === 'trust') {
    return TRUST_SCOPE;
  }
  return type === 'resource' && resourceType !== undefined
    ? POLICY_SCOPES.find((scope) => scope.resourceType === resourceType)
    : undefined;
}

/** How an action stands to what the policy is attached to. */
export type Standing =
  /** Performed on it, or unknown to the reference, which is another rule's finding. */
  | 'fine'
  /** Of another service. */
  | 'foreign'
  /** Of the same service, and done to something else. */
  | 'beyond'
  /** The wildcard for the whole service, where that is refused. */
  | 'star';

/** How an action stands to the resource that its policy is attached to. */
export function standingOf(
  { text, service, name }: ActionEntry,
  scope: PolicyScope,
  iamData: IamData,
): Standing {
  if (service === undefined || name === '') {
    return 'fine';
  }
  const isOfService = hasWildcard(service)
    ? matches(compilePattern(service, { case: 'ignore' }), scope.service)
    : service.toLowerCase() === scope.service;
  if (!isOfService) {
    return iamData.coversAnyAction(text) ? 'foreign' : 'fine';
  }
  if (scope.refusesStar === true && name === '*') {
    return 'star';
  }
  if (scope.actions !== undefined) {
    const pattern = compilePattern(text, { case: 'ignore' });
    return !scope.actions.some((action) => matches(pattern, action)) && iamData.coversAnyAction(text)
      ? 'beyond'
      : 'fine';
  }
  const { actsOn } = scope;
  const actions = actsOn === undefined ? [] : iamData.expandActions(`${scope.service}:${name}`);
  return actions.length > 0 &&
    !actions.some(({ resources }) => resources.some(({ type }) => actsOn?.includes(type.name)))
    ? 'beyond'
    : 'fine';
}
