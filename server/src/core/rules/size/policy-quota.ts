import { type CountQuota, RESOURCE_POLICY_COUNTS } from '../../iamData/overlay/policyQuotas';
import { defineRule, type RuleContext } from '../../lint/rule';
import type { ListElement, PolicyTraits, Statement } from '../../model/policy';
import { isInBranch } from '../../syntax/functions';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';

/** Counted is what is there for certain: what a template fills in may be more, and a branch of its may not be taken. */
export const rule = defineRule({
  meta: {
    id: 'policy-quota',
    category: 'error',
    summary: 'The policy of a queue or topic has more parts than its service accepts',
    since: '0.1.0',
    appliesTo: ['resource'],
    sources: ['sqs-policy-quotas', 'sns-policy-quotas'],
    messages: {
      statements: '{service} accepts at most {most} statements in a policy; this one has {count}.',
      actions: '{service} accepts at most {most} actions in a statement; this one has {count}.',
      principals: '{service} accepts at most {most} principals; there are {count}.',
      conditions: '{service} accepts at most {most} conditions; there are {count}.',
      resources: '{service} accepts one resource in a statement; this one has {count}.',
    },
  },
  create: (context) => ({
    concerns: ({ kind }) => quotaOf(kind) !== undefined,
    policy: (policy) => {
      const quota = quotaOf(policy.kind);
      const member = policy.node.held ?? policy.members.find(({ name }) => name === 'Statement');
      if (quota !== undefined && member !== undefined) {
        const certain = policy.statements.filter(({ node }) => !isInBranch(node, member));
        report(context, quota, 'statements', member, certain.length);
      }
    },
    statement: (statement) => {
      const quota = quotaOf(context.policy.kind);
      if (quota !== undefined) {
        for (const [what, elements] of lists(statement)) {
          for (const { member, entries } of elements) {
            const certain = entries.filter(({ node }) => !isInBranch(node, member));
            report(context, quota, what, member, new Set(certain.map(({ text }) => text)).size);
          }
        }
        const [condition] = statement.members.filter(({ name }) => name === 'Condition');
        if (condition !== undefined) {
          const certain = statement.conditions.filter(({ member }) => !isInBranch(member, condition));
          report(context, quota, 'conditions', condition, certain.length);
        }
      }
    },
  }),
});

interface Entry {
  readonly node: SyntaxNode;
  readonly text: string;
}

type What = 'statements' | 'actions' | 'principals' | 'conditions' | 'resources';

/** The policy of a VPC endpoint may look the same, and has other quotas. */
function quotaOf({ resourceType, isGuess }: PolicyTraits['kind']): CountQuota | undefined {
  return isGuess ? undefined : RESOURCE_POLICY_COUNTS.get(resourceType ?? '');
}

function lists(statement: Statement): readonly (readonly [What, readonly ListElement<Entry>[]])[] {
  return [
    ['actions', statement.actions],
    ['principals', statement.principals],
    ['resources', statement.resources],
  ];
}

function report(
  context: RuleContext<What>,
  quota: CountQuota,
  what: What,
  at: MemberNode,
  count: number,
): void {
  const most = quota[what];
  if (most !== undefined && count > most) {
    context.report({ message: what, at, data: { service: quota.service, most, count } });
  }
}
