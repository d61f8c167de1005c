/** What the policy of one kind of resource may speak of. */
export interface PolicyScope {
  /** As CloudFormation names the kind. */
  readonly resourceType: string;
  /** How messages call it. */
  readonly name: string;
  /** The service whose actions it grants, as a prefix. */
  readonly service: string;
  /**
   * In the words of the Service Authorization Reference: an action must act on one of these types of the service. Any
   * action of the service when absent.
   */
  readonly actsOn?: readonly string[];
  /** Patterns in lower case, where the reference does not say which actions a policy takes. */
  readonly actions?: readonly string[];
  /** A resource must be of one of these types. Any resource of the service when absent. */
  readonly resources?: readonly string[];
}

const S3_DATA: readonly string[] = ['bucket', 'object', 'accesspoint', 'accesspointobject'];

/**
 * Sources: Amazon S3 User Guide, "Bucket policies", "Configuring IAM policies for using access points" and "Multi-Region
 * Access Point permissions"; Amazon DynamoDB Developer Guide, "Using resource-based policies"; for queues, topics, keys,
 * repositories and secrets the page of the service on such policies. An access point serves what its bucket serves, so
 * that the actions on buckets and objects count for it.
 */
export const POLICY_SCOPES: readonly PolicyScope[] = [
  {
    resourceType: 'AWS::S3::Bucket',
    name: 'a bucket',
    service: 's3',
    actsOn: ['bucket', 'object'],
    resources: ['bucket', 'object'],
  },
  {
    resourceType: 'AWS::S3::AccessPoint',
    name: 'an access point',
    service: 's3',
    actsOn: S3_DATA,
    resources: ['accesspoint', 'accesspointobject'],
  },
  {
    resourceType: 'AWS::S3::MultiRegionAccessPoint',
    name: 'a Multi-Region Access Point',
    service: 's3',
    actsOn: [...S3_DATA, 'multiregionaccesspoint'],
    resources: ['multiregionaccesspoint'],
  },
  {
    resourceType: 'AWS::S3ObjectLambda::AccessPoint',
    name: 'an Object Lambda Access Point',
    service: 's3-object-lambda',
    resources: ['objectlambdaaccesspoint'],
  },
  {
    resourceType: 'AWS::DynamoDB::Table',
    name: 'a table',
    service: 'dynamodb',
    actsOn: ['table', 'index', 'stream'],
    resources: ['table', 'index', 'stream'],
  },
  { resourceType: 'AWS::SQS::Queue', name: 'a queue', service: 'sqs' },
  { resourceType: 'AWS::SNS::Topic', name: 'a topic', service: 'sns' },
  { resourceType: 'AWS::KMS::Key', name: 'a KMS key', service: 'kms' },
  { resourceType: 'AWS::ECR::Repository', name: 'a repository', service: 'ecr' },
  { resourceType: 'AWS::SecretsManager::Secret', name: 'a secret', service: 'secretsmanager' },
];

/** IAM User Guide, "Role trust policies": who may assume the role, and what may go with the session. */
export const TRUST_SCOPE: PolicyScope = {
  resourceType: 'AWS::IAM::AssumeRolePolicyDocument',
  name: 'a role',
  service: 'sts',
  actions: [
    'sts:assumerole',
    'sts:assumerolewithsaml',
    'sts:assumerolewithwebidentity',
    'sts:setcontext',
    'sts:setsourceidentity',
    'sts:tagsession',
  ],
};
