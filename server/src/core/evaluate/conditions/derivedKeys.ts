import { splitArn } from '../../arn/arn';
import { IAM_AUTHORIZATION_KEYS, PRIVATE_API_KEYS } from '../../iamData/overlay/apiGatewayPolicyKeys';
import { ANONYMOUS_VALUE, EVER_PRESENT_KEYS } from '../../iamData/overlay/callerKeys';
import { accountOf, type Caller, isPrincipal, lastName, roleOfSession } from '../caller';
import type { EvaluationRequest } from '../request';
import { escaped } from './operand';
import { RequestKeys } from './requestKeys';

/**
 * The condition keys that follow from the question itself, with what the question tells of others; what it tells wins.
 * IAM User Guide, "AWS global condition context keys", and the table "Principal key values" of "IAM policy elements:
 * Variables and tags".
 */
export function keysOf(request: EvaluationRequest, caller: Caller): RequestKeys {
  const keys = new RequestKeys();
  if (isPrincipal(caller)) {
    for (const key of EVER_PRESENT_KEYS) {
      keys.tellPattern(key, '*');
    }
    keys.tell('aws:PrincipalIsAWSService', 'false');
    keys.tellAbsent('aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList');
  }
  tellCaller(keys, caller);
  tellResource(keys, request);
  tellApi(keys, request);
  return keys.tellAll(request.context ?? NONE);
}

const NONE: ReadonlyMap<string, readonly string[]> = new Map();

function tellCaller(keys: RequestKeys, caller: Caller): void {
  if (isPrincipal(caller) && caller.account !== undefined) {
    keys.tell('aws:PrincipalAccount', caller.account);
    // AWS KMS Developer Guide, "kms:CallerAccount": the account of the user or the role that calls.
    keys.tell('kms:CallerAccount', caller.account);
  }
  switch (caller.kind) {
    case 'root':
      keys.tell('aws:PrincipalArn', caller.arn);
      keys.tell('aws:PrincipalType', 'Account').tell('aws:userid', caller.account ?? '');
      keys.tellAbsent('aws:username');
      break;
    case 'user':
      keys.tell('aws:PrincipalArn', caller.arn);
      keys.tell('aws:PrincipalType', 'User').tell('aws:username', lastName(caller.arn) ?? '');
      break;
    case 'role':
      keys.tell('aws:PrincipalArn', caller.arn);
      keys.tell('aws:PrincipalType', 'AssumedRole').tellAbsent('aws:username');
      break;
    case 'session':
      tellSession(keys, caller.arn, caller.account);
      break;
    case 'federated':
      keys.tell('aws:PrincipalArn', caller.arn);
      keys.tell('aws:PrincipalType', 'FederatedUser').tell('aws:userid', federatedId(caller.arn));
      keys.tellAbsent('aws:username');
      break;
    case 'service':
      keys.tell('aws:PrincipalIsAWSService', 'true').tell('aws:PrincipalServiceName', caller.name);
      keys.tellAbsent('aws:username');
      break;
    case 'provider':
      // IAM User Guide, "Control access to AWS STS with VPC endpoint policies", "Federated callers".
      keys.tellAbsent('aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:username');
      break;
    case 'anonymous':
      keys.tell('aws:PrincipalType', 'Anonymous').tell('aws:userid', ANONYMOUS_VALUE);
      keys.tell('aws:PrincipalAccount', ANONYMOUS_VALUE);
      keys.tellAbsent(
        'aws:PrincipalArn',
        'aws:PrincipalIsAWSService',
        'aws:PrincipalOrgID',
        'aws:PrincipalOrgPaths',
        'kms:CallerAccount',
      );
      keys.tellAbsent('aws:PrincipalServiceName', 'aws:PrincipalServiceNamesList', 'aws:username');
      keys.tellAbsent(...OF_TEMPORARY_CREDENTIALS);
      break;
    default:
  }
}

/** In requests with temporary credentials and no others, by "Availability" under each key. */
const OF_TEMPORARY_CREDENTIALS = [
  'aws:FederatedProvider',
  'aws:MultiFactorAuthAge',
  'aws:MultiFactorAuthPresent',
  'aws:TokenIssueTime',
] as const;

/** The ARN of a session leaves out the path of its role, which aws:PrincipalArn has; the id of the role is not in it. */
function tellSession(keys: RequestKeys, arn: string, account: string | undefined): void {
  const partition = splitArn(arn).partition?.text ?? 'aws';
  const role = escaped(roleOfSession(arn) ?? '');
  keys.tellPattern('aws:PrincipalArn', `arn:${partition}:iam::${account ?? ''}:role/*${role}`);
  keys.tellPattern('aws:userid', `*:${escaped(lastName(arn) ?? '')}`);
  keys.tell('aws:PrincipalType', 'AssumedRole').tellAbsent('aws:username');
}

function federatedId(arn: string): string {
  const { account, resource } = splitArn(arn);
  return `${account?.text ?? ''}:${resource?.text.split('/').slice(1).join('/') ?? ''}`;
}

/**
 * Which keys have a value when API Gateway evaluates a policy: those of a principal only with IAM authorization, those of
 * a VPC only in requests to a private API, which come through an endpoint. API Gateway Developer Guide, "AWS condition
 * keys that can be used in API Gateway resource policies". Of an anonymous caller endpoint policies may see a type and
 * an id.
 */
function tellApi(keys: RequestKeys, { auth = 'iam', api }: EvaluationRequest): void {
  if (auth !== 'iam') {
    keys.tellAbsent(...IAM_AUTHORIZATION_KEYS).forget('aws:PrincipalType', 'aws:userid');
  }
  if (api === 'public') {
    keys.tellAbsent(...PRIVATE_API_KEYS);
  }
  if (api === 'private') {
    keys.tellPattern('aws:SourceVpce', '*');
  }
}

/**
 * The account and the Region of what is asked about. Some actions have no aws:ResourceAccount; which are listed with the
 * key, for services that own what they act on.
 */
function tellResource(keys: RequestKeys, { resource, resourceAccount }: EvaluationRequest): void {
  const service = splitArn(resource).service?.text ?? '';
  const account = resourceAccount ?? accountOf(resource);
  if (account !== undefined && !NO_RESOURCE_ACCOUNT.has(service)) {
    keys.tell('aws:ResourceAccount', account);
    if (service === 's3') {
      keys.tell('s3:ResourceAccount', account);
    }
  }
  const region = splitArn(resource).region?.text ?? '';
  if (/^[a-z]+(?:-[a-z]+)+-\d+$/.test(region)) {
    keys.tell('aws:RequestedRegion', region);
  }
}

/**
 * Services of which at least some actions have no aws:ResourceAccount. IAM User Guide, "AWS global condition context
 * keys", aws:ResourceAccount, "Availability".
 */
const NO_RESOURCE_ACCOUNT: ReadonlySet<string> = new Set([
  'auditmanager',
  'detective',
  'ds',
  'ebs',
  'ec2',
  'es',
  'events',
  'guardduty',
  'macie2',
  'route53',
  'securityhub',
]);
