import type { PolicyDocument } from '../../document';
import { atOnce, type Steps } from '../../steps';
import type { Span, SyntaxNode } from '../../syntax/nodes';

/**
 * What can be folded in a document that holds a policy: its objects and lists, each from its opening to its closing
 * bracket. A text editor folds lines, so what stands on one is for the shell to leave out.
 */
export function foldingSpans(document: PolicyDocument): readonly Span[] {
  return atOnce(foldingSpanSteps(document));
}

/** The same in parts. */
export function* foldingSpanSteps(document: PolicyDocument): Steps<readonly Span[]> {
  const spans: Span[] = [];
  const { root } = document.tree;
  if (document.policies.length > 0 && root !== undefined) {
    yield* addBracketed(root, spans);
  }
  return spans;
}

function* addBracketed(node: SyntaxNode, spans: Span[]): Steps<void> {
  if (node.kind !== 'object' && node.kind !== 'array') {
    return;
  }
  spans.push(node.span);
  if (spans.length % FOUND_AT_ONCE === 0) {
    yield;
  }
  const values = node.kind === 'array' ? node.items : node.members.map(({ value }) => value);
  for (const value of values) {
    if (value?.kind === 'object' || value?.kind === 'array') {
      yield* addBracketed(value, spans);
    }
  }
}

/** So many take some milliseconds at most. */
const FOUND_AT_ONCE = 1_000;
