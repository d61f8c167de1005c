import { API_GATEWAY_REST_API, type PolicyType, ROLE_TRUST_POLICY } from './policyType';
import { OTHER_RESOURCE_POLICY_PROPERTIES, RESOURCE_POLICY_PROPERTIES } from './resourcePolicies';

/** A place of a host document where a policy stands, and of which type it is. */
export interface Holder {
  /** The CloudFormation type of the resource around it; any when absent. */
  readonly resource?: string;
  /** The keys from the resource's properties down to the policy, lists left out; the last one alone without resource. */
  readonly key: string;
  readonly type: PolicyType;
  readonly resourceType?: string;
  /** Absent where a whole policy stands; `statements` where only its statements do, one or a list. */
  readonly holds?: 'statements';
  /** Whether the policies there may name no resources. */
  readonly mayLackResource?: true;
  /** Whether the tool that reads the document adds Version 2012-10-17 if there is none. */
  readonly writesVersion?: true;
  /** Whether policies there are usually written without a Version. */
  readonly versionOptional?: true;
}

const identity = { type: 'identity' } as const;
const session = { type: 'session' } as const;

/**
 * Where policies stand in CloudFormation templates, SAM templates and OpenAPI documents; the first row that fits decides.
 * AWS CloudFormation template reference; AWS SAM developer guide, "AWS SAM resources and properties"; Amazon API Gateway
 * Developer Guide, "OpenAPI extensions for API Gateway".
 */
export const HOLDERS: readonly Holder[] = [
  { key: 'AssumeRolePolicyDocument', type: 'trust', resourceType: ROLE_TRUST_POLICY },
  // AWS CDK API Reference, "CfnRole"; Pulumi Registry, "aws.iam.Role".
  ...[
    'assumeRolePolicyDocument',
    'assumeRolePolicy',
    'assume_role_policy_document',
    'assume_role_policy',
  ].map((key) => ({ key, type: 'trust' as const, resourceType: ROLE_TRUST_POLICY })),
  { key: 'x-amazon-apigateway-policy', type: 'resource', resourceType: API_GATEWAY_REST_API },
  { resource: 'AWS::EC2::VPCEndpoint', key: 'PolicyDocument', type: 'endpoint' },
  { resource: 'AWS::IAM::Role', key: 'Policies.PolicyDocument', ...identity },
  { resource: 'AWS::IAM::User', key: 'Policies.PolicyDocument', ...identity },
  { resource: 'AWS::IAM::Group', key: 'Policies.PolicyDocument', ...identity },
  { resource: 'AWS::IAM::Policy', key: 'PolicyDocument', ...identity },
  { resource: 'AWS::IAM::ManagedPolicy', key: 'PolicyDocument', ...identity },
  { resource: 'AWS::IAM::RolePolicy', key: 'PolicyDocument', ...identity },
  { resource: 'AWS::IAM::UserPolicy', key: 'PolicyDocument', ...identity },
  { resource: 'AWS::IAM::GroupPolicy', key: 'PolicyDocument', ...identity },
  { resource: 'AWS::SSO::PermissionSet', key: 'InlinePolicy', ...identity },
  { resource: 'AWS::EKS::PodIdentityAssociation', key: 'Policy', ...session },
  { resource: 'AWS::RolesAnywhere::Profile', key: 'SessionPolicy', ...session },
  { resource: 'AWS::Transfer::User', key: 'Policy', ...session },
  {
    resource: 'AWS::Events::EventBusPolicy',
    key: 'Statement',
    type: 'resource',
    resourceType: 'AWS::Events::EventBus',
    holds: 'statements',
    writesVersion: true,
  },
  // AWS SAM developer guide, "AWS::Serverless::Function": inline policies are written without Version. SAM hands them on as
  // they are, so that IAM reads them by that of 2008.
  { resource: 'AWS::Serverless::Function', key: 'Policies', ...identity, versionOptional: true },
  { resource: 'AWS::Serverless::StateMachine', key: 'Policies', ...identity, versionOptional: true },
  {
    resource: 'AWS::Serverless::Api',
    key: 'Auth.ResourcePolicy.CustomStatements',
    type: 'resource',
    resourceType: API_GATEWAY_REST_API,
    holds: 'statements',
    writesVersion: true,
  },
  ...RESOURCE_POLICY_PROPERTIES.map(([resource, key, resourceType]) => ({
    resource,
    key,
    type: 'resource' as const,
    resourceType,
  })),
  ...OTHER_RESOURCE_POLICY_PROPERTIES.map(([resource, key, resourceType]) => ({
    resource,
    key,
    type: 'resource' as const,
    resourceType,
    mayLackResource: true as const,
  })),
  // Domains of Amazon CloudSearch and Amazon OpenSearch Service: the domain is the resource.
  { key: 'AccessPolicies', type: 'resource', mayLackResource: true },
];

/** A place from the root of a document, by the keys down to it; `*` stands for any one key. */
export interface RootedHolder {
  readonly keys: readonly string[];
  readonly type: PolicyType;
  readonly resourceType?: string;
}

/**
 * Where the Serverless Framework takes statements; it writes the policies around them. Serverless Framework
 * documentation, "AWS - Functions", "AWS - IAM" and "AWS - API Gateway"; README of serverless-iam-roles-per-function.
 */
export const SERVERLESS_HOLDERS: readonly RootedHolder[] = [
  { keys: ['provider', 'iam', 'role', 'statements'], type: 'identity' },
  { keys: ['provider', 'iamRoleStatements'], type: 'identity' },
  { keys: ['functions', '*', 'iamRoleStatements'], type: 'identity' },
  { keys: ['functions', '*', 'iam', 'role', 'statements'], type: 'identity' },
  {
    keys: ['provider', 'apiGateway', 'resourcePolicy'],
    type: 'resource',
    resourceType: API_GATEWAY_REST_API,
  },
  { keys: ['provider', 'resourcePolicy'], type: 'resource', resourceType: API_GATEWAY_REST_API },
];
