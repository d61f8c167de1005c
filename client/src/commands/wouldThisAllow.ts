import * as vscode from 'vscode';
import type { AllowsParams } from '../../../server/src/protocol/allows';
import { askDocuments, askQuestion, type QuestionArguments, TITLE, tellNoPolicy } from '../allows/question';
import { askKey, type Told, tellAlso, withTold } from '../allows/told';
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
  await answerQuestion(context, question, []);
}

/** Answers a question with the given condition keys, which do not apply to the next question. */
async function answerQuestion(
  context: ClientContext,
  question: AllowsParams,
  told: readonly Told[],
): Promise<void> {
  const { outcome, ...answer } = await request(context, 'iamPolicy/allows', withTold(question, told));
  if (outcome === undefined) {
    await tellNoPolicy();
    return;
  }
  const { uris, ...rest } = question;
  await showVerdict(context, question, { outcome, ...answer }, told, {
    another: () => wouldThisAllow(context, { uris }),
    withOthers: async () => {
      const together = await askDocuments(context, uris);
      if (together !== undefined) {
        // Another policy may speak of principals where the first did not, so that one is asked for anew.
        await wouldThisAllow(context, { ...rest, uris: together });
      }
    },
    withKey: async (asked) => {
      const next = await askKey(TITLE, asked);
      // Who leaves the question is shown the answer that was there.
      await answerQuestion(context, question, next === undefined ? told : tellAlso(told, next));
    },
  });
}
