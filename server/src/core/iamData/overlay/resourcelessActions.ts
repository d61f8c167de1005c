/**
 * Actions without resource-level permissions, in services whose tables were held to their guides: AWS checks such an
 * action against `*`, or against the ARN of the whole collection. The service reference lists no resource types for many
 * more, and for services such as CloudWatch Logs and Amazon SageMaker that is often only because the table has gaps.
 *
 * Source, beside the services' pages of the Service Authorization Reference ("Actions without a resource type do not support
 * resource-level permissions. To allow the action, specify `*`"): the page on IAM in the guide of each service.
 */
const ROWS: readonly (readonly [service: string, names: string, checkedOn: 'star' | 'collection'])[] = [
  // Amazon EC2 User Guide, "Identity-based policies for Amazon EC2": the Describe actions.
  ['ec2', 'Describe*', 'star'],
  ['autoscaling', 'Describe*', 'star'],
  ['elasticloadbalancing', 'Describe*', 'star'],
  // Amazon ECR User Guide, "Using Amazon ECR with the AWS CLI".
  ['ecr', 'GetAuthorizationToken', 'star'],
  ['ecr-public', 'GetAuthorizationToken', 'star'],
  // Amazon ECS Developer Guide, "Troubleshooting Amazon ECS identity and access".
  [
    'ecs',
    'DeregisterTaskDefinition DescribeTaskDefinition ListClusters ListTaskDefinitionFamilies ListTaskDefinitions',
    'star',
  ],
  // AWS KMS Developer Guide, "AWS KMS permissions": the rows with `*` under "Resources and ARNs".
  ['kms', '*', 'star'],
  // Amazon CloudWatch User Guide, "CloudWatch permissions reference": metrics are no resources.
  [
    'cloudwatch',
    'DeleteAnomalyDetector DescribeAlarmsForMetric DescribeAnomalyDetectors GetMetricData GetMetricStatistics GetMetricWidgetImage ListDashboards ListMetrics PutAnomalyDetector PutMetricData',
    'star',
  ],
  // AWS X-Ray Developer Guide, "How AWS X-Ray works with IAM".
  [
    'xray',
    'GetSamplingRules GetSamplingStatisticSummaries GetSamplingTargets PutTelemetryRecords PutTraceSegments',
    'star',
  ],
  ['tag', 'GetResources GetTagKeys GetTagValues', 'star'],
  ['sts', 'DecodeAuthorizationMessage GetServiceBearerToken', 'star'],
  // Amazon S3 User Guide, "Policies and permissions in Amazon S3": also allowed on `arn:aws:s3:::*`.
  ['s3', 'ListAllMyBuckets', 'star'],
  ['s3', 'GetAccountPublicAccessBlock ListAccessPoints ListJobs PutAccountPublicAccessBlock', 'collection'],
  [
    'dynamodb',
    'DescribeEndpoints DescribeLimits DescribeReservedCapacity DescribeReservedCapacityOfferings ListBackups ListGlobalTables ListStreams ListTables',
    'collection',
  ],
  // With a path, as in `role/service-role/*`, IAM lists what is under it.
  ['iam', '*', 'collection'],
  ['kinesis', 'DescribeLimits ListStreams', 'collection'],
  [
    'lambda',
    'CreateEventSourceMapping GetAccountSettings ListCodeSigningConfigs ListEventSourceMappings ListFunctions ListLayers',
    'collection',
  ],
  [
    'route53',
    'CreateHostedZone GetHostedZoneCount ListHealthChecks ListHostedZones ListHostedZonesByName',
    'collection',
  ],
  ['secretsmanager', 'BatchGetSecretValue GetRandomPassword ListSecrets', 'collection'],
  [
    'sns',
    'CheckIfPhoneNumberIsOptedOut GetSMSAttributes ListPhoneNumbersOptedOut ListPlatformApplications ListSubscriptions ListTopics OptInPhoneNumber SetSMSAttributes',
    'collection',
  ],
  ['sqs', 'ListQueues', 'collection'],
  ['ssm', 'DescribeInstanceInformation DescribeParameters', 'collection'],
  ['acm', 'ListCertificates', 'collection'],
  ['eks', 'ListClusters', 'collection'],
];

/**
 * Actions that the patterns cover and of which it is not certain: each is about one thing that its request names, and AWS
 * managed policies give the first on elastic IP addresses. In lower case.
 */
export const PERHAPS_WITH_RESOURCE: ReadonlySet<string> = new Set([
  'ec2:describeaddressesattribute',
  'ec2:describenetworkinterfaceattribute',
]);

/** What AWS checks such an action against. */
export interface ResourcelessRule {
  /** Names in lower case, with wildcards. */
  readonly names: readonly string[];
  /**
   * `star`: nothing but `*` suits. `collection`: perhaps the ARN of what is listed, `table/*` or `role/`, so that a pattern
   * may suit.
   */
  readonly checkedOn: 'star' | 'collection';
}

const rules = new Map<string, ResourcelessRule[]>();
for (const [service, names, checkedOn] of ROWS) {
  const known = rules.get(service) ?? [];
  known.push({ names: names.toLowerCase().split(' '), checkedOn });
  rules.set(service, known);
}

/** By the prefix of the service. */
export const RESOURCELESS_ACTIONS: ReadonlyMap<string, readonly ResourcelessRule[]> = rules;
