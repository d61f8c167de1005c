import { splitArn } from '../arn/arn';
import type { Policy } from '../model/policy';
import type { EvaluationRequest } from './request';

/**
 * Whether a policy is one that must allow, whatever identity policies say: that of a role or of a key. IAM User Guide,
 * "Policy evaluation for requests within a single account"; KMS Developer Guide, "Key policies in AWS KMS".
 */
export function mustAllow(policy: Policy, request: EvaluationRequest): boolean {
  const { type, resourceType } = policy.kind;
  return (
    (type === 'trust' && isAssuming(request)) ||
    (type === 'resource' &&
      isAboutKey(request) &&
      (resourceType === 'AWS::KMS::Key' || (resourceType === undefined && mayBeOfKey(policy))))
  );
}

/** The policy of a queue or a topic says nothing of KMS. */
function mayBeOfKey(policy: Policy): boolean {
  const known = OF_KEYS.get(policy);
  if (known !== undefined) {
    return known;
  }
  const may = speaksOfKeys(policy);
  OF_KEYS.set(policy, may);
  return may;
}

/** Every trial of an answer asks it. Policies never change. */
const OF_KEYS = new WeakMap<Policy, boolean>();

function speaksOfKeys({ statements }: Policy): boolean {
  return statements.some(({ actions }) =>
    actions.some(
      ({ negated, entries, member }) =>
        negated ||
        entries.length === 0 ||
        member.value?.kind === 'object' ||
        entries.some(({ service }) => service === undefined || /^kms$|[*?$]/i.test(service)),
    ),
  );
}

/**
 * Whether a request is about a KMS key, whose policy decides. Of a pattern of resources some may be keys.
 * Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management Service".
 */
export function isAboutKey({ action, resource }: EvaluationRequest): boolean {
  if (!/^kms:/i.test(action) || isKeyless(action)) {
    return false;
  }
  const { service, resource: name } = splitArn(resource);
  return (
    /^[*?]+$/.test(resource) ||
    (/^kms$|[*?]/.test(service?.text ?? '') && /^(?:key|alias)\/|[*?]/.test(name?.text ?? '*'))
  );
}

/** Whether an action of KMS applies to no key, by the table of the same reference. */
export function isKeyless(action: string): boolean {
  return KEYLESS_ACTIONS.has(action.toLowerCase());
}

const KEYLESS_ACTIONS: ReadonlySet<string> = new Set([
  'kms:connectcustomkeystore',
  'kms:createcustomkeystore',
  'kms:createkey',
  'kms:deletecustomkeystore',
  'kms:describecustomkeystores',
  'kms:disconnectcustomkeystore',
  'kms:generaterandom',
  'kms:listaliases',
  'kms:listkeys',
  'kms:listretirablegrants',
  'kms:updatecustomkeystore',
]);

/** Whether a request assumes a role, or goes with that; the role's trust policy must allow it. */
export function isAssuming({ action }: EvaluationRequest): boolean {
  return /^sts:(?:assumerole\w*|tagsession|setsourceidentity|setcontext)$/i.test(action);
}

/**
 * Whether a request is made through an access point: the policy of its bucket must allow as well. Amazon S3 User Guide,
 * "Configuring IAM policies for using access points".
 */
export function isThroughAccessPoint({ resource }: EvaluationRequest): boolean {
  const { service, resource: name } = splitArn(resource);
  return (
    /^s3(?:-outposts|express|-object-lambda)?$/.test(service?.text ?? '') &&
    /(?:^|\/)accesspoint[/:]/.test(name?.text ?? '')
  );
}
