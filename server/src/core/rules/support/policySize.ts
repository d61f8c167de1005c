import type { SizeQuota } from '../../iamData/overlay/policyQuotas';
import type { RuleContext } from '../../lint/rule';
import type { Policy } from '../../model/policy';
import { rememberLast } from '../../pattern/memo';
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
export function sizeOf(policy: Policy, quota: SizeQuota): number | undefined {
  const { start, end } = policy.node.span;
  if (end - start <= quota.characters) {
    return undefined;
  }
  const { all, inked, isComputed } = measured(policy);
  const size = quota.counts === 'all' ? all : inked;
  return size > quota.characters && isComputed ? undefined : size;
}

/** Counted once for all the quotas that a policy is held to. */
const measured = rememberLast(({ node: { source, span } }: Policy) => {
  const { text } = source;
  const from = indexAt(source, span.start);
  const to = indexAt(source, span.end);
  let inked = 0;
  for (let at = from; at < to; at += 1) {
    if (text.charCodeAt(at) > SPACE) {
      inked += 1;
    }
  }
  return { all: to - from, inked, isComputed: isComputed(text, from, to) };
});

/** Whether CloudFormation puts something in, of which the length is not known. */
function isComputed(text: string, from: number, to: number): boolean {
  return ['Fn::', 'Ref"'].some((key) => {
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
