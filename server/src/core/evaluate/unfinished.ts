import type { Policy, Statement } from '../model/policy';
import { holdsTemplate } from '../pattern/templates';
import { branchesOf, functionCall } from '../syntax/functions';
import type { SyntaxNode } from '../syntax/nodes';

/**
 * Whether a template puts statements into a policy that nobody can see yet. Those in the branches of a condition are seen, and
 * apply perhaps.
 */
export function holdsUnknownStatements(policy: Policy): boolean {
  const known = holding.get(policy);
  if (known !== undefined) {
    return known;
  }
  const holds = holdsUnseen(policy);
  holding.set(policy, holds);
  return holds;
}

/** Every question asks it, and some ask as many questions as there are statements. Policies never change. */
const holding = new WeakMap<Policy, boolean>();

function holdsUnseen({ node }: Policy): boolean {
  return (
    node.source.isTemplate === true ||
    node.members.some(({ name }) => name.startsWith('Fn::') || name === '<<') ||
    node.members.some(
      ({ name, value }) =>
        name === 'Statement' &&
        (value?.kind === 'array' ? value.items : [value]).some(
          (item) => item !== undefined && isUnseen(item),
        ),
    )
  );
}

function isUnseen(node: SyntaxNode): boolean {
  if (node.kind === 'opaque' || (node.kind === 'string' && holdsTemplate(node.value))) {
    return true;
  }
  const call = functionCall(node);
  return (
    call !== undefined &&
    (call.name === 'Fn::If'
      ? branchesOf(node)
          .flatMap((branch) => (branch.kind === 'array' ? branch.items : [branch]))
          .some(isUnseen)
      : branchesOf(node).length > 0)
  );
}

/** Whether a template decides if a statement allows or denies. */
export function isEffectOpen({ members, effect }: Statement): boolean {
  if (effect?.value === 'Allow' || effect?.value === 'Deny') {
    return false;
  }
  return members.some(
    ({ name, value }) =>
      name === 'Effect' &&
      (value?.kind === 'object' ||
        value?.kind === 'opaque' ||
        (value?.kind === 'string' && holdsTemplate(value.value))),
  );
}
