import { openDocument } from '../document';
import { type Evaluation, type EvaluationOptions, evaluate } from '../evaluate/evaluate';
import type { EvaluationRequest } from '../evaluate/request';
import { isEffectOpen } from '../evaluate/unfinished';
import type { PolicyType } from '../locate/policyType';
import type { Policy } from '../model/policy';
import { Cell } from './cells';

/** Policies of one kind that are attached to one thing, ready to be laid beside others. */
export interface Side {
  readonly type: PolicyType;
  readonly policies: readonly Policy[];
  readonly allows: readonly Cell[];
  readonly denies: readonly Cell[];
}

/** Of these an Allow is no grant, and where there is none nothing is limited. */
const LIMITS: ReadonlySet<PolicyType> = new Set(['scp', 'rcp', 'boundary', 'session', 'endpoint']);

/** Stands for all that a caller may have been granted elsewhere, so that a limit alone can be asked. */
export const EVERYTHING: readonly Policy[] = openDocument({
  text: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
  language: 'json',
}).policies;

/**
 * @param policies all of the type; none where there were none before, or are none any more
 */
export function sideOf(type: PolicyType, policies: readonly Policy[]): Side {
  // Where nothing limits everything is allowed, and RCPs only deny: RCPFullAWSAccess is always attached.
  const isFree = LIMITS.has(type) && (policies.length === 0 || type === 'rcp');
  const statements = policies.flatMap((policy) => policy.statements);
  const cells = statements.map((statement) => new Cell(statement));
  const free = isFree
    ? EVERYTHING.flatMap((policy) => policy.statements).map((statement) => new Cell(statement))
    : [];
  return {
    type,
    policies,
    // Where nobody can see the effect yet it may be either.
    allows: [
      ...cells.filter(({ statement }) => statement.effect?.value === 'Allow' || isEffectOpen(statement)),
      ...free,
    ],
    denies: cells.filter(
      (cell) =>
        cell.statement.effect?.value === 'Deny' || (cell.isOpen && cell.statement.effect?.value !== 'Allow'),
    ),
  };
}

/**
 * What the policies of a side do about a request: `delegated` is what a resource policy leaves to the identity policies of
 * the caller, be it that it names the caller's whole account or that the resource is of another one.
 */
export type Standing = 'granted' | 'delegated' | 'not-granted' | 'perhaps';

/**
 * Whether a side does its part to allow a request: what other policies have to say is another matter. The real evaluation
 * decides.
 *
 * @param limits what must allow as well
 */
export function standingOf(
  side: Side,
  request: EvaluationRequest,
  options: EvaluationOptions,
  limits: readonly Side[] = [],
): Standing {
  const policies = LIMITS.has(side.type)
    ? [...side.policies, ...EVERYTHING]
    : [...side.policies, ...limits.flatMap((limit) => limit.policies)];
  return answerOf(evaluate(policies, request, options), side.type);
}

/** The condition keys that would say more about what a side does about a request. */
export function openKeysOf(
  side: Side,
  request: EvaluationRequest,
  options: EvaluationOptions,
  limits: readonly Side[] = [],
): readonly string[] {
  const policies = [...side.policies, ...limits.flatMap((limit) => limit.policies)];
  return evaluate(policies, request, options).hinges.flatMap(({ unknownKeys = [] }) => unknownKeys);
}

/** Whether policies of a type grant nothing themselves. */
export function isLimit(type: PolicyType): boolean {
  return LIMITS.has(type);
}

function answerOf({ outcome, hinges, doubts, lacks, mayLackMore }: Evaluation, type: PolicyType): Standing {
  const granted = mayLackMore ? 'perhaps' : 'granted';
  switch (outcome) {
    case 'allow':
      return 'granted';
    case 'deny':
      return 'not-granted';
    case 'implicit-deny':
      if (LIMITS.has(type)) {
        // Who must grant it besides is no matter of the limit.
        return lacks.includes(type) ? 'not-granted' : granted;
      }
      // The resource policy has done its part; the caller's own policies are not in it, nor is what a federated user was
      // given for its session.
      if (!lacks.every((lack) => lack === 'identity' || (type === 'resource' && lack === 'session'))) {
        return 'not-granted';
      }
      return type !== 'identity' && lacks.includes('identity') && !mayLackMore ? 'delegated' : granted;
    default:
      return hinges.length === 0 && doubts.length > 0 && doubts.every((doubt) => OF_OTHERS.has(doubt))
        ? 'granted'
        : 'perhaps';
  }
}

/** Doubts about policies that are not given. */
const OF_OTHERS: ReadonlySet<string> = new Set(['key-policy', 'trust-policy', 'bucket-policy']);
