import type { SyntaxNode } from '../../syntax/nodes';

/** Whether `${` stands in any value of a policy, so that the version of the language makes a difference. */
export function holdsVariables(node: SyntaxNode): boolean {
  return holdsText(node, (text) => text.includes('${'));
}

/** Whether a value of a policy names a variable of IAM, by the one colon in it: CloudFormation's names have none or two. */
export function namesPolicyVariables(node: SyntaxNode): boolean {
  return holdsText(node, (text) => /\$\{!?[\w-]+:[^:]/.test(text));
}

function holdsText(node: SyntaxNode, fits: (text: string) => boolean): boolean {
  switch (node.kind) {
    case 'string':
      return fits(node.value);
    case 'array':
      return node.items.some((item) => holdsText(item, fits));
    case 'object':
      return node.members.some((member) => member.value !== undefined && holdsText(member.value, fits));
    default:
      return false;
  }
}
