import { API_GATEWAY_REST_API, type PolicyType, ROLE_TRUST_POLICY } from './policyType';

/** An argument of a resource of Terraform's AWS provider that takes a policy. */
export interface TerraformHolder {
  readonly resource: string;
  /** The names from the resource's block down to the argument. */
  readonly keys: string;
  readonly type: PolicyType;
  /** As CloudFormation names it. */
  readonly resourceType?: string;
  /** Whether it is not documented that each statement needs a Resource. */
  readonly mayLackResource?: true;
}

type Row = readonly [resource: string, keys: string, type: PolicyType, resourceType?: string];

/** Terraform Registry, hashicorp/aws, the pages of these resources. What they are attached to as in CloudFormation. */
const ROWS: readonly Row[] = [
  ['aws_iam_policy', 'policy', 'identity'],
  ['aws_iam_role_policy', 'policy', 'identity'],
  ['aws_iam_user_policy', 'policy', 'identity'],
  ['aws_iam_group_policy', 'policy', 'identity'],
  ['aws_iam_role', 'inline_policy.policy', 'identity'],
  ['aws_iam_role', 'assume_role_policy', 'trust', ROLE_TRUST_POLICY],
  ['aws_ssoadmin_permission_set_inline_policy', 'inline_policy', 'identity'],
  ['aws_transfer_user', 'policy', 'session'],
  ['aws_transfer_access', 'policy', 'session'],
  ['aws_rolesanywhere_profile', 'session_policy', 'session'],
  ['aws_vpc_endpoint', 'policy', 'endpoint'],
  ['aws_vpc_endpoint_policy', 'policy', 'endpoint'],
  ['aws_api_gateway_rest_api', 'policy', 'resource', API_GATEWAY_REST_API],
  ['aws_api_gateway_rest_api_policy', 'policy', 'resource', API_GATEWAY_REST_API],
  ['aws_backup_vault_policy', 'policy', 'resource', 'AWS::Backup::BackupVault'],
  ['aws_cloudwatch_event_bus_policy', 'policy', 'resource', 'AWS::Events::EventBus'],
  ['aws_cloudwatch_log_resource_policy', 'policy_document', 'resource', 'AWS::Logs::LogGroup'],
  ['aws_codeartifact_domain_permissions_policy', 'policy_document', 'resource', 'AWS::CodeArtifact::Domain'],
  [
    'aws_codeartifact_repository_permissions_policy',
    'policy_document',
    'resource',
    'AWS::CodeArtifact::Repository',
  ],
  ['aws_ecr_repository_policy', 'policy', 'resource', 'AWS::ECR::Repository'],
  ['aws_ecr_repository_creation_template', 'repository_policy', 'resource', 'AWS::ECR::Repository'],
  ['aws_ecrpublic_repository_policy', 'policy', 'resource', 'AWS::ECR::PublicRepository'],
  ['aws_efs_file_system_policy', 'policy', 'resource', 'AWS::EFS::FileSystem'],
  ['aws_kinesis_resource_policy', 'policy', 'resource', 'AWS::Kinesis::Stream'],
  ['aws_kms_external_key', 'policy', 'resource', 'AWS::KMS::Key'],
  ['aws_kms_key', 'policy', 'resource', 'AWS::KMS::Key'],
  ['aws_kms_key_policy', 'policy', 'resource', 'AWS::KMS::Key'],
  ['aws_kms_replica_external_key', 'policy', 'resource', 'AWS::KMS::Key'],
  ['aws_kms_replica_key', 'policy', 'resource', 'AWS::KMS::Key'],
  ['aws_s3_access_point', 'policy', 'resource', 'AWS::S3::AccessPoint'],
  ['aws_s3_bucket', 'policy', 'resource', 'AWS::S3::Bucket'],
  ['aws_s3_bucket_policy', 'policy', 'resource', 'AWS::S3::Bucket'],
  ['aws_s3control_access_point_policy', 'policy', 'resource', 'AWS::S3::AccessPoint'],
  [
    'aws_s3control_multi_region_access_point_policy',
    'details.policy',
    'resource',
    'AWS::S3::MultiRegionAccessPoint',
  ],
  [
    'aws_s3control_object_lambda_access_point_policy',
    'policy',
    'resource',
    'AWS::S3ObjectLambda::AccessPoint',
  ],
  ['aws_secretsmanager_secret', 'policy', 'resource', 'AWS::SecretsManager::Secret'],
  ['aws_secretsmanager_secret_policy', 'policy', 'resource', 'AWS::SecretsManager::Secret'],
  ['aws_sns_topic', 'policy', 'resource', 'AWS::SNS::Topic'],
  ['aws_sns_topic_policy', 'policy', 'resource', 'AWS::SNS::Topic'],
  ['aws_sqs_queue', 'policy', 'resource', 'AWS::SQS::Queue'],
  ['aws_sqs_queue_policy', 'policy', 'resource', 'AWS::SQS::Queue'],
];

/** More of them, of which it is not documented whether each statement needs a Resource. */
const OTHER_ROWS: readonly Row[] = [
  ['aws_acmpca_policy', 'policy', 'resource'],
  ['aws_api_gateway_domain_name', 'policy', 'resource', 'AWS::ApiGateway::DomainNameV2'],
  ['aws_cloudsearch_domain_service_access_policy', 'access_policy', 'resource', 'AWS::CloudSearch::Domain'],
  ['aws_cloudwatch_log_destination_policy', 'access_policy', 'resource', 'AWS::Logs::Destination'],
  [
    'aws_cloudwatch_log_delivery_destination_policy',
    'delivery_destination_policy',
    'resource',
    'AWS::Logs::DeliveryDestination',
  ],
  ['aws_codebuild_resource_policy', 'policy', 'resource'],
  // Of a table or of a stream.
  ['aws_dynamodb_resource_policy', 'policy', 'resource'],
  ['aws_ecr_registry_policy', 'policy', 'resource', 'AWS::ECR::RegistryPolicy'],
  ['aws_elasticsearch_domain', 'access_policies', 'resource'],
  ['aws_elasticsearch_domain_policy', 'access_policies', 'resource'],
  ['aws_glacier_vault', 'access_policy', 'resource'],
  ['aws_glacier_vault_lock', 'policy', 'resource'],
  ['aws_glue_resource_policy', 'policy', 'resource'],
  ['aws_media_store_container_policy', 'policy', 'resource'],
  ['aws_msk_cluster_policy', 'policy', 'resource', 'AWS::MSK::Cluster'],
  ['aws_networkfirewall_resource_policy', 'policy', 'resource'],
  ['aws_oam_sink_policy', 'policy', 'resource', 'AWS::Oam::Sink'],
  ['aws_opensearch_domain', 'access_policies', 'resource'],
  ['aws_opensearch_domain_policy', 'access_policies', 'resource'],
  ['aws_organizations_resource_policy', 'content', 'resource', 'AWS::Organizations::ResourcePolicy'],
  ['aws_redshift_resource_policy', 'policy', 'resource'],
  ['aws_redshiftserverless_resource_policy', 'policy', 'resource'],
  ['aws_s3control_access_grants_instance_resource_policy', 'policy', 'resource'],
  ['aws_s3control_bucket_policy', 'policy', 'resource', 'AWS::S3Outposts::Bucket'],
  ['aws_s3tables_table_bucket_policy', 'resource_policy', 'resource', 'AWS::S3Tables::TableBucket'],
  ['aws_s3tables_table_policy', 'resource_policy', 'resource', 'AWS::S3Tables::Table'],
  [
    'aws_sagemaker_model_package_group_policy',
    'resource_policy',
    'resource',
    'AWS::SageMaker::ModelPackageGroup',
  ],
  ['aws_schemas_registry_policy', 'policy', 'resource', 'AWS::EventSchemas::Registry'],
  ['aws_ses_identity_policy', 'policy', 'resource'],
  ['aws_sesv2_email_identity_policy', 'policy', 'resource'],
  ['aws_vpclattice_auth_policy', 'policy', 'resource', 'AWS::VpcLattice::Service'],
  ['aws_vpclattice_resource_policy', 'policy', 'resource', 'AWS::VpcLattice::ServiceNetwork'],
  ['aws_xray_resource_policy', 'policy_document', 'resource', 'AWS::XRay::ResourcePolicy'],
];

/** The rows by resource and names, with a blank between them. */
export const TERRAFORM_HOLDERS: ReadonlyMap<string, TerraformHolder> = new Map(
  [...ROWS.map((row) => holderOf(row, false)), ...OTHER_ROWS.map((row) => holderOf(row, true))].map(
    (holder) => [`${holder.resource} ${holder.keys}`, holder],
  ),
);

function holderOf([resource, keys, type, resourceType]: Row, mayLackResource: boolean): TerraformHolder {
  return {
    resource,
    keys,
    type,
    ...(resourceType !== undefined && { resourceType }),
    ...(mayLackResource && { mayLackResource }),
  };
}

/** `aws_organizations_policy` takes the type of its `content` beside it, which is an SCP's if nothing is said. */
export const ORGANIZATIONS_POLICY = 'aws_organizations_policy';
