import { splitArn } from '../../arn/arn';
import { SHORTHAND_PREFIX } from '../../arn/executeApi';
import { openDocument, type PolicyDocument } from '../../document';
import { ANONYMOUS } from '../../evaluate/caller';
import { type Evaluation, evaluate, type Lack, wouldApplyWithAction } from '../../evaluate/evaluate';
import type { EvaluationRequest } from '../../evaluate/request';
import { BUILT_IN_PROVIDERS } from '../../iamData/overlay/oidcProviders';
import { appendItem, applyEdits } from '../../lint/edits';
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

/** A change of the policies after which they allow what they did not. */
export interface Grant {
  readonly title: string;
  /** What else the change grants, or what it leaves open; a sentence. */
  readonly note: string | undefined;
  readonly changes: readonly Change[];
}

export interface Change {
  readonly document: PolicyDocument;
  /** Non-overlapping replacements in document offsets. */
  readonly edits: readonly Edit[];
}

/**
 * The smallest changes that would grant a request for which an Allow is missing, smallest first: its action added to
 * a statement that speaks of its resource, or a statement of its own. Neither holds a wildcard that the request does
 * not have. Where a Deny decides there is nothing to add, nor where the principal is needed and not known.
 *
 * Each change has been tried: what is offered makes the policies allow the request, perhaps under conditions.
 */
export function grantsOf(documents: readonly PolicyDocument[], request: EvaluationRequest): readonly Grant[] {
  const { outcome, lacks } = evaluateAll(documents, request);
  if (outcome !== 'implicit-deny' || !NAMED_ACTION.test(request.action)) {
    return [];
  }
  const places = new Set(lacks.flatMap((lack) => PLACES[lack]));
  const candidates = optionsFor(documents, request, [...places]);
  const alone = narrowest(candidates, mostTried(documents)).flatMap((option) =>
    tried(documents, request, [option]),
  );
  // Where several kinds of policy must allow, each needs its own change.
  const options = lacks.map((lack) => narrowest(optionsFor(documents, request, PLACES[lack]), COMBINED));
  const together = alone.length > 0 ? [] : narrowestGranting(combinations(options), documents, request);
  return [...alone, ...together].sort((a, b) => a.breadth - b.breadth).map(({ grant }) => grant);
}

const NAMED_ACTION = /^[a-z0-9-]+:[a-z0-9]+$/i;

/** One change of one policy, not yet tried. */
interface Option {
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
interface Other {
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

interface Tried {
  readonly grant: Grant;
  readonly breadth: number;
}

/** The types of policy that an Allow can be added to, in order of preference. */
const PLACES: Readonly<Record<Lack, readonly PolicyType[]>> = {
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

function optionsFor(
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
      title: `Add ${action} to ${nameOf(statement)}`,
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
          bypasses: conditional.filter((each) => each.policy === policy).map(nameOf),
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

/** What becomes of the policies with the changes made; nothing where that does not grant what was asked. */
function tried(
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
  options: readonly Option[],
): readonly Tried[] {
  const changes = [...new Set(options.map(({ document }) => document))].map((document) => ({
    document,
    edits: options.filter((option) => option.document === document).flatMap(({ edits }) => edits),
  }));
  const after = documents.map((document) => {
    const edits = changes.find((change) => change.document === document)?.edits;
    const { text, language, override } = document;
    return edits === undefined
      ? document
      : openDocument({ text: applyEdits(text, edits), language, ...(override && { override }) });
  });
  const evaluation = evaluateAll(after, { ...request, levels: levelsAfter(documents, after, request) });
  const isWhole = after.every(
    ({ tree }, index) => tree.faults.length <= (documents[index]?.tree.faults.length ?? 0),
  );
  if (!isWhole || !isGranted(evaluation)) {
    return [];
  }
  const beyond = [...new Set(options.flatMap((option) => option.beyond))];
  const others = options.flatMap((option) => option.others);
  const holders = options.flatMap((option) => option.holders ?? []);
  const bypasses = [...new Set(options.flatMap((option) => option.bypasses))];
  const title = options.map((option) => option.title).join(', and ');
  const grant = { title, note: noteOn(request, evaluation, { beyond, others, holders, bypasses }), changes };
  return [{ grant, breadth: breadthOf(options) + (evaluation.outcome === 'allow' ? 0 : 1) }];
}

/** A document that was opened again has other policies, of the same levels. */
function levelsAfter(
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
  { levels }: EvaluationRequest,
): EvaluationRequest['levels'] {
  return (
    levels &&
    new Map(
      before.flatMap((document, at) =>
        document.policies.flatMap((policy, index) => {
          const level = levels.get(policy);
          const again = after[at]?.policies[index];
          return level === undefined || again === undefined ? [] : [[again, level] as const];
        }),
      ),
    )
  );
}

/** An Allow under conditions is one; an Allow of a part of what was asked is none. */
function isGranted({ outcome, hinges }: Evaluation): boolean {
  return (
    outcome === 'allow' ||
    (outcome === 'depends' && hinges.every(({ kind }) => kind === 'condition' || kind === 'principal'))
  );
}

interface Gains {
  readonly beyond: readonly string[];
  readonly others: readonly Other[];
  readonly holders: readonly string[];
  readonly bypasses: readonly string[];
}

function noteOn(
  { action }: EvaluationRequest,
  { outcome }: Evaluation,
  { beyond, others, holders, bypasses }: Gains,
): string | undefined {
  const gaining = [...new Set(others.map(({ text }) => text))];
  const notes = [
    ...(gaining.length === 0 ? [] : [`Also grants ${action} to ${gaining.join(', ')}.`]),
    ...(beyond.length === 0
      ? []
      : [`Grants ${action} on all that the statement names: ${beyond.join(', ')}.`]),
    ...(bypasses.length === 0 ? [] : [`Grants without the conditions of ${bypasses.join(', ')}.`]),
    ...new Set(holders),
    ...(outcome === 'allow' ? [] : ['Whether it is allowed then depends on conditions or on who asks.']),
  ];
  return notes.length === 0 ? undefined : notes.join(' ');
}

function combinations(lists: readonly (readonly Option[])[]): readonly (readonly Option[])[] {
  return lists.length < 2
    ? []
    : lists.reduce<readonly (readonly Option[])[]>(
        (heads, list) => heads.flatMap((head) => list.map((option) => [...head, option])),
        [[]],
      );
}

function breadthOf(options: readonly Option[]): number {
  const beyond = [...new Set(options.flatMap((option) => option.beyond))];
  const resources = beyond.reduce((sum, text) => sum + (hasWildcard(text) ? PATTERN : 1), 0);
  const holders = options.filter((option) => option.holders !== undefined).length * HOLDERS;
  return options
    .flatMap(({ others }) => others)
    .reduce((sum, { breadth }) => sum + breadth, Math.min(resources + holders, ONE_MORE - 2));
}

/** So many options of a kind of policy are combined with those of others: the rest are wider than these. */
const COMBINED = 6;

/** Each trial reads and judges the policies again, so that of large ones fewer are made. */
function mostTried(documents: readonly PolicyDocument[]): number {
  const length = documents.reduce((sum, { text }) => sum + text.length, 0);
  return Math.max(FEWEST_TRIED, Math.min(MOST_TRIED, Math.floor(TRIED_LENGTH / (length + 1))));
}

const FEWEST_TRIED = 3;
const MOST_TRIED = 40;
const TRIED_LENGTH = 1_000_000;

function narrowest(options: readonly Option[], most: number): readonly Option[] {
  return options.toSorted((a, b) => breadthOf([a]) - breadthOf([b])).slice(0, most);
}

/** The first combination that grants the request, the narrowest tried first. */
function narrowestGranting(
  candidates: readonly (readonly Option[])[],
  documents: readonly PolicyDocument[],
  request: EvaluationRequest,
): readonly Tried[] {
  for (const candidate of candidates.toSorted((a, b) => breadthOf(a) - breadthOf(b))) {
    const [first] = tried(documents, request, candidate);
    if (first !== undefined) {
      return [first];
    }
  }
  return [];
}

function evaluateAll(documents: readonly PolicyDocument[], request: EvaluationRequest): Evaluation {
  return evaluate(
    documents.flatMap(({ policies }) => policies),
    request,
  );
}

function serviceOf(arn: string): string | undefined {
  return arn.startsWith(SHORTHAND_PREFIX) ? 'execute-api' : splitArn(arn).service?.text;
}

/** A statement as it is spoken of: by its Sid, else by its number. */
export function nameOf(statement: Statement): string {
  return statementName(statement, (text) => text);
}
