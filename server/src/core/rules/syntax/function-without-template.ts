import { defineRule } from '../../lint/rule';
import { functionCall } from '../../syntax/functions';
import type { MemberNode, SyntaxNode } from '../../syntax/nodes';

/**
 * CloudFormation User Guide, "Intrinsic function reference": functions work in templates only. A warning, since a tool may
 * put the file into a template.
 */
export const rule = defineRule({
  meta: {
    id: 'function-without-template',
    category: 'error',
    severity: 'warning',
    summary: 'A CloudFormation function is used in a policy outside a template',
    since: '0.1.0',
    sources: ['cloudformation-functions'],
    messages: {
      found:
        '{name} is a function of CloudFormation: AWS refuses it, unless a template includes this policy.',
    },
  },
  create: (context) => ({
    concerns: ({ node }) =>
      node.parent === undefined && /\bRef\b|Fn::|!(?:Ref|Sub|GetAtt|Join)\b/.test(node.source.text),
    policy: ({ node }) => {
      for (const call of callsIn(node)) {
        context.report({ message: 'found', at: call, data: { name: call.name } });
      }
    },
  }),
});

/** The outermost calls below a node, in source order. */
function callsIn(node: SyntaxNode): readonly MemberNode[] {
  const call = functionCall(node);
  if (call !== undefined) {
    return [call];
  }
  switch (node.kind) {
    case 'object':
      return node.members.flatMap(({ value }) => (value === undefined ? [] : callsIn(value)));
    case 'array':
      return node.items.flatMap(callsIn);
    default:
      return [];
  }
}
