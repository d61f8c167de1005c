/**
 * Services whose table of actions and resource types can be taken at its word: of the ARNs of the service itself, an
 * action matches those of its types and no others. The tables of other services leave types out that the service
 * does accept, so about them only ARNs of other services count. Reviewed against the AWS managed policies, none of
 * which contradicts these tables. Source: the services' pages of the Service Authorization Reference.
 */
export const EXACT_TABLES: ReadonlySet<string> = new Set([
  'dynamodb',
  'ecr',
  'iam',
  'kinesis',
  'kms',
  'logs',
  's3',
  'secretsmanager',
  'sns',
  'sqs',
]);

/**
 * Types whose names hold no slash, by service: a pattern with more slashes than the format has is something
 * below such a resource. Amazon S3 User Guide, "Bucket naming rules"; Amazon DynamoDB Developer Guide, "Naming rules".
 */
export const SLASHLESS_TYPES: ReadonlyMap<string, string> = new Map([
  ['dynamodb', 'table'],
  ['s3', 'bucket'],
]);
