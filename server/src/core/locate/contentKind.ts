import { memberOf, type ObjectNode, type SyntaxNode } from '../syntax/nodes';
import { elementOf, meantBy, STATEMENT_ELEMENTS, statementMembers } from './elements';
import { API_GATEWAY_REST_API, type PolicyKind, ROLE_TRUST_POLICY } from './policyType';

/** What a policy is taken for as long as nothing tells: one that is to have a Principal begins like this too. */
const UNTOLD_KIND: PolicyKind = {
  type: 'identity',
  resourceType: undefined,
  reason: 'no statement names a Principal',
};

/** Whether a kind is that of a policy of which nothing tells, whatever else the host of the policy does. */
export function isUntold({ reason }: PolicyKind): boolean {
  return reason === UNTOLD_KIND.reason;
}

/**
 * What kind of policy an object is by what stands in it. A misspelt element counts as the one that was meant: a policy
 * with `Principle` in it is no identity policy.
 */
export function kindFromContent(policy: ObjectNode): PolicyKind {
  if (!mayNamePrincipal(policy.text)) {
    return UNTOLD_KIND;
  }
  const statements = statementObjects(policy);
  if (!statements.some((statement) => holds(statement, 'Principal', 'NotPrincipal'))) {
    return UNTOLD_KIND;
  }
  // An empty action is about to be typed, and tells nothing yet.
  const actions = statements
    .flatMap((statement) => [
      ...stringsOf(elementOf(statement, 'Action')?.value),
      ...stringsOf(elementOf(statement, 'NotAction')?.value),
    ])
    .filter((action) => action !== '');
  const hasResource = statements.some((statement) => holds(statement, 'Resource', 'NotResource'));
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
  const named = actions.filter((action) => action.includes(':') || (hasResource && action === '*'));
  const service = onlyServiceOf(named);
  const resourceTypes = hasResource ? RESOURCE_TYPES_BY_SERVICE : RESOURCE_TYPES_WITHOUT_RESOURCE;
  const resourceType = resourceTypes.get(service ?? '');
  return resourceType === undefined
    ? {
        type: 'resource',
        resourceType: undefined,
        // Actions of every service and no resources: whose policies need none can then not be told.
        ...(!hasResource && named.length === 0 && { isGuess: true }),
        reason: 'it names a Principal',
      }
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
 * "PutResourcePolicy"; Amazon CloudSearch Developer Guide, "Configuring access for Amazon CloudSearch".
 */
const RESOURCE_TYPES_WITHOUT_RESOURCE: ReadonlyMap<string, string> = new Map([
  ['cloudsearch', 'AWS::CloudSearch::Domain'],
  ['ecr', 'AWS::ECR::Repository'],
  ['ecr-public', 'AWS::ECR::PublicRepository'],
  ['elasticfilesystem', 'AWS::EFS::FileSystem'],
  ['redshift-serverless', 'AWS::RedshiftServerless::Snapshot'],
]);

/** Whether statements about actions of a service name no resource where they stand in a resource policy. */
export function isServiceWithoutResource(service: string): boolean {
  return RESOURCE_TYPES_WITHOUT_RESOURCE.has(service.toLowerCase());
}

/** Whether a policy of such a service is attached to a resource of a type. */
export function isTypeWithoutResource(resourceType: string): boolean {
  return NEEDS_NONE.test(resourceType);
}

const NEEDS_NONE = /^AWS::(?:CloudSearch|ECR|EFS|RedshiftServerless)::/;

/** The service that all actions are of, in lower case; `undefined` where there are several or a wildcard. */
function onlyServiceOf(actions: readonly string[]): string | undefined {
  const services = new Set(actions.map((action) => /^([\w-]+):/.exec(action)?.[1]?.toLowerCase()));
  return services.size === 1 ? [...services][0] : undefined;
}

function namesProvider(statement: ObjectNode): boolean {
  const principal = elementOf(statement, 'Principal')?.value;
  return principal?.kind === 'object' && memberOf(principal, 'Federated') !== undefined;
}

/** The actions a role's trust policy may hold, or the beginning of one; IAM User Guide, "Role trust policies". */
function isTrustAction(action: string): boolean {
  return /^sts:(|assume(?!root$).*|tagsession|setsourceidentity|setcontext)$/i.test(action);
}

/** A look at the letters spares one at each statement of most policies. Names may be written with escapes. */
function mayNamePrincipal(text: string | undefined): boolean {
  return text === undefined || PRINCIPAL.test(text) || text.includes('\\u') || holdsMistakeOfPrincipal(text);
}

/** The name of the element, which names of condition keys as `aws:PrincipalTag/team` begin like. */
const PRINCIPAL = /Principal(?![A-Za-z])/;

function holdsMistakeOfPrincipal(text: string): boolean {
  const others = new Set<string>();
  for (const [, name = ''] of text.matchAll(NEAR_PRINCIPAL)) {
    if (!others.has(name)) {
      if (/principal/i.test(meantBy(name, STATEMENT_ELEMENTS) ?? '')) {
        return true;
      }
      others.add(name);
    }
  }
  return false;
}

/** A name that may be a mistake of Principal or NotPrincipal: it begins like one and is about as long. */
const NEAR_PRINCIPAL = /\b((?:not)?p[a-z]{5,11})["']?\s*[:=]/gi;

function holds(statement: ObjectNode, ...elements: readonly string[]): boolean {
  return elements.some((element) => elementOf(statement, element) !== undefined);
}

function statementObjects(policy: ObjectNode): readonly ObjectNode[] {
  return statementMembers(policy)
    .flatMap(({ value }) => (value?.kind === 'array' ? value.items : (value ?? [])))
    .filter((item): item is ObjectNode => item.kind === 'object');
}

function stringsOf(value: SyntaxNode | undefined): readonly string[] {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.flatMap((node) => (node?.kind === 'string' ? [node.value] : []));
}
