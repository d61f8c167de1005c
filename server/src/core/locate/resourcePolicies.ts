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

/**
 * More of them, of which it is not documented whether each statement needs a Resource. Compared with the schemas of
 * CloudFormation's resource types (AWS CloudFormation User Guide, "Resource type schemas").
 */
export const OTHER_RESOURCE_POLICY_PROPERTIES: readonly (readonly [
  resource: string,
  keys: string,
  resourceType: string,
])[] = [
  ['AWS::ApiGateway::DomainNameV2', 'Policy', 'AWS::ApiGateway::DomainNameV2'],
  [
    'AWS::Backup::LogicallyAirGappedBackupVault',
    'AccessPolicy',
    'AWS::Backup::LogicallyAirGappedBackupVault',
  ],
  ['AWS::CloudTrail::ResourcePolicy', 'ResourcePolicy', 'AWS::CloudTrail::Channel'],
  ['AWS::Comprehend::DocumentClassifier', 'ModelPolicy', 'AWS::Comprehend::DocumentClassifier'],
  ['AWS::ECR::RegistryPolicy', 'PolicyText', 'AWS::ECR::RegistryPolicy'],
  ['AWS::EventSchemas::RegistryPolicy', 'Policy', 'AWS::EventSchemas::Registry'],
  ['AWS::Lex::ResourcePolicy', 'Policy', 'AWS::Lex::Bot'],
  [
    'AWS::Logs::DeliveryDestination',
    'DeliveryDestinationPolicy.DeliveryDestinationPolicy',
    'AWS::Logs::DeliveryDestination',
  ],
  ['AWS::Logs::Destination', 'DestinationPolicy', 'AWS::Logs::Destination'],
  ['AWS::MSK::ClusterPolicy', 'Policy', 'AWS::MSK::Cluster'],
  ['AWS::MediaPackageV2::ChannelPolicy', 'Policy', 'AWS::MediaPackageV2::Channel'],
  ['AWS::MediaPackageV2::OriginEndpointPolicy', 'Policy', 'AWS::MediaPackageV2::OriginEndpoint'],
  ['AWS::MediaTailor::ChannelPolicy', 'Policy', 'AWS::MediaTailor::Channel'],
  ['AWS::Oam::Sink', 'Policy', 'AWS::Oam::Sink'],
  ['AWS::Omics::SequenceStore', 'S3AccessPolicy', 'AWS::Omics::SequenceStore'],
  ['AWS::Organizations::ResourcePolicy', 'Content', 'AWS::Organizations::ResourcePolicy'],
  ['AWS::Redshift::Cluster', 'NamespaceResourcePolicy', 'AWS::Redshift::Cluster'],
  ['AWS::RedshiftServerless::Namespace', 'NamespaceResourcePolicy', 'AWS::RedshiftServerless::Namespace'],
  ['AWS::S3Express::AccessPoint', 'Policy', 'AWS::S3Express::AccessPoint'],
  ['AWS::S3Express::BucketPolicy', 'PolicyDocument', 'AWS::S3Express::DirectoryBucket'],
  ['AWS::S3Outposts::AccessPoint', 'Policy', 'AWS::S3Outposts::AccessPoint'],
  ['AWS::S3Outposts::BucketPolicy', 'PolicyDocument', 'AWS::S3Outposts::Bucket'],
  ['AWS::S3Tables::TableBucketPolicy', 'ResourcePolicy', 'AWS::S3Tables::TableBucket'],
  ['AWS::S3Tables::TablePolicy', 'ResourcePolicy', 'AWS::S3Tables::Table'],
  ['AWS::SSM::ResourcePolicy', 'Policy', 'AWS::SSM::Parameter'],
  ['AWS::SageMaker::ModelPackageGroup', 'ModelPackageGroupPolicy', 'AWS::SageMaker::ModelPackageGroup'],
  ['AWS::VpcLattice::AuthPolicy', 'Policy', 'AWS::VpcLattice::Service'],
  ['AWS::VpcLattice::ResourcePolicy', 'Policy', 'AWS::VpcLattice::ServiceNetwork'],
  ['AWS::XRay::ResourcePolicy', 'PolicyDocument', 'AWS::XRay::ResourcePolicy'],
];
