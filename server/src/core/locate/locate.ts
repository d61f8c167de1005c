import { parseJsonSource } from '../syntax/json';
import {
  type MemberNode,
  memberOf,
  type ObjectNode,
  type StringNode,
  type SyntaxFault,
  type SyntaxNode,
  type SyntaxTree,
} from '../syntax/nodes';
import { nestedSource } from '../syntax/stringSpans';
import { kindOf, type TypeOverride } from './kind';
import type { PolicyKind } from './policyType';

/** A policy in a document, wherever it stands. */
export interface LocatedPolicy {
  readonly node: ObjectNode;
  readonly kind: PolicyKind;
  /** The syntax faults that concern the policy: all of a document that is one, else those within its braces. */
  readonly faults: readonly SyntaxFault[];
}

/**
 * Finds every policy of a document, in source order, at any depth and also inside strings.
 *
 * A policy is an object with `Statement` (an object or a list) that looks like IAM's. `Version` may be missing or
 * wrong: that is for a rule to say, not a reason to look away. Policies do not nest, save in strings.
 */
export function locatePolicies(tree: SyntaxTree, override: TypeOverride = {}): readonly LocatedPolicy[] {
  const found: LocatedPolicy[] = [];
  if (tree.root !== undefined) {
    visit(tree.root, override, tree.faults, undefined, found);
  }
  return found;
}

/** `holder` is the member whose string the node was parsed from, for the root of such a string. */
function visit(
  node: SyntaxNode,
  override: TypeOverride,
  faults: readonly SyntaxFault[],
  holder: MemberNode | undefined,
  found: LocatedPolicy[],
): void {
  switch (node.kind) {
    case 'object':
      if (isPolicy(node)) {
        found.push({
          node,
          kind: kindOf(node, override, node.parent?.kind === 'member' ? node.parent : holder),
          faults: faultsOf(node, faults),
        });
        return;
      }
      for (const member of node.members) {
        if (member.value !== undefined) {
          visit(member.value, override, faults, undefined, found);
        }
      }
      return;
    case 'array':
      for (const item of node.items) {
        visit(item, override, faults, undefined, found);
      }
      return;
    case 'string':
      visitString(node, override, found);
      return;
    default:
      return;
  }
}

/** A string may itself be a policy, as in CLI input files and in Terraform's JSON syntax. */
function visitString(node: StringNode, override: TypeOverride, found: LocatedPolicy[]): void {
  // Backslashes before the quote are a string in the string.
  if (!/"Statement\\*"/.test(node.value)) {
    return;
  }
  const nested = parseJsonSource(nestedSource(node, 'json'), 'json');
  if (nested.root?.kind === 'object') {
    const holder = node.parent?.kind === 'member' ? node.parent : undefined;
    visit(nested.root, override, nested.faults, holder, found);
  }
}

/** The faults that concern a policy: all of a document that is one, else those within its braces. */
export function faultsOf(node: ObjectNode, faults: readonly SyntaxFault[]): readonly SyntaxFault[] {
  return node.parent === undefined
    ? faults
    : faults.filter((fault) => fault.span.start >= node.span.start && fault.span.start <= node.span.end);
}

/** Keys that only IAM puts into a statement; one of them is enough. */
const STATEMENT_KEYS = new Set([
  'Effect',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Principal',
  'NotPrincipal',
]);

/** The elements of a policy, in lower case. */
export const POLICY_KEYS: ReadonlySet<string> = new Set(['version', 'id', 'statement']);

function isPolicy(node: ObjectNode): boolean {
  const statement = memberOf(node, 'Statement');
  if (statement !== undefined) {
    return (
      !isOfStack(statement) &&
      (looksLikeStatements(statement) ||
        hasPolicyVersion(node) ||
        (isBare(node) && (node.parent === undefined || isUnfilled(statement.value))))
    );
  }
  // `{ "Version": "2012-10-17" }` and `{ "Version": "2012-10-17", "statement": [...] }` are policies in the making.
  return hasPolicyVersion(node) && node.parent === undefined && isBare(node);
}

/**
 * A stack policy of CloudFormation looks like IAM's and is none: its actions are on resources of a template.
 * AWS CloudFormation User Guide, "Prevent updates to stack resources".
 */
function isOfStack({ value }: MemberNode): boolean {
  const statements = value?.kind === 'array' ? value.items : [value];
  const actions = statements.flatMap((statement) => {
    const action = statement?.kind === 'object' ? memberOf(statement, 'Action')?.value : undefined;
    return action?.kind === 'array' ? action.items : (action ?? []);
  });
  return (
    actions.length > 0 &&
    actions.every((action) => action.kind === 'string' && STACK_ACTION.test(action.value))
  );
}

const STACK_ACTION = /^Update:(?:\*|Modify|Replace|Delete)$/;

/** Whether a statement element holds what only IAM puts into a statement. */
export function looksLikeStatements(statement: MemberNode): boolean {
  const { value } = statement;
  if (value?.kind === 'object') {
    return hasStatementKey(value);
  }
  return (
    value?.kind === 'array' && value.items.some((item) => item.kind === 'object' && hasStatementKey(item))
  );
}

/**
 * Whether nothing is in a statement element yet. Inside a document `{ "Statement": { "type": "array" } }` is a schema,
 * and `{ "Statement": [] }` a beginning.
 */
export function isUnfilled(value: SyntaxNode | undefined): boolean {
  const nodes = value?.kind === 'array' ? value.items : [value];
  return nodes.every((node) => node === undefined || (node.kind === 'object' && node.members.length === 0));
}

function hasStatementKey(node: ObjectNode): boolean {
  return node.members.some((member) => STATEMENT_KEYS.has(member.name));
}

function hasPolicyVersion(node: ObjectNode): boolean {
  const value = memberOf(node, 'Version')?.value;
  return value?.kind === 'string' && /^20(08|12)-10-17$/.test(value.value);
}

/** Whether nothing but a policy's own keys stands in the object, in whatever case. */
function isBare(node: ObjectNode): boolean {
  return node.members.every((member) => POLICY_KEYS.has(member.name.toLowerCase()));
}
