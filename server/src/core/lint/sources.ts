/** A document that a rule is based on. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const API_GATEWAY = 'https://docs.aws.amazon.com/apigateway/latest/developerguide';
const ORGANIZATIONS = 'https://docs.aws.amazon.com/organizations/latest/userguide';
const SERVICE_AUTHORIZATION = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/** The documents beside the check reference of Access Analyzer, by the names that rules give them. */
export const sources = {
  'api-gateway-arns': {
    title: 'API Gateway Developer Guide, "API Gateway Amazon Resource Name (ARN) reference"',
    url: `${API_GATEWAY}/arn-format-reference.html`,
  },
  'api-gateway-authorizers': {
    title: 'API Gateway Developer Guide, "Use API Gateway Lambda authorizers"',
    url: `${API_GATEWAY}/apigateway-use-lambda-authorizer.html`,
  },
  'api-gateway-caching': {
    title: 'API Gateway Developer Guide, "Cache settings for REST APIs in API Gateway"',
    url: `${API_GATEWAY}/api-gateway-caching.html`,
  },
  'api-gateway-cache-keys': {
    title:
      'API Gateway Developer Guide, "Use method or integration parameters as cache keys to index cached responses"',
    url: `${API_GATEWAY}/api-gateway-caching.html#enable-api-gateway-caching-keys`,
  },
  'api-gateway-cache-plugin': {
    title: 'README of serverless-api-gateway-caching',
    url: 'https://github.com/DianaIonita/serverless-api-gateway-caching',
  },
  'api-gateway-connections': {
    title: 'API Gateway Developer Guide, "Use @connections commands in your backend service"',
    url: `${API_GATEWAY}/apigateway-how-to-call-websocket-api-connections.html`,
  },
  'api-gateway-http-or-rest': {
    title: 'API Gateway Developer Guide, "Choose between REST APIs and HTTP APIs"',
    url: `${API_GATEWAY}/http-api-vs-rest.html`,
  },
  'api-gateway-invoke': {
    title: 'API Gateway Developer Guide, "Control access for invoking an API"',
    url: `${API_GATEWAY}/api-gateway-control-access-using-iam-policies-to-invoke-api.html`,
  },
  'api-gateway-notes': {
    title: 'API Gateway Developer Guide, "Amazon API Gateway important notes"',
    url: `${API_GATEWAY}/api-gateway-known-issues.html`,
  },
  'api-gateway-policy-examples': {
    title: 'API Gateway Developer Guide, "API Gateway resource policy examples"',
    url: `${API_GATEWAY}/apigateway-resource-policies-examples.html`,
  },
  'api-gateway-policy-keys': {
    title:
      'API Gateway Developer Guide, "AWS condition keys that can be used in API Gateway resource policies"',
    url: `${API_GATEWAY}/apigateway-resource-policies-aws-condition-keys.html`,
  },
  'api-gateway-websocket': {
    title: 'API Gateway Developer Guide, "Control access to a WebSocket API with IAM authorization"',
    url: `${API_GATEWAY}/apigateway-websocket-control-access-iam.html`,
  },
  'botocore-partitions': {
    title: "botocore's list of partitions and Regions",
    url: 'https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json',
  },
  'cloudformation-functions': {
    title: 'AWS CloudFormation User Guide, "Intrinsic function reference"',
    url: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html',
  },
  'ecr-repository-policies': {
    title: 'Amazon ECR User Guide, "Private repository policy examples in Amazon ECR"',
    url: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html',
  },
  'eks-pod-identity': {
    title: 'Amazon EKS User Guide, "Create IAM role with trust policy required by EKS Pod Identity"',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html',
  },
  'guardduty-iam': {
    title: 'Amazon GuardDuty User Guide, "GuardDuty IAM finding types"',
    url: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html',
  },
  'iam-action': {
    title: 'IAM User Guide, "IAM JSON policy elements: Action"',
    url: `${IAM}/reference_policies_elements_action.html`,
  },
  'iam-arns': {
    title: 'IAM User Guide, "Amazon Resource Names (ARNs)"',
    url: `${IAM}/reference-arns.html`,
  },
  'iam-condition-keys': {
    title: 'IAM User Guide, "AWS global condition context keys"',
    url: `${IAM}/reference_policies_condition-keys.html`,
  },
  'iam-condition-operators': {
    title: 'IAM User Guide, "IAM JSON policy elements: Condition operators"',
    url: `${IAM}/reference_policies_elements_condition_operators.html`,
  },
  'iam-condition-values': {
    title: 'IAM User Guide, "Single-valued vs. multivalued context keys"',
    url: `${IAM}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  },
  'iam-confused-deputy': {
    title: 'IAM User Guide, "The confused deputy problem"',
    url: `${IAM}/confused-deputy.html`,
  },
  'iam-create-policy': {
    title: 'IAM API Reference, "CreatePolicy", parameter PolicyDocument',
    url: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html',
  },
  'iam-data-perimeters': {
    title: 'IAM User Guide, "Establish permissions guardrails using data perimeters"',
    url: `${IAM}/access_policies_data-perimeters.html`,
  },
  'iam-evaluation': {
    title: 'IAM User Guide, "Policy evaluation logic"',
    url: `${IAM}/reference_policies_evaluation-logic.html`,
  },
  'iam-federation-keys': {
    title: 'IAM User Guide, "Available keys for AWS OIDC federation"',
    url: `${IAM}/reference_policies_iam-condition-keys.html`,
  },
  'iam-grammar': {
    title: 'IAM User Guide, "Grammar of the IAM JSON policy language"',
    url: `${IAM}/reference_policies_grammar.html`,
  },
  'iam-identifiers': {
    title: 'IAM User Guide, "IAM identifiers"',
    url: `${IAM}/reference_identifiers.html`,
  },
  'iam-no-actions': {
    title:
      'aws-cdk#7615, a report of the refusal ("Policy statement must contain actions"); AWS does not document it',
    url: 'https://github.com/aws/aws-cdk/issues/7615',
  },
  'iam-no-resources': {
    title:
      'terraform-aws-iam#603, a report of the refusal ("Policy statement must contain resources"); AWS does not document it',
    url: 'https://github.com/terraform-aws-modules/terraform-aws-iam/issues/603',
  },
  'iam-not-principal': {
    title: 'IAM User Guide, "AWS JSON policy elements: NotPrincipal"',
    url: `${IAM}/reference_policies_elements_notprincipal.html`,
  },
  'iam-not-resource': {
    title: 'IAM User Guide, "IAM JSON policy elements: NotResource"',
    url: `${IAM}/reference_policies_elements_notresource.html`,
  },
  'iam-one-colon': {
    title:
      'cfn-lint#935, a report of the refusal ("Actions/Condition can contain only one colon"); AWS does not document it',
    url: 'https://github.com/aws-cloudformation/cfn-lint/issues/935',
  },
  'iam-oidc-roles': {
    title: 'IAM User Guide, "Create a role for OpenID Connect federation"',
    url: `${IAM}/id_roles_create_for-idp_oidc.html`,
  },
  'iam-oidc-shared': {
    title: 'IAM User Guide, "Identity-provider controls for shared OIDC providers"',
    url: `${IAM}/id_roles_providers_oidc_secure-by-default.html`,
  },
  'iam-pass-role': {
    title: 'IAM User Guide, "Grant a user permissions to pass a role to an AWS service"',
    url: `${IAM}/id_roles_use_passrole.html`,
  },
  'iam-principal': {
    title: 'IAM User Guide, "AWS JSON policy elements: Principal"',
    url: `${IAM}/reference_policies_elements_principal.html`,
  },
  'iam-quotas': {
    title: 'IAM User Guide, "IAM and AWS STS quotas"',
    url: `${IAM}/reference_iam-quotas.html`,
  },
  'iam-resource': {
    title: 'IAM User Guide, "IAM JSON policy elements: Resource"',
    url: `${IAM}/reference_policies_elements_resource.html`,
  },
  'iam-variables': {
    title: 'IAM User Guide, "IAM policy elements: Variables and tags"',
    url: `${IAM}/reference_policies_variables.html`,
  },
  'iam-vendor-wildcard': {
    title:
      'iam-policy-validator#172, a report of the refusal ("Action vendors must not contain wildcards"); AWS does not document it',
    url: 'https://github.com/boogy/iam-policy-validator/pull/172',
  },
  'iam-version': {
    title: 'IAM User Guide, "IAM JSON policy elements: Version"',
    url: `${IAM}/reference_policies_elements_version.html`,
  },
  'iam-secrets': {
    title: 'AWS Secrets Manager User Guide, "Permissions reference for AWS Secrets Manager"',
    url: 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html',
  },
  'json-objects': {
    title: 'RFC 8259, "The JavaScript Object Notation (JSON) Data Interchange Format", section 4',
    url: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
  },
  'kms-put-key-policy': {
    title: 'AWS KMS API Reference, "PutKeyPolicy", parameter Policy',
    url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html',
  },
  'lambda-resource-policies': {
    title: 'AWS Lambda Developer Guide, "Viewing resource-based IAM policies in Lambda"',
    url: 'https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html',
  },
  'kms-key-policies': {
    title: 'AWS KMS Developer Guide, "Key policies in AWS KMS"',
    url: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  },
  'organizations-ids': {
    title: 'AWS Organizations API Reference, "OrganizationalUnit", "Organization" and "Root"',
    url: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_OrganizationalUnit.html',
  },
  'organizations-rcp-examples': {
    title: 'AWS Organizations User Guide, "Resource control policy examples"',
    url: `${ORGANIZATIONS}/orgs_manage_policies_rcps_examples.html`,
  },
  'organizations-scp-syntax': {
    title: 'AWS Organizations User Guide, "SCP syntax"',
    url: `${ORGANIZATIONS}/orgs_manage_policies_scps_syntax.html`,
  },
  'roles-anywhere-trust': {
    title: 'IAM Roles Anywhere User Guide, "The IAM Roles Anywhere trust model"',
    url: 'https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html',
  },
  's3-bucket-policies': {
    title: 'Amazon S3 User Guide, "Bucket policies for Amazon S3"',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html',
  },
  's3-bucket-names': {
    title: 'Amazon S3 User Guide, "General purpose bucket naming rules"',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html',
  },
  's3-principals': {
    title: 'Amazon S3 User Guide, "Principals for bucket policies"',
    url: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-principal-intro.html',
  },
  'sam-trailing-slash': {
    title: 'serverless-application-model#665, a report of denied requests; AWS does not document it',
    url: 'https://github.com/aws/serverless-application-model/issues/665',
  },
  'service-authorization': {
    title: 'Service Authorization Reference, "Actions, resources, and condition keys for AWS services"',
    url: `${SERVICE_AUTHORIZATION}/reference_policies_actions-resources-contextkeys.html`,
  },
  'service-authorization-execute-api': {
    title: 'Service Authorization Reference, "Actions, resources, and condition keys for Amazon API Gateway"',
    url: `${SERVICE_AUTHORIZATION}/list_apigatewaymanagementapi.html`,
  },
  'sns-policy-quotas': {
    title: 'Amazon SNS Developer Guide, "Amazon SNS API permissions: Actions and resources reference"',
    url: 'https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html',
  },
  'sqs-policy-quotas': {
    title: 'Amazon SQS Developer Guide, "Amazon SQS policy quotas"',
    url: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html',
  },
  'ssm-parameter-names': {
    title: 'AWS Systems Manager API Reference, "PutParameter", parameter Name',
    url: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html',
  },
  'sts-assume-role': {
    title: 'AWS STS API Reference, "AssumeRole", parameter Policy',
    url: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
  },
  'terraform-strings': {
    title: 'Terraform language, "Strings and Templates"',
    url: 'https://developer.hashicorp.com/terraform/language/expressions/strings',
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceName = keyof typeof sources;
