import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { type Caller, isPrincipal } from './caller';
import { isAboutKey, isAssuming, isThroughAccessPoint, mustAllow } from './decisive';
import { hasApiPolicy, type Judged, returnsPolicy } from './needs';
import type { EvaluationRequest } from './request';

/**
 * What nobody told that AWS asks: the policy of the key, of the role or of the bucket behind an access point, which
 * must allow as well; which of several policies is that of the key or of the role, of the principal or of the endpoint;
 * what a tool puts into the policies before AWS sees them; or at which level of the organization each service control
 * policy is attached, where every level must allow. Of an API its resource policy, if it has one, and what its Lambda
 * authorizer returns; of a session whether its role is service-linked, and policies of an organization do not affect it; of
 * somebody of the account whether it is the root user, whom no resource policy keeps from some actions; and of a pattern of
 * actions which of them it is, where some follow rules of their own.
 */
export type Doubt =
  | 'key-policy'
  | 'trust-policy'
  | 'bucket-policy'
  | 'key-policies'
  | 'trust-policies'
  | 'scp-levels'
  | 'boundaries'
  | 'templates'
  | 'endpoints'
  | 'api-policy'
  | 'authorizer-policy'
  | 'service-linked-role'
  | 'root-user'
  | 'exceptions';

/** @param allows the Allow statements of all policies, judged */
export function doubtsOf(
  policies: readonly Policy[],
  allows: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const decisive = policies.filter((policy) => mustAllow(policy, request));
  if (decisive.length === 0 && isAboutKey(request)) {
    doubts.push('key-policy');
  }
  if (decisive.length === 0 && isAssuming(request)) {
    doubts.push('trust-policy');
  }
  const { auth = 'iam' } = request;
  if ((auth === 'none' || auth === 'cognito') && !hasApiPolicy(policies) && request.api !== 'private') {
    doubts.push('api-policy');
  }
  if (auth === 'lambda' && !returnsPolicy(policies)) {
    doubts.push('authorizer-policy');
  }
  if (isThroughAccessPoint(request)) {
    doubts.push('bucket-policy');
  }
  if (!eachAllows(decisive, allows)) {
    doubts.push(decisive[0]?.kind.type === 'trust' ? 'trust-policies' : 'key-policies');
  }
  for (const [type, doubt] of SEVERAL) {
    const ofType = policies.filter(({ kind }) => kind.type === type);
    const untold = type === 'scp' ? ofType.filter((policy) => request.levels?.has(policy) !== true) : ofType;
    if ((type === 'endpoint' || isPrincipal(caller)) && !eachAllows(untold.filter(grantsAnything), allows)) {
      doubts.push(doubt);
    }
  }
  return doubts;
}

/** A principal has one boundary, and a request goes through one endpoint. */
const SEVERAL = [
  ['scp', 'scp-levels'],
  ['boundary', 'boundaries'],
  ['endpoint', 'endpoints'],
] as const satisfies readonly (readonly [PolicyType, Doubt])[];

function grantsAnything({ statements }: Policy): boolean {
  return statements.some(({ effect }) => effect?.value === 'Allow');
}

/** Whether each of the policies allows the request by itself; of one alone that is no question. */
function eachAllows(policies: readonly Policy[], allows: readonly Judged[]): boolean {
  if (policies.length < 2) {
    return true;
  }
  const allowing = new Set<unknown>(
    allows.flatMap(({ statement, application }) => (application.applies === 'never' ? [] : statement.policy)),
  );
  return policies.every((policy) => allowing.has(policy));
}
