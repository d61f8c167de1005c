import * as vscode from 'vscode';
import type { DetectedPolicy, PolicySize } from '../../server/src/protocol/policies';

/** What a policy is called. */
export function nameOf({ type, resourceType }: DetectedPolicy): string {
  return resourceType === undefined
    ? vscode.l10n.t('{0} policy', type)
    : vscode.l10n.t('{0} policy ({1})', type, resourceType);
}

/** Of several policies the size of the one that is nearest to its quota; nothing where none has a quota. */
export function fullestOf(policies: readonly DetectedPolicy[]): PolicySize | undefined {
  const sizes = policies.flatMap(({ size }) => (size === undefined ? [] : [size]));
  return sizes.toSorted((a, b) => shareOf(b) - shareOf(a))[0];
}

/** From this share of a quota on, the next statement may be too much. */
const NEARLY_FULL = 0.9;

/** Whether a policy uses so much of its quota that the user should know. */
export function isNearlyFull(size: PolicySize): boolean {
  return shareOf(size) >= NEARLY_FULL;
}

function shareOf({ characters, quota }: PolicySize): number {
  return characters / quota;
}

/** What a size is of, and what it counts. */
export function sizeDetail({ counts, holder }: PolicySize, policies: number): string {
  return [
    ...(policies > 1 ? [vscode.l10n.t('the fullest of {0} policies', policies)] : []),
    vscode.l10n.t('for {0}', holder),
    counts === 'without-white-space'
      ? vscode.l10n.t('without white space')
      : vscode.l10n.t('white space counted'),
  ].join(', ');
}

/** A number with its thousands separated, as in 6,144. */
export function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
