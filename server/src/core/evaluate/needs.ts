import type { PolicyType } from '../locate/policyType';
import type { Condition, Policy, Statement } from '../model/policy';
import { type Applies, perhaps } from './application';
import { accountOf, type Caller, isPrincipal, isServiceLinked } from './caller';
import { isAssuming, mustAllow } from './decisive';
import { freeTo, INVALIDATE_CACHE, isKeptByRoot, RETIRE_GRANT } from './exceptions';
import type { PrincipalApplication } from './principal';
import type { EvaluationRequest } from './request';

/** A statement, and whether it applies to the request. */
export interface Judged {
  readonly statement: Statement;
  readonly application: PrincipalApplication;
}

/**
 * The kind of policy in which an Allow is missing. `grant` is one in an identity policy or in a resource policy,
 * whichever, and `authorizer` one in what a Lambda authorizer returns or in the API's resource policy. Of two AWS has
 * no way at all: `invalidation-across-accounts` (API Gateway Developer Guide, "Cache settings for REST APIs": the API
 * and who invalidates must be of one account), and `root-assumes-no-role` (AWS STS API Reference, AssumeRole: root user
 * credentials are refused).
 */
export type Lack =
  | PolicyType
  | 'grant'
  | 'authorizer'
  | 'invalidation-across-accounts'
  | 'root-assumes-no-role';

/** Allow statements one of which must apply, and what is missing if none does. */
export interface Need {
  readonly lack: Lack;
  readonly allows: readonly Judged[];
  /** Whether it depends on something unknown that this is what is missing, and not another kind of policy. */
  readonly isOpen?: boolean;
}

/** Whether a need is met. */
export function isMet({ allows }: Need): Applies {
  let met: Applies = 'never';
  for (const { application } of allows) {
    if (application.applies === 'always') {
      return 'always';
    }
    if (application.applies === 'perhaps') {
      met = 'perhaps';
    }
  }
  return met;
}

/** Of these an Allow is no grant, and a missing one is a denial. */
const LIMITS = ['scp', 'boundary', 'session', 'endpoint'] as const satisfies readonly PolicyType[];

/** These are about an IAM principal, which a service that calls in its own name is not. */
const OF_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['identity', 'scp', 'boundary', 'session']);

/**
 * Whether a policy is asked at all. Trust policies are about assuming the role and nothing else, so that one in a
 * template does not stand in the way. Identity policies and boundaries do not apply to a root user (IAM User Guide,
 * "AWS account root user"), nor organization policies to service-linked roles, nor resource control policies to
 * kms:RetireGrant (AWS Organizations User Guide, "Service control policies" and "Resource control policies"). What needs
 * no permission can only be stopped by the policy of an endpoint, which must allow every request that goes through it.
 */
export function isConcerned({ kind }: Policy, request: EvaluationRequest, caller: Caller): boolean {
  if (request.auth === 'lambda' && kind.type === 'identity') {
    // What the authorizer returns.
    return true;
  }
  if (needsNoPermission(request, caller)) {
    return kind.type === 'endpoint';
  }
  if (OF_PRINCIPALS.has(kind.type) && !isPrincipal(caller)) {
    return false;
  }
  if (kind.type === 'identity' || kind.type === 'boundary' || kind.type === 'session') {
    return caller.kind !== 'root';
  }
  if (kind.type === 'rcp' && request.action.toLowerCase() === RETIRE_GRANT) {
    return false;
  }
  if (isOfOrganization(kind.type)) {
    return serviceLinked(request, caller) !== 'always';
  }
  if (kind.type === 'resource' && caller.kind === 'root' && isKeptByRoot(request.action)) {
    return isAcrossAccounts(request, caller);
  }
  return kind.type !== 'trust' || /^(?:sts:|\*)/i.test(request.action);
}

/** Whether policies of a type belong to an organization. */
export function isOfOrganization(type: PolicyType): boolean {
  return type === 'scp' || type === 'rcp';
}

/** Whether the caller is a service-linked role, which the policies of an organization do not affect. */
export function serviceLinked({ context }: EvaluationRequest, caller: Caller): Applies {
  for (const [key, [arn, ...others]] of caller.kind === 'session' ? (context ?? []) : []) {
    if (key.toLowerCase() === 'aws:principalarn' && others.length === 0) {
      return isServiceLinked(caller, arn);
    }
  }
  return isServiceLinked(caller);
}

/** Whether no policy of the caller or of what it acts on is asked. */
function needsNoPermission({ action }: EvaluationRequest, caller: Caller): boolean {
  switch (freeTo(action)) {
    case 'everybody':
      return isPrincipal(caller);
    case 'users':
      return caller.kind === 'user' || caller.kind === 'root';
    default:
      return false;
  }
}

/**
 * Whether a caller of whom no more is known than its account may be the root user that no resource policy keeps from an
 * action. Whoever has a policy of its own is none.
 */
export function mayBeRoot(policies: readonly Policy[], request: EvaluationRequest, caller: Caller): boolean {
  return (
    caller.kind === 'unknown' &&
    isKeptByRoot(request.action) &&
    !isAcrossAccounts(request, caller) &&
    !policies.some(({ kind: { type } }) => type === 'identity' || type === 'boundary' || type === 'session')
  );
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
  if (needsNoPermission(request, caller)) {
    return limitNeeds(policies, ofType, [], request, caller).filter(({ lack }) => lack === 'endpoint');
  }
  return [
    ...(request.auth === undefined || request.auth === 'iam'
      ? grantNeeds(ofType('identity'), resource, request, caller)
      : apiNeeds(policies, ofType('identity'), resource, request)),
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
  if (isAcross && request.action.toLowerCase() === INVALIDATE_CACHE) {
    needs.push({ lack: 'invalidation-across-accounts', allows: [] });
  }
  if (caller.kind === 'root') {
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
  const delegations = resource.flatMap(({ application: { reach, applies } }) =>
    reach === 'account' && applies !== 'never' ? applies : [],
  );
  return [
    {
      lack: delegations.length > 0 ? 'identity' : 'grant',
      allows: [...identity, ...direct],
      isOpen: delegations.length > 0 && !delegations.includes('always'),
    },
  ];
}

/**
 * What lets in a caller whom IAM does not know. API Gateway Developer Guide, "How API Gateway resource policies affect
 * authorization workflow": without authorization and with Amazon Cognito the resource policy must allow; with a Lambda
 * authorizer what it returns or the resource policy (table A). Without a resource policy a public API lets in whoever is
 * authorized, and a private one cannot be deployed ("Create and attach an API Gateway resource policy to an API"). What
 * is not given is a doubt, not a need.
 */
function apiNeeds(
  policies: readonly Policy[],
  identity: readonly Judged[],
  resource: readonly Judged[],
  request: EvaluationRequest,
): readonly Need[] {
  if (request.auth === 'lambda') {
    const isCertain = resource.some(({ application }) => application.applies === 'always');
    return returnsPolicy(policies) || isCertain
      ? [{ lack: 'authorizer', allows: [...identity, ...resource] }]
      : [];
  }
  return hasApiPolicy(policies) || request.api === 'private' ? [{ lack: 'resource', allows: resource }] : [];
}

/** Whether the policy that a Lambda authorizer returns is among the policies. */
export function returnsPolicy(policies: readonly Policy[]): boolean {
  return policies.some(({ kind }) => kind.type === 'identity');
}

/** Whether the resource policy of an API is among the policies. */
export function hasApiPolicy(policies: readonly Policy[]): boolean {
  return policies.some(({ kind }) => kind.type === 'resource');
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

/** Policies of one level of the organization add up, and each level must allow; those without a level form one. */
function levelsOf(limits: readonly Policy[], { levels }: EvaluationRequest): readonly ReadonlySet<unknown>[] {
  const byLevel = new Map<string, Set<unknown>>();
  for (const policy of limits) {
    const level = levels?.get(policy) ?? '';
    byLevel.set(level, (byLevel.get(level) ?? new Set()).add(policy));
  }
  return byLevel.size === 0 ? [new Set()] : [...byLevel.values()];
}

/**
 * No resource policy is asked about taking over the root user of a member account. AWS STS API Reference, AssumeRoot.
 */
function isAcrossAccounts(request: EvaluationRequest, caller: Caller): boolean {
  if (/^sts:assumeroot$/i.test(request.action)) {
    return false;
  }
  const owner = request.resourceAccount ?? accountOf(request.resource);
  return (
    isPrincipal(caller) && owner !== undefined && caller.account !== undefined && owner !== caller.account
  );
}

/**
 * What a resource policy of the same account grants to this very user is not limited by a boundary, and what it grants
 * to this very session neither by a boundary nor by a session policy. IAM User Guide, "Permissions boundaries for IAM
 * entities" and "Session policies". Nor is what it grants to everybody with a condition on aws:PrincipalArn ("AWS JSON
 * policy elements: Principal", "IAM role principals"); of everybody without one the guide does not say.
 */
function beyondLimit(
  type: PolicyType,
  resource: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Judged[] {
  if (
    (type !== 'boundary' && type !== 'session') ||
    !isPrincipal(caller) ||
    isAcrossAccounts(request, caller)
  ) {
    return [];
  }
  const isSession = caller.kind === 'session' || caller.kind === 'federated';
  const isExact = isSession || (type === 'boundary' && caller.kind === 'user');
  return resource.flatMap((judged): readonly Judged[] => {
    const { application, statement } = judged;
    if (application.applies === 'never') {
      return [];
    }
    if (application.reach !== 'everybody') {
      return application.reach === 'exact' && isExact ? [judged] : [];
    }
    if (statement.conditions.some(isOnPrincipalArn)) {
      return [judged];
    }
    const hinge = { kind: 'limit', text: type, node: statement.node, statement } as const;
    return [
      {
        statement,
        application: { ...perhaps([...application.hinges, hinge]), reach: application.reach },
      },
    ];
  });
}

function isOnPrincipalArn({ operator, key }: Condition): boolean {
  const { traits, ifExists, qualifier } = operator;
  return (
    key.value.toLowerCase() === 'aws:principalarn' &&
    (traits?.family === 'String' || traits?.family === 'Arn') &&
    !traits.negated &&
    !ifExists &&
    qualifier === undefined
  );
}
