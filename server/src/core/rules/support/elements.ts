/**
 * The elements of the policy language, in the order in which AWS documents them.
 * IAM User Guide, "Grammar of the IAM JSON policy language". Names are case-sensitive.
 */
export const POLICY_ELEMENTS: readonly string[] = ['Version', 'Id', 'Statement'];

export const STATEMENT_ELEMENTS: readonly string[] = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
];

/** Whom a principal map can name. */
export const PRINCIPAL_TYPES: readonly string[] = ['AWS', 'CanonicalUser', 'Federated', 'Service'];

/** The elements that exclude each other. */
export const ELEMENT_PAIRS: readonly (readonly [string, string])[] = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
];
