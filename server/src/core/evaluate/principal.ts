import type { PrincipalElement, PrincipalEntry, Statement } from '../model/policy';
import { isInBranch } from '../syntax/functions';
import { ALWAYS, type Application, anyOf, inverse, NEVER, perhaps } from './application';
import type { Caller } from './caller';
import { accountEntry, entryCounts, hingeOf, isEverybody, isRoleOf } from './principalEntry';
import { relevantParts } from './principalIndex';

/** How a statement names the caller. */
export interface PrincipalApplication extends Application {
  /**
   * `account` if only the caller's whole account is named: the account may then grant on what it was given, and has
   * not yet done so. `exact` if this very user or session is named, `everybody` if nobody is. IAM User Guide, "AWS JSON
   * policy elements: Principal".
   */
  readonly reach: 'account' | 'exact' | 'everybody' | 'other';
}

/** Whether the statement's Principal is the caller. A statement without one applies to what it is attached to. */
export function principalApplies(statement: Statement, caller: Caller): PrincipalApplication {
  const matches = statement.principals.map((element) => elementApplies(element, caller));
  const never = matches.find((match) => match.applies === 'never');
  const uncertain = matches.find((match) => match.applies === 'perhaps');
  return never ?? uncertain ?? matches[0] ?? OF_ANYBODY;
}

/** Of a statement that names nobody. */
export const OF_ANYBODY: PrincipalApplication = { ...ALWAYS, reach: 'other' };

function elementApplies(element: PrincipalElement, caller: Caller): PrincipalApplication {
  const { entries, unknown } = relevantParts(element, caller);
  const matches = entries.map((entry) => ({ entry, match: entryCounts(entry, caller) }));
  const any = anyOf([...matches.map(({ match }) => match), ...unknown]);
  if (element.negated) {
    return { ...notPrincipal(element, entries, any, caller), reach: 'other' };
  }
  const certain = matches.filter(({ match }) => match.applies === any.applies);
  const reaches = certain.map(({ entry }) => reachOf(entry, caller));
  const reach = reaches.includes('exact')
    ? 'exact'
    : reaches.includes('everybody')
      ? 'everybody'
      : reaches.length > 0 && reaches.every((each) => each === 'account')
        ? 'account'
        : 'other';
  return { ...any, reach };
}

/**
 * A Deny with NotPrincipal denies every principal that has a permissions boundary, whether it is listed or not. It may
 * deny others unless their account is listed as well, and a session unless its role is: which of these AWS looks at
 * first depends on the service. A role makes its requests in sessions, and each of them would have to be listed. IAM
 * User Guide, "AWS JSON policy elements: NotPrincipal".
 *
 * @param entries those that may name the caller
 */
function notPrincipal(
  element: PrincipalElement,
  entries: readonly PrincipalEntry[],
  any: Application,
  caller: Caller,
): Application {
  // An unknown caller in an account may be a user or a session, and listing the account alone does not exempt these.
  const isInside =
    (caller.kind === 'unknown' && caller.account !== undefined) ||
    caller.kind === 'user' ||
    caller.kind === 'role' ||
    caller.kind === 'session' ||
    caller.kind === 'federated';
  if (!isInside || element.statement.effect?.value !== 'Deny') {
    return inverse(any);
  }
  if (caller.isBounded) {
    return ALWAYS;
  }
  if (any.applies !== 'always') {
    return inverse(any);
  }
  const isSpared =
    entries.some(isEverybody) ||
    (caller.kind !== 'unknown' &&
      entries.some((entry) => accountEntry(entry) === caller.account) &&
      entries.some((entry) => entry.text === caller.arn && !isInBranch(entry.node, element.member)) &&
      caller.kind !== 'role' &&
      (caller.kind !== 'session' || entries.some((entry) => isRoleOf(entry, caller))));
  return isSpared ? NEVER : perhaps(entries.map(hingeOf));
}

function reachOf(entry: PrincipalEntry, caller: Caller): PrincipalApplication['reach'] {
  const isExact = caller.kind === 'user' || caller.kind === 'session' || caller.kind === 'federated';
  if (isExact && entry.text === caller.arn) {
    return 'exact';
  }
  if (isEverybody(entry)) {
    return 'everybody';
  }
  const isPartOfAccount = caller.kind !== 'root' && caller.account !== undefined;
  return isPartOfAccount && accountEntry(entry) !== undefined ? 'account' : 'other';
}
