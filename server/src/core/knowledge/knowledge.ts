import type { Span } from '../syntax/nodes';

/**
 * What the other documents of a workspace tell about accounts and APIs. It is handed in with a question, so the same
 * question with the same knowledge has the same answer; without it everything still works, with fewer proposals.
 */
export interface WorkspaceKnowledge {
  /** Account ids seen in the workspace, without duplicates, the most frequent first. */
  readonly accounts: readonly string[];
  readonly apis: readonly KnownApi[];
  /** Ids of actions that policies of the workspace name, without wildcards, the most frequent first. */
  readonly actions?: readonly string[];
}

/** An API that some document of the workspace defines, or that an ARN in it names. */
export interface KnownApi {
  /** The document's own word for it: a title, a logical id, or the file's name. */
  readonly name: string;
  /** Where it is defined. */
  readonly uri: string;
  /** `rest` where the document says so or it can be nothing else; HTTP APIs have no cache. */
  readonly kind: 'rest' | 'http' | 'websocket' | 'unknown';
  /** The ids it has in deployments, where a document tells them. */
  readonly ids: readonly string[];
  readonly stages: readonly string[];
  readonly regions: readonly string[];
  readonly routes: readonly KnownRoute[];
  /** Whether the routes are all there are; a reference to another file leaves it open, and so does a mere mention. */
  readonly complete: boolean;
}

export interface KnownRoute {
  /** Upper case; `ANY` where the definition says any method. */
  readonly method: string;
  /** As defined, with a leading slash and parameters in braces: `/pets/{petId}`, `/{proxy+}`. */
  readonly path: string;
  /** Where the route stands in the document `KnownApi.uri`. */
  readonly span: Span;
  /** `iam`, `none`, or what else guards it, where the document tells. */
  readonly authorization?: string | undefined;
  /** How the integration hands its response on, where the document tells; a streamed one is never cached. */
  readonly responseTransfer?: ResponseTransfer | undefined;
  /** What tells the entries of its cache apart; absent where the document does not say. */
  readonly caching?: RouteCaching | undefined;
  /** The query parameters that the method declares; absent where the document has none or does not say. */
  readonly queries?: readonly string[] | undefined;
}

/**
 * What an integration says about its cache (API Gateway API Reference, "Integration"): a parameter that is not among
 * the keys does not tell entries apart.
 */
export interface RouteCaching {
  /** In the order of the document; empty where all requests to the route share one entry. */
  readonly keys: readonly CacheKey[];
  /** Whose entries are shared; the resource's own where it is absent. */
  readonly namespace?: string | undefined;
}

/** A request parameter that is part of a cache key. */
export interface CacheKey {
  /** `other` for what a caller cannot send as such: a part of the body, or what the integration makes of a request. */
  readonly place: 'path' | 'querystring' | 'header' | 'other';
  /** The parameter's name, in its case; for `other` the whole expression. */
  readonly name: string;
}

/** The response transfer mode of an integration (Developer Guide, "Stream the integration response"). */
export type ResponseTransfer = 'buffered' | 'stream';

/** Reads a response transfer mode; `undefined` if it is not one. */
export function readResponseTransfer(text: string | undefined): ResponseTransfer | undefined {
  return text === 'STREAM' ? 'stream' : text === 'BUFFERED' ? 'buffered' : undefined;
}

/** Of a workspace that tells nothing. */
export const NO_KNOWLEDGE: WorkspaceKnowledge = { accounts: [], apis: [] };
