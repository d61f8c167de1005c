/**
 * Condition keys by whom they speak of, in lower case. Where not said otherwise: IAM User Guide, "AWS global condition
 * context keys", https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */

/** Set in requests that a service makes on behalf of somebody's resource; they say whose. */
export const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** Whether a key describes an IAM principal, so that it has no value when an AWS service calls as itself. */
export function describesPrincipal(key: string): boolean {
  const name = key.toLowerCase();
  return PRINCIPAL_KEYS.has(name) || name.startsWith('aws:principaltag/');
}

const PRINCIPAL_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
]);

/**
 * Keys about how an IAM principal came by its session. They have no value either when an AWS service calls as itself, and
 * not always one otherwise, so that it matters what a condition makes of their absence.
 */
export const SESSION_KEYS: ReadonlySet<string> = new Set([
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:tokenissuetime',
]);

/**
 * Keys that narrow what a service may do for others, yet less surely than the source keys. Access Analyzer's page
 * "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL" names this one and publishes no list.
 */
export const INFERIOR_SOURCE_KEYS: ReadonlySet<string> = new Set(['aws:referer']);

/**
 * Keys whose value must be exact, since it says to which account, organization or network a resource belongs.
 * Access Analyzer, VARIABLE_USAGE_TOO_PERMISSIVE and WILDCARD_USAGE_TOO_PERMISSIVE.
 */
export const SENSITIVE_KEYS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:resourceaccount',
  'aws:resourceorgid',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
]);

/**
 * More keys with the id of one account or network, which AWS fills in and nobody can choose, so that a variable of them
 * is as exact as one of the sensitive keys. aws:Ec2InstanceSourceVpc: the same page; s3:ResourceAccount: Amazon S3 User
 * Guide, "Bucket policy examples using condition keys"; kms:CallerAccount: AWS KMS Developer Guide, "AWS KMS condition
 * keys".
 */
export const ASSIGNED_KEYS: ReadonlySet<string> = new Set([
  'aws:ec2instancesourcevpc',
  'kms:calleraccount',
  's3:resourceaccount',
]);

/**
 * Keys that say from which network a request comes. An AWS service that calls as itself comes from none of the
 * customer's. IAM User Guide, "Establish permissions guardrails using data perimeters".
 */
export const NETWORK_KEYS: ReadonlySet<string> = new Set([
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'aws:vpceorgpaths',
]);
