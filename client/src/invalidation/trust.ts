import * as vscode from 'vscode';

/** Whether anything may be sent from this workspace; where it may not, the user is told. */
export function isTrusted(): boolean {
  if (!vscode.workspace.isTrusted) {
    void refuse();
  }
  return vscode.workspace.isTrusted;
}

async function refuse(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const picked = await vscode.window.showErrorMessage(
    vscode.l10n.t('Nothing is sent from a workspace that is not trusted.'),
    manage,
  );
  if (picked === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
