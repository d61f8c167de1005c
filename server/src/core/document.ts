import { type CacheDocument, mayHoldCacheSettings, readCacheSettings } from './knowledge/cacheSettings';
import { treeValue } from './knowledge/values';
import type { TypeOverride } from './locate/kind';
import { type LocatedPolicy, locatePolicies, locateSteps } from './locate/locate';
import { lowerPolicy } from './model/lower';
import type { Policy } from './model/policy';
import { atOnce, type Steps } from './steps';
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

/**
 * Takes in a document. Nothing is parsed yet; nothing can go wrong, now or later.
 *
 * @param before the same document, perhaps of another text, when something else was known of it: an equal text is not parsed
 *   again
 */
export function openDocument(input: DocumentInput, before?: PolicyDocument): PolicyDocument {
  return new OpenDocument(input, before);
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
  readonly #syntax: Syntax;
  #located: readonly LocatedPolicy[] | undefined;
  #policies: readonly Policy[] | undefined;
  #caches: { readonly read: CacheDocument | undefined } | undefined;

  constructor({ text, language, override }: DocumentInput, before: PolicyDocument | undefined) {
    this.text = text;
    // A configuration that reads the file as a template says more of it than its name.
    this.language =
      override?.module?.variables !== undefined && isJsonLanguage(language) ? 'template' : language;
    this.override = override;
    const isSame =
      before instanceof OpenDocument && before.text === text && before.language === this.language;
    this.#syntax = isSame ? before.#syntax : new Syntax(text, this.language);
  }

  *readSteps(): Steps<void> {
    const { mayHoldPolicy } = frontEnds[this.language];
    yield* this.#syntax.readSteps();
    if (this.#located === undefined && mayHoldPolicy(this.text)) {
      const located = yield* locateSteps(this.tree, this.override);
      this.#located ??= located;
    }
    void this.policies;
  }

  get tree(): SyntaxTree {
    return this.#syntax.tree;
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

/** A text that is parsed once, for all that ask. */
class Syntax {
  readonly #text: string;
  readonly #language: DocumentLanguage;
  #tree: SyntaxTree | undefined;
  /** What is not yet done, with which whoever comes next goes on. */
  #steps: Steps<SyntaxTree> | undefined;

  constructor(text: string, language: DocumentLanguage) {
    this.#text = text;
    this.#language = language;
  }

  get tree(): SyntaxTree {
    if (this.#tree === undefined) {
      const steps = this.#steps;
      this.#steps = undefined;
      this.#tree = steps === undefined ? frontEnds[this.#language].parse(this.#text) : atOnce(steps);
    }
    return this.#tree;
  }

  *readSteps(): Steps<void> {
    if (this.#tree === undefined) {
      this.#steps ??= frontEnds[this.#language].parseSteps?.(this.#text);
    }
    while (this.#steps !== undefined) {
      const { done, value } = this.#steps.next();
      if (done === true) {
        this.#steps = undefined;
        this.#tree = value;
      } else {
        yield;
      }
    }
    void this.tree;
    yield;
  }
}
