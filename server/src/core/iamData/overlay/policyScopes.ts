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
  /** Whether a policy that names another action of the service is saved all the same, and the action has no effect. */
  readonly isLenient?: true;
  /** Whether the wildcard for all actions of the service is refused, since it stands for more than those above. */
  readonly refusesStar?: true;
  /** A resource must be of one of these types. Any resource of the service when absent, and any at all for `any`. */
  readonly resources?: readonly string[] | 'any';
}

const S3_DATA: readonly string[] = ['bucket', 'object', 'accesspoint', 'accesspointobject'];

/**
 * Sources: the Service Authorization Reference, for what actions act on; Amazon S3 User Guide, "Bucket policies",
 * "Configuring IAM policies for using access points" and "Multi-Region Access Point permissions"; Amazon DynamoDB Developer
 * Guide, "Using resource-based policies"; AWS Backup Developer Guide, "Vault access policies", which also name the snapshots
 * of other services; for functions, queues, keys, repositories and secrets the page of the service on such policies.
 *
 * Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference", for the actions of topics, to
 * which `Receive` comes from the default policy of a topic. That Amazon SNS refuses `sns:*` is reported by many ("Policy
 * statement action out of service scope"); that Amazon SQS refuses sqs:ListQueues, in aws-cdk#15602.
 *
 * An access point serves what its bucket serves, so that the actions on buckets and objects count for it.
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
  { resourceType: 'AWS::SQS::Queue', name: 'a queue', service: 'sqs', actsOn: ['queue'] },
  {
    resourceType: 'AWS::SNS::Topic',
    name: 'a topic',
    service: 'sns',
    actions: [
      'sns:addpermission',
      'sns:deletetopic',
      'sns:getdataprotectionpolicy',
      'sns:gettopicattributes',
      'sns:listsubscriptionsbytopic',
      'sns:listtagsforresource',
      'sns:publish',
      'sns:putdataprotectionpolicy',
      'sns:receive',
      'sns:removepermission',
      'sns:settopicattributes',
      'sns:subscribe',
    ],
    refusesStar: true,
  },
  { resourceType: 'AWS::KMS::Key', name: 'a KMS key', service: 'kms', actsOn: ['key'], isLenient: true },
  {
    resourceType: 'AWS::ECR::Repository',
    name: 'a repository',
    service: 'ecr',
    actsOn: ['repository'],
    isLenient: true,
  },
  {
    resourceType: 'AWS::ECR::PublicRepository',
    name: 'a public repository',
    service: 'ecr-public',
    actsOn: ['repository'],
    isLenient: true,
  },
  {
    resourceType: 'AWS::SecretsManager::Secret',
    name: 'a secret',
    service: 'secretsmanager',
    actsOn: ['Secret'],
    isLenient: true,
  },
  {
    resourceType: 'AWS::Lambda::Function',
    name: 'a function',
    service: 'lambda',
    actsOn: ['function', 'function alias', 'function version'],
    isLenient: true,
  },
  {
    resourceType: 'AWS::Lambda::LayerVersion',
    name: 'a layer version',
    service: 'lambda',
    actsOn: ['layer', 'layerVersion'],
    isLenient: true,
  },
  {
    resourceType: 'AWS::Backup::BackupVault',
    name: 'a backup vault',
    service: 'backup',
    actsOn: ['backupVault', 'recoveryPoint'],
    resources: 'any',
    isLenient: true,
  },
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
