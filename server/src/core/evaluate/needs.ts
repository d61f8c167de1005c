import type { PolicyType } from '../locate/policyType';
import type { Policy, Statement } from '../model/policy';
import { type Application, anyOf } from './application';
import { isAssuming, mustAllow } from './decisive';
import { accountOf, type Caller, isPrincipal, isRootUser, type PrincipalApplication } from './principal';
import type { EvaluationRequest } from './request';

/** A statement, and whether it applies to the request. */
export interface Judged {
  readonly statement: Statement;
  readonly application: PrincipalApplication;
}

/**
 * The kind of policy in which an Allow is missing. `grant` is one in an identity policy or in a resource policy,
 * whichever. Of two AWS has no way at all: `invalidation-across-accounts` (API Gateway Developer Guide, "Cache settings
 * for REST APIs": the API and who invalidates must be of one account), and `root-assumes-no-role` (AWS STS API
 * Reference, AssumeRole: root user credentials are refused).
 */
export type Lack = PolicyType | 'grant' | 'invalidation-across-accounts' | 'root-assumes-no-role';

/** Allow statements of which one must apply, and what is missing where none does. */
export interface Need {
  readonly lack: Lack;
  readonly allows: readonly Judged[];
}

export function answerOf({ allows }: Need): Application {
  return anyOf(allows.map(({ application }) => application));
}

/** Of these an Allow is no grant, and a missing one is a denial. */
const LIMITS = ['scp', 'boundary', 'session', 'endpoint'] as const satisfies readonly PolicyType[];

/** These are about an IAM principal, which a service that calls in its own name is not. */
const OF_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['identity', 'scp', 'boundary', 'session']);

/**
 * Whether a policy is asked at all. Trust policies are about assuming the role and nothing else, so that one in a
 * template does not stand in the way. Identity policies and boundaries do not apply to a root user (IAM User Guide,
 * "AWS account root user"), nor organization policies to service-linked roles (AWS Organizations User Guide, "Service
 * control policies" and "Resource control policies").
 */
export function isConcerned({ kind }: Policy, request: EvaluationRequest, caller: Caller): boolean {
  if (OF_PRINCIPALS.has(kind.type) && !isPrincipal(caller)) {
    return false;
  }
  if (kind.type === 'identity' || kind.type === 'boundary' || kind.type === 'session') {
    return !isRootUser(caller, request.principal);
  }
  if (kind.type === 'scp' || kind.type === 'rcp') {
    return !(caller.kind === 'role' && /:role\/aws-service-role\//.test(caller.arn));
  }
  return kind.type !== 'trust' || /^(?:sts:|\*)/i.test(request.action);
}

/**
 * Every need must be met for the request to be allowed.
 *
 * @param policies those that are concerned
 */
export function needsOf(
  policies: readonly Policy[],
  allows: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Need[] {
  const ofType = (type: PolicyType): readonly Judged[] =>
    allows.filter(({ statement }) => statement.policy.kind.type === type);
  const resource = [...ofType('resource'), ...ofType('trust')];
  return [
    ...grantNeeds(ofType('identity'), resource, request, caller),
    ...decisiveNeeds(policies, resource, request),
    ...limitNeeds(policies, ofType, resource, request, caller),
  ];
}

function grantNeeds(
  identity: readonly Judged[],
  resource: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Need[] {
  const isAcross = isAcrossAccounts(request, caller);
  const needs: Need[] = [];
  if (isAcross && /^execute-api:invalidatecache$/i.test(request.action)) {
    needs.push({ lack: 'invalidation-across-accounts', allows: [] });
  }
  if (isRootUser(caller, request.principal)) {
    // A root user may do everything in its own account that no policy denies.
    return [
      ...(isAcross ? [{ lack: 'resource', allows: resource } as const] : []),
      ...(isAssuming(request) ? [{ lack: 'root-assumes-no-role', allows: [] } as const] : []),
      ...needs,
    ];
  }
  if (!isPrincipal(caller)) {
    return [{ lack: isAssuming(request) ? 'trust' : 'resource', allows: resource }, ...needs];
  }
  if (isAcross) {
    return [{ lack: 'identity', allows: identity }, { lack: 'resource', allows: resource }, ...needs];
  }
  // Who names a whole account leaves it to the account to grant, which is what its identity policies do.
  const direct = resource.filter(({ application }) => application.reach !== 'account');
  const delegates = resource.some(
    ({ application }) => application.reach === 'account' && application.applies !== 'never',
  );
  return [{ lack: delegates ? 'identity' : 'grant', allows: [...identity, ...direct] }];
}

/** Of several policies that may be that of the key or of the role, one must allow; which it is is another matter. */
function decisiveNeeds(
  policies: readonly Policy[],
  resource: readonly Judged[],
  request: EvaluationRequest,
): readonly Need[] {
  const decisive = new Set<unknown>(policies.filter((policy) => mustAllow(policy, request)));
  const [first] = policies.filter((policy) => decisive.has(policy));
  return first === undefined
    ? []
    : [{ lack: first.kind.type, allows: resource.filter(({ statement }) => decisive.has(statement.policy)) }];
}

function limitNeeds(
  policies: readonly Policy[],
  ofType: (type: PolicyType) => readonly Judged[],
  resource: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Need[] {
  return LIMITS.flatMap((type): readonly Need[] => {
    const limits = policies.filter(({ kind }) => kind.type === type);
    // A federated user without a session policy may do only what a resource policy grants to it by name (AWS STS API
    // Reference, GetFederationToken).
    if (limits.length === 0 && !(type === 'session' && caller.kind === 'federated')) {
      return [];
    }
    const beyond = beyondLimit(type, resource, request, caller);
    return levelsOf(limits, request).map((level) => ({
      lack: type,
      allows: [...ofType(type).filter(({ statement }) => level.has(statement.policy)), ...beyond],
    }));
  });
}

/** Policies of one level of the organization add up, and each level must allow; all that are told no level are one. */
function levelsOf(limits: readonly Policy[], { levels }: EvaluationRequest): readonly ReadonlySet<unknown>[] {
  const byLevel = new Map<string, Set<unknown>>();
  for (const policy of limits) {
    const level = levels?.get(policy) ?? '';
    byLevel.set(level, (byLevel.get(level) ?? new Set()).add(policy));
  }
  return byLevel.size === 0 ? [new Set()] : [...byLevel.values()];
}

function isAcrossAccounts(request: EvaluationRequest, caller: Caller): boolean {
  const owner = request.resourceAccount ?? accountOf(request.resource);
  return (
    isPrincipal(caller) && owner !== undefined && caller.account !== undefined && owner !== caller.account
  );
}

/**
 * What a resource policy of the same account grants to this very user is not limited by a boundary, and what it grants
 * to this very session neither by a boundary nor by a session policy. IAM User Guide, "Permissions boundaries for IAM
 * entities" and "Session policies".
 */
function beyondLimit(
  type: PolicyType,
  resource: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Judged[] {
  const isSession = caller.kind === 'session' || caller.kind === 'federated';
  const isBeyond =
    !isAcrossAccounts(request, caller) &&
    ((type === 'boundary' && (caller.kind === 'user' || isSession)) || (type === 'session' && isSession));
  return isBeyond ? resource.filter(({ application }) => application.reach === 'exact') : [];
}
