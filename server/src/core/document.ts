import { type CacheDocument, mayHoldCacheSettings, readCacheSettings } from './knowledge/cacheSettings';
import { treeValue } from './knowledge/values';
import type { TypeOverride } from './locate/kind';
import { type LocatedPolicy, locatePolicies, locateSteps } from './locate/locate';
import { lowerPolicy } from './model/lower';
import type { Policy } from './model/policy';
import type { Steps } from './steps';
import { type DocumentLanguage, frontEnds } from './syntax/frontEnds';
import { isJsonLanguage, isProgramLanguage } from './syntax/languages';
import type { ObjectNode, SyntaxTree } from './syntax/nodes';

export type { DocumentLanguage } from './syntax/frontEnds';

export interface DocumentInput {
  readonly text: string;
  readonly language: DocumentLanguage;
  /** What the user or a setting says the document's policies are. */
  readonly override?: TypeOverride | undefined;
}

/**
 * One version of a document, immutable. Its stages are worked out when first asked for and kept, so a hover after a
 * lint parses nothing.
 */
export interface PolicyDocument {
  readonly text: string;
  readonly language: DocumentLanguage;
  readonly override: TypeOverride | undefined;
  readonly tree: SyntaxTree;
  readonly located: readonly LocatedPolicy[];
  /** In source order. */
  readonly policies: readonly Policy[];
  /** What it says of API Gateway's caches; `undefined` where nothing, or where a syntax fault leaves that open. */
  readonly caches: CacheDocument | undefined;
  /** Works out in parts what the rest depends on, so that it is at hand when it is asked for. */
  readSteps(): Steps<void>;
}

/** Takes in a document. Nothing is parsed yet; nothing can go wrong, now or later. */
export function openDocument(input: DocumentInput): PolicyDocument {
  return new OpenDocument(input);
}

/**
 * Whether a node stands as JSON in a document, letter by letter: then the same text has the same parts at the same distances
 * from its beginning, wherever it stands.
 */
export function standsAsJson(document: PolicyDocument, { source }: Pick<ObjectNode, 'source'>): boolean {
  return isJsonLanguage(document.language) && document.tree.source === source;
}

/**
 * A class, and no literal with getters: V8 makes a hidden class for each such literal, and that holds on to the getters
 * and all they can reach, so that trees that nobody needs outlive all but the rarest and most expensive garbage collections.
 */
class OpenDocument implements PolicyDocument {
  readonly text: string;
  readonly language: DocumentLanguage;
  readonly override: TypeOverride | undefined;
  #tree: SyntaxTree | undefined;
  #located: readonly LocatedPolicy[] | undefined;
  #policies: readonly Policy[] | undefined;
  #caches: { readonly read: CacheDocument | undefined } | undefined;

  constructor({ text, language, override }: DocumentInput) {
    this.text = text;
    // A configuration that reads the file as a template says more of it than its name.
    this.language =
      override?.module?.variables !== undefined && isJsonLanguage(language) ? 'template' : language;
    this.override = override;
  }

  *readSteps(): Steps<void> {
    const { parseSteps, mayHoldPolicy } = frontEnds[this.language];
    if (this.#tree === undefined && parseSteps !== undefined) {
      const tree = yield* parseSteps(this.text);
      this.#tree ??= tree;
    }
    void this.tree;
    yield;
    if (this.#located === undefined && mayHoldPolicy(this.text)) {
      const located = yield* locateSteps(this.tree, this.override);
      this.#located ??= located;
    }
    void this.policies;
  }

  get tree(): SyntaxTree {
    this.#tree ??= frontEnds[this.language].parse(this.text);
    return this.#tree;
  }

  get located(): readonly LocatedPolicy[] {
    this.#located ??= frontEnds[this.language].mayHoldPolicy(this.text)
      ? locatePolicies(this.tree, this.override)
      : [];
    return this.#located;
  }

  get caches(): CacheDocument | undefined {
    if (this.#caches === undefined) {
      const isRead =
        !isProgramLanguage(this.language) && mayHoldCacheSettings(this.text) && this.tree.faults.length === 0;
      const root = isRead ? this.tree.root : undefined;
      const caches = root?.kind === 'object' ? readCacheSettings(treeValue(root)) : undefined;
      this.#caches = { read: root?.kind === 'object' && caches !== undefined ? { root, caches } : undefined };
    }
    return this.#caches.read;
  }

  get policies(): readonly Policy[] {
    this.#policies ??= this.located.map(lowerPolicy);
    return this.#policies;
  }
}
