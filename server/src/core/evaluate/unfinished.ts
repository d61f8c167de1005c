import type { Policy, Statement } from '../model/policy';
import { rememberOf } from '../pattern/memo';
import { holdsTemplate } from '../pattern/templates';
import { branchesOf, functionCall } from '../syntax/functions';
import { type ArrayNode, type MemberNode, type ObjectNode, parentOf, type SyntaxNode } from '../syntax/nodes';
import { isBesideUnreportedFault } from '../syntax/unreported';

/**
 * Whether a template puts statements into a policy that nobody can see yet, or a fault hides some. Those in the branches of
 * a condition are seen, and apply perhaps.
 */
export const holdsUnknownStatements = rememberOf(
  ({ node }: Policy): boolean =>
    isBesideUnreportedFault(node) ||
    hasDirectives(node) ||
    isDynamic(node) ||
    hasUnseenMembers(node) ||
    node.members.some(
      ({ name, value }) =>
        name === 'Statement' &&
        (value?.kind === 'array' ? value.items : [value]).some(
          (item) => item !== undefined && isUnseen(item),
        ),
    ),
);

/** Whether a template engine decides which parts of a policy are there. */
export function hasDirectives({ source }: ObjectNode): boolean {
  return source.isTemplate === true || source.hasDirectives === true;
}

/** Whether a program decides what becomes of something, or of what it stands in. */
export function isDynamic(node: SyntaxNode): boolean {
  let at: SyntaxNode | MemberNode | undefined = node;
  while (at !== undefined) {
    if (isDecidedLater(at)) {
      return true;
    }
    at = parentOf(at);
  }
  return false;
}

function isDecidedLater(node: SyntaxNode | MemberNode): boolean {
  switch (node.kind) {
    case 'object':
      return node.host?.isDynamic === true;
    case 'array':
      return hasUnseenItems(node);
    case 'string':
      return node.isDynamic === true;
    default:
      return false;
  }
}

/** Whether a program puts more into a list, such as that of the statements of a document of the CDK. */
function hasUnseenItems({ items, source }: ArrayNode): boolean {
  return source.syntax === 'program' && items.some(({ kind }) => kind === 'opaque');
}

/** Whether elements stand in an object that nobody can see yet: what is spread or merged, or a macro puts in. */
export function hasUnseenMembers({ members, closed, source }: ObjectNode): boolean {
  return (
    members.some(({ name }) => name === '<<' || name.startsWith('Fn::')) ||
    // `merge({ … }, var.more)` of Terraform.
    (source.syntax === 'hcl' && !closed)
  );
}

function isUnseen(node: SyntaxNode): boolean {
  if (node.kind === 'opaque' || (node.kind === 'string' && holdsTemplate(node.value))) {
    return true;
  }
  const call = functionCall(node);
  if (call === undefined) {
    return node.kind === 'object' && hasUnseenMembers(node);
  }
  return call.name === 'Fn::If'
    ? branchesOf(node)
        .flatMap((branch) => (branch.kind === 'array' ? branch.items : [branch]))
        .some(isUnseen)
    : branchesOf(node).length > 0;
}

/** Whether a template decides if a statement allows or denies. */
export function isEffectOpen({ node, members, effect }: Statement): boolean {
  if (effect?.value === 'Allow' || effect?.value === 'Deny') {
    return false;
  }
  return (
    (effect === undefined && hasUnseenMembers(node)) ||
    members.some(
      ({ name, value }) =>
        name === 'Effect' &&
        (value?.kind === 'object' ||
          value?.kind === 'opaque' ||
          (value?.kind === 'string' && holdsTemplate(value.value))),
    )
  );
}
