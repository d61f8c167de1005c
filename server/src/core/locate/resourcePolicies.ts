/**
 * The properties of CloudFormation resources that hold a resource policy: the type of the resource, the keys from its
 * properties down to the policy, and what the policy is attached to. AWS CloudFormation template reference.
 */
export const RESOURCE_POLICY_PROPERTIES: readonly (readonly [
  resource: string,
  keys: string,
  resourceType: string,
])[] = [
  ['AWS::ApiGateway::RestApi', 'Policy', 'AWS::ApiGateway::RestApi'],
  ['AWS::Backup::BackupVault', 'AccessPolicy', 'AWS::Backup::BackupVault'],
  ['AWS::CodeArtifact::Domain', 'PermissionsPolicyDocument', 'AWS::CodeArtifact::Domain'],
  ['AWS::CodeArtifact::Repository', 'PermissionsPolicyDocument', 'AWS::CodeArtifact::Repository'],
  ['AWS::DynamoDB::GlobalTable', 'Replicas.ResourcePolicy.PolicyDocument', 'AWS::DynamoDB::Table'],
  [
    'AWS::DynamoDB::GlobalTable',
    'Replicas.ReplicaStreamSpecification.ResourcePolicy.PolicyDocument',
    'AWS::DynamoDB::Stream',
  ],
  ['AWS::DynamoDB::Table', 'ResourcePolicy.PolicyDocument', 'AWS::DynamoDB::Table'],
  ['AWS::DynamoDB::Table', 'StreamSpecification.ResourcePolicy.PolicyDocument', 'AWS::DynamoDB::Stream'],
  ['AWS::ECR::PublicRepository', 'RepositoryPolicyText', 'AWS::ECR::PublicRepository'],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', 'AWS::ECR::Repository'],
  ['AWS::EFS::FileSystem', 'FileSystemPolicy', 'AWS::EFS::FileSystem'],
  ['AWS::Events::EventBus', 'Policy', 'AWS::Events::EventBus'],
  ['AWS::KMS::Key', 'KeyPolicy', 'AWS::KMS::Key'],
  ['AWS::KMS::ReplicaKey', 'KeyPolicy', 'AWS::KMS::Key'],
  ['AWS::Kinesis::ResourcePolicy', 'ResourcePolicy', 'AWS::Kinesis::Stream'],
  ['AWS::Logs::ResourcePolicy', 'PolicyDocument', 'AWS::Logs::LogGroup'],
  ['AWS::S3::AccessPoint', 'Policy', 'AWS::S3::AccessPoint'],
  ['AWS::S3::BucketPolicy', 'PolicyDocument', 'AWS::S3::Bucket'],
  ['AWS::S3::MultiRegionAccessPointPolicy', 'Policy', 'AWS::S3::MultiRegionAccessPoint'],
  ['AWS::S3ObjectLambda::AccessPointPolicy', 'PolicyDocument', 'AWS::S3ObjectLambda::AccessPoint'],
  ['AWS::SNS::TopicInlinePolicy', 'PolicyDocument', 'AWS::SNS::Topic'],
  ['AWS::SNS::TopicPolicy', 'PolicyDocument', 'AWS::SNS::Topic'],
  ['AWS::SQS::QueueInlinePolicy', 'PolicyDocument', 'AWS::SQS::Queue'],
  ['AWS::SQS::QueuePolicy', 'PolicyDocument', 'AWS::SQS::Queue'],
  ['AWS::SecretsManager::ResourcePolicy', 'ResourcePolicy', 'AWS::SecretsManager::Secret'],
];
