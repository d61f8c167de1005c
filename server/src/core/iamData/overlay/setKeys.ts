/**
 * Condition keys, in lower case, that the service tables have as single-valued, while ForAllValues on them in AWS
 * managed policies has no finding (ValidatePolicy, March 2026): AWS itself takes them for sets.
 */
export const SET_KEYS: ReadonlySet<string> = new Set(['codestar-connections:provideraction']);
