import { isServiceWithoutResource, isTypeWithoutResource } from '../locate/contentKind';
import type { PolicyType } from '../locate/policyType';
import type { Statement } from '../model/policy';
import { isInBranch } from '../syntax/functions';
import { isBesideUnreportedFault } from '../syntax/unreported';
import { ALWAYS, type Application, allOf, NEVER, perhaps, Together } from './application';
import type { Caller } from './caller';
import { conditionsHold } from './conditions/condition';
import type { RequestKeys } from './conditions/requestKeys';
import { actionsApply, fullArn, resourcesApply } from './elements';
import { OF_ANYBODY, type PrincipalApplication, principalApplies } from './principal';
import { hasDirectives, hasUnseenMembers, isDynamic } from './unfinished';

/**
 * Whether a statement applies to an action on a resource by a caller, and how it names the caller. The cheapest part
 * that decides is evaluated first: for most statements that is the action.
 */
export function statementApplies(
  statement: Statement,
  request: { readonly action: string; readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): PrincipalApplication {
  const action = actionsApply(statement.actions, request.action);
  if (action.applies === 'never') {
    return NEVER_AT_ALL;
  }
  const parts = partsApply(statement, request, caller, keys);
  return parts.applies === 'never' || action.applies === 'always'
    ? parts
    : reaching(allOf([action, parts]), parts.reach);
}

function reaching(
  { applies, hinges }: Application,
  reach: PrincipalApplication['reach'],
): PrincipalApplication {
  return { applies, hinges, reach };
}

const NEVER_AT_ALL: PrincipalApplication = { ...NEVER, reach: 'other' };

/** Whether a statement would apply to a request, perhaps, if it had the action. */
export function mayApplyWithAction(
  statement: Statement,
  request: { readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): boolean {
  return partsApply(statement, request, caller, keys).applies !== 'never';
}

/** Everything but the action. */
function partsApply(
  statement: Statement,
  request: { readonly resource: string },
  caller: Caller,
  keys: RequestKeys,
): PrincipalApplication {
  const { kind } = statement.policy;
  const resource = needsNoResource(statement)
    ? ALWAYS
    : resourcesApply(statement.resources, fullArn(request.resource), keys);
  if (resource.applies === 'never') {
    return NEVER_AT_ALL;
  }
  // These are attached to what is called, so that a statement without a Principal is not finished either.
  if (NAMES_CALLER.has(kind.type) && statement.principals.length === 0) {
    return NEVER_AT_ALL;
  }
  const principal = statement.principals.length === 0 ? OF_ANYBODY : principalApplies(statement, caller);
  if (principal.applies === 'never') {
    return NEVER_AT_ALL;
  }
  const all = new Together('never', ALWAYS);
  return all.isDecidedBy(resource) ||
    all.isDecidedBy(conditionsHold(statement, keys)) ||
    all.isDecidedBy(principal) ||
    all.isDecidedBy(branchTaken(statement))
    ? NEVER_AT_ALL
    : reaching(all.result, principal.reach);
}

/**
 * Whether a statement without a Resource speaks of what its policy is attached to: trust policies have none, nor have
 * policies of some services, such as those of repositories (Amazon ECR User Guide, "Private repository policy examples in
 * Amazon ECR"). In any other policy such a statement is not finished.
 */
export function needsNoResource({ resources, actions, policy }: Statement): boolean {
  const { type, resourceType } = policy.kind;
  if (resources.length > 0) {
    return false;
  }
  return (
    type === 'trust' ||
    (type === 'resource' &&
      (resourceType === undefined
        ? actions.length > 0 &&
          actions.every(
            ({ negated, entries }) =>
              !negated &&
              entries.every(({ service }) => service !== undefined && isServiceWithoutResource(service)),
          )
        : isTypeWithoutResource(resourceType)))
  );
}

const NAMES_CALLER: ReadonlySet<PolicyType> = new Set(['resource', 'trust', 'rcp', 'endpoint']);

/**
 * A statement in a branch of a template may be there or not, and so may a policy; what is merged into a statement may
 * change it, and beside a fault it may have been read wrong.
 */
export function branchTaken(statement: Statement): Application {
  const { node, policy } = statement;
  if (isInBranch(node, undefined)) {
    return perhaps([{ kind: 'branch', text: 'Statement', node, statement }]);
  }
  if (isBesideUnreportedFault(policy.node)) {
    return perhaps([{ kind: 'fault', text: 'Statement', node, statement }]);
  }
  return hasUnseenMembers(node) || hasDirectives(policy.node) || isDynamic(node)
    ? perhaps([{ kind: 'merged', text: 'Statement', node, statement }])
    : ALWAYS;
}
