import * as vscode from 'vscode';
import type { DetectedPolicy, PolicySize } from '../../server/src/protocol/policies';

/** The language status item that says how much of its quota a policy uses. */
export interface SizeMeter extends vscode.Disposable {
  /** Of several policies the one that is nearest to its quota; nothing where none has a quota. */
  show(policies: readonly DetectedPolicy[]): void;
}

/** From this share of a quota on, the next statement may be too much. */
const NEARLY_FULL = 0.9;

export function createSizeMeter(selector: vscode.DocumentSelector): SizeMeter {
  let item: vscode.LanguageStatusItem | undefined;
  const hide = (): void => {
    item?.dispose();
    item = undefined;
  };
  return {
    show: (policies) => {
      const sizes = policies.flatMap(({ size }) => (size === undefined ? [] : [size]));
      const [fullest] = sizes.toSorted((a, b) => shareOf(b) - shareOf(a));
      if (fullest === undefined) {
        hide();
        return;
      }
      item ??= vscode.languages.createLanguageStatusItem('iamPolicy.size', selector);
      describe(item, fullest, policies.length);
    },
    dispose: hide,
  };
}

/** Whether the setting wants a meter for a document. */
export function isMeterOn({ uri }: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration('iamPolicy', uri).get('sizeMeter.enable', true);
}

function describe(item: vscode.LanguageStatusItem, size: PolicySize, policies: number): void {
  const { characters, quota, counts, holder } = size;
  item.name = vscode.l10n.t('IAM Policy Size');
  item.text = vscode.l10n.t('{0} of {1} characters', grouped(characters), grouped(quota));
  item.detail = [
    ...(policies > 1 ? [vscode.l10n.t('the fullest of {0} policies', policies)] : []),
    vscode.l10n.t('for {0}', holder),
    counts === 'inked' ? vscode.l10n.t('without white space') : vscode.l10n.t('white space counted'),
  ].join(', ');
  item.severity =
    characters > quota
      ? vscode.LanguageStatusSeverity.Error
      : shareOf(size) >= NEARLY_FULL
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  item.accessibilityInformation = { label: vscode.l10n.t('Policy size: {0}, {1}', item.text, item.detail) };
}

function shareOf({ characters, quota }: PolicySize): number {
  return characters / quota;
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}
