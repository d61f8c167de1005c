import {
  ENDPOINT_POLICY_QUOTA,
  IDENTITY_QUOTA,
  MANAGED_POLICY_QUOTA,
  RCP_QUOTA,
  RESOURCE_POLICY_QUOTAS,
  SCP_QUOTA,
  SESSION_POLICY_QUOTA,
  type SizeQuota,
  TRUST_POLICY_QUOTA,
} from '../../iamData/overlay/policyQuotas';
import { plainValue } from '../../lint/layout';
import type { RuleContext } from '../../lint/rule';
import type { PolicyType } from '../../locate/policyType';
import type { Policy } from '../../model/policy';
import type { SyntaxNode } from '../../syntax/nodes';
import { indexAt } from '../../syntax/stringSpans';
import { grouped } from '../../wording';
import { isTemplateKey, isTemplateText } from './known';

/** The message of all rules on size, so that they read alike. */
export const TOO_LONG = 'The policy has {size} characters{without}; {holder} can have {quota}.';

/** Reports a policy that is longer than its quota. */
export function reportSize(
  context: RuleContext<'tooLong'>,
  policy: Policy,
  quota: SizeQuota | undefined,
): void {
  const size = quota === undefined ? undefined : sizeOf(policy, quota);
  if (quota === undefined || size === undefined || size <= quota.characters) {
    return;
  }
  context.report({
    message: 'tooLong',
    at: policy.node,
    data: {
      size: grouped(size),
      without: withoutWhiteSpace(policy, quota),
      holder: quota.holder,
      quota: grouped(quota.characters),
    },
  });
}

/** Whoever reads that a policy is too long wants to know whether its layout is why. */
function withoutWhiteSpace(policy: Policy, { counts, characters }: SizeQuota): string {
  if (counts === 'without-white-space') {
    return ' without white space';
  }
  const length = lengthOf(policy, { counts: 'without-white-space' });
  return length === undefined || length > characters ? '' : ` (${grouped(length)} without white space)`;
}

/** Whether a policy is longer than a quota, as far as can be told. */
export function isLonger(policy: Policy, quota: SizeQuota): boolean {
  return (sizeOf(policy, quota) ?? 0) > quota.characters;
}

/** Characters as a quota counts them; `undefined` where there cannot be too many or a template adds to them. */
function sizeOf(policy: Policy, quota: SizeQuota): number | undefined {
  const { start, end } = policy.node.span;
  return policy.node.source.syntax === 'json' && end - start <= quota.characters
    ? undefined
    : lengthOf(policy, quota);
}

/** Characters as a quota counts them; `undefined` where a template adds to them. */
export function lengthOf(policy: Policy, { counts }: Pick<SizeQuota, 'counts'>): number | undefined {
  const { source, span, blanks } = policy.node;
  if (source.syntax !== 'json') {
    return lengthAsJson(policy);
  }
  const from = indexAt(source, span.start);
  const to = indexAt(source, span.end);
  if (isComputed(source.text, from, to)) {
    return undefined;
  }
  return counts === 'all' ? to - from : to - from - blanks;
}

/** Of a policy that a tool writes as JSON, without white space between its parts as tools do. */
function lengthAsJson({ node }: Policy): number | undefined {
  return isOwnText(node) ? JSON.stringify(plainValue(node)).replaceAll(/\s/g, '').length : undefined;
}

/** Whether nothing is put in later: no function, and no hole in a text. */
function isOwnText(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'object':
      return node.members.every(
        ({ name, value }) => !isTemplateKey(name) && value !== undefined && isOwnText(value),
      );
    case 'array':
      return node.items.every(isOwnText);
    case 'string':
      return !isTemplateText(node.value);
    default:
      return node.kind !== 'opaque';
  }
}

/** The quotas that a policy of this kind may be held to, the smaller first; none where AWS publishes none. */
export function quotasOf({ kind: { type, resourceType } }: Policy): readonly SizeQuota[] {
  if (type === 'resource') {
    const quota = RESOURCE_POLICY_QUOTAS.get(resourceType ?? '');
    return quota === undefined ? [] : [quota];
  }
  return QUOTAS[type];
}

const QUOTAS: Readonly<Record<Exclude<PolicyType, 'resource'>, readonly SizeQuota[]>> = {
  identity: [MANAGED_POLICY_QUOTA, IDENTITY_QUOTA],
  boundary: [MANAGED_POLICY_QUOTA],
  trust: [TRUST_POLICY_QUOTA],
  scp: [SCP_QUOTA],
  rcp: [RCP_QUOTA],
  session: [SESSION_POLICY_QUOTA],
  endpoint: [ENDPOINT_POLICY_QUOTA],
};

/** Whether CloudFormation inserts something of unknown length. */
function isComputed(text: string, from: number, to: number): boolean {
  return ['Fn::', 'Ref"'].some((key) => {
    const at = text.indexOf(key, from);
    return at >= 0 && at < to;
  });
}
