import { type MemberNode, memberOf, type ObjectNode, type SyntaxNode } from '../syntax/nodes';
import { API_GATEWAY_REST_API, type PolicyKind, type PolicyType } from './policyType';

/** What the user or a setting says a policy is; it wins over everything that is found in the document. */
export interface TypeOverride {
  readonly policyType?: PolicyType | undefined;
  readonly resourceType?: string | undefined;
}

/**
 * What kind of policy an object is: from the override, else from what holds it, else from its content.
 *
 * Without a Principal an identity policy, a permissions boundary, a session policy and an SCP cannot be told apart
 * by their text; such a policy counts as an identity policy.
 */
export function kindOf(policy: ObjectNode, override: TypeOverride): PolicyKind {
  if (override.policyType !== undefined) {
    const resourceType = override.resourceType ?? kindFromContent(policy).resourceType;
    return {
      type: override.policyType === 'resource' ? typeOfResource(resourceType) : override.policyType,
      resourceType,
      reason: 'it was set for this document',
    };
  }
  const kind = kindFromHolder(policy) ?? kindFromContent(policy);
  return override.resourceType === undefined
    ? kind
    : {
        type: typeOfResource(override.resourceType),
        resourceType: override.resourceType,
        reason: 'its resource type was set for this document',
      };
}

/** A trust policy is the resource policy of a role, and Access Analyzer has a resource type for it. */
function typeOfResource(resourceType: string | undefined): PolicyType {
  return resourceType === ROLE_TRUST_POLICY ? 'trust' : 'resource';
}

const ROLE_TRUST_POLICY = 'AWS::IAM::AssumeRolePolicyDocument';

interface Holder {
  /** The CloudFormation type of the resource around it; any when absent. */
  readonly resource?: string;
  /** The key that the policy is the value of. */
  readonly key: string;
  readonly type: PolicyType;
  readonly resourceType?: string;
}

/** Where policies stand in CloudFormation templates and OpenAPI documents; the first row that fits decides. */
const HOLDERS: readonly Holder[] = [
  { key: 'AssumeRolePolicyDocument', type: 'trust' },
  { key: 'x-amazon-apigateway-policy', type: 'resource', resourceType: API_GATEWAY_REST_API },
  {
    resource: API_GATEWAY_REST_API,
    key: 'Policy',
    type: 'resource',
    resourceType: API_GATEWAY_REST_API,
  },
  {
    resource: 'AWS::S3::BucketPolicy',
    key: 'PolicyDocument',
    type: 'resource',
    resourceType: 'AWS::S3::Bucket',
  },
  {
    resource: 'AWS::SQS::QueuePolicy',
    key: 'PolicyDocument',
    type: 'resource',
    resourceType: 'AWS::SQS::Queue',
  },
  {
    resource: 'AWS::SNS::TopicPolicy',
    key: 'PolicyDocument',
    type: 'resource',
    resourceType: 'AWS::SNS::Topic',
  },
  { resource: 'AWS::KMS::Key', key: 'KeyPolicy', type: 'resource', resourceType: 'AWS::KMS::Key' },
  {
    resource: 'AWS::ECR::Repository',
    key: 'RepositoryPolicyText',
    type: 'resource',
    resourceType: 'AWS::ECR::Repository',
  },
  {
    resource: 'AWS::SecretsManager::ResourcePolicy',
    key: 'ResourcePolicy',
    type: 'resource',
    resourceType: 'AWS::SecretsManager::Secret',
  },
  { resource: 'AWS::EC2::VPCEndpoint', key: 'PolicyDocument', type: 'endpoint' },
  { key: 'AccessPolicies', type: 'resource' },
];

function kindFromHolder(policy: ObjectNode): PolicyKind | undefined {
  const member = policy.parent;
  if (member?.kind !== 'member') {
    return undefined;
  }
  const key = member.key.value;
  const resource = templateResourceAround(member);
  const holder = HOLDERS.find(
    (row) => row.key === key && (row.resource === undefined || row.resource === resource),
  );
  if (holder === undefined) {
    return undefined;
  }
  return {
    type: holder.type,
    resourceType: holder.resourceType,
    reason: resource === undefined ? `it is the value of ${key}` : `it is ${key} of ${resource}`,
  };
}

/** The `Type` of the CloudFormation resource whose `Properties` a member stands directly in. */
function templateResourceAround(member: MemberNode): string | undefined {
  const properties = member.parent.parent;
  if (properties?.kind !== 'member' || properties.key.value !== 'Properties') {
    return undefined;
  }
  const type = memberOf(properties.parent, 'Type')?.value;
  return type?.kind === 'string' ? type.value : undefined;
}

function kindFromContent(policy: ObjectNode): PolicyKind {
  const statements = statementObjects(policy);
  const hasPrincipal = statements.some(
    (statement) =>
      memberOf(statement, 'Principal') !== undefined || memberOf(statement, 'NotPrincipal') !== undefined,
  );
  if (!hasPrincipal) {
    return { type: 'identity', resourceType: undefined, reason: 'no statement names a Principal' };
  }
  const actions = statements.flatMap((statement) => [
    ...stringsOf(memberOf(statement, 'Action')?.value),
    ...stringsOf(memberOf(statement, 'NotAction')?.value),
  ]);
  const hasResource = statements.some(
    (statement) =>
      memberOf(statement, 'Resource') !== undefined || memberOf(statement, 'NotResource') !== undefined,
  );
  if (!hasResource && actions.length > 0 && actions.every(isTrustAction)) {
    return {
      type: 'trust',
      resourceType: ROLE_TRUST_POLICY,
      reason: 'it names a Principal, no Resource, and only actions for assuming a role',
    };
  }
  if (actions.some((action) => action.toLowerCase().startsWith('execute-api:'))) {
    return {
      type: 'resource',
      resourceType: API_GATEWAY_REST_API,
      reason: 'it names a Principal and an execute-api action',
    };
  }
  return { type: 'resource', resourceType: undefined, reason: 'it names a Principal' };
}

/** The actions a role's trust policy may hold, in lower case; IAM User Guide, "Role trust policies". */
function isTrustAction(action: string): boolean {
  return /^sts:(assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext|assume.*\*)$/i.test(
    action,
  );
}

function statementObjects(policy: ObjectNode): readonly ObjectNode[] {
  const value = memberOf(policy, 'Statement')?.value;
  if (value?.kind === 'object') {
    return [value];
  }
  return value?.kind === 'array'
    ? value.items.filter((item): item is ObjectNode => item.kind === 'object')
    : [];
}

function stringsOf(value: SyntaxNode | undefined): readonly string[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) => (node?.kind === 'string' ? [node.value] : []));
}
