import * as vscode from 'vscode';
import type { ChangeReportParams } from '../../../server/src/protocol/change';
import { sourceOf, tellNoPolicy } from '../allows/question';
import { type ClientContext, request } from '../context';
import { createReportView } from '../reportView';
import { changeAnswer, changeArguments } from './changeQuestion';

/** Shows beside the policy what a change of it grants. Resolves with the text, or with nothing where there was no answer. */
export function registerWhatDoesThisChangeGrant(context: ClientContext): vscode.Disposable {
  const view = createReportView(vscode.l10n.t('What This Change Grants'));
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand(
      'iamPolicy.whatDoesThisChangeGrant',
      async (given?: unknown): Promise<string | undefined> => {
        const args = changeArguments(given);
        const source = sourceOf(context, args);
        const against = source === undefined ? undefined : (args.against ?? (await askAgainst()));
        if (source === undefined || against === undefined) {
          return undefined;
        }
        const { uri } = source;
        const { position } = args;
        const params = { uri, against, ...(position && { position }) };
        const answer = changeAnswer(await request(context, 'iamPolicy/changeReport', params));
        switch (answer.kind) {
          case 'report':
            view.set(answer.report);
            view.show();
            return answer.report;
          case 'problem':
            void vscode.window.showWarningMessage(
              vscode.l10n.t('There is nothing to compare with: {0}.', answer.problem),
            );
            return undefined;
          case 'noPolicy':
            void tellNoPolicy();
            return undefined;
        }
      },
    ),
  );
}

async function askAgainst(): Promise<ChangeReportParams['against'] | undefined> {
  const choices: readonly (vscode.QuickPickItem & { readonly against: ChangeReportParams['against'] })[] = [
    {
      against: 'commit',
      label: vscode.l10n.t('The last commit'),
      description: vscode.l10n.t('the file as Git has it in HEAD'),
    },
    {
      against: 'saved',
      label: vscode.l10n.t('The saved file'),
      description: vscode.l10n.t('what has been edited since'),
    },
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('What does this change grant?'),
    placeHolder: vscode.l10n.t('Compared with what?'),
  });
  return chosen?.against;
}
