import * as vscode from 'vscode';
import type { ClientNotifications } from '../../../server/src/protocol/messages';
import type { ClientContext } from '../context';
import type { StartArguments } from './start';

/**
 * Whether anything can and may be sent from here; if not, the user is told.
 *
 * @param start what an invalidation begins with: if it cannot be sent, it can still be copied
 */
export function maySend({ host }: Pick<ClientContext, 'host'>, start?: StartArguments): boolean {
  if (host === 'browser') {
    void refuseInBrowser(start);
    return false;
  }
  if (!vscode.workspace.isTrusted) {
    void refuseWithoutTrust();
  }
  return vscode.workspace.isTrusted;
}

/**
 * API Gateway answers pages of other origins only if an API is configured to (CORS), and its control plane never does.
 */
async function refuseInBrowser(start: StartArguments | undefined): Promise<void> {
  const told = vscode.l10n.t(
    'Nothing can be sent from VS Code in a browser: there are no AWS credentials, and API Gateway does not accept these requests from a web page (CORS). VS Code on the desktop and the command line iam-policy can send.',
  );
  if (start === undefined) {
    await vscode.window.showErrorMessage(told);
    return;
  }
  const copy = vscode.l10n.t('Copy Request as curl');
  if ((await vscode.window.showErrorMessage(told, copy)) === copy) {
    await vscode.commands.executeCommand('apiGateway.copyAsCurl', start);
  }
}

async function refuseWithoutTrust(): Promise<void> {
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
export function tellTrust(context: ClientContext): vscode.Disposable {
  const method: keyof ClientNotifications = 'iamPolicy/workspaceTrusted';
  return vscode.workspace.onDidGrantWorkspaceTrust(async () => {
    const { madeClient: client, output } = context;
    if (client?.needsStop() !== true) {
      return;
    }
    try {
      await client.sendNotification(method, {});
    } catch (error) {
      output.error(`The server was not told that the workspace is trusted: ${error}`);
    }
  });
}
