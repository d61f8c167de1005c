/** Whom a principal map can name. */
export const PRINCIPAL_TYPES: readonly string[] = ['AWS', 'CanonicalUser', 'Federated', 'Service'];

/**
 * Whether of two elements that exclude each other both are there. Such a statement is refused, and what it would mean is
 * not to be told: element-conflict speaks of it, and nobody else of what follows.
 */
export function isContradictory(elements: readonly { readonly negated: boolean }[]): boolean {
  return (
    elements.length > 1 &&
    elements.some(({ negated }) => negated) &&
    !elements.every(({ negated }) => negated)
  );
}

/** The elements that exclude each other. */
export const ELEMENT_PAIRS: readonly (readonly [string, string])[] = [
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
];
