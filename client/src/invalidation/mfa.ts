import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type { ClientRequests } from '../../../server/src/protocol/messages';

type Mfa = ClientRequests['iamPolicy/mfaCode'];

/** Asks for the code when the server's credential chain assumes a role that wants one. */
export function answerMfaQuestions(client: BaseLanguageClient): vscode.Disposable {
  const method: keyof ClientRequests = 'iamPolicy/mfaCode';
  return client.onRequest(method, async ({ serial }: Mfa['params']): Promise<Mfa['result']> => {
    const code = await vscode.window.showInputBox({
      title: vscode.l10n.t('AWS: MFA Code'),
      prompt: vscode.l10n.t('The current code of {0}', serial),
      password: true,
      ignoreFocusOut: true,
      validateInput: (value) =>
        /^\d{6}$/.test(value) ? undefined : vscode.l10n.t('An MFA code has six digits.'),
    });
    return code === undefined ? {} : { code };
  });
}
