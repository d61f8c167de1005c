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
