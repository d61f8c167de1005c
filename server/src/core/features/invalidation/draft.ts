import { splitArn } from '../../arn/arn';
import { uncacheablePart } from '../../arn/cacheable';
import {
  type ExecuteApiArn,
  isExecuteApiArn,
  readExecuteApiArn,
  type SegmentRole,
} from '../../arn/executeApi';
import { executeApiMistakes, isExecuteApiMeant } from '../../arn/mistakes/executeApiMistakes';
import type { KnownMistake } from '../../arn/mistakes/mistake';
import { partitionOfRegion } from '../../arn/partitions';
import type { PolicyDocument } from '../../document';
import { type Evaluation, evaluate } from '../../evaluate/evaluate';
import type { ResourceEntry } from '../../model/policy';
import { isAt } from '../../spans';
import type { Span } from '../../syntax/nodes';
import { contentSpan } from '../../syntax/stringSpans';

/** The parts of a target that an ARN may leave open, in the order in which to ask for them. */
const openParts = ['region', 'apiId', 'stage', 'method', 'path'] as const;

export type OpenPart = (typeof openParts)[number];

/** What an execute-api ARN says about an invalidation, and what it leaves open. */
export interface InvalidationDraft {
  readonly arn: string;
  /** The ARN in the document, quotes excluded, when it came from one. */
  readonly span: Span | undefined;
  readonly partition: string;
  readonly account: string | undefined;
  /** The concrete value, or `undefined` when the ARN has a wildcard, a variable or a fault there. */
  readonly region: string | undefined;
  readonly apiId: string | undefined;
  readonly stage: string | undefined;
  readonly method: string | undefined;
  /** Without a leading slash, as in the ARN; the empty string is the root. */
  readonly path: string | undefined;
  /** What the ARN has written for each part, to show beside the question; `*` where it has nothing. */
  readonly patterns: Readonly<Record<OpenPart, string>>;
  /** Parts to ask for, in order. */
  readonly open: readonly OpenPart[];
  /** Why nothing can be invalidated with it, in one sentence; `undefined` when something can. */
  readonly refusal: string | undefined;
  /** What the policies of the document say about it, offline; `undefined` without a document. */
  readonly preflight: Preflight | undefined;
}

/** Both are needed for an invalidation to be accepted on a method with IAM authorization. */
export interface Preflight {
  readonly invoke: Evaluation['outcome'];
  readonly invalidateCache: Evaluation['outcome'];
}

/** The draft for the execute-api ARN that an offset falls on, else for the document's only one. */
export function invalidationDraftAt(document: PolicyDocument, offset: number): InvalidationDraft | undefined {
  const entries = document.policies
    .flatMap((policy) => policy.statements)
    .flatMap((statement) => statement.resources.flatMap((element) => element.entries))
    .filter((entry) => isExecuteApiMeant(entry.text));
  const entry = entries.find(({ node }) => isAt(node.span, offset)) ?? onlyOne(entries);
  if (entry === undefined) {
    return undefined;
  }
  const draft = invalidationDraftOf(entry.text);
  return { ...draft, span: contentSpan(entry.node), preflight: preflightOf(document, draft.arn) };
}

/** The draft for an ARN that was typed or passed in. Any text is taken; what cannot be used becomes the refusal. */
export function invalidationDraftOf(text: string): InvalidationDraft {
  const arn = text.trim();
  const mistakes = executeApiMistakes(arn, { shorthand: 'expanded', shortArn: 'padded' });
  const read = readExecuteApiArn(arn);
  const part = (role: SegmentRole): { readonly written: string; readonly value: string | undefined } => {
    const slice = sliceOfRole(read, role);
    const isKnown =
      slice !== undefined && isConcrete(slice.text) && !mistakes.some((mistake) => touches(mistake, slice));
    return { written: slice?.text ?? '*', value: isKnown ? slice.text : undefined };
  };
  const parts = {
    region: part('region'),
    apiId: part('apiId'),
    stage: part('stage'),
    method: part('method'),
    path: part('path'),
  };
  return {
    arn,
    span: undefined,
    partition: partitionOf(read),
    account: part('account').value,
    region: parts.region.value,
    apiId: parts.apiId.value,
    stage: parts.stage.value,
    method: parts.method.value,
    path: parts.path.value,
    patterns: {
      region: parts.region.written,
      apiId: parts.apiId.written,
      stage: parts.stage.written,
      method: parts.method.written,
      path: parts.path.written,
    },
    open: openParts.filter((name) => parts[name].value === undefined),
    refusal: refusalOf(read),
    preflight: undefined,
  };
}

function onlyOne(entries: readonly ResourceEntry[]): ResourceEntry | undefined {
  const texts = new Set(entries.map((entry) => entry.text));
  return texts.size === 1 ? entries[0] : undefined;
}

function sliceOfRole(
  read: ExecuteApiArn,
  role: SegmentRole,
): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  if (read.form === 'arn' && (role === 'region' || role === 'account')) {
    return read.fields[role];
  }
  return read.segments.find((segment) => segment.role === role);
}

function isConcrete(text: string): boolean {
  return !/[*?{}]/.test(text);
}

function touches(mistake: KnownMistake, slice: { readonly from: number; readonly to: number }): boolean {
  return mistake.kind !== 'path-trailing-slash' && mistake.from < slice.to && mistake.to > slice.from;
}

function partitionOf(read: ExecuteApiArn): string {
  const { partition, region } = read.fields;
  if (read.form === 'arn' && partition !== undefined && isConcrete(partition.text)) {
    return partition.text;
  }
  return partitionOfRegion(region?.text ?? '')?.id ?? 'aws';
}

/** Only REST APIs have a cache; another method than GET may have one, so that is asked, not refused. */
function refusalOf(read: ExecuteApiArn): string | undefined {
  if (!isExecuteApiMeant(read.text)) {
    const { prefix, service } = splitArn(read.text);
    return service === undefined ||
      prefix.text !== 'arn' ||
      !/^[a-z0-9-]+$/.test(service.text) ||
      isExecuteApiArn(read.text)
      ? 'This is not an execute-api ARN.'
      : `This is an ARN of ${service.text}, not of execute-api.`;
  }
  if (read.failsAt !== undefined) {
    return undefined;
  }
  switch (uncacheablePart(read)?.reason) {
    case 'route':
      return 'This ARN names a WebSocket route, and only REST APIs have a cache.';
    case 'connection':
      return 'This ARN names connections of a WebSocket API, and only REST APIs have a cache.';
    case 'domain':
      return 'This ARN names a private custom domain; the cache belongs to the stage of a REST API.';
    case 'defaultStage':
      return 'The stage $default belongs to an HTTP API, and only REST APIs have a cache.';
    default:
      return undefined;
  }
}

/**
 * What the document's policies say about an invalidation of what an ARN names, offline.
 *
 * @param arn wildcards stand for what is not known
 */
export function preflightOf(document: PolicyDocument, arn: string): Preflight {
  return {
    invoke: evaluate(document.policies, { action: 'execute-api:Invoke', resource: arn }).outcome,
    invalidateCache: evaluate(document.policies, { action: 'execute-api:InvalidateCache', resource: arn })
      .outcome,
  };
}
