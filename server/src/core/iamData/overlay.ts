import type { GlobalKeyRow, KeyRow } from './layout';
import type { KeyType } from './types';

/**
 * Reviewed facts that the data package lacks or has wrong. Source, where no other is named: IAM User Guide,
 * "AWS global condition context keys", copy of 2026:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */

/**
 * Global keys that the package does not list. The codebuild pair belongs to the cross-service keys: spelled with
 * a service's prefix, yet present in every service's requests, like ec2:SourceInstanceArn, which it does list.
 */
export const ADDED_GLOBAL_KEYS: readonly GlobalKeyRow[] = [
  ['aws:SignInSessionArn', 'ARN', 'session'],
  ['aws:ViaCustomerDomain', 'String', 'session'],
  ['codebuild:BuildArn', 'ARN', 'session'],
  ['codebuild:ProjectArn', 'ARN', 'session'],
];

/**
 * Types by the lower-case name of a global key: first the type that replaces the package's, then perhaps one that
 * serves just as well.
 */
export const GLOBAL_KEY_TYPES: ReadonlyMap<string, readonly [type: KeyType, alternative?: KeyType]> = new Map<
  string,
  readonly [KeyType, KeyType?]
>([
  // The package says String; the value is the ARN of the VPC.
  ['aws:sourcevpcarn', ['ARN']],
  // A date, or seconds since 1970 for the Numeric operators.
  ['aws:epochtime', ['Date', 'Numeric']],
  // A SAML or OIDC provider's ARN, or the plain name of a web identity provider such as www.amazon.com.
  ['aws:federatedprovider', ['String', 'ARN']],
  // Documented without a type of its own, and by its name a yes or no: neither operator is a mistake.
  ['aws:viacustomerdomain', ['String', 'Bool']],
]);

/**
 * Namespaces of ARN patterns in the package that Access Analyzer rejects as INVALID_SERVICE. Amazon Elastic
 * Inference has ended; its ARNs occur in AWS managed policies, each with that finding (ValidatePolicy, March 2026).
 */
export const ENDED_ARN_NAMESPACES: ReadonlySet<string> = new Set(['elastic-inference']);

/**
 * Service fields of ARNs that are no action prefix, for data in which no resource type shows them. `catalog` is
 * AWS Service Catalog: accepted by ValidatePolicy in AWS managed policies, March 2026. Source of the ARN format:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsservicecatalog.html
 */
export const ADDED_ARN_NAMESPACES: readonly string[] = ['catalog'];

/**
 * Keys of services that the package does not list, by the prefix of the service. AWS IoT Core Developer Guide, "AWS IoT
 * Core policy variables", "X.509 Certificate policy variables" and "Connect policy examples"; AWS CloudTrail User Guide,
 * "AWS CloudTrail resource-based policy examples"; AWS Lake Formation Developer Guide, "Cross-account data sharing
 * prerequisites"; Amazon SageMaker AI Developer Guide, "Invoke a multi-container endpoint with direct invocation".
 */
export const ADDED_SERVICE_KEYS: ReadonlyMap<string, readonly KeyRow[]> = new Map([
  [
    'iot',
    [
      ['iot:Certificate.Issuer.${Field}.List', 'ArrayOfString'],
      ['iot:Certificate.Subject.${Field}.List', 'ArrayOfString'],
      ['iot:Certificate.${Field}', 'String'],
      ['iot:ClientId', 'String'],
      ['iot:ConnectAttributes', 'ArrayOfString'],
      ['iot:Connection.Thing.Attributes[${AttributeName}]', 'String'],
      ['iot:Connection.Thing.IsAttached', 'Bool'],
      ['iot:Connection.Thing.ThingName', 'String'],
      ['iot:Connection.Thing.ThingTypeName', 'String'],
    ],
  ],
  ['cloudtrail', [['cloudtrail:ExternalId', 'String']]],
  ['glue', [['glue:EvaluatedByLakeFormationTags', 'Bool']]],
  ['sagemaker', [['sagemaker:TargetContainerHostname', 'String']]],
]);

/**
 * Types by the lower-case name of a service's key: first the type that replaces the package's, `ArrayOf` and a type for
 * a key of several values, then perhaps one that serves just as well.
 *
 * Amazon S3 Glacier Developer Guide, "Vault Lock policies", compares the age with NumericLessThan. IAM User Guide,
 * "Available keys for AWS OIDC federation": amr is multivalued, of Amazon Cognito under the names that it has in each
 * partition, and the organization's number is compared with string operators. AWS CloudFormation User Guide, "Control
 * access with IAM", tests the types of imported resources with set operators. Amazon EventBridge User Guide, "Using IAM
 * policy conditions", compares eventBusInvocation with Bool.
 */
export const SERVICE_KEY_TYPES: ReadonlyMap<string, readonly [type: string, alternative?: KeyType]> = new Map<
  string,
  readonly [string, KeyType?]
>([
  ['accounts.google.com:google/organization_number', ['Numeric', 'String']],
  ['cloudformation:importresourcetypes', ['ArrayOfString']],
  ['cognito-identity.amazonaws.com:amr', ['ArrayOfString']],
  ['events:eventbusinvocation', ['String', 'Bool']],
  ['glacier:archiveageindays', ['Numeric']],
]);

/**
 * ARN formats that the package lacks or has with another Region or account, with the name of what they are of. AWS
 * Backup Developer Guide, "AWS Backup resources and operations"; Amazon Bedrock User Guide, "Global cross-Region
 * inference"; Amazon ECS Developer Guide, "Migrate an Amazon ECS short service ARN to a long ARN"; Amazon QuickSight User
 * Guide, "IAM policy examples for Amazon QuickSight"; Amazon SWF Developer Guide, "IAM policies for Amazon SWF".
 */
export const ADDED_ARN_FORMATS: readonly (readonly [name: string, arn: string])[] = [
  ['recoveryPoint', 'arn:${Partition}:backup:${Region}:${Account}:recovery-point:${RecoveryPointId}'],
  ['foundation-model', 'arn:${Partition}:bedrock:::foundation-model/${ResourceId}'],
  ['service', 'arn:${Partition}:ecs:${Region}:${Account}:service/${ServiceName}'],
  ['user', 'arn:${Partition}:quicksight::${Account}:user/${ResourceId}'],
  ['domain', 'arn:${Partition}:swf:${Region}:${Account}:/domain/${DomainName}'],
];
