import { splitArn } from '../../arn/arn';
import type { PolicyDocument } from '../../document';
import { isAt } from '../../spans';
import type { MemberNode, Span, StringNode, SyntaxNode } from '../../syntax/nodes';
import { contentSpan, spanOfValue, valueIndexAt } from '../../syntax/stringSpans';
import { explainArn } from '../explain/explainArn';

/**
 * What a growing selection takes in, the narrowest first, each around the one before: a variable or the segment of
 * an ARN, the ARN, its string, the list, the member, the statement, and so on to the whole document. A policy in a
 * string grows out of its string.
 */
export function selectionSpans(document: PolicyDocument, offset: number): readonly Span[] {
  const { root } = document.tree;
  const inStrings = document.policies
    .filter(({ node }) => isAt(node.span, offset))
    .map(({ node }) => topOf(node))
    .filter((top) => top !== root);
  const tops = root === undefined ? inStrings : [root, ...inStrings];
  const around = tops
    .flatMap((top) => spansAt(top, offset))
    .filter((span) => span.end > span.start && isAt(span, offset))
    .sort((a, b) => lengthOf(a) - lengthOf(b));
  const chain: Span[] = [];
  for (const span of around) {
    const inner = chain.at(-1);
    if (inner === undefined || (contains(span, inner) && lengthOf(span) > lengthOf(inner))) {
      chain.push(span);
    }
  }
  return chain;
}

/** The spans of a node and of what it holds, as far as the offset lies in them. */
function spansAt(top: SyntaxNode, offset: number): readonly Span[] {
  const spans: Span[] = [];
  const open: (SyntaxNode | MemberNode)[] = [top];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isAt(node.span, offset)) {
      continue;
    }
    spans.push(node.span);
    switch (node.kind) {
      case 'object':
        open.push(...node.members.filter(({ span }) => isAt(span, offset)));
        break;
      case 'array':
        open.push(...node.items.filter(({ span }) => isAt(span, offset)));
        break;
      case 'member':
        open.push(node.key, ...(node.value === undefined ? [] : [node.value]));
        break;
      case 'string':
        spans.push(contentSpan(node), ...spansInString(node, offset));
        break;
      default:
    }
  }
  return spans;
}

/** The parts of an ARN, or else the prefix and the name of an action or a key; variables anywhere. */
function* spansInString(node: StringNode, offset: number): Generator<Span> {
  const index = valueIndexAt(node, offset);
  for (const { from, to } of [...partsOf(node.value), ...variablesIn(node.value)]) {
    // The span of a slice is worked out from the start of its string, which may hold a whole policy.
    if (from <= index && index <= to) {
      yield spanOfValue(node, from, to);
    }
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
}

function partsOf(text: string): readonly Part[] {
  if (/^(arn:|execute-api:\/)/.test(text)) {
    const { resource } = splitArn(text);
    return [...explainArn(text).segments, ...(resource === undefined ? [] : [resource])];
  }
  const prefix = /^[\w*?-]+(?=:)/.exec(text)?.[0];
  return prefix === undefined
    ? []
    : [
        { from: 0, to: prefix.length },
        { from: prefix.length + 1, to: text.length },
      ];
}

function variablesIn(text: string): readonly Part[] {
  return [...text.matchAll(/\$\{[^{}]*\}/g)].map(({ 0: variable, index }) => ({
    from: index,
    to: index + variable.length,
  }));
}

function topOf(node: SyntaxNode): SyntaxNode {
  let top: SyntaxNode | MemberNode = node;
  while (top.parent !== undefined) {
    top = top.parent;
  }
  return top.kind === 'member' ? top.parent : top;
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function lengthOf(span: Span): number {
  return span.end - span.start;
}
