import type { SyntaxNode } from '../../syntax/nodes';

/** Whether `${` stands in any value of a policy, so that the version of the language makes a difference. */
export function holdsVariables(node: SyntaxNode): boolean {
  switch (node.kind) {
    case 'string':
      return node.value.includes('${');
    case 'array':
      return node.items.some(holdsVariables);
    case 'object':
      return node.members.some((member) => member.value !== undefined && holdsVariables(member.value));
    default:
      return false;
  }
}
