import { splitArn } from '../../arn/arn';
import type { NamedAction } from '../../compare/actions';
import type { Cell } from '../../compare/cells';
import { Effort } from '../../compare/effort';
import { type Gain, gainsOf } from '../../compare/gains';
import type { GainOptions } from '../../compare/options';
import { type PolicyPair, pairsOf } from '../../compare/pairs';
import type { Side } from '../../compare/sides';
import type { PolicyDocument } from '../../document';
import type { EvaluationRequest } from '../../evaluate/request';
import { arnFormatOf } from '../../iamData/arnFormats';
import type { IamData } from '../../iamData/iamData';
import { sharedIssuerOf } from '../../iamData/overlay/oidcProviders';
import { ESCALATIONS } from '../../iamData/overlay/sensitiveActions';
import type { PolicyType } from '../../locate/policyType';
import type { Statement } from '../../model/policy';
import { compilePattern, matches } from '../../pattern/pattern';
import { counted } from '../../wording';

/** What a change grants or takes away by one statement, put so that a person can read it. */
export interface Change {
  readonly statement: Statement;
  readonly policyType: PolicyType;
  /** `public` is what anybody can do, `escalation` what lets its holder gain more permissions. */
  readonly kind: 'public' | 'escalation' | 'other';
  /** How permissions are come by, as a gerund; for an escalation alone. */
  readonly escalation: string | undefined;
  /** The actions that are known or named, in order. */
  readonly actions: readonly string[];
  /** The same in few words: a pattern of the statement, or of a service, where all it matches is meant. */
  readonly summary: readonly string[];
  /** Whether actions that AWS may add are among them. */
  readonly addsFuture: boolean;
  /** As the policy writes them; none where it names none. */
  readonly resources: readonly string[];
  /** Whether the other side has a part of the resources. */
  readonly isPart: boolean;
  /** Who, in words. */
  readonly principals: readonly string[];
  /** The conditions of the statement, as written. */
  readonly conditions: readonly string[];
  /** The statement of the other side that denies it there, and is not here. */
  readonly denial: Statement | undefined;
  /** One of the requests; absent where none could be shown. */
  readonly witness: EvaluationRequest | undefined;
  /** Whether the witness has been confirmed on both sides. */
  readonly isCertain: boolean;
  /** Whether the search ended before it was decided, since the policies are too large. */
  readonly isCutShort: boolean;
}

export interface Comparison {
  /** What is allowed after the change and was not before: what anybody can do first, then escalations. */
  readonly granted: readonly Change[];
  /** What was allowed before and is not any more. */
  readonly removed: readonly Change[];
}

/**
 * What a change of policies grants and takes away. Each policy is held to the one that is attached to the same thing; limits
 * such as SCPs are compared by what they leave.
 *
 * @param steps what each direction may cost; what is left then is not decided
 */
export function compareDocuments(
  before: readonly PolicyDocument[],
  after: readonly PolicyDocument[],
  iamData: IamData | undefined,
  steps?: number,
): Comparison {
  return comparePairs(pairsOf(before, after), iamData, () => new Effort(steps));
}

/**
 * The same for policies that have been put together.
 *
 * @param effort what one direction may cost
 */
export function comparePairs(
  pairs: readonly PolicyPair[],
  iamData: IamData | undefined,
  effort: () => Effort,
): Comparison {
  const changes = (from: (pair: PolicyPair) => readonly [Side, Side]): readonly Change[] => {
    const options: GainOptions = {
      iamData,
      rcpServices: iamData?.rcpSupportedServices,
      effort: effort(),
    };
    return inOrder(
      pairs.flatMap((pair) => {
        const [side, other] = from(pair);
        return changesOf(gainsOf(side, other, options), side, iamData);
      }),
    );
  };
  return {
    granted: changes(({ before: was, after: is }) => [is, was]),
    removed: changes(({ before: was, after: is }) => [was, is]),
  };
}

const RANK = { public: 0, escalation: 1, other: 2 } as const;

/** What anybody can do first, then escalations; what is not certain last. */
export function inOrder<Some extends Change>(changes: readonly Some[]): readonly Some[] {
  const rank = ({ isCertain, kind }: Change): number => RANK[kind] + (isCertain ? 0 : 10);
  return changes.toSorted((a, b) => rank(a) - rank(b));
}

/**
 * Gains put together: those of one statement that differ in their actions, their resources or their callers alone.
 *
 * @param isAsked whether somebody asked for certain actions, so that patterns of the statement would say too much
 */
export function changesOf(
  gains: readonly Gain[],
  side: Side,
  iamData: IamData | undefined,
  isAsked = false,
): readonly Change[] {
  const byPlace = merged(
    withoutForeign(gains).map((gain) => draftOf(gain, side.type)),
    ({ resources, principals }) => [resources, principals],
  );
  const byResource = merged(byPlace, ({ actions, principals }) => [[...actions.keys()].sort(), principals]);
  const drafts = merged(byResource, ({ actions, resources }) => [[...actions.keys()].sort(), resources]);
  return drafts.map((draft) => changeOf(draft, side, iamData, isAsked));
}

/**
 * By the service reference an action of one service may not apply to what an ARN of another names. It is left out there
 * where its statement names something that it applies to.
 */
function withoutForeign(gains: readonly Gain[]): readonly Gain[] {
  return gains.flatMap((gain) => {
    if (gain.actions.length === 0) {
      return [gain];
    }
    const named = gain.statement.resources.flatMap(({ entries }) => entries.map(({ text }) => text));
    const actions = gain.actions.filter(
      (action) => mayApply(action, gain.resource) || !named.some((text) => mayApply(action, text)),
    );
    return actions.length === 0 ? [] : [{ ...gain, actions }];
  });
}

function mayApply({ known }: NamedAction, resource: string | undefined): boolean {
  const service = splitArn(resource ?? '*').service?.text ?? '*';
  return (
    known === undefined ||
    known.resources.length === 0 ||
    /[*?$]/.test(service) ||
    known.service === service ||
    known.resources.some(({ type }) => {
      const { namespace } = arnFormatOf(type);
      return namespace === '' || namespace === service;
    })
  );
}

interface Draft {
  readonly gain: Gain;
  readonly actions: Map<string, NamedAction>;
  readonly resources: readonly string[];
  readonly principals: readonly string[];
  readonly isPart: boolean;
}

function draftOf(gain: Gain, type: PolicyType): Draft {
  return {
    gain,
    actions: new Map(gain.actions.map((action) => [action.name.toLowerCase(), action])),
    resources: gain.resource === undefined ? [] : [gain.resource],
    principals: principalPhrases(gain, type),
    isPart: gain.isPart,
  };
}

function merged(drafts: readonly Draft[], keyOf: (draft: Draft) => unknown): readonly Draft[] {
  const byKey = new Map<string, Draft>();
  for (const draft of drafts) {
    const { statement, isCertain, isPublic, denial, isCutShort } = draft.gain;
    const key = JSON.stringify([
      statement.node.span.start,
      statement.policy.node.span.start,
      isCertain,
      isCutShort,
      isPublic,
      denial?.node.span.start,
      keyOf(draft),
    ]);
    const known = byKey.get(key);
    byKey.set(
      key,
      known === undefined
        ? draft
        : {
            gain: witnessed(known.gain, draft.gain),
            actions: new Map([...known.actions, ...draft.actions]),
            resources: [...new Set([...known.resources, ...draft.resources])],
            principals: [...new Set([...known.principals, ...draft.principals])],
            isPart: known.isPart || draft.isPart,
          },
    );
  }
  return [...byKey.values()];
}

/** A request on a resource that has a name shows more. */
function witnessed(first: Gain, second: Gain): Gain {
  return first.witness === undefined || (first.witness.resource === '*' && second.witness !== undefined)
    ? second
    : first;
}

/** Who gains, in words, each once. */
function principalPhrases(
  { callers, isPublic, isCutShort, statement }: Gain,
  type: PolicyType,
): readonly string[] {
  const holders = HOLDERS_OF.get(type);
  const isUnread = isCutShort && callers[0].principal === undefined && callers[0].entry === undefined;
  if (isUnread && holders === undefined && statement.principals.length > 0) {
    return statement.principals.flatMap(({ negated, entries }) =>
      entries.map(({ text }) => (negated ? `all but ${text}` : text)),
    );
  }
  const named = new Set(statement.principals.flatMap(({ entries }) => entries.map(({ text }) => text)));
  return [
    ...new Set(
      callers.map((caller) => {
        const { entry, principal } = caller;
        if (entry !== undefined) {
          return entry.text;
        }
        return principal === undefined || holders !== undefined
          ? (holders ?? 'whoever holds the policy')
          : caller.isOutsider
            ? outsiderPhrase(principal, isPublic)
            : memberPhrase(principal, named);
      }),
    ),
  ];
}

function outsiderPhrase(principal: string, isPublic: boolean): string {
  const who =
    principal === 'anonymous'
      ? 'anyone'
      : sharedIssuerOf(principal) === undefined
        ? 'anyone with an AWS account'
        : `anyone whom ${principal} signs in`;
  return `${who}${isPublic ? '' : ' who meets the conditions'}${principal === 'anonymous' ? ', without credentials' : ''}`;
}

function memberPhrase(principal: string, named: ReadonlySet<string>): string {
  const account = /^arn:[^:]*:iam::(\d{12}):/.exec(principal)?.[1];
  return named.has(principal) || account === undefined || !/\/somebody/.test(principal)
    ? principal
    : `principals of account ${account}`;
}

const HOLDERS_OF: ReadonlyMap<PolicyType, string> = new Map([
  ['scp', 'principals of the accounts that the policy is attached to'],
  ['boundary', 'whoever has the boundary'],
  ['session', 'whoever has the session'],
  ['rcp', 'whoever is granted it otherwise'],
  ['endpoint', 'whoever is granted it otherwise, through the endpoint'],
]);

function changeOf(
  { gain, actions, resources, principals, isPart }: Draft,
  side: Side,
  iamData: IamData | undefined,
  isAsked: boolean,
): Change {
  const { statement, denial, witness, isCertain, isPublic } = gain;
  const all = [...actions.values()].toSorted(
    (a, b) => Number(isEscalating(b.name)) - Number(isEscalating(a.name)),
  );
  const named = all.filter(({ isFuture }) => !isFuture).map(({ name }) => name);
  const applicable = all.filter((action) =>
    (resources.length === 0 ? [undefined] : resources).some((resource) => mayApply(action, resource)),
  );
  const escalation = isPublic
    ? undefined
    : escalationOf(new Set(applicable.map(({ name }) => name.toLowerCase())), side.allows);
  return {
    statement,
    policyType: side.type,
    kind: isPublic ? 'public' : escalation === undefined ? 'other' : 'escalation',
    escalation,
    actions: named,
    summary: all.length === 0 ? writtenActions(statement) : isAsked ? named : summaryOf(gain, all, iamData),
    addsFuture: all.some(({ isFuture }) => isFuture),
    resources: writtenResources(statement, resources),
    isPart,
    principals,
    conditions: conditionsOf(statement),
    denial,
    witness,
    isCertain,
    isCutShort: gain.isCutShort,
  };
}

/** Resources as the statement has them, where the ARN was read that an expression stands for. */
function writtenResources(statement: Statement, resources: readonly string[]): readonly string[] {
  if (!resources.some((text) => text.includes('${'))) {
    return resources;
  }
  const written = new Map(
    statement.resources.flatMap(({ entries }) =>
      entries.map(({ text, node }) => [text, node.written ?? text] as const),
    ),
  );
  return resources.map((text) => written.get(text) ?? text);
}

/** The actions of a statement as it names them, where it was not looked at further. */
function writtenActions({ actions }: Statement): readonly string[] {
  return actions.flatMap(({ negated, entries }) =>
    entries.map(({ text }) => (negated ? `all but ${text}` : text)),
  );
}

/** The conditions of a statement, as in `StringEquals aws:SourceVpce: vpce-0a1b2c3d`. */
export function conditionsOf({ conditions }: Statement): readonly string[] {
  return conditions.map(({ operator, key, values }) => {
    const shown = values.slice(0, MOST_VALUES).map(({ text }) => text);
    const more = values.length > MOST_VALUES ? [`and ${values.length - MOST_VALUES} more`] : [];
    return `${operator.node.value} ${key.value}: ${[...shown, ...more].join(', ')}`;
  });
}

const MOST_VALUES = 4;

/** How what is gained gives more permissions, alone or with what the side grants besides. */
function escalationOf(gained: ReadonlySet<string>, allows: readonly Cell[]): string | undefined {
  const [first, ...others] = ESCALATIONS.filter(({ actions }) => {
    const folded = actions.map((action) => action.toLowerCase());
    return (
      folded.some((action) => gained.has(action)) &&
      folded.every((action) => gained.has(action) || allows.some((cell) => cell.matchesAction(action)))
    );
  });
  return first === undefined || others.length === 0
    ? first?.how
    : `${first.how} and ${counted(others.length, 'other way')}`;
}

function isEscalating(action: string): boolean {
  return ESCALATIONS.some(({ actions }) =>
    actions.some((each) => each.toLowerCase() === action.toLowerCase()),
  );
}

/** Names, or a pattern for all that it matches: the statement's own, or that of a whole service. */
function summaryOf(
  { statement, spoken }: Gain,
  actions: readonly NamedAction[],
  iamData: IamData | undefined,
): readonly string[] {
  const gained = new Set([...actions.map(({ name }) => name.toLowerCase()), ...NEVER_GAINED]);
  const patterns = statement.actions
    .flatMap(({ negated, entries }) => (negated ? [] : entries))
    .filter(({ text }) => /[*?]/.test(text))
    .map(({ text }) => {
      const pattern = compilePattern(text, { case: 'ignore' });
      const meant = spoken.filter(({ name }) => matches(pattern, name.toLowerCase()));
      return { text, pattern, meant, but: meant.filter(({ name }) => !gained.has(name.toLowerCase())) };
    })
    .filter(({ meant, but }) => meant.length > but.length * 10);
  const left = actions.filter(
    ({ name }) => !patterns.some(({ pattern }) => matches(pattern, name.toLowerCase())),
  );
  const byService = new Map<string, NamedAction[]>();
  for (const action of left) {
    const service = action.name.slice(0, action.name.indexOf(':'));
    byService.set(service, [...(byService.get(service) ?? []), action]);
  }
  const names = [...byService].flatMap(([service, of]): string[] => {
    const known = of.filter(({ isFuture }) => !isFuture);
    return known.length > 1 && known.length === iamData?.service(service)?.actionCount
      ? [`${service}:*`]
      : known.map(({ name }) => name);
  });
  const ofPatterns = patterns.map(({ text, pattern, but }) => {
    const count = actions.filter(
      ({ name, isFuture }) => !isFuture && matches(pattern, name.toLowerCase()),
    ).length;
    const size = /^\*+(?::|$)/.test(text) || count === 0 ? '' : ` (${counted(count, 'action')})`;
    const [first, ...others] = but.map(({ name }) => name);
    const without =
      first === undefined ? '' : ` but ${others.length === 0 ? first : `${first} and ${others.length} more`}`;
    return `${text}${without}${size}`;
  });
  const isOfOthers = left.some(
    ({ name, isFuture }) => isFuture && iamData?.service(name.slice(0, name.indexOf(':'))) === undefined,
  );
  return [...ofPatterns, ...names, ...(isOfOthers ? ['actions of other services'] : [])];
}

/** It needs no permission. */
const NEVER_GAINED = ['sts:getcalleridentity'];
