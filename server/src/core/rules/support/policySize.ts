import type { SizeQuota } from '../../iamData/overlay/policyQuotas';
import type { RuleContext } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { indexAt } from '../../syntax/stringSpans';

/** The message of all rules on size, so that they read alike. */
export const TOO_LONG = 'The policy has {size} characters{inked}; {holder} may have {quota}.';

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
      inked: quota.counts === 'inked' ? ' without white space' : '',
      holder: quota.holder,
      quota: grouped(quota.characters),
    },
  });
}

/** Characters as a quota counts them; `undefined` where there cannot be too many or a template adds to them. */
export function sizeOf({ node }: Policy, quota: SizeQuota): number | undefined {
  if (node.span.end - node.span.start <= quota.characters) {
    return undefined;
  }
  const { source } = node;
  const from = indexAt(source, node.span.start);
  const to = indexAt(source, node.span.end);
  const size = quota.counts === 'all' ? to - from : inked(node, from, to);
  return size > quota.characters && isComputed(source.text, from, to) ? undefined : size;
}

/** Several rules ask, with a quota each. */
const inkedByPolicy = new WeakMap<Policy['node'], number>();

function inked(node: Policy['node'], from: number, to: number): number {
  let count = inkedByPolicy.get(node);
  if (count === undefined) {
    count = inkedBetween(node.source.text, from, to);
    inkedByPolicy.set(node, count);
  }
  return count;
}

function inkedBetween(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    count += text.charCodeAt(at) > SPACE ? 1 : 0;
  }
  return count;
}

/** Whether CloudFormation puts something in, of which the length is not known. */
function isComputed(text: string, from: number, to: number): boolean {
  return ['"Fn::', '"Ref"'].some((key) => {
    const at = text.indexOf(key, from);
    return at >= 0 && at < to;
  });
}

/** As in 10,240. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** All that JSON takes for white space stands up to here. */
const SPACE = 0x20;
