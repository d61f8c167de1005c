import type { CancellationToken } from 'vscode-languageserver';
import type {
  InvalidationDraft as CoreDraft,
  PolicySize as CoreSize,
  InvalidationChoices,
  LanguageService,
  PolicyDocument,
} from '../core/index';
import type { InvalidationDraft, TargetPart } from '../protocol/draft';
import type { RequestName, Requests } from '../protocol/messages';
import type { DetectedPolicy, PolicySize } from '../protocol/policies';
import { toOffset, toRange, toTextEdits } from './convert';
import { knowledgeFor } from './definition';
import type { Snapshot } from './documents';
import type { HandlerContext } from './handlerContext';
import { insertInvalidateCacheEdits } from './handlers';
import { ruleSeverity, suppression } from './ruleActions';

/** Registers our own requests about documents (`protocol/messages.ts`). */
export function registerRequests(context: HandlerContext): void {
  const { documents, service } = context;

  onRequest(context, 'iamPolicy/policyTypes', { policies: [] }, async ({ uri }) => {
    const snapshot = await documents.snapshot(uri);
    const { iamData } = service();
    return {
      policies: snapshot === undefined ? [] : snapshot.policy.policies.map(detected(snapshot, service())),
      ...(iamData === undefined ? {} : { reference: { version: iamData.version, date: iamData.date } }),
    };
  });

  onRequest(context, 'iamPolicy/explainArn', {}, async ({ arn, uri, position }) => {
    if (arn !== undefined) {
      return { report: service().arnReport(service().explainArn(arn)) };
    }
    const snapshot = uri === undefined ? undefined : await documents.snapshot(uri);
    if (snapshot === undefined || position === undefined) {
      return {};
    }
    const explanation = service().explainArnAt(snapshot.policy, toOffset(snapshot.text, position));
    return explanation === undefined ? {} : { report: service().arnReport(explanation) };
  });

  onRequest(context, 'iamPolicy/invalidationDraft', {}, async ({ arn, uri, position }) => {
    if (arn !== undefined) {
      const typed = service().invalidationDraftOf(arn);
      const told = await knowledgeFor(context, { settings: await context.settings.of('') });
      return { draft: toDraft(typed, service().invalidationChoices(typed, told)) };
    }
    const snapshot = uri === undefined ? undefined : await documents.snapshot(uri);
    if (snapshot === undefined || position === undefined) {
      return {};
    }
    const draft = service().invalidationDraftAt(snapshot.policy, toOffset(snapshot.text, position));
    if (draft === undefined) {
      return {};
    }
    const told = await knowledgeFor(context, snapshot);
    return { draft: toDraft(draft, service().invalidationChoices(draft, told)) };
  });

  onRequest(context, 'iamPolicy/actions', {}, async ({ pattern }) => {
    const report = service().actionsReport(pattern);
    return report === undefined ? {} : { report };
  });

  onRequest(context, 'iamPolicy/ruleSeverity', {}, (params) => ruleSeverity(context, params));
  onRequest(context, 'iamPolicy/suppress', {}, (params) => suppression(context, params));

  onRequest(context, 'iamPolicy/insertInvalidateCache', { edits: [] }, async ({ uri, position }) => {
    const snapshot = await documents.snapshot(uri);
    if (snapshot === undefined) {
      return { edits: [] };
    }
    const offset = toOffset(snapshot.text, position);
    return {
      edits: toTextEdits(snapshot.text, insertInvalidateCacheEdits(service(), snapshot, offset)),
    };
  });
}

/** Binds one of our requests to its handler with the types that the protocol gives it. */
export function onRequest<M extends RequestName>(
  { connection, guard }: Pick<HandlerContext, 'connection' | 'guard'>,
  method: M,
  fallback: Requests[M]['result'],
  handle: (params: Requests[M]['params'], token: CancellationToken) => Promise<Requests[M]['result']>,
): void {
  connection.onRequest<object, never>(method, guard.request(method, fallback, handle));
}

/** As `onRequest`, for what has consequences: it always tells what came of it (see `Guard.action`). */
export function onAction<M extends RequestName>(
  { connection, guard }: Pick<HandlerContext, 'connection' | 'guard'>,
  method: M,
  failed: Requests[M]['result'],
  handle: (params: Requests[M]['params'], token: CancellationToken) => Promise<Requests[M]['result']>,
): void {
  connection.onRequest<object, never>(method, guard.action(method, failed, handle));
}

function detected(
  { text }: Snapshot,
  service: LanguageService,
): (policy: PolicyDocument['policies'][number]) => DetectedPolicy {
  return (policy) => {
    const { type, resourceType, reason } = policy.kind;
    const size = service.policySize(policy);
    return {
      range: toRange(text, policy.node.span),
      type,
      ...(resourceType === undefined ? {} : { resourceType }),
      reason,
      ...(size === undefined ? {} : { size: toSize(size) }),
    };
  };
}

function toSize({ characters, quota }: CoreSize): PolicySize {
  return { characters, quota: quota.characters, counts: quota.counts, holder: quota.holder };
}

const PARTS: readonly TargetPart[] = ['region', 'apiId', 'stage', 'method', 'path'];

/** A draft of core as the protocol has it. */
export function toDraft(draft: CoreDraft, choices?: InvalidationChoices): InvalidationDraft {
  const { arn, partition, account, patterns, open, refusal, preflight } = draft;
  return {
    arn,
    partition,
    ...(account === undefined ? {} : { account }),
    known: Object.fromEntries(
      PARTS.flatMap((part) => (draft[part] === undefined ? [] : [[part, draft[part]]])),
    ),
    patterns,
    open,
    choices: choices === undefined ? {} : Object.fromEntries(open.map((part) => [part, choices[part]])),
    ...(refusal === undefined ? {} : { refusal }),
    ...(preflight === undefined ? {} : { preflight }),
  };
}
