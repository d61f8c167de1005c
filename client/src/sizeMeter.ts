import * as vscode from 'vscode';
import type { DetectedPolicy, PolicySize } from '../../server/src/protocol/policies';
import { fullestOf, grouped, isNearlyFull, sizeDetail } from './policyWords';

/** The language status item that says how much of its quota a policy uses. */
export interface SizeMeter extends vscode.Disposable {
  /** Of several policies the one that is nearest to its quota; nothing where none has a quota. */
  show(policies: readonly DetectedPolicy[]): void;
}

/** The language status item that shows how much of its quota the fullest policy of a document uses. */
export function createSizeMeter(selector: vscode.DocumentSelector): SizeMeter {
  let item: vscode.LanguageStatusItem | undefined;
  const hide = (): void => {
    item?.dispose();
    item = undefined;
  };
  return {
    show: (policies) => {
      const fullest = fullestOf(policies);
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
  const { characters, quota } = size;
  item.name = vscode.l10n.t('IAM Policy Size');
  item.text = vscode.l10n.t('{0} of {1} characters', grouped(characters), grouped(quota));
  item.detail = sizeDetail(size, policies);
  item.severity =
    characters > quota
      ? vscode.LanguageStatusSeverity.Error
      : isNearlyFull(size)
        ? vscode.LanguageStatusSeverity.Warning
        : vscode.LanguageStatusSeverity.Information;
  item.accessibilityInformation = { label: vscode.l10n.t('Policy size: {0}, {1}', item.text, item.detail) };
}
