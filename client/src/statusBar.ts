import * as vscode from 'vscode';
import type { DetectedPolicy } from '../../server/src/protocol/policies';
import { fullestOf, grouped, isNearlyFull, nameOf, sizeDetail } from './policyWords';
import { NOT_CHECKED } from './unread';

/** The item of the status bar that says what the policies of the document are, and how full. */
export interface PolicyBar extends vscode.Disposable {
  /** Hides the item where there is no policy. */
  show(policies: readonly DetectedPolicy[], sizes: 'shown' | 'hidden'): void;
  /** Says of a policy that is not read why; hides the item where there is nothing to say. */
  tell(why: string | undefined): void;
}

/** Left of the position, the indentation and the language, which VS Code has at 100 and below. */
const PRIORITY = 101;

/** The status bar item that shows type and size of the policies in a document. */
export function createPolicyBar(): PolicyBar {
  const item = vscode.window.createStatusBarItem(
    'iamPolicy.policy',
    vscode.StatusBarAlignment.Right,
    PRIORITY,
  );
  item.name = vscode.l10n.t('IAM Policy');
  return {
    show: (policies, sizes) => {
      const names = [...new Set(policies.map(nameOf))];
      const [first] = policies;
      if (first === undefined) {
        item.hide();
        return;
      }
      const size = sizes === 'shown' ? fullestOf(policies) : undefined;
      const used = size === undefined ? [] : [`${grouped(size.characters)} / ${grouped(size.quota)}`];
      const name = names.length === 1 ? (names[0] ?? '') : vscode.l10n.t('{0} IAM policies', policies.length);
      item.command = 'iamPolicy.setPolicyType';
      item.text = [name, ...used].join(' · ');
      item.tooltip = [
        `${names.join(', ')}: ${first.reason}`,
        ...(size === undefined
          ? []
          : [
              `${vscode.l10n.t('{0} of {1} characters', grouped(size.characters), grouped(size.quota))}, ${sizeDetail(size, policies.length)}`,
            ]),
        vscode.l10n.t('Click to set the type'),
      ].join('\n');
      item.backgroundColor =
        size === undefined || !isNearlyFull(size)
          ? undefined
          : new vscode.ThemeColor(
              size.characters > size.quota
                ? 'statusBarItem.errorBackground'
                : 'statusBarItem.warningBackground',
            );
      item.accessibilityInformation = { label: `IAM Policy: ${item.text}` };
      item.show();
    },
    tell: (why) => {
      if (why === undefined) {
        item.hide();
        return;
      }
      item.text = NOT_CHECKED;
      item.tooltip = why;
      item.command = undefined;
      item.backgroundColor = undefined;
      item.accessibilityInformation = { label: `${NOT_CHECKED}. ${why}` };
      item.show();
    },
    dispose: () => item.dispose(),
  };
}
