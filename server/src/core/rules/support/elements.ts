/** Whom a principal map can name. */
export const PRINCIPAL_TYPES: readonly string[] = ['AWS', 'CanonicalUser', 'Federated', 'Service'];

/** The elements that exclude each other. */
export const ELEMENT_PAIRS: readonly (readonly [string, string])[] = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
];
