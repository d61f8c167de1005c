import type { PolicyDocument } from '../document';
import type { Span } from '../syntax/nodes';

export type OpenPart = 'region' | 'apiId' | 'stage' | 'method' | 'path';

/** What an execute-api ARN says about an invalidation, and what it leaves open. */
export interface InvalidationDraft {
  readonly arn: string;
  /** The ARN's string in the document, when it came from one. */
  readonly span: Span | undefined;
  readonly partition: string;
  readonly account: string | undefined;
  /** The concrete value, or `undefined` when the ARN has a wildcard or a variable there. */
  readonly region: string | undefined;
  readonly apiId: string | undefined;
  readonly stage: string | undefined;
  readonly method: string | undefined;
  /** Without a leading slash, as in the ARN; the empty string is the root. */
  readonly path: string | undefined;
  /** What the ARN has written for each part that is open, to show and to check an answer against. */
  readonly patterns: Readonly<Record<OpenPart, string>>;
  /** Parts to ask for, in order. */
  readonly open: readonly OpenPart[];
  /** Why nothing can be invalidated with it, in one sentence; `undefined` when something can. */
  readonly refusal: string | undefined;
  /** What the policies of the document say about it, offline; `undefined` without a document. */
  readonly preflight: Preflight | undefined;
}

export interface Preflight {
  readonly invoke: 'allowed' | 'denied' | 'not-granted' | 'depends';
  readonly invalidateCache: 'allowed' | 'denied' | 'not-granted' | 'depends';
}

/** The draft for the execute-api ARN that an offset falls on, else for the document's only one. */
export function invalidationDraftAt(
  _document: PolicyDocument,
  _offset: number,
): InvalidationDraft | undefined {
  return undefined;
}

/** The draft for an ARN that was typed or passed in. */
export function invalidationDraftOf(_arn: string): InvalidationDraft {
  throw new Error('not yet');
}
