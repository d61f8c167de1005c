import type { Finding } from '../lint/finding';
import type { Edit } from '../lint/rule';
import type { FixKind } from '../lint/ruleMeta';
import type { RefactoringKind } from './refactor/refactorings';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | RefactoringKind;
  /** The finding that the action answers; absent for what is offered without one. */
  readonly finding?: Finding;
  /** Present on fixes of findings. */
  readonly fixKind?: FixKind;
  /** Non-overlapping replacements in document offsets. */
  readonly edits: () => readonly Edit[];
}
