import { splitArn } from '../arn/arn';
import type { PolicyType } from '../locate/policyType';
import type { Policy, Statement } from '../model/policy';
import { holdsTemplate } from '../pattern/templates';
import { branchesOf, functionCall } from '../syntax/functions';
import type { SyntaxNode } from '../syntax/nodes';
import { type Application, type Applies, anyOf, type Hinge } from './application';
import { accountOf, type Caller, type PrincipalApplication, readCaller } from './principal';
import { statementApplies } from './statement';

export type { Hinge } from './application';

/** A request, or with wildcards in the resource all the requests of a kind. */
export interface EvaluationRequest {
  /** `execute-api:InvalidateCache`; case does not count. */
  readonly action: string;
  /** An ARN; `*` and `?` stand for whatever is not known. One without an account counts as the caller's own. */
  readonly resource: string;
  /**
   * Who asks: the ARN of a role, a session, a user or a root user, an account id, or a service such as
   * `lambda.amazonaws.com`. Without one, and for `*`, it is somebody of the resource's account.
   */
  readonly principal?: string | undefined;
}

export interface Evaluation {
  /**
   * `deny` is an explicit one, `implicit-deny` is that an Allow is missing, `depends` is an answer that rests on what
   * is not in the policies: conditions, principals, variables, or which of the requests is sent.
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
}

/**
 * What nobody told that AWS asks: the policy of the key or of the role, which must allow as well; or at which level of
 * the organization each service control policy is attached, where every level must allow; or what a tool puts into the
 * policies before AWS sees them.
 */
export type Doubt = 'key-policy' | 'trust-policy' | 'scp-levels' | 'boundaries' | 'templates';

/**
 * The kind of policy in which an Allow is missing. `grant` is one in an identity policy or in a resource policy,
 * whichever. `invalidation-across-accounts` is a feature that API Gateway does not have (developer guide, "Cache
 * settings for REST APIs": the API and who invalidates must be of one account).
 */
export type Lack = PolicyType | 'grant' | 'invalidation-across-accounts';

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
 * Nothing is assumed about conditions: a statement that has any applies perhaps, never certainly.
 */
export function evaluate(policies: readonly Policy[], request: EvaluationRequest): Evaluation {
  const caller: Caller = {
    ...readCaller(request.principal),
    isBounded: policies.some(({ kind }) => kind.type === 'boundary'),
  };
  const concerned = policies.filter((policy) => isConcerned(policy, request, caller));
  const judged = concerned
    .flatMap((policy) => policy.statements)
    .map((statement) => ({ statement, application: statementApplies(statement, request, caller) }));
  const denials = judged.filter(({ statement }) => statement.effect?.value === 'Deny');
  const denied = withApplies(denials, 'always');
  if (denied.length > 0) {
    return { outcome: 'deny', deciding: statementsOf(denied), hinges: [], lacks: [], doubts: [] };
  }

  const isIncomplete =
    concerned.some(holdsUnknownStatements) ||
    judged.some(({ statement, application }) => application.applies !== 'never' && isEffectOpen(statement));
  const allows = judged.filter(({ statement }) => statement.effect?.value === 'Allow');
  const needs = needsOf(policies, allows, request, caller);
  const lacks = needs.filter((need) => anyOfAll(need).applies === 'never').map((need) => need.lack);
  if (lacks.length > 0 && isIncomplete) {
    return { outcome: 'depends', deciding: [], hinges: [], lacks: [], doubts: ['templates'] };
  }
  if (lacks.length > 0) {
    return { outcome: 'implicit-deny', deciding: [], hinges: [], lacks, doubts: [] };
  }
  const perhapsDenied = withApplies(denials, 'perhaps');
  const uncertain = needs.filter((need) => anyOfAll(need).applies === 'perhaps');
  const doubts = [
    ...doubtsOf(policies, allows, request, caller),
    ...(isIncomplete ? (['templates'] as const) : []),
  ];
  if (uncertain.length === 0 && perhapsDenied.length === 0) {
    const certain = new Set(needs.flatMap((need) => withApplies(need.allows, 'always')));
    const deciding = statementsOf(inOrder(judged, certain));
    return { outcome: doubts.length === 0 ? 'allow' : 'depends', deciding, hinges: [], lacks: [], doubts };
  }
  const perhapsAllowed = new Set(uncertain.flatMap((need) => withApplies(need.allows, 'perhaps')));
  const deciding = [...inOrder(judged, perhapsAllowed), ...perhapsDenied];
  return {
    outcome: 'depends',
    deciding: statementsOf(deciding),
    hinges: deciding.flatMap(({ application }) => application.hinges),
    lacks: [],
    doubts,
  };
}

/**
 * Whether a template puts statements into a policy that nobody can see yet. Those in the branches of a condition are seen, and
 * apply perhaps.
 */
function holdsUnknownStatements({ node }: Policy): boolean {
  return (
    node.members.some(({ name }) => name.startsWith('Fn::') || name === '<<') ||
    node.members.some(
      ({ name, value }) =>
        name === 'Statement' &&
        (value?.kind === 'array' ? value.items : [value]).some(
          (item) => item !== undefined && isUnseen(item),
        ),
    )
  );
}

function isUnseen(node: SyntaxNode): boolean {
  if (node.kind === 'opaque' || (node.kind === 'string' && holdsTemplate(node.value))) {
    return true;
  }
  const call = functionCall(node);
  return (
    call !== undefined &&
    (call.name === 'Fn::If'
      ? branchesOf(node)
          .flatMap((branch) => (branch.kind === 'array' ? branch.items : [branch]))
          .some(isUnseen)
      : branchesOf(node).length > 0)
  );
}

/** Whether a template decides if a statement allows or denies. */
function isEffectOpen({ members, effect }: Statement): boolean {
  if (effect?.value === 'Allow' || effect?.value === 'Deny') {
    return false;
  }
  return members.some(
    ({ name, value }) =>
      name === 'Effect' &&
      (value?.kind === 'object' ||
        value?.kind === 'opaque' ||
        (value?.kind === 'string' && holdsTemplate(value.value))),
  );
}

interface Judged {
  readonly statement: Statement;
  readonly application: PrincipalApplication;
}

/** Allow statements of which one must apply, and what is missing where none does. */
interface Need {
  readonly lack: Lack;
  readonly allows: readonly Judged[];
}

/** Of these an Allow is no grant, and a missing one is a denial. */
const LIMITS = ['scp', 'boundary', 'session', 'endpoint'] as const satisfies readonly PolicyType[];

/** These are about an IAM principal, which a service that calls in its own name is not. */
const OF_PRINCIPALS: ReadonlySet<PolicyType> = new Set(['identity', 'scp', 'boundary', 'session']);

/** Trust policies are about assuming the role and nothing else, so that one in a template does not stand in the way. */
function isConcerned({ kind }: Policy, { action }: EvaluationRequest, caller: Caller): boolean {
  if (caller.kind === 'service' && OF_PRINCIPALS.has(kind.type)) {
    return false;
  }
  return kind.type !== 'trust' || /^(?:sts:|\*)/i.test(action);
}

/** Every need must be met for the request to be allowed. */
function needsOf(
  policies: readonly Policy[],
  allows: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Need[] {
  const ofType = (type: PolicyType): readonly Judged[] =>
    allows.filter(({ statement }) => statement.policy.kind.type === type);
  const identity = ofType('identity');
  const resource = [...ofType('resource'), ...ofType('trust')];
  const has = (type: PolicyType): boolean => policies.some((policy) => policy.kind.type === type);
  const needs: Need[] = [];

  if (isAcrossAccounts(request, caller)) {
    needs.push({ lack: 'identity', allows: identity }, { lack: 'resource', allows: resource });
    if (request.action.toLowerCase() === 'execute-api:invalidatecache') {
      needs.push({ lack: 'invalidation-across-accounts', allows: [] });
    }
  } else {
    // Who names a whole account leaves it to the account to grant, which is what its identity policies do.
    const direct = resource.filter(({ application }) => application.reach !== 'account');
    const delegates = resource.some(
      ({ application }) => application.reach === 'account' && application.applies !== 'never',
    );
    needs.push({ lack: delegates ? 'identity' : 'grant', allows: [...identity, ...direct] });
    const decisive = policies.filter((policy) => mustAllow(policy, request));
    if (decisive.length > 0) {
      needs.push({
        lack: decisive[0]?.kind.type ?? 'resource',
        allows: resource.filter(({ statement }) => decisive.some((policy) => policy === statement.policy)),
      });
    }
  }
  for (const type of LIMITS) {
    if (has(type) && !(caller.kind === 'service' && OF_PRINCIPALS.has(type))) {
      needs.push({ lack: type, allows: [...ofType(type), ...beyondLimit(type, resource, request, caller)] });
    }
  }
  return needs;
}

function isAcrossAccounts(request: EvaluationRequest, caller: Caller): boolean {
  if (caller.kind === 'unknown' || caller.kind === 'service') {
    return false;
  }
  const owner = accountOf(request.resource);
  return owner !== undefined && caller.account !== undefined && owner !== caller.account;
}

/**
 * The policy of a role and that of a key must allow, whatever identity policies say. IAM User Guide, "Policy
 * evaluation for requests within a single account"; KMS Developer Guide, "Key policies in AWS KMS".
 */
function mustAllow({ kind }: Policy, request: EvaluationRequest): boolean {
  return (
    (kind.type === 'trust' && /^sts:/i.test(request.action)) ||
    (kind.type === 'resource' &&
      (kind.resourceType === undefined || kind.resourceType === 'AWS::KMS::Key') &&
      isAboutKey(request))
  );
}

/**
 * Whether a request is about a KMS key, whose policy decides. Of a pattern of resources some may be keys.
 * Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management Service".
 */
function isAboutKey({ action, resource }: EvaluationRequest): boolean {
  if (!/^kms:/i.test(action) || KEYLESS_ACTIONS.has(action.toLowerCase())) {
    return false;
  }
  const { service, resource: name } = splitArn(resource);
  return resource === '*' || (service?.text === 'kms' && /^(?:key\/|alias\/|[^/]*\*)/.test(name?.text ?? ''));
}

/** The actions of KMS that apply to no key, by the table of the same reference. */
const KEYLESS_ACTIONS: ReadonlySet<string> = new Set([
  'kms:connectcustomkeystore',
  'kms:createcustomkeystore',
  'kms:createkey',
  'kms:deletecustomkeystore',
  'kms:describecustomkeystores',
  'kms:disconnectcustomkeystore',
  'kms:generaterandom',
  'kms:listaliases',
  'kms:listkeys',
  'kms:listretirablegrants',
  'kms:updatecustomkeystore',
]);

/** The actions that assume a role, or go with that; its trust policy must allow them. */
const ASSUMING = /^sts:(?:assumerole\w*|tagsession|setsourceidentity|setcontext)$/i;

function doubtsOf(
  policies: readonly Policy[],
  allows: readonly Judged[],
  request: EvaluationRequest,
  caller: Caller,
): readonly Doubt[] {
  const doubts: Doubt[] = [];
  const isDecided = policies.some((policy) => mustAllow(policy, request));
  if (!isDecided && isAboutKey(request)) {
    doubts.push('key-policy');
  }
  if (!isDecided && ASSUMING.test(request.action)) {
    doubts.push('trust-policy');
  }
  if (caller.kind !== 'service') {
    for (const [type, doubt] of SEVERAL) {
      if (!eachAllows(type, policies, allows)) {
        doubts.push(doubt);
      }
    }
  }
  return doubts;
}

const SEVERAL = [
  ['scp', 'scp-levels'],
  ['boundary', 'boundaries'],
] as const satisfies readonly (readonly [PolicyType, Doubt])[];

/** Whether each policy of a type that allows anything allows the request by itself. */
function eachAllows(type: PolicyType, policies: readonly Policy[], allows: readonly Judged[]): boolean {
  const allowing = policies.filter(
    ({ kind, statements }) =>
      kind.type === type && statements.some(({ effect }) => effect?.value === 'Allow'),
  );
  return (
    allowing.length < 2 ||
    allowing.every((policy) =>
      allows.some(
        ({ statement, application }) => statement.policy === policy && application.applies !== 'never',
      ),
    )
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
  const isBeyond =
    !isAcrossAccounts(request, caller) &&
    ((type === 'boundary' && (caller.kind === 'user' || caller.kind === 'session')) ||
      (type === 'session' && caller.kind === 'session'));
  return isBeyond ? resource.filter(({ application }) => application.reach === 'exact') : [];
}

function anyOfAll({ allows }: Need): Application {
  return anyOf(allows.map(({ application }) => application));
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
