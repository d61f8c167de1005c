import type { PolicyDocument } from '../document';
import type { Finding } from '../lint/lint';
import type { Edit, FixKind } from '../lint/rule';
import type { Span } from '../syntax/nodes';
import { insertInvalidateCacheActions } from './insertInvalidateCache';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor';
  /** The finding that the action answers; absent for what is offered without one. */
  readonly finding?: Finding;
  /** Present on fixes of findings. */
  readonly fixKind?: FixKind;
  /** Non-overlapping replacements in document offsets. */
  readonly edits: () => readonly Edit[];
}

/** Fixes of the findings that touch the span, then what can be done there without one. */
export function codeActions(
  document: PolicyDocument,
  span: Span,
  findings: readonly Finding[],
): readonly CodeAction[] {
  const fixes = findings
    .filter((finding) => finding.span.start <= span.end && finding.span.end >= span.start)
    .flatMap((finding) =>
      finding.fixes.map((fix) => ({
        title: fix.title,
        kind: 'quickfix' as const,
        finding,
        fixKind: fix.kind,
        edits: fix.edits,
      })),
    );
  return [...fixes, ...insertInvalidateCacheActions(document, span)];
}
