import type { Policy, Statement } from '../model/policy';
import { type Applies, type Hinge, perhaps } from './application';
import { keysOf } from './conditions/derivedKeys';
import type { RequestKeys } from './conditions/requestKeys';
import { type Doubt, doubtsOf } from './doubts';
import { answerOf, isConcerned, type Judged, type Lack, type Need, needsOf } from './needs';
import { type Caller, isPrincipal, readCaller } from './principal';
import type { EvaluationRequest } from './request';
import { type Asked, asksOf } from './settle';
import { mayApplyWithAction, statementApplies } from './statement';
import { holdsUnknownStatements, isEffectOpen } from './unfinished';

export type { Hinge } from './application';
export type { Doubt } from './doubts';
export type { Lack } from './needs';
export type { Asked } from './settle';

export interface EvaluationOptions {
  /** The services that resource control policies apply to; without them they count as applying to every one. */
  readonly rcpServices?: ReadonlySet<string> | undefined;
}

export interface Evaluation {
  /**
   * `deny` is an explicit one, `implicit-deny` is that an Allow is missing, `depends` is an answer that rests on what
   * is not known: condition keys, principals, variables, or which of the requests is sent.
   */
  readonly outcome: 'allow' | 'deny' | 'implicit-deny' | 'depends';
  /** The statements that decide, in source order; empty for an implicit deny. */
  readonly deciding: readonly Statement[];
  /** What the deciding statements hang on; empty unless it depends. */
  readonly hinges: readonly Hinge[];
  /** What is missing; empty unless the deny is implicit. */
  readonly lacks: readonly Lack[];
  /** What else the answer depends on, beside the policies that were given; empty unless it depends. */
  readonly doubts: readonly Doubt[];
  /**
   * The smallest set of condition keys that can settle the answer, with the values that occur in the policies; empty
   * unless it depends on condition keys.
   */
  readonly asks: readonly Asked[];
}

/**
 * What policies say together about a request, offline. IAM User Guide, "Policy evaluation logic": an explicit Deny in
 * any policy wins. Else an identity policy or a resource policy must allow, and both must where the caller belongs to
 * another account than the resource. API Gateway follows the same tables (developer guide, "API Gateway resource
 * policies and authorization flow"). Boundaries, session policies, SCPs and endpoint policies grant nothing; where
 * one is among the policies, it must allow as well. An RCP only denies: the Allow comes from RCPFullAWSAccess, which
 * is always attached.
 *
 * The policies count as those of one caller and one resource. Several of a kind are attached to the same place, save that
 * service control policies may be of several levels of the organization, and each level must allow (AWS Organizations
 * User Guide, "SCP evaluation"), and that a principal has one permissions boundary.
 * Conditions are evaluated by what the request tells; what it does not tell is not known, and never assumed.
 */
export function evaluate(
  policies: readonly Policy[],
  request: EvaluationRequest,
  options: EvaluationOptions = {},
): Evaluation {
  const caller = callerOf(policies, request);
  if (isPrincipal(caller) && NEEDS_NO_PERMISSION.has(request.action.toLowerCase())) {
    return { ...NOTHING, outcome: 'allow' };
  }
  const keys = keysOf(request, caller);
  const concerned = policies.filter((policy) => isConcerned(policy, request, caller));
  const judged = concerned
    .flatMap((policy) => policy.statements)
    .map((statement) => judge(statement, request, caller, keys, options));
  const denials = judged.filter(({ statement }) => mayDeny(statement));
  const denied = withApplies(denials, 'always');
  if (denied.length > 0) {
    return { ...NOTHING, outcome: 'deny', deciding: statementsOf(denied) };
  }

  const isIncomplete =
    concerned.some(holdsUnknownStatements) ||
    judged.some(({ statement, application }) => application.applies !== 'never' && isEffectOpen(statement));
  const allows = judged.filter(({ statement }) => statement.effect?.value === 'Allow');
  const needs = needsOf(concerned, allows, request, caller);
  const lacks = needs.filter((need) => answerOf(need).applies === 'never').map((need) => need.lack);
  if (lacks.length > 0 && isIncomplete) {
    return { ...NOTHING, outcome: 'depends', doubts: ['templates'] };
  }
  if (lacks.length > 0) {
    return { ...NOTHING, outcome: 'implicit-deny', lacks: [...new Set(lacks)] };
  }
  const perhapsDenied = withApplies(denials, 'perhaps');
  const uncertain = needs.filter((need) => answerOf(need).applies === 'perhaps');
  const doubts = [
    ...doubtsOf(concerned, allows, request, caller),
    ...(isIncomplete ? (['templates'] as const) : []),
  ];
  if (uncertain.length === 0 && perhapsDenied.length === 0) {
    const certain = new Set(needs.flatMap((need) => withApplies(need.allows, 'always')));
    const deciding = statementsOf(inOrder(judged, certain));
    return { ...NOTHING, outcome: doubts.length === 0 ? 'allow' : 'depends', deciding, doubts };
  }
  return { ...dependent(judged, uncertain, perhapsDenied, keys), doubts };
}

/** Whether a statement of one of the policies would apply to a request, perhaps, if only it had the action. */
export function wouldApplyWithAction(
  policies: readonly Policy[],
  request: EvaluationRequest,
): (statement: Statement) => boolean {
  const caller = callerOf(policies, request);
  const keys = keysOf(request, caller);
  return (statement) => mayApplyWithAction(statement, request, caller, keys);
}

function callerOf(policies: readonly Policy[], request: EvaluationRequest): Caller {
  return {
    ...readCaller(request.principal),
    isBounded: policies.some(({ kind }) => kind.type === 'boundary'),
  };
}

const NOTHING = { deciding: [], hinges: [], lacks: [], doubts: [], asks: [] } as const;

/** AWS STS API Reference, GetCallerIdentity: no permissions are required, not even where a policy denies it. */
const NEEDS_NO_PERMISSION: ReadonlySet<string> = new Set(['sts:getcalleridentity']);

function judge(
  statement: Statement,
  request: EvaluationRequest,
  caller: Caller,
  keys: RequestKeys,
  { rcpServices }: EvaluationOptions,
): Judged {
  const application = statementApplies(statement, request, caller, keys);
  const { effect, node, policy } = statement;
  const withHinge = (hinge: Hinge): Judged => ({
    statement,
    application: { ...perhaps([...application.hinges, hinge]), reach: application.reach },
  });
  if (application.applies === 'never') {
    return { statement, application };
  }
  if (effect?.value !== 'Allow' && effect?.value !== 'Deny') {
    return withHinge({ kind: 'template', text: 'Effect', node: effect ?? node, statement });
  }
  const service = /^[^:*?]+/.exec(request.action)?.[0].toLowerCase() ?? '';
  // AWS adds services to those that it applies resource control policies to.
  return policy.kind.type === 'rcp' && rcpServices?.has(service) === false
    ? withHinge({ kind: 'service', text: service, node, statement })
    : { statement, application };
}

function mayDeny(statement: Statement): boolean {
  return statement.effect?.value === 'Deny' || isEffectOpen(statement);
}

function dependent(
  judged: readonly Judged[],
  uncertain: readonly Need[],
  perhapsDenied: readonly Judged[],
  keys: RequestKeys,
): Evaluation {
  const perhapsAllowed = new Set(uncertain.flatMap((need) => withApplies(need.allows, 'perhaps')));
  const deciding = [...inOrder(judged, perhapsAllowed), ...perhapsDenied];
  return {
    ...NOTHING,
    outcome: 'depends',
    deciding: statementsOf(deciding),
    hinges: deciding.flatMap(({ application }) => application.hinges),
    asks: asksOf(
      uncertain.map((need) => withApplies(need.allows, 'perhaps').map(({ application }) => application)),
      perhapsDenied.map(({ application }) => application),
      keys,
    ),
  };
}

function withApplies(judged: readonly Judged[], applies: Applies): readonly Judged[] {
  return judged.filter(({ application }) => application.applies === applies);
}

function inOrder(judged: readonly Judged[], chosen: ReadonlySet<Judged>): readonly Judged[] {
  return judged.filter((each) => chosen.has(each));
}

function statementsOf(judged: readonly Judged[]): readonly Statement[] {
  return judged.map(({ statement }) => statement);
}
