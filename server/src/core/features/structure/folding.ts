import type { PolicyDocument } from '../../document';
import type { Span, SyntaxNode } from '../../syntax/nodes';

/**
 * What can be folded in a document that holds a policy: its objects and lists, each from its opening to its closing
 * bracket. A text editor folds lines, so what stands on one is for the shell to leave out.
 */
export function foldingSpans(document: PolicyDocument): readonly Span[] {
  const { root } = document.tree;
  return document.policies.length === 0 || root === undefined ? [] : [...bracketed(root)];
}

function* bracketed(node: SyntaxNode): Generator<Span> {
  if (node.kind !== 'object' && node.kind !== 'array') {
    return;
  }
  yield node.span;
  const values = node.kind === 'array' ? node.items : node.members.map(({ value }) => value);
  for (const value of values) {
    if (value !== undefined) {
      yield* bracketed(value);
    }
  }
}
