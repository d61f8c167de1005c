import type { PolicyDocument } from '../document';
import type { IamData } from '../iamData/iamData';
import { NO_KNOWLEDGE, type WorkspaceKnowledge } from '../knowledge/knowledge';
import type { Finding } from '../lint/finding';
import type { Edit } from '../lint/rule';
import { ifWritable } from '../lint/writers/writer';
import type { Span } from '../syntax/nodes';
import { type CodeAction, writableActions } from './codeAction';
import { fillArnActions } from './fillArn';
import { insertInvalidateCacheActions } from './invalidation/insertInvalidateCache';
import { refactorings } from './refactor/refactorings';
import { sortPolicy } from './refactor/sort';

/**
 * Fixes of the findings that touch the span, then what can be done there without one.
 *
 * @param asked for which kinds somebody asked; absent when it was for whatever there is
 * @param knowledge what other files tell, to fill in placeholders
 * @param module the texts of the other files of the module of Terraform, where they are known
 */
export function codeActions(
  document: PolicyDocument,
  span: Span,
  findings: readonly Finding[],
  iamData: IamData | undefined,
  asked?: (kind: string) => boolean,
  knowledge: WorkspaceKnowledge = NO_KNOWLEDGE,
  module?: readonly string[],
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
  const filled = fillArnActions(document, span, findings, knowledge);
  const inserts = insertInvalidateCacheActions(document, span).filter(({ kind }) => asked?.(kind) !== false);
  const offers = [
    ...[...filled, ...fixes].filter(({ kind }) => asked?.(kind) !== false),
    ...inserts.filter(({ kind }) => kind === 'quickfix'),
    ...refactorings(document, span, iamData, asked, module),
    ...inserts.filter(({ kind }) => kind !== 'quickfix'),
  ];
  return writableActions(document, offers);
}

/** Sorts the actions and resources of every policy and takes out what stands there twice, as on save. */
export function sortEdits(document: PolicyDocument): readonly Edit[] {
  const { syntax } = document.tree.source;
  return document.policies.flatMap((policy) => ifWritable(syntax, () => sortPolicy(policy)) ?? []);
}
