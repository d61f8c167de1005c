/**
 * What the values of some condition keys may be, by lower-case name of the key, for proposals. Sources: IAM User Guide,
 * "AWS global condition context keys" (aws:PrincipalType) and "IAM and AWS STS condition context keys" (saml:aud);
 * Amazon S3 User Guide, "Canned ACL" and "Protecting data with server-side encryption"; GitHub's and AWS's pages on
 * OpenID Connect for GitHub Actions.
 */
export const KEY_VALUES: ReadonlyMap<string, readonly string[]> = new Map([
  ['aws:principaltype', ['Account', 'Anonymous', 'AssumedRole', 'FederatedUser', 'User']],
  [
    's3:x-amz-acl',
    [
      'private',
      'public-read',
      'public-read-write',
      'authenticated-read',
      'aws-exec-read',
      'bucket-owner-read',
      'bucket-owner-full-control',
    ],
  ],
  ['s3:x-amz-server-side-encryption', ['AES256', 'aws:kms', 'aws:kms:dsse']],
  ['saml:aud', ['https://signin.aws.amazon.com/saml']],
  ['token.actions.githubusercontent.com:aud', ['sts.amazonaws.com']],
]);

/** The form of a value whose rest is the author's, by a pattern for the whole lower-case name of the key. */
export const KEY_VALUE_FORMS: readonly (readonly [key: RegExp, form: string, meaning: string])[] = [
  [/^(?:aws:(?:ec2instance)?sourcevpc|ec2:vpcid)$/, 'vpc-', 'ID of a VPC'],
  [/^aws:sourcevpce$/, 'vpce-', 'ID of a VPC endpoint'],
  [/^aws:\w+orgid$/, 'o-', 'ID of an organization'],
  [/^aws:\w+orgpaths$/, 'o-', 'path in an organization: o-…/r-…/ou-…/'],
  [
    /^token\.actions\.githubusercontent\.com:sub$/,
    'repo:',
    'repository and ref: repo:OWNER/NAME:ref:refs/heads/main',
  ],
];

/** Keys whose values are AWS services, in lower case. Sources as above; the pages of the services for their keys. */
export const SERVICE_KEYS: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'iam:awsservicename',
  'iam:passedtoservice',
]);

/** Services that send requests to AWS KMS on behalf of their callers. AWS KMS Developer Guide, "kms:ViaService". */
export const KMS_VIA_SERVICES: readonly string[] = [
  'backup',
  'dms',
  'dynamodb',
  'ec2',
  'ecr',
  'elasticfilesystem',
  'es',
  'firehose',
  'fsx',
  'glue',
  'kafka',
  'kinesis',
  'lambda',
  'rds',
  'redshift',
  's3',
  'sagemaker',
  'secretsmanager',
  'ses',
  'sns',
  'sqs',
  'ssm',
  'workspaces',
];
