import { markOf } from './nodeMark';
import { type MemberNode, parentOf, type SyntaxNode } from './nodes';

/**
 * Which functions of CloudFormation a template calls (CloudFormation User Guide, "Intrinsic function reference"), and what
 * stands in a branch of one, so that it is there or not.
 */

/** The one function that an object calls, if that is what it is. */
export function functionCall(node: SyntaxNode | undefined): MemberNode | undefined {
  if (node?.kind !== 'object' || (node.memberCount ?? node.members.length) !== 1) {
    return undefined;
  }
  const [member] = node.members;
  return member !== undefined && FUNCTION.test(member.name) ? member : undefined;
}

const FUNCTION = /^(?:Fn::\w+|Ref)$/;

/**
 * The values that stand at a place: those in both branches of each `Fn::If`, or else the value itself. A branch that is
 * `AWS::NoValue` leaves nothing.
 */
export function branchesOf(node: SyntaxNode): readonly SyntaxNode[] {
  const call = functionCall(node);
  if (call?.name !== 'Fn::If') {
    return call?.name === 'Ref' && call.value?.kind === 'string' && call.value.value === 'AWS::NoValue'
      ? []
      : [node];
  }
  return call.value?.kind === 'array' ? call.value.items.slice(1).flatMap(branchesOf) : [];
}

/** Whether a node stands in a branch of an `Fn::If` below another, or anywhere: it may be there or not. */
export function isInBranch(node: SyntaxNode | MemberNode, top: SyntaxNode | MemberNode | undefined): boolean {
  let current: SyntaxNode | MemberNode | undefined = node;
  while (current !== undefined && current !== top) {
    const call = callOfBranch(current);
    if (call !== undefined && call !== top) {
      return true;
    }
    current = parentOf(current);
  }
  return false;
}

/** The `Fn::If` of which something is a branch. */
function callOfBranch({ parent: list }: SyntaxNode | MemberNode): MemberNode | undefined {
  const call = list?.kind === 'array' ? list.parent : undefined;
  return call?.kind === 'member' && call.name === 'Fn::If' ? call : undefined;
}

/**
 * Which branches of `Fn::If` below another node something stands in, as text: the same for what stands in the same branches;
 * empty where it stands in none.
 */
export function branchText(node: SyntaxNode | MemberNode, top: SyntaxNode | MemberNode | undefined): string {
  let text = '';
  let current: SyntaxNode | MemberNode | undefined = node;
  while (current !== undefined && current !== top) {
    const call = callOfBranch(current);
    if (call?.value?.kind === 'array') {
      const [condition] = call.value.items;
      const place = call.value.items.indexOf(current as SyntaxNode);
      text += `${condition?.kind === 'string' ? condition.value : markOf(call)} ${place};`;
    }
    current = parentOf(current);
  }
  return text;
}

/**
 * Whether something is there whenever something else is: it stands in no branch of an `Fn::If` in which the other does not
 * stand too.
 */
export function isThereWith(node: SyntaxNode, other: SyntaxNode): boolean {
  const own = branchesAround(node);
  if (own.length === 0) {
    return true;
  }
  const others = new Set(branchesAround(other));
  return own.every((branch) => others.has(branch));
}

/** The branches that a node stands in, from the inside to the outside. */
function branchesAround(node: SyntaxNode): readonly SyntaxNode[] {
  const branches: SyntaxNode[] = [];
  let current: SyntaxNode | MemberNode | undefined = node;
  while (current !== undefined) {
    if (current.kind !== 'member' && callOfBranch(current) !== undefined) {
      branches.push(current);
    }
    current = parentOf(current);
  }
  return branches;
}
