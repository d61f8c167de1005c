/**
 * Condition keys whose values are Region codes, in lower case. Sources: IAM User Guide, "AWS global condition context
 * keys" (aws:RequestedRegion); for the others the Service Authorization Reference, where AWS describes the value as a
 * Region.
 */
export const REGION_KEYS: ReadonlySet<string> = new Set([
  'account:targetregion',
  'aws:requestedregion',
  'cloudformation:targetregion',
  'dsql:witnessregion',
  'ec2:region',
  'ec2:vpceserviceregion',
  'ec2:vpcesupportedregion',
  'kms:primaryregion',
  'kms:replicaregion',
  's3:destinationregion',
  'secretsmanager:addreplicaregions',
  'secretsmanager:secretprimaryregion',
  'ses:replicaregion',
  'sso:primaryregion',
]);

/**
 * What aws:RequestedRegion is for requests that AWS may handle in any Region; Amazon Bedrock User Guide, "Global
 * cross-Region inference".
 */
export const UNSPECIFIED_REGION = 'unspecified';

/**
 * Condition keys whose value is the ARN of a KMS key, in lower case, where AWS says so: the key of the Service
 * Authorization Reference is of type ARN and described as the ARN of a key. Keys that take an id, such as
 * ec2:KmsKeyId, are not among them. Amazon S3 User Guide, "Using server-side encryption with AWS KMS keys", wants
 * the key's ARN for s3:x-amz-server-side-encryption-aws-kms-key-id.
 */
export const KMS_KEY_ARN_KEYS: ReadonlySet<string> = new Set([
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3express:x-amz-server-side-encryption-aws-kms-key-id',
  's3tables:kmskeyarn',
  's3vectors:kmskeyarn',
  'sagemaker:domainsharingoutputkmskeyarn',
  'sagemaker:featuregroupofflinestorekmskeyarn',
  'sagemaker:featuregrouponlinestorekmskeyarn',
  'sagemaker:outputkmskeyarn',
  'sagemaker:volumekmskeyarn',
  'secretsmanager:kmskeyarn',
]);
