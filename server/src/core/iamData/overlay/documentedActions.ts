/**
 * Actions that a guide of AWS tells to write and that the Service Authorization Reference, and with it the service
 * reference, does not list. Of these nothing more is known: neither what they apply to nor their condition keys.
 */
const ROWS: readonly (readonly [source: string, ids: string])[] = [
  [
    'Amazon SageMaker AI Developer Guide, "Use Ground Truth labeling jobs": permissions for the console',
    'groundtruthlabeling:RunFilterOrSampleManifestJob',
  ],
  [
    'AWS IoT Core Developer Guide, "Authorizing direct calls to AWS services using the AWS IoT Core credential provider"',
    'iot:AssumeRoleWithCertificate',
  ],
  [
    'Amazon OpenSearch Service Developer Guide, "Monitoring OpenSearch logs with Amazon CloudWatch Logs"',
    'logs:PutLogEventsBatch',
  ],
  [
    'AWS Elemental MediaLive User Guide, "Access requirements for the trusted entity"',
    'mediaconnect:ManagedAddOutput mediaconnect:ManagedDescribeFlow mediaconnect:ManagedRemoveOutput',
  ],
  [
    'Amazon SageMaker AI Developer Guide, "Set up SageMaker Canvas for your users"',
    'sagemaker:CreatePresignedDomainUrlWithPrincipalTag',
  ],
  [
    'Amazon SNS Developer Guide, "Example cases for Amazon SNS access control": in the policy that the console gives a topic',
    'sns:Receive',
  ],
];

/** Ids in lower case. */
export const DOCUMENTED_ACTIONS: ReadonlySet<string> = new Set(
  ROWS.flatMap(([, ids]) => ids.toLowerCase().split(' ')),
);
