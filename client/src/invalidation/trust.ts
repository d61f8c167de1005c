import * as vscode from 'vscode';
import type { ClientNotifications } from '../../../server/src/protocol/messages';
import type { ClientContext } from '../context';

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

/** Tells a server that has started without trust when it is given; one that starts later knows. */
export function tellTrust({ client, output }: ClientContext): vscode.Disposable {
  const method: keyof ClientNotifications = 'iamPolicy/workspaceTrusted';
  return vscode.workspace.onDidGrantWorkspaceTrust(async () => {
    if (!client.needsStop()) {
      return;
    }
    try {
      await client.sendNotification(method, {});
    } catch (error) {
      output.error(`The server was not told that the workspace is trusted: ${error}`);
    }
  });
}
