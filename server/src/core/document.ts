import type { TypeOverride } from './locate/kind';
import { type LocatedPolicy, locatePolicies } from './locate/locate';
import { lowerPolicy, type Policy } from './model/policy';
import { type JsonDialect, parseJson } from './syntax/json';
import type { SyntaxTree } from './syntax/nodes';

/** The languages a document can be read in; an editor's language ids map onto them. */
export type DocumentLanguage = JsonDialect;

export interface DocumentInput {
  readonly text: string;
  readonly language: DocumentLanguage;
  /** What the user or a setting says the document's policies are. */
  readonly override?: TypeOverride;
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
}

/** Takes in a document. Nothing is parsed yet; nothing can go wrong, now or later. */
export function openDocument(input: DocumentInput): PolicyDocument {
  const { text, language, override } = input;
  let tree: SyntaxTree | undefined;
  let located: readonly LocatedPolicy[] | undefined;
  let policies: readonly Policy[] | undefined;
  const document: PolicyDocument = {
    text,
    language,
    override,
    get tree() {
      tree ??= parseJson(text, language);
      return tree;
    },
    get located() {
      located ??= mayHoldPolicy(text) ? locatePolicies(document.tree, override) : [];
      return located;
    },
    get policies() {
      policies ??= document.located.map(lowerPolicy);
      return policies;
    },
  };
  return document;
}

/** Most JSON files are no policy: a look at the letters spares the parse. Escaped quotes are a policy in a string. */
function mayHoldPolicy(text: string): boolean {
  return /statement\\*"|"Version"\s*:\s*"20(08|12)-10-17"/i.test(text);
}
