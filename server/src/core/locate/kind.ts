import { type MemberNode, memberOf, type ObjectNode, type SyntaxNode } from '../syntax/nodes';
import { HOLDERS, type Holder } from './holders';
import { API_GATEWAY_REST_API, type PolicyKind, type PolicyType, ROLE_TRUST_POLICY } from './policyType';

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
 *
 * @param holder the member whose value the policy is, or whose value is the string that the policy stands in
 */
export function kindOf(
  policy: ObjectNode,
  override: TypeOverride,
  holder: MemberNode | undefined,
): PolicyKind {
  if (override.policyType !== undefined) {
    const resourceType = override.resourceType ?? kindFromContent(policy).resourceType;
    return {
      type: override.policyType === 'resource' ? typeOfResource(resourceType) : override.policyType,
      resourceType,
      reason: 'it was set for this document',
    };
  }
  const kind = kindFromHolder(holder) ?? kindFromContent(policy);
  return override.resourceType === undefined
    ? kind
    : {
        type: typeOfResource(override.resourceType),
        resourceType: override.resourceType,
        reason: 'its resource type was set for this document',
      };
}

/** A kind that a host document tells, unless the user or a setting says otherwise. */
export function overruled(kind: PolicyKind, { policyType, resourceType }: TypeOverride): PolicyKind {
  if (policyType === undefined && resourceType === undefined) {
    return kind;
  }
  const type = policyType ?? 'resource';
  return {
    ...kind,
    type: type === 'resource' ? typeOfResource(resourceType) : type,
    resourceType: resourceType ?? kind.resourceType,
    reason: 'it was set for this document',
  };
}

/** A trust policy is the resource policy of a role, and Access Analyzer has a resource type for it. */
function typeOfResource(resourceType: string | undefined): PolicyType {
  return resourceType === ROLE_TRUST_POLICY ? 'trust' : 'resource';
}

/** Organizations names the types of its policies beside their content; API reference, "CreatePolicy". */
const ORGANIZATION_POLICY_TYPES: ReadonlyMap<string, PolicyType> = new Map([
  ['SERVICE_CONTROL_POLICY', 'scp'],
  ['RESOURCE_CONTROL_POLICY', 'rcp'],
]);

/** @param holder the member whose value the policy is, or whose value is the string that the policy stands in */
function kindFromHolder(holder: MemberNode | undefined): PolicyKind | undefined {
  if (holder === undefined) {
    return undefined;
  }
  if (holder.key.value.startsWith('Fn::')) {
    return kindFromHolder(holderOf(holder.parent));
  }
  const key = holder.key.value;
  const around = templateResourceAround(holder);
  const row = holderRow(holder, around);
  if (row !== undefined) {
    return {
      type: row.type,
      resourceType: row.resourceType,
      ...(row.writesVersion && { versionWritten: true }),
      reason: around === undefined ? `it is the value of ${key}` : `it is ${around.keys} of ${around.type}`,
    };
  }
  const named = key === 'Content' ? textOf(memberOf(holder.parent, 'Type')) : undefined;
  const type = ORGANIZATION_POLICY_TYPES.get(named ?? '');
  return type === undefined
    ? undefined
    : { type, resourceType: undefined, reason: `it is the content of a ${named}` };
}

/** The row of the table of holders for a member. */
export function holderRow(
  member: MemberNode,
  around: TemplateResource | undefined = templateResourceAround(member),
): Holder | undefined {
  const key = member.key.value;
  return HOLDERS.find((candidate) =>
    candidate.resource === undefined
      ? candidate.key === key
      : candidate.resource === around?.type && candidate.key === around.keys,
  );
}

/** Whether a member's value is to be a policy. Those of identities need no row above: they all have this name. */
export function isPolicyHolder(holder: MemberNode): boolean {
  return holder.key.value === 'PolicyDocument' || kindFromHolder(holder) !== undefined;
}

interface TemplateResource {
  readonly type: string;
  readonly keys: string;
}

/** The CloudFormation resource whose `Properties` a member stands in, and the keys from there to the member. */
function templateResourceAround(member: MemberNode): TemplateResource | undefined {
  const keys: string[] = [];
  let current: MemberNode | undefined = member;
  while (current !== undefined && current.key.value !== 'Properties') {
    // A function stands for what it gives.
    if (!current.key.value.startsWith('Fn::')) {
      keys.unshift(current.key.value);
    }
    current = holderOf(current.parent);
  }
  const type = current === undefined ? undefined : textOf(memberOf(current.parent, 'Type'));
  return type === undefined ? undefined : { type, keys: keys.join('.') };
}

/** The member that holds a value, be it in lists. */
export function holderOf(node: SyntaxNode): MemberNode | undefined {
  let { parent } = node;
  while (parent?.kind === 'array') {
    parent = parent.parent;
  }
  return parent;
}

function textOf(member: MemberNode | undefined): string | undefined {
  return member?.value?.kind === 'string' ? member.value.value : undefined;
}

/** What a policy is taken for as long as nothing tells: one that is to have a Principal begins like this too. */
export const UNTOLD_KIND: PolicyKind = {
  type: 'identity',
  resourceType: undefined,
  reason: 'no statement names a Principal',
};

function kindFromContent(policy: ObjectNode): PolicyKind {
  if (!mayNamePrincipal(policy.text)) {
    return UNTOLD_KIND;
  }
  const statements = statementObjects(policy);
  const hasPrincipal = statements.some(
    (statement) =>
      memberOf(statement, 'Principal') !== undefined || memberOf(statement, 'NotPrincipal') !== undefined,
  );
  if (!hasPrincipal) {
    return UNTOLD_KIND;
  }
  // An empty action is about to be typed, and tells nothing yet.
  const actions = statements
    .flatMap((statement) => [
      ...stringsOf(memberOf(statement, 'Action')?.value),
      ...stringsOf(memberOf(statement, 'NotAction')?.value),
    ])
    .filter((action) => action !== '');
  const hasResource = statements.some(
    (statement) =>
      memberOf(statement, 'Resource') !== undefined || memberOf(statement, 'NotResource') !== undefined,
  );
  // IAM User Guide, "AWS JSON policy elements: Principal": only roles trust identity providers.
  if (!hasResource && actions.length === 0 && statements.some(namesProvider)) {
    return {
      type: 'trust',
      resourceType: ROLE_TRUST_POLICY,
      reason: 'it names an identity provider as Principal, and no Resource',
    };
  }
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
  // Without resources the few services remain whose policies need none, and a `*` beside their actions is of them too.
  const service = onlyServiceOf(hasResource ? actions : actions.filter((action) => action !== '*'));
  const resourceTypes = hasResource ? RESOURCE_TYPES_BY_SERVICE : RESOURCE_TYPES_WITHOUT_RESOURCE;
  const resourceType = resourceTypes.get(service ?? '');
  return resourceType === undefined
    ? { type: 'resource', resourceType: undefined, reason: 'it names a Principal' }
    : {
        type: 'resource',
        resourceType,
        isGuess: hasResource,
        reason: `it names a Principal and only actions of ${service}`,
      };
}

/**
 * What a resource policy about one service alone is attached to. Left out are services with several kinds of
 * resource policy, and those whose VPC endpoint policies look the same while other keys and resources go with them:
 * a policy about Amazon S3 may be a bucket's, an access point's or an endpoint's.
 */
const RESOURCE_TYPES_BY_SERVICE: ReadonlyMap<string, string> = new Map([
  ['kms', 'AWS::KMS::Key'],
  ['secretsmanager', 'AWS::SecretsManager::Secret'],
  ['sns', 'AWS::SNS::Topic'],
  ['sqs', 'AWS::SQS::Queue'],
]);

/**
 * What a policy without resources is attached to. Amazon ECR User Guide, "Private repository policy examples"; Amazon EFS
 * User Guide, "Using IAM to control file system data access"; Amazon Redshift Serverless API Reference,
 * "PutResourcePolicy".
 */
const RESOURCE_TYPES_WITHOUT_RESOURCE: ReadonlyMap<string, string> = new Map([
  ['ecr', 'AWS::ECR::Repository'],
  ['ecr-public', 'AWS::ECR::PublicRepository'],
  ['elasticfilesystem', 'AWS::EFS::FileSystem'],
  ['redshift-serverless', 'AWS::RedshiftServerless::Snapshot'],
]);

/** The service that all actions are of, in lower case; `undefined` where there are several or a wildcard. */
function onlyServiceOf(actions: readonly string[]): string | undefined {
  const services = new Set(actions.map((action) => /^([\w-]+):/.exec(action)?.[1]?.toLowerCase()));
  return services.size === 1 ? [...services][0] : undefined;
}

function namesProvider(statement: ObjectNode): boolean {
  const principal = memberOf(statement, 'Principal')?.value;
  return principal?.kind === 'object' && memberOf(principal, 'Federated') !== undefined;
}

/** The actions a role's trust policy may hold, or the beginning of one; IAM User Guide, "Role trust policies". */
function isTrustAction(action: string): boolean {
  return /^sts:(|assumerole|assumerolewithsaml|assumerolewithwebidentity|tagsession|setsourceidentity|setcontext|assume.*\*)$/i.test(
    action,
  );
}

/** A look at the letters spares one at each statement of most policies. Names may be written with escapes. */
function mayNamePrincipal(text: string | undefined): boolean {
  return text === undefined || text.includes('Principal') || text.includes('\\u');
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
