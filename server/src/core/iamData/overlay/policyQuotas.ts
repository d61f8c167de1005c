/** How long a policy may be, and what counts. */
export interface SizeQuota {
  readonly characters: number;
  /** `without-white-space` leaves that out; `all` is what stands there. */
  readonly counts: 'without-white-space' | 'all';
  /** What the quota is one of, as in "a role's trust policy". */
  readonly holder: string;
}

/**
 * The longest policy that any identity takes, and what Access Analyzer compares with: the inline policies of a role
 * together. White space does not count. IAM User Guide, "IAM and AWS STS quotas"; that it is this one and not 6,144
 * was measured on AWS's managed policies of March 2026 (reported from 10,409 characters on, not up to 10,155).
 */
export const IDENTITY_QUOTA: SizeQuota = {
  characters: 10_240,
  counts: 'without-white-space',
  holder: 'an identity policy',
};

/** IAM User Guide, "IAM and AWS STS quotas": customer managed policies, without white space. */
export const MANAGED_POLICY_QUOTA: SizeQuota = {
  characters: 6_144,
  counts: 'without-white-space',
  holder: 'a managed policy',
};

/** IAM User Guide, "IAM and AWS STS quotas": the default, which can be raised to 8,192. White space does not count. */
export const TRUST_POLICY_QUOTA: SizeQuota = {
  characters: 2_048,
  counts: 'without-white-space',
  holder: 'a role trust policy',
};

/** AWS STS API Reference, "AssumeRole", parameter Policy: inline and managed session policies together. */
export const SESSION_POLICY_QUOTA: SizeQuota = {
  characters: 2_048,
  counts: 'all',
  holder: 'a session policy',
};

/** AWS Organizations User Guide, "Quotas for AWS Organizations", 2026; it was 5,120 before. */
export const SCP_QUOTA: SizeQuota = {
  characters: 10_240,
  counts: 'all',
  holder: 'a service control policy',
};

/** AWS Organizations User Guide, "Quotas for AWS Organizations". */
export const RCP_QUOTA: SizeQuota = {
  characters: 5_120,
  counts: 'all',
  holder: 'a resource control policy',
};

/** AWS PrivateLink Guide, "Control access to VPC endpoints using endpoint policies". */
export const ENDPOINT_POLICY_QUOTA: SizeQuota = {
  characters: 20_480,
  counts: 'all',
  holder: 'a VPC endpoint policy',
};

/**
 * By what the policy is attached to, as CloudFormation names it. Other types have no published quota that was read.
 * The quotas in bytes are compared with characters, of which a policy has at least as many bytes.
 */
export const RESOURCE_POLICY_QUOTAS: ReadonlyMap<string, SizeQuota> = new Map([
  // Amazon S3 User Guide, "Bucket policies": 20 KB.
  ['AWS::S3::Bucket', { characters: 20_480, counts: 'all', holder: 'a bucket policy' }],
  // Amazon S3 User Guide, "Access points restrictions and limitations": 20 KB.
  ['AWS::S3::AccessPoint', { characters: 20_480, counts: 'all', holder: 'an access point policy' }],
  // Amazon DynamoDB Developer Guide, "Resource-based policy considerations": 20 KB, white space counted.
  ['AWS::DynamoDB::Table', { characters: 20_480, counts: 'all', holder: 'a DynamoDB resource policy' }],
  // AWS KMS API Reference, "PutKeyPolicy": 32 KB.
  ['AWS::KMS::Key', { characters: 32_768, counts: 'all', holder: 'a key policy' }],
  // Amazon SQS Developer Guide, "Amazon SQS policy quotas": 8,192 bytes.
  ['AWS::SQS::Queue', { characters: 8_192, counts: 'all', holder: 'a queue policy' }],
  // Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference": 30 KB.
  ['AWS::SNS::Topic', { characters: 30_720, counts: 'all', holder: 'a topic policy' }],
  // Amazon API Gateway Developer Guide, "Quotas": 8,192 characters. Whether white space counts is not said.
  [
    'AWS::ApiGateway::RestApi',
    { characters: 8_192, counts: 'without-white-space', holder: 'an API Gateway resource policy' },
  ],
]);

/** How many of each a policy may have. */
export interface CountQuota {
  readonly service: string;
  /** In the policy. */
  readonly statements: number;
  /** In a statement. The guides leave open whether principals and conditions are counted there or in the policy. */
  readonly actions?: number;
  readonly principals?: number;
  readonly conditions?: number;
  readonly resources?: number;
}

/** By what the policy is attached to, as CloudFormation names it. */
export const RESOURCE_POLICY_COUNTS: ReadonlyMap<string, CountQuota> = new Map([
  // Amazon SQS Developer Guide, "Amazon SQS policy quotas"; one resource: reported in remind101/stacker_blueprints#71.
  [
    'AWS::SQS::Queue',
    { service: 'Amazon SQS', statements: 20, actions: 7, principals: 50, conditions: 10, resources: 1 },
  ],
  // Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference".
  ['AWS::SNS::Topic', { service: 'Amazon SNS', statements: 100, principals: 200, resources: 1 }],
]);
