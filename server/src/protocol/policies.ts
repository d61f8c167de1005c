import type { TextPosition, TextRange } from './text';

export interface PolicyTypesParams {
  readonly uri: string;
}

export interface PolicyTypesResult {
  /** In source order; empty for a document without a policy. */
  readonly policies: readonly DetectedPolicy[];
  /** The service reference that unknown actions are judged by; absent when it is missing. */
  readonly reference?: { readonly version: string; readonly date: string };
}

export interface DetectedPolicy {
  /** The policy's object. */
  readonly range: TextRange;
  readonly type: string;
  /** What a resource policy is attached to, as CloudFormation names it. */
  readonly resourceType?: string;
  /** Why the type was chosen, a sentence without its full stop. */
  readonly reason: string;
  /** Absent where AWS publishes no quota, and where a template adds to the policy. */
  readonly size?: PolicySize;
}

export interface PolicySize {
  readonly characters: number;
  readonly quota: number;
  /** Whether white space is left out or counted. */
  readonly counts: 'without-white-space' | 'all';
  /** What the quota is one of, as in "a managed policy". */
  readonly holder: string;
}

/** By ARN, or by what stands at a position of an open document; the ARN wins. */
export interface ExplainArnParams {
  readonly arn?: string;
  readonly uri?: string;
  readonly position?: TextPosition;
}

export interface ExplainArnResult {
  /** For people, in Markdown; absent when there is no ARN at the position. */
  readonly report?: string;
}

export interface InsertInvalidateCacheParams {
  readonly uri: string;
  readonly position: TextPosition;
}

export interface InsertInvalidateCacheResult {
  /** Non-overlapping; empty when there is nothing to insert at the position. */
  readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
}

export interface ActionsParams {
  /** An action with wildcards, as `s3:Get*`. */
  readonly pattern: string;
}

export interface ActionsResult {
  /** Every action that the pattern covers, for people, in Markdown; absent where none is known. */
  readonly report?: string;
}
