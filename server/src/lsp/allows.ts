import {
  answerSentence,
  type CallerStanding as CoreCaller,
  type Grant as CoreGrant,
  type Standing as CoreStanding,
  doubtSentence,
  hingeSentence,
  hingesByStatement,
  lackSentence,
  type PolicyDocument,
  type PolicyTraits,
  type Span,
  type Statement,
  sideSentences,
  statementName,
  valueChoices,
} from '../core/index';
import type { AllowsResult, CallerStanding, Grant, Place, Standing } from '../protocol/allows';
import { toOffset, toRange, toTextEdits } from './convert';
import type { Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';
import { onRequest } from './requests';

/** Registers the requests behind "Would this allow…?" and "Who may invalidate?". */
export function registerAllows(context: HandlerContext): void {
  const { documents, service } = context;
  const snapshotsOf = async (uris: readonly string[]): Promise<readonly Snapshot[]> => {
    const snapshots = await Promise.all([...new Set(uris)].map((uri) => documents.snapshot(uri)));
    return snapshots.filter((snapshot) => snapshot !== undefined);
  };

  onRequest(context, 'iamPolicy/questionChoices', NO_CHOICES, async ({ uris, position }) => {
    const snapshots = await snapshotsOf(uris);
    const first = snapshots.find(({ text }) => text.uri === uris[0]);
    const at =
      first === undefined || position === undefined
        ? undefined
        : { document: first.policy, offset: toOffset(first.text, position) };
    const { here, ...choices } = service().questionChoices(snapshots.map(policyOf), at);
    const { action, resource } = here;
    return {
      ...choices,
      here: { ...(action === undefined ? {} : { action }), ...(resource === undefined ? {} : { resource }) },
    };
  });

  onRequest(context, 'iamPolicy/allows', UNANSWERED, async ({ uris, context: told = [], ...question }) => {
    const snapshots = await snapshotsOf(uris);
    const policies = snapshots.map(policyOf);
    if (policies.every((document) => document.policies.length === 0)) {
      return UNANSWERED;
    }
    const request = { ...question, context: new Map(told.map(({ key, values }) => [key, values])) };
    const { evaluation, sides } = service().allowsEachWay(policies, request);
    const { outcome, deciding, lacks, doubts, asks } = evaluation;
    const hingesOf = hingesByStatement(evaluation.hinges);
    const sentence = answerSentence(evaluation);
    return {
      outcome,
      ...(sentence === undefined ? {} : { sentence }),
      deciding: deciding.flatMap((statement) =>
        snapshotOf(snapshots, statement.policy).map((snapshot) => ({
          ...placeOf(snapshot, statement.node.span),
          name: statementName(statement),
          effect: statement.effect?.value ?? '',
          policyType: statement.policy.kind.type,
          hinges: hingesOf(statement).map((hinge) => ({
            ...placeOf(snapshot, hinge.node.span),
            text: hingeSentence(hinge),
          })),
        })),
      ),
      lacks: [...lacks.map(lackSentence), ...doubts.map(doubtSentence)],
      asks: asks.map((asked) => ({ ...asked, choices: valueChoices(asked) })),
      sides: sideSentences(sides),
      refusals: snapshots.flatMap((snapshot) =>
        service()
          .refusals(snapshot.policy)
          .map(({ span, message }) => ({ ...placeOf(snapshot, span), text: message })),
      ),
      grants: service().grants(policies, request).map(toGrant(snapshots)),
    };
  });

  onRequest(context, 'iamPolicy/whoMayInvalidate', { policies: [] }, async ({ uri, position, arn }) => {
    const snapshot = await documents.snapshot(uri);
    if (snapshot === undefined) {
      return { policies: [] };
    }
    const draft =
      position === undefined
        ? undefined
        : service().invalidationDraftAt(snapshot.policy, toOffset(snapshot.text, position));
    const asked = arn ?? (draft?.refusal === undefined ? draft?.arn : undefined);
    if (asked === undefined) {
      return { policies: [] };
    }
    return {
      arn: asked,
      policies: service()
        .whoMayInvalidate(snapshot.policy, asked)
        .map(({ policy, role, callers }) => ({
          ...placeOf(snapshot, policy.node.span),
          policyType: policy.kind.type,
          role,
          callers: callers.map(toCaller(snapshot)),
        })),
    };
  });
}

const NO_CHOICES = { actions: [], resources: [], principals: [], asksPrincipal: false, here: {} };

const UNANSWERED: AllowsResult = { deciding: [], lacks: [], asks: [], sides: [], refusals: [], grants: [] };

function policyOf({ policy }: Snapshot): PolicyDocument {
  return policy;
}

function snapshotOf(snapshots: readonly Snapshot[], policy: PolicyTraits): readonly Snapshot[] {
  return snapshots.filter((snapshot) => snapshot.policy.policies.some((each) => each === policy));
}

function placeOf({ text }: Snapshot, span: Span): Place {
  return { uri: text.uri, range: toRange(text, span) };
}

function toGrant(snapshots: readonly Snapshot[]): (grant: CoreGrant) => Grant {
  return ({ title, note, changes }) => ({
    title,
    ...(note === undefined ? {} : { note }),
    changes: changes.flatMap(({ document, edits }) =>
      snapshots
        .filter(({ policy }) => policy === document)
        .map(({ text }) => ({ uri: text.uri, version: text.version, edits: toTextEdits(text, edits) })),
    ),
  });
}

function toCaller(snapshot: Snapshot): (caller: CoreCaller) => CallerStanding {
  const toStanding = ({ answer, because, deciding }: CoreStanding): Standing => ({
    answer,
    because,
    deciding: deciding.map(({ node }: Statement) => placeOf(snapshot, node.span)),
  });
  return ({ principal, invalidateCache, invoke }) => ({
    ...(principal === undefined ? {} : { principal }),
    invalidateCache: toStanding(invalidateCache),
    invoke: toStanding(invoke),
  });
}
