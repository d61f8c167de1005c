import type { CustomDomain, InvalidationTarget, Pair } from './invalidation';
import type { TextPosition } from './text';

/** By ARN, or by what stands at a position of an open document; the ARN wins. */
export interface InvalidationDraftParams {
  readonly arn?: string;
  readonly uri?: string;
  readonly position?: TextPosition;
}

export interface InvalidationDraftResult {
  /** Absent when there is no execute-api ARN to start from. */
  readonly draft?: InvalidationDraft;
}

export type TargetPart = 'region' | 'apiId' | 'stage' | 'method' | 'path';

/** What an execute-api ARN says about an invalidation, and what it leaves open. */
export interface InvalidationDraft {
  readonly arn: string;
  readonly partition: string;
  readonly account?: string;
  /** The parts that are certain. The path has no leading slash, as in the ARN. */
  readonly known: Partial<Readonly<Record<TargetPart, string>>>;
  /** What the ARN has written in each part. */
  readonly patterns: Readonly<Record<TargetPart, string>>;
  /** The parts to ask for, in order. */
  readonly open: readonly TargetPart[];
  /** For open parts what the workspace knows that fits; a path may have parameters in braces, to be filled in. */
  readonly choices: Partial<Readonly<Record<TargetPart, readonly string[]>>>;
  /** Why nothing can be invalidated with this ARN. */
  readonly refusal?: string;
  /** What the policies of the document say, offline; absent without a document. */
  readonly preflight?: Preflight;
}

/** By what stands at a position of a definition, which need not be open: its text comes along. */
export interface RouteDraftParams {
  readonly uri: string;
  readonly text: string;
  readonly position: TextPosition;
}

export interface InvalidatableRoutesParams {
  /** An execute-api ARN that the routes have to match; without it all count. */
  readonly arn?: string;
}

export interface InvalidatableRoutesResult {
  readonly apis: readonly InvalidatableApi[];
}

/** An API of the workspace that may have a cache. */
export interface InvalidatableApi {
  readonly name: string;
  /** Where it is defined. */
  readonly uri: string;
  /** What is known of its place, and what has to be asked. */
  readonly draft: InvalidationDraft;
  /** Those that answer GET. */
  readonly routes: readonly InvalidatableRoute[];
}

export interface InvalidatableRoute {
  /** Without a leading slash, with its parameters in braces. */
  readonly path: string;
  readonly authorization?: string;
  /** What values can be given for. Query parameters and headers are those that are known to be cache keys. */
  readonly parameters: {
    readonly path: readonly string[];
    readonly query: readonly string[];
    readonly headers: readonly string[];
  };
}

export interface FillRoutesParams {
  /** The target of the API's root: it has all that the routes share. */
  readonly place: InvalidationTarget;
  readonly routes: readonly Pick<InvalidatableRoute, 'path' | 'parameters'>[];
  /** By the name of a parameter, as they are meant; several make an entry each. */
  readonly values: readonly (readonly [name: string, values: readonly string[]])[];
}

export interface FillRoutesResult {
  readonly targets: readonly InvalidationTarget[];
  /** Routes with a parameter in their path that has no value. */
  readonly skipped: readonly { readonly path: string; readonly parameter: string }[];
  /** Why nothing came of it. */
  readonly problem?: string;
}

export type PreflightAnswer = 'allow' | 'deny' | 'implicit-deny' | 'depends';

export interface Preflight {
  readonly invoke: PreflightAnswer;
  readonly invalidateCache: PreflightAnswer;
}

export interface TargetOfUrlParams {
  readonly url: string;
}

/** What an invoke URL says: as a draft, with what goes beside it into a target; or why it is refused. */
export interface TargetOfUrlResult {
  readonly refusal?: string;
  readonly draft?: InvalidationDraft;
  readonly query?: readonly Pair[];
  readonly endpoint?: string;
  readonly domain?: CustomDomain;
}
