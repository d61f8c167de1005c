import * as vscode from 'vscode';
import { type ClientContext, request } from '../context';
import { createReportView } from '../reportView';

/** Run by a link in hovers, which names an action with wildcards. */
export const LIST_ACTIONS = 'iamPolicy.listActions';

/** Shows every action that a pattern covers, beside the policy. */
export function registerListActions(context: ClientContext): vscode.Disposable {
  const view = createReportView(vscode.l10n.t('Actions'));
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand(LIST_ACTIONS, async (pattern: unknown) => {
      const { report } =
        typeof pattern === 'string' ? await request(context, 'iamPolicy/actions', { pattern }) : {};
      if (report !== undefined) {
        view.set(report);
        view.show();
      }
    }),
  );
}
