/**
 * Services that supply the keys about the owner of a VPC endpoint, as action prefixes. execute-api is none of them.
 * Source: IAM User Guide, "AWS global condition context keys", aws:VpceAccount, aws:VpceOrgID and aws:VpceOrgPaths, copy
 * of 2026: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const COMMON: readonly string[] = [
  'acm-pca',
  'applicationinsights',
  'apprunner',
  'athena',
  'cloudformation',
  'comprehendmedical',
  'compute-optimizer',
  'datasync',
  'discovery',
  'dynamodb',
  'ebs',
  'ecr',
  'ecs',
  'firehose',
  'gamelift',
  'healthlake',
  'iam',
  'iotfleetwise',
  'iotwireless',
  'kinesisanalytics',
  'kms',
  'lambda',
  'medical-imaging',
  'omics',
  'payment-cryptography',
  'polly',
  'rbin',
  'rekognition',
  'route53',
  's3',
  'scheduler',
  'servicediscovery',
  'servicequotas',
  'shield',
  'ssm-contacts',
  'storagegateway',
  'textract',
  'transcribe',
  'transfer',
];

const ORGANIZATION_ONLY: readonly string[] = [
  'b2bi',
  'cassandra',
  // The page has the name of its endpoint, cloudhsmv2.
  'cloudhsm',
  'cognito-identity',
  'dms',
  'ds-data',
  'identitystore',
  'iottwinmaker',
  'kinesis',
  'network-firewall',
  'pricing',
  'qbusiness',
  'ses',
  'sms-voice',
  'sqs',
  'workmail',
];

/** By the lower-case name of the key. */
export const VPCE_KEY_SERVICES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['aws:vpceaccount', new Set(COMMON)],
  ['aws:vpceorgpaths', new Set([...COMMON, 'secretsmanager', 'sts'])],
  ['aws:vpceorgid', new Set([...COMMON, ...ORGANIZATION_ONLY])],
]);

/** Actions of these services, in lower case, that have none of the keys all the same. */
export const VPCE_KEY_EXCEPTIONS: ReadonlySet<string> = new Set(['iam:passrole']);
