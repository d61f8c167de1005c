import type { PolicyDocument } from '../document';
import type { Span } from '../syntax/nodes';

/** Our own token types, declared in package.json with a standard super type each. */
export const semanticTokenTypes = [
  'iamAction',
  'iamService',
  'arnPrefix',
  'arnPartition',
  'arnService',
  'arnRegion',
  'arnAccount',
  'arnResource',
  'arnApiId',
  'arnStage',
  'arnMethod',
  'arnPath',
  'arnMalformed',
  'iamWildcard',
  'iamVariable',
] as const;

export type SemanticTokenType = (typeof semanticTokenTypes)[number];

export interface SemanticToken {
  readonly span: Span;
  readonly type: SemanticTokenType;
}

/** Tokens in source order, not overlapping, each within a line. */
export function semanticTokens(_document: PolicyDocument): readonly SemanticToken[] {
  return [];
}
