/**
 * The condition keys that people write most, those of services before the global ones: after a count over public policies
 * and templates, as `commonActions.ts`. No fact about AWS: only the order of proposals depends on it.
 */
export const COMMON_CONDITION_KEYS: readonly string[] = [
  'sts:ExternalId',
  's3:prefix',
  'iam:PassedToService',
  'iam:AWSServiceName',
  'kms:ViaService',
  'dynamodb:LeadingKeys',
  'cloudwatch:namespace',
  'ec2:CreateAction',
  'ec2:ResourceTag/${TagKey}',
  'kms:GrantIsForAWSResource',
  'kms:EncryptionContextKeys',
  'kms:CallerAccount',
  'iam:PermissionsBoundary',
  'iam:PolicyARN',
  's3:x-amz-acl',
  's3:x-amz-server-side-encryption',
  's3:delimiter',
  'sts:RoleSessionName',
  'ecs:cluster',
  'sns:Protocol',
  'sns:Endpoint',
  'lambda:FunctionArn',
  'secretsmanager:ResourceTag/tag-key',
  'organizations:ServicePrincipal',
  'aws:SecureTransport',
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:PrincipalOrgID',
  'aws:SourceIp',
  'aws:SourceVpce',
  'aws:SourceVpc',
  'aws:ResourceAccount',
  'aws:RequestedRegion',
  'aws:ResourceTag/${TagKey}',
  'aws:RequestTag/${TagKey}',
  'aws:TagKeys',
  'aws:PrincipalArn',
  'aws:PrincipalTag/${TagKey}',
  'aws:PrincipalAccount',
  'aws:CalledVia',
  'aws:ViaAWSService',
  'aws:MultiFactorAuthPresent',
  'aws:ResourceOrgID',
  'aws:SourceOrgID',
  'aws:username',
];

/**
 * The services that policies of a type name most: in trust policies those whose roles people write, and in the policies of a
 * resource those that use it. Order alone, as above.
 */
export const COMMON_SERVICE_PRINCIPALS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    [
      [
        'trust',
        'lambda ec2 ecs-tasks apigateway states events scheduler vpc-flow-logs sagemaker ssm codebuild codepipeline eks firehose glue s3 cloudformation',
      ],
      ['resource', 's3 sns events cloudfront cloudtrail logs delivery.logs lambda'],
      ['AWS::S3::Bucket', 'cloudfront logging.s3 cloudtrail delivery.logs config guardduty'],
      ['AWS::SQS::Queue', 'sns s3 events'],
      ['AWS::SNS::Topic', 'events s3 cloudwatch budgets cloudtrail config'],
      ['AWS::KMS::Key', 's3 cloudtrail logs sns events delivery.logs cloudfront'],
    ] as const
  ).map(([kind, names]) => [kind, names.split(' ').map((name) => `${name}.amazonaws.com`)]),
);
