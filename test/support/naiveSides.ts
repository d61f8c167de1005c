import assert from 'node:assert/strict';
import type { Gain } from '../../server/src/core/compare/gains';
import { type Side, sideOf } from '../../server/src/core/compare/sides';
import { openDocument } from '../../server/src/core/document';
import { type NaivePolicy, type NaiveRequest, type NaiveStatement, naiveAnswer } from './naiveEvaluation';

/** A policy of the naive evaluation as a side of a comparison. */
export function sideOfNaive({ type, version, statements }: NaivePolicy): Side {
  return sideOf(
    type,
    openDocument({
      text: JSON.stringify({ Version: version, Statement: statements }),
      language: 'json',
      override: { policyType: type },
    }).policies,
  );
}

/** A resource policy does its part where what it leaves to the caller's account is granted there. */
export function alone(policy: NaivePolicy, { account, principal }: NaiveRequest): NaivePolicy {
  return policy.type === 'resource'
    ? {
        ...policy,
        statements: policy.statements.map((statement) => {
          const { Principal } = statement;
          return Principal !== '*' &&
            Principal?.AWS.some((text) => text === account || text === `arn:aws:iam::${account}:root`)
            ? { ...statement, Principal: { ...Principal, AWS: [...Principal.AWS, principal] } }
            : statement;
        }),
      }
    : policy;
}

/** Whether a policy alone, within limits, grants a request or leaves it to the policies of the caller's account. */
export function allowsAlone(
  policy: NaivePolicy,
  request: NaiveRequest,
  limits: readonly NaivePolicy[] = [],
): boolean {
  return naiveAnswer([alone(policy, request), ...limits], request) === 'allow';
}

/** Whether a gain says that a request is granted: by its statement, its actions and its resource. */
export function speaksOf(gain: Gain, side: Side, policy: NaivePolicy, request: NaiveRequest): boolean {
  const index = side.policies[0]?.statements.indexOf(gain.statement) ?? -1;
  const statement = policy.statements[index];
  assert.ok(statement !== undefined);
  const { NotResource: _, ...rest } = statement;
  const narrowed: NaiveStatement =
    gain.resource === undefined ? statement : { ...rest, Resource: [gain.resource] };
  return (
    gain.actions.some(
      ({ name, isFuture }) => isFuture || name.toLowerCase() === request.action.toLowerCase(),
    ) && allowsAlone({ ...policy, statements: [narrowed] }, request)
  );
}
