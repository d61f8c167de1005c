import * as vscode from 'vscode';
import type { Reports } from '../invalidation/report';

export function registerShowLastReport(reports: Reports): vscode.Disposable {
  return vscode.commands.registerCommand('apiGateway.showLastReport', async () => {
    if (!(await reports.show())) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('Nothing has been invalidated in this window yet.'),
      );
    }
  });
}
