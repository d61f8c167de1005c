/**
 * Services every resource of which belongs to an account, so that an ARN without one matches nothing. Elsewhere there
 * are resources of AWS's own whose account-less ARNs the Service Authorization Reference does not list (documents of
 * Systems Manager, views of Resource Explorer), and Access Analyzer is silent about most of what the formats alone
 * would forbid. Source: the ARN formats of these services in that reference.
 */
export const ACCOUNT_SERVICES: ReadonlySet<string> = new Set([
  'dynamodb',
  'iam',
  'kinesis',
  'kms',
  'lambda',
  'secretsmanager',
  'sns',
  'sqs',
  'states',
]);
