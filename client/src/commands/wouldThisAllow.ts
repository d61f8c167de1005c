import * as vscode from 'vscode';
import { askDocuments, askQuestion, type QuestionArguments, tellNoPolicy } from '../allows/question';
import { showVerdict } from '../allows/verdict';
import { type ClientContext, request } from '../context';

/** Resolves when the answer has been closed. */
export function registerWouldThisAllow(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.wouldThisAllow', (args?: QuestionArguments) =>
    wouldThisAllow(context, args ?? {}),
  );
}

async function wouldThisAllow(context: ClientContext, args: QuestionArguments): Promise<void> {
  const question = await askQuestion(context, args);
  if (question === undefined) {
    return;
  }
  const { outcome, ...answer } = await request(context, 'iamPolicy/allows', question);
  if (outcome === undefined) {
    await tellNoPolicy();
    return;
  }
  const { uris, ...rest } = question;
  await showVerdict(
    context,
    question,
    { outcome, ...answer },
    {
      another: () => wouldThisAllow(context, { uris }),
      withOthers: async () => {
        const together = await askDocuments(context, uris);
        if (together !== undefined) {
          // Another policy may speak of principals where the first did not, so that one is asked for anew.
          await wouldThisAllow(context, { ...rest, uris: together });
        }
      },
    },
  );
}
