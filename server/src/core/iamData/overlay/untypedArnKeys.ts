/**
 * Condition keys, in lower case, that the service tables type as ARN and Access Analyzer as String: StringLike on them
 * in AWS managed policies has no finding (ValidatePolicy, March 2026).
 */
export const UNTYPED_ARN_KEYS: ReadonlySet<string> = new Set(['redshift-data:glue-catalog-arn']);
