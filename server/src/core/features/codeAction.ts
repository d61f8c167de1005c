import type { PolicyDocument } from '../document';
import type { Finding } from '../lint/finding';
import type { Edit } from '../lint/rule';
import type { FixKind } from '../lint/ruleMeta';
import { ifWritable } from '../lint/writers/writer';
import { rememberOf } from '../pattern/memo';
import type { SourceText } from '../syntax/nodes';
import type { RefactoringKind } from './refactor/refactorings';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor.rewrite.iamPolicy.insertInvalidateCache' | RefactoringKind;
  /** The finding that the action answers; absent for what is offered without one. */
  readonly finding?: Finding;
  /** Present on fixes of findings. */
  readonly fixKind?: FixKind;
  /** Non-overlapping replacements in document offsets. */
  readonly edits: () => readonly Edit[];
}

/**
 * The actions whose edits can be made. JSON can always be written, so that none is worked out there; where a template
 * decides, in what is encoded in a string, and in other languages, what cannot be written is not offered.
 */
export function writableActions<A extends Pick<CodeAction, 'edits'>>(
  { tree, policies }: PolicyDocument,
  actions: readonly A[],
): readonly A[] {
  const isPlain = isPlainJson(tree.source) && policies.every(({ node }) => isPlainJson(node.source));
  return isPlain
    ? actions
    : actions.filter(({ edits }) => (ifWritable(tree.source.syntax, edits)?.length ?? 0) > 0);
}

function isPlainJson(source: SourceText): boolean {
  const { syntax, isTemplate, isReadOnly } = source;
  return syntax === 'json' && isTemplate !== true && isReadOnly !== true && !mayHoldBranches(source);
}

const mayHoldBranches = rememberOf(({ text }: SourceText): boolean => text.includes('Fn::If'));
