/** The kinds of policy that differ in what they may contain. */
export const policyTypes = [
  'identity',
  'resource',
  'trust',
  'scp',
  'rcp',
  'boundary',
  'session',
  'endpoint',
] as const;

export type PolicyType = (typeof policyTypes)[number];

/** What people call a policy of each type. */
export const policyTypeNames: Readonly<Record<PolicyType, string>> = {
  identity: 'identity policy',
  resource: 'resource policy',
  trust: 'trust policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  endpoint: 'endpoint policy',
};

/** A policy's kind and how we came to it, so that the editor can say so and the author can disagree. */
export interface PolicyKind {
  readonly type: PolicyType;
  /** For a resource policy, what it is attached to, as CloudFormation names it: `AWS::S3::Bucket`. */
  readonly resourceType: string | undefined;
  /**
   * Whether only the actions say what it is attached to, and the policy of a VPC endpoint may look the same, or not even
   * they do, so that it may be attached to something whose policies name no resources.
   */
  readonly isGuess?: boolean;
  /** Whether the policies that stand there may name no resources. */
  readonly mayLackResource?: boolean;
  /** Whether the tool that reads the document adds Version 2012-10-17 if there is none. */
  readonly versionWritten?: boolean;
  /** Whether policies are usually written without a Version where this one stands. */
  readonly versionOptional?: boolean;
  /** Whether the document says the policy elsewhere as well, where it is checked, or replaces it by another. */
  readonly isRepeated?: boolean;
  /** One sentence without a full stop, as in "its Principal trusts somebody to call sts:AssumeRole". */
  readonly reason: string;
}

/** Whether a text is a policy type as settings have them. */
export function isPolicyType(text: string): text is PolicyType {
  return (policyTypes as readonly string[]).includes(text);
}

/** The policies of AWS Organizations that are written in IAM's language; API reference, "CreatePolicy", `Type`. */
export const ORGANIZATIONS_POLICY_TYPES: ReadonlyMap<string, PolicyType> = new Map([
  ['SERVICE_CONTROL_POLICY', 'scp'],
  ['RESOURCE_CONTROL_POLICY', 'rcp'],
]);

export const API_GATEWAY_REST_API = 'AWS::ApiGateway::RestApi';

/** A trust policy is the resource policy of a role, and Access Analyzer has a resource type for it. */
export const ROLE_TRUST_POLICY = 'AWS::IAM::AssumeRolePolicyDocument';
