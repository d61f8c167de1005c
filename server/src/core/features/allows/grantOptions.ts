import { splitArn } from '../../arn/arn';
import { SHORTHAND_PREFIX } from '../../arn/executeApi';
import type { PolicyDocument } from '../../document';
import { ANONYMOUS } from '../../evaluate/caller';
import { type Evaluation, evaluate, type Lack, wouldApplyWithAction } from '../../evaluate/evaluate';
import type { EvaluationRequest } from '../../evaluate/request';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { appendItem } from '../../lint/edits';
import type { JsonValue } from '../../lint/layout';
import type { Edit } from '../../lint/rule';
import { ifWritable } from '../../lint/writers/writer';
import { statementMembers } from '../../locate/elements';
import type { PolicyType } from '../../locate/policyType';
import type { Policy, Statement } from '../../model/policy';
import { hasWildcard } from '../../pattern/pattern';
import { actionListOf } from '../../rules/support/actionList';
import { insertStatementAfter, sidBeside } from '../statementEdits';
import { statementName } from './sentences';

/** One change of one policy, not yet tried. */
export interface Option {
  readonly title: string;
  readonly document: PolicyDocument;
  readonly edits: readonly Edit[];
  /** The resources that the action is granted on without having been asked for. */
  readonly beyond: readonly string[];
  /** Who else is granted it, as phrases. */
  readonly others: readonly Other[];
  /** Whom the policy is attached to, which it does not say; as a sentence. */
  readonly holders: string | undefined;
  /** The statements that would allow it if their conditions held, where the change has none. */
  readonly bypasses: readonly string[];
}

/** Somebody who gains by a change without having been asked about. */
export interface Other {
  /** As in "everyone" and "AWS 999999999999". */
  readonly text: string;
  readonly breadth: number;
}

/**
 * Somebody more is worse than any number of resources, and everybody is worse than any number of principals. A pattern is
 * worse than many resources; a policy that is attached may have no holder but the one who asks.
 */
const HOLDERS = 1;
const PATTERN = 100;
const ONE_MORE = 100_000;
const EVERYBODY = 100_000_000;

/** How much is granted beside what was asked, when all of the options are taken; the less the better. */
export function breadthOf(options: readonly Option[]): number {
  const beyond = [...new Set(options.flatMap((option) => option.beyond))];
  const resources = beyond.reduce((sum, text) => sum + (hasWildcard(text) ? PATTERN : 1), 0);
  const holders = options.filter((option) => option.holders !== undefined).length * HOLDERS;
  return options
    .flatMap(({ others }) => others)
    .reduce((sum, { breadth }) => sum + breadth, Math.min(resources + holders, ONE_MORE - 2));
}

/** The types of policy that an Allow can be added to, in order of preference. */
export const PLACES: Readonly<Record<Lack, readonly PolicyType[]>> = {
  grant: ['identity', 'resource', 'trust'],
  authorizer: ['identity'],
  identity: ['identity'],
  resource: ['resource', 'trust'],
  trust: ['trust'],
  boundary: ['boundary'],
  session: ['session'],
  scp: ['scp'],
  rcp: [],
  endpoint: ['endpoint'],
  'invalidation-across-accounts': [],
  'root-assumes-no-role': [],
};

/** The changes of policies of some types that may do, in no order that means anything. */
export function optionsFor(
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
  types: readonly PolicyType[],
): readonly Option[] {
  const fits = wouldApplyWithAction(
    documents.flatMap(({ policies }) => policies),
    request,
  );
  const conditional = conditionalAllows(documents, request);
  return types.flatMap((type) =>
    documents.flatMap((document) =>
      document.policies
        .filter((policy) => policy.kind.type === type && policy.faults.length === 0)
        .flatMap((policy) => [
          ...policy.statements
            .filter(fits)
            .flatMap((statement) => growing(document, statement, request, holdersOf(policy))),
          ...inserting(document, policy, request, conditional),
        ]),
    ),
  );
}

/** The statements that would allow a request if their conditions held, which by what is told they do not. */
function conditionalAllows(
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
): readonly Statement[] {
  const { hinges } = evaluateAll(documents, { ...request, context: undefined });
  return [
    ...new Set(hinges.flatMap(({ kind, statement }) => (kind === 'condition' ? statement : []))),
  ].filter(({ effect }) => effect?.value === 'Allow');
}

/** The action added to an Allow statement about the same service; whether it then applies is for the trial to tell. */
function growing(
  document: PolicyDocument,
  statement: Statement,
  { action, resource, principal }: EvaluationRequest,
  holders: string | undefined,
): readonly Option[] {
  const add = actionListOf(statement);
  const entries = statement.resources.flatMap(({ entries: each }) => each);
  const service = serviceOf(resource);
  const isAboutService = entries.every(({ text }) => serviceOf(text) === service);
  if (
    add === undefined ||
    statement.effect?.value !== 'Allow' ||
    statement.resources.some(({ negated }) => negated) ||
    !isAboutService
  ) {
    return [];
  }
  const edits = ifWritable(statement.node.source.syntax, () => add(action));
  if (edits === undefined) {
    return [];
  }
  return [
    {
      title: `Add ${action} to ${statementName(statement)}`,
      document,
      edits,
      beyond: entries.map(({ text }) => text).filter((text) => text !== resource),
      others: othersOf(statement, principal),
      holders,
      bypasses: [],
    },
  ];
}

/**
 * Whom a policy of such a type is attached to. The others name their principals, and a session policy is for one session.
 * IAM User Guide, "Policies and permissions in IAM": boundaries and the policies of an organization grant nothing.
 */
const HOLDERS_OF: ReadonlyMap<PolicyType, string> = new Map([
  ['identity', 'Whoever else holds the identity policy gains it too.'],
  ['boundary', 'Whoever else has the permissions boundary is no longer limited there.'],
  ['scp', 'Whoever else is under the service control policy is no longer limited there.'],
]);

function holdersOf({ kind }: Policy): string | undefined {
  return HOLDERS_OF.get(kind.type);
}

/** Whom a statement speaks of beside the principal that was asked about. Identity policies speak of nobody. */
function othersOf({ principals }: Statement, principal: string | undefined): readonly Other[] {
  return principals.flatMap(({ negated, entries, member }): readonly Other[] => {
    if (negated) {
      return [{ text: `everyone but ${entries.map(({ text }) => text).join(', ')}`, breadth: EVERYBODY }];
    }
    const unknown = entries.length === 0 ? [{ text: `whom ${member.name} names`, breadth: ONE_MORE }] : [];
    return [
      ...unknown,
      ...entries
        .filter(({ text }) => text !== principal)
        .map(({ type, text }) =>
          text === '*'
            ? { text: 'everyone', breadth: EVERYBODY }
            : { text: `${type?.value ?? 'AWS'} ${text}`, breadth: ONE_MORE },
        ),
    ];
  });
}

function inserting(
  document: PolicyDocument,
  policy: Policy,
  request: EvaluationRequest,
  conditional: readonly Statement[],
): readonly Option[] {
  const principal = principalFor(policy, request);
  const value = {
    ...sidBeside(policy, `Allow${request.action.replaceAll(/[^A-Za-z0-9]/g, '')}`),
    Effect: 'Allow',
    ...principal,
    Action: request.action,
    ...(policy.kind.type === 'trust' ? {} : { Resource: request.resource }),
  };
  const edits =
    principal === undefined
      ? []
      : ifWritable(policy.node.source.syntax, () => appendStatement(policy, value));
  return edits === undefined || edits.length === 0
    ? []
    : [
        {
          title: `Insert a statement that allows it into the ${policy.kind.type} policy`,
          document,
          edits,
          beyond: [],
          others: [],
          holders: holdersOf(policy),
          bypasses: conditional.filter((each) => each.policy === policy).map((each) => statementName(each)),
        },
      ];
}

/** The Principal element that the policy needs, none for those that are attached to the caller. */
function principalFor(
  { kind }: Policy,
  { principal }: EvaluationRequest,
): { readonly [name: string]: JsonValue } | undefined {
  if (kind.type !== 'resource' && kind.type !== 'trust' && kind.type !== 'endpoint') {
    return {};
  }
  // Whoever is anonymous has no name but that of everybody, which grants far more than was asked.
  if (principal === undefined || principal === ANONYMOUS || /[*?]/.test(principal)) {
    return undefined;
  }
  // Without conditions the trust is in everybody whom the provider signs in, which may be the public (IAM User Guide,
  // "Create a role for OpenID Connect federation"), and which conditions would do nobody can tell.
  if (/:(?:oidc|saml)-provider\//.test(principal) || BUILT_IN_PROVIDERS.has(principal)) {
    return undefined;
  }
  const type = /^(?:arn:|\d{12}$)/.test(principal) ? 'AWS' : 'Service';
  return { Principal: { [type]: principal } };
}

function appendStatement(policy: Policy, value: JsonValue): readonly Edit[] {
  const last = policy.statements.at(-1);
  if (last !== undefined) {
    return insertStatementAfter(last, value);
  }
  const list = statementMembers(policy.node)[0]?.value;
  return list?.kind === 'array' ? [appendItem(list, value)] : [];
}

function serviceOf(arn: string): string | undefined {
  return arn.startsWith(SHORTHAND_PREFIX) ? 'execute-api' : splitArn(arn).service?.text;
}

/** The answer of all policies of the documents together. */
export function evaluateAll(documents: readonly PolicyDocument[], request: EvaluationRequest): Evaluation {
  return evaluate(
    documents.flatMap(({ policies }) => policies),
    request,
  );
}
