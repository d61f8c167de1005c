import * as vscode from 'vscode';
import { CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** More ends than these within the time have a cause that starting again does not take away. */
const MOST_ENDS = 5;
const WITHIN_MS = 3 * 60 * 1000;

/**
 * Restarts a server that has ended unexpectedly: the open documents are sent to it, and their findings reappear. A
 * server that keeps ending is left alone, and the user decides.
 */
export function restartsServer(output: vscode.LogOutputChannel): ErrorHandler {
  let ends: readonly number[] = [];
  return {
    // A message that could not be written or read; where the process is gone, `closed` is next.
    error: () => ({ action: ErrorAction.Continue }),
    closed: () => {
      const now = Date.now();
      ends = [...ends.filter((at) => now - at < WITHIN_MS), now];
      if (ends.length < MOST_ENDS) {
        output.warn('The language server ended and is started again.');
        return { action: CloseAction.Restart, handled: true };
      }
      ends = [];
      output.error(`The language server ended ${MOST_ENDS} times within three minutes.`);
      void offerRestart(output);
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
}

async function offerRestart(output: vscode.LogOutputChannel): Promise<void> {
  const restart = vscode.l10n.t('Restart');
  const show = vscode.l10n.t('Show Output');
  const picked = await vscode.window.showErrorMessage(
    vscode.l10n.t('The language server keeps ending, so policies are not checked. Your files are untouched.'),
    restart,
    show,
  );
  if (picked === restart) {
    await vscode.commands.executeCommand('iamPolicy.restartServer');
  } else if (picked === show) {
    output.show();
  }
}
