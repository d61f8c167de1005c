import { branchesOf, functionCall } from '../syntax/functions';
import { textNodeOf } from '../syntax/functionTexts';
import type { BooleanNode, NumberNode, ObjectNode, StringNode, SyntaxNode } from '../syntax/nodes';

export type Scalar = StringNode | NumberNode | BooleanNode;

/** The values at a place, one or a list, with those of a template's functions. */
export function scalarsOf(value: SyntaxNode | undefined): readonly Scalar[] {
  const nodes = nodesAt(value);
  return nodes.every(isScalar)
    ? nodes
    : valuesAt(nodes).flatMap((node) => (isScalar(node) ? node : (textNodeOf(node) ?? [])));
}

function isScalar(node: SyntaxNode): node is Scalar {
  return node.kind === 'string' || node.kind === 'number' || node.kind === 'boolean';
}

/** The strings at a place, one or a list, with those of a template's functions. */
export function stringsOf(value: SyntaxNode | undefined): readonly StringNode[] {
  const nodes = nodesAt(value);
  // Nearly always that is all of them.
  return nodes.every(isEntry)
    ? nodes
    : valuesAt(nodes)
        .flatMap((node) => textNodeOf(node) ?? [])
        .filter(isEntry);
}

function isEntry(node: SyntaxNode): node is StringNode {
  return node.kind === 'string' && !isTooLong(node);
}

/**
 * Whether a text is longer than any action, ARN or principal, so that it is not read as one: what is done with each
 * costs time. IAM API Reference, "arnType": an ARN has 2,048 characters at most.
 */
export function isTooLong({ value }: StringNode): boolean {
  return value.length > LONGEST_ENTRY;
}

const LONGEST_ENTRY = 10_000;

/** The objects at a place, one or a list, except those that only call a function. */
export function objectsOf(value: SyntaxNode | undefined): readonly ObjectNode[] {
  const nodes = nodesAt(value);
  return nodes.every(isPlainObject) ? nodes : valuesAt(nodes).filter(isPlainObject);
}

function isPlainObject(node: SyntaxNode): node is ObjectNode {
  return node.kind === 'object' && functionCall(node) === undefined;
}

/** What is at a place: the items of a list, or the one value. */
function nodesAt(value: SyntaxNode | undefined): readonly SyntaxNode[] {
  return value === undefined ? NOTHING : value.kind === 'array' ? value.items : [value];
}

/** The same with the branches of a template's conditions, lists among them taken apart. */
function valuesAt(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  return nodes.flatMap((node) =>
    branchesOf(node).flatMap((branch) =>
      branch.kind === 'array' && branch !== node ? valuesAt(branch.items) : [branch],
    ),
  );
}

/** The string at a place, or that which a function of a template gives. */
export function stringOf(value: SyntaxNode | undefined): StringNode | undefined {
  return value === undefined ? undefined : textNodeOf(value);
}

const NOTHING: readonly never[] = [];
