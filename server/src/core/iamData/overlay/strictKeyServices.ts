/**
 * Services whose published tables of actions and condition keys are complete enough to say that an action never has a
 * key. ValidatePolicy's UNSUPPORTED_ACTION_FOR_CONDITION_KEY has been seen for these, as in s3:prefix with
 * s3:ListBucketMultipartUploads, kms:EncryptionContext with kms:DescribeKey, dynamodb:EnclosingOperation with
 * dynamodb:ConditionCheckItem and cognito-identity.amazonaws.com:aud with sts:TagSession. In AWS managed policies it
 * is silent about pairs of other services that the tables lack (March 2026).
 */
export const STRICT_KEY_SERVICES: ReadonlySet<string> = new Set(['dynamodb', 'kms', 's3', 'sts']);

/**
 * Actions, in lower case, that are no requests of their own: they are permissions that a request to assume a role needs
 * as well, where it passes tags, a source identity or a context. IAM User Guide, "Pass session tags in AWS STS" and
 * "Monitor and control actions taken with assumed roles".
 */
export const COMPANION_PERMISSIONS: ReadonlySet<string> = new Set([
  'sts:setcontext',
  'sts:setsourceidentity',
  'sts:tagsession',
]);
