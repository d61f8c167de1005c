import type { Condition, Policy, Statement } from '../model/policy';
import { ALWAYS, type Applies, type Hinge, NEVER, perhaps } from './application';
import { ANONYMOUS, type Caller, readCaller } from './caller';
import { conditionTruth } from './conditions/condition';
import { keysOf } from './conditions/derivedKeys';
import type { RequestKeys } from './conditions/requestKeys';
import { type Doubt, doubtsOf } from './doubts';
import { exceptionsIn } from './exceptions';
import {
  isConcerned,
  isMet,
  isOfOrganization,
  type Judged,
  type Lack,
  mayBeRoot,
  type Need,
  needsOf,
  serviceLinked,
} from './needs';
import type { PrincipalApplication } from './principal';
import { relevantStatements } from './principalIndex';
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
  /** What the deciding statements depend on; empty unless the outcome is `depends`. */
  readonly hinges: readonly Hinge[];
  /** What is missing; empty unless the deny is implicit. */
  readonly lacks: readonly Lack[];
  /**
   * Whether more may be missing than is known, or something else: something that is needed, a Deny, or whether a resource
   * policy leaves it to the account depends on something unknown.
   */
  readonly mayLackMore: boolean;
  /** What else the answer depends on, beside the policies that were given; empty unless it depends. */
  readonly doubts: readonly Doubt[];
  /**
   * The smallest set of condition keys that can settle the answer, with the values that occur in the policies; empty
   * unless it depends on condition keys.
   */
  readonly asks: readonly Asked[];
  /** How the answer comes about; `undefined` for a deny of either kind. */
  readonly formula: Formula | undefined;
}

/** Every need must be met by one of its statements, and no denial may apply. */
export interface Formula {
  readonly needs: readonly NeedTerm[];
  /** What may deny. */
  readonly denials: readonly Term[];
}

export interface NeedTerm {
  readonly lack: Lack;
  /** The statements that certainly apply; if there are some, nothing depends on others. */
  readonly certain: readonly Statement[];
  /** Else those that may apply. */
  readonly possible: readonly Term[];
}

/** A statement that applies if everything that it depends on holds. */
export interface Term {
  readonly statement: Statement;
  readonly hinges: readonly Hinge[];
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
  return openQuestion(policies, request, options).evaluation;
}

/**
 * An answer that can be computed again with more condition keys given; only what depends on something is evaluated
 * again.
 */
export interface OpenQuestion {
  readonly evaluation: Evaluation;
  /** The one value that a condition key is known to have; `undefined` where it has none or is not known. */
  knownValue(key: string): string | undefined;
  /** The outcome with more condition keys than the question gave. */
  outcomeWith(told: ReadonlyMap<string, readonly string[]>): Evaluation['outcome'];
}

/** Evaluates a request, as `evaluate` does. */
export function openQuestion(
  policies: readonly Policy[],
  request: EvaluationRequest,
  options: EvaluationOptions = {},
): OpenQuestion {
  const question = questionOf(policies, request, options);
  const exceptions = exceptionsIn(request.action).map((action) =>
    questionOf(policies, { ...request, action }, options),
  );
  if (exceptions.length === 0) {
    return question;
  }
  // Of several actions the answer is certain only if it is the same for each.
  const isCommon = (outcome: Evaluation['outcome'], others: readonly Evaluation['outcome'][]): boolean =>
    outcome === 'depends' || others.every((other) => isAllowed(other) === isAllowed(outcome));
  const { evaluation } = question;
  const outcomes = exceptions.map((each) => each.evaluation.outcome);
  return {
    evaluation: isCommon(evaluation.outcome, outcomes)
      ? evaluation
      : {
          ...evaluation,
          outcome: 'depends',
          lacks: [],
          mayLackMore: false,
          doubts: [...evaluation.doubts, 'exceptions'],
        },
    knownValue: question.knownValue,
    outcomeWith: (told) => {
      const outcome = question.outcomeWith(told);
      return isCommon(
        outcome,
        exceptions.map((each) => each.outcomeWith(told)),
      )
        ? outcome
        : 'depends';
    },
  };
}

/** Whether a request is allowed; `undefined` where that depends. */
function isAllowed(outcome: Evaluation['outcome']): boolean | undefined {
  return outcome === 'depends' ? undefined : outcome === 'allow';
}

function questionOf(
  policies: readonly Policy[],
  request: EvaluationRequest,
  options: EvaluationOptions,
): OpenQuestion {
  const caller = callerOf(policies, request);
  const keys = keysOf(request, caller);
  const concerned = policies.filter((policy) => isConcerned(policy, request, caller));
  const judged: Judged[] = [];
  for (const policy of concerned) {
    for (const statement of relevantStatements(policy, caller)) {
      const each = judge(statement, request, caller, keys, options);
      // Of thousands of statements few apply, and nothing follows from the others.
      if (each.application.applies !== 'never') {
        judged.push(each);
      }
    }
  }
  return {
    evaluation: conclude(concerned, judged, request, caller, keys),
    knownValue: (key) => {
      const value = keys.get(key);
      const [only, ...others] = value.kind === 'values' ? value.values : [];
      return only === undefined || only.isPattern || others.length > 0 ? undefined : only.text;
    },
    outcomeWith: (told) => {
      const context = new Map([...(request.context ?? []), ...told]);
      const more = { ...request, context };
      const moreKeys = keysOf(more, caller);
      const names = new Set([...told.keys()].map((key) => key.toLowerCase()));
      const again = judged.map((each) =>
        judgeAgain(each, names, moreKeys, () => judge(each.statement, more, caller, moreKeys, options)),
      );
      return verdictOf(concerned, again, more, caller).outcome;
    },
  };
}

/**
 * A judgement with more condition keys given. What is certain stays certain, and a statement applies only if everything
 * that it depends on holds, so that only its conditions on these keys are evaluated again.
 *
 * @param told the names of the keys, in lower case
 * @param anew judges the whole statement, if it depends on a variable
 */
function judgeAgain(
  judged: Judged,
  told: ReadonlySet<string>,
  keys: RequestKeys,
  anew: () => Judged,
): Judged {
  const { statement, application } = judged;
  if (application.applies !== 'perhaps') {
    return judged;
  }
  let open: Hinge[] | undefined;
  const { hinges } = application;
  for (let index = 0; index < hinges.length; index += 1) {
    const hinge = hinges[index];
    if (hinge === undefined) {
      continue;
    }
    if (hinge.kind === 'variable') {
      return anew();
    }
    const { condition } = hinge;
    if (condition === undefined || !mentions(condition, told)) {
      open?.push(hinge);
      continue;
    }
    const truth = conditionTruth(condition, keys);
    if (truth === 'never') {
      return { statement, application: { ...NEVER, reach: application.reach } };
    }
    // Mostly nothing changes, and nothing is made then.
    open ??= hinges.slice(0, index);
    if (truth === 'perhaps') {
      open.push(hinge);
    }
  }
  if (open === undefined) {
    return judged;
  }
  const now = open.length === 0 ? ALWAYS : perhaps(open);
  return { statement, application: { ...now, reach: application.reach } };
}

/** Whether what a condition compares may change with one of these keys. */
function mentions({ key, values }: Condition, told: ReadonlySet<string>): boolean {
  return told.has(key.value.toLowerCase()) || values.some(({ text }) => text.includes('${'));
}

/** An outcome with what it comes from. */
interface Verdict {
  readonly outcome: Evaluation['outcome'];
  readonly denied: readonly Judged[];
  readonly perhapsDenied: readonly Judged[];
  /** `undefined` where a Deny decides, or where an Allow is missing. */
  readonly needs: readonly Need[] | undefined;
  readonly lacks: readonly Lack[];
  readonly mayLackMore: boolean;
  readonly doubts: readonly Doubt[];
}

/**
 * No resource policy keeps the root user of its account from some actions, whatever it says to everybody else.
 *
 * @param judged every statement that may apply, and perhaps others that do not
 */
function verdictOf(
  concerned: readonly Policy[],
  judged: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): Verdict {
  const verdict = verdictOfMembers(concerned, judged, request, caller);
  return verdict.outcome === 'deny' &&
    mayBeRoot(concerned, request, caller) &&
    verdict.denied.every(({ statement }) => statement.policy.kind.type === 'resource')
    ? { ...verdict, outcome: 'depends', doubts: ['root-user'] }
    : verdict;
}

/**
 * The policies of an organization count if the caller is no service-linked role. Where that is not known, the answer is
 * certain only if they make no difference.
 *
 * @param judged every statement that may apply, and perhaps others that do not
 */
function verdictOfMembers(
  concerned: readonly Policy[],
  judged: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): Verdict {
  const verdict = verdictOfAll(concerned, judged, request, caller);
  const linked = serviceLinked(request, caller);
  if (linked === 'never' || !concerned.some(({ kind }) => isOfOrganization(kind.type))) {
    return verdict;
  }
  const exempt = verdictOfAll(
    concerned.filter(({ kind }) => !isOfOrganization(kind.type)),
    judged.filter(({ statement }) => !isOfOrganization(statement.policy.kind.type)),
    request,
    caller,
  );
  if (linked === 'always' || exempt.outcome === 'deny' || exempt.outcome === 'implicit-deny') {
    return exempt;
  }
  if (exempt.outcome === verdict.outcome) {
    return verdict;
  }
  const { doubts } = verdict.outcome === 'depends' ? verdict : exempt;
  return {
    ...verdict,
    outcome: 'depends',
    lacks: [],
    mayLackMore: false,
    doubts: [...doubts, 'service-linked-role'],
  };
}

function verdictOfAll(
  concerned: readonly Policy[],
  judged: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): Verdict {
  const denials = judged.filter(({ statement }) => mayDeny(statement));
  const denied = withApplies(denials, 'always');
  const verdict = { denied, perhapsDenied: [], needs: undefined, lacks: [], mayLackMore: false, doubts: [] };
  if (denied.length > 0) {
    return { ...verdict, outcome: 'deny' };
  }

  const isIncomplete =
    concerned.some(holdsUnknownStatements) ||
    judged.some(({ statement, application }) => application.applies !== 'never' && isEffectOpen(statement));
  const allows = judged.filter(({ statement }) => statement.effect?.value === 'Allow');
  const needs = needsOf(concerned, allows, request, caller);
  const lacks = needs.filter((need) => isMet(need) === 'never').map((need) => need.lack);
  const perhapsDenied = withApplies(denials, 'perhaps');
  if (lacks.length > 0) {
    const mayLackMore =
      perhapsDenied.length > 0 || needs.some((need) => need.isOpen === true || isMet(need) === 'perhaps');
    return isIncomplete
      ? { ...verdict, outcome: 'depends', doubts: ['templates'] }
      : { ...verdict, outcome: 'implicit-deny', lacks: [...new Set(lacks)], mayLackMore };
  }
  const doubts = [
    ...doubtsOf(concerned, allows, request, caller),
    ...(isIncomplete ? (['templates'] as const) : []),
  ];
  const isCertain =
    doubts.length === 0 && perhapsDenied.length === 0 && needs.every((need) => isMet(need) === 'always');
  return { ...verdict, outcome: isCertain ? 'allow' : 'depends', perhapsDenied, needs, doubts };
}

/**
 * The answer that follows from statements.
 *
 * @param judged those that may apply, in source order
 */
export function conclude(
  concerned: readonly Policy[],
  judged: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
  keys: RequestKeys,
): Evaluation {
  const { outcome, denied, perhapsDenied, needs, lacks, mayLackMore, doubts } = verdictOf(
    concerned,
    judged,
    request,
    caller,
  );
  if (needs === undefined) {
    return { ...NOTHING, outcome, deciding: statementsOf(denied), lacks, mayLackMore, doubts };
  }
  const formula = formulaOf(needs, perhapsDenied);
  const uncertain = needs.filter((need) => isMet(need) === 'perhaps');
  if (uncertain.length === 0 && perhapsDenied.length === 0) {
    const certain = new Set(needs.flatMap((need) => withApplies(need.allows, 'always')));
    const deciding = statementsOf(inOrder(judged, certain));
    return { ...NOTHING, outcome, deciding, doubts, formula };
  }
  return { ...dependent(judged, uncertain, perhapsDenied, keys), doubts, formula };
}

function formulaOf(needs: readonly Need[], denials: readonly Judged[]): Formula {
  return {
    needs: needs.map(({ lack, allows }) => {
      const certain = withApplies(allows, 'always');
      const possible = certain.length > 0 ? [] : withApplies(allows, 'perhaps');
      return { lack, certain: statementsOf(certain), possible: possible.map(termOf) };
    }),
    denials: denials.map(termOf),
  };
}

function termOf({ statement, application: { hinges } }: Judged): Term {
  return { statement, hinges };
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

/** Whether who calls has to sign the request, so that IAM knows who it is. */
function isSigned({ auth = 'iam' }: EvaluationRequest): boolean {
  return auth === 'iam';
}

/** Who asks, as the policies see it. */
export function callerOf(policies: readonly Policy[], request: EvaluationRequest): Caller {
  return {
    ...readCaller(isSigned(request) ? request.principal : ANONYMOUS),
    isBounded: policies.some(({ kind }) => kind.type === 'boundary'),
  };
}

const NOTHING = {
  deciding: [],
  hinges: [],
  lacks: [],
  mayLackMore: false,
  doubts: [],
  asks: [],
  formula: undefined,
} as const;

/** Whether a statement applies to a request, and if that is not certain, what it depends on. */
export function judge(
  statement: Statement,
  request: EvaluationRequest,
  caller: Caller,
  keys: RequestKeys,
  { rcpServices }: EvaluationOptions,
): Judged {
  const application = statementApplies(statement, request, caller, keys);
  const { effect, node, policy } = statement;
  if (application.applies === 'never') {
    return { statement, application };
  }
  if (effect?.value !== 'Allow' && effect?.value !== 'Deny') {
    return withHinge(statement, application, {
      kind: 'template',
      text: 'Effect',
      node: effect ?? node,
      statement,
    });
  }
  if (policy.kind.type === 'rcp' && rcpServices !== undefined) {
    const service = /^[^:*?]+/.exec(request.action)?.[0].toLowerCase() ?? '';
    // AWS adds services to those that it applies resource control policies to.
    if (!rcpServices.has(service)) {
      return withHinge(statement, application, { kind: 'service', text: service, node, statement });
    }
  }
  return { statement, application };
}

function withHinge(statement: Statement, { hinges, reach }: PrincipalApplication, hinge: Hinge): Judged {
  return { statement, application: { ...perhaps([...hinges, hinge]), reach } };
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
