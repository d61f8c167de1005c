import * as vscode from 'vscode';
import type { Verdict } from '../../../server/src/protocol/messages';
import type { Reports } from './report';

/** What the next-step buttons do; steps without an entry are only told in the report. */
export type NextStepActions = Readonly<Record<string, () => Thenable<unknown> | undefined>>;

type Show = (message: string, ...items: string[]) => Thenable<string | undefined>;

/** How loud a verdict is. What nobody chose and nothing confirms is a warning, not a success. */
const SHOW: Readonly<Record<string, Show>> = {
  accepted: vscode.window.showInformationMessage,
  cancelled: vscode.window.showInformationMessage,
  ignored: vscode.window.showWarningMessage,
  unknown: vscode.window.showWarningMessage,
  throttled: vscode.window.showWarningMessage,
};

/** More buttons than this do not fit into a notification. */
const MAX_STEPS = 2;

/** Tells the verdict, with its next steps and the report as buttons. Settles when the notification is gone. */
export async function tellVerdict(
  verdict: Verdict,
  actions: NextStepActions,
  reports: Reports,
): Promise<void> {
  const report = 'Show Report';
  const steps = verdict.nextSteps.filter(({ id }) => Object.hasOwn(actions, id)).slice(0, MAX_STEPS);
  const show = SHOW[verdict.kind] ?? vscode.window.showErrorMessage;
  const [caveat] = verdict.caveats;
  const message = caveat === undefined ? verdict.title : `${verdict.title}. ${caveat}`;
  const picked = await show(message, ...steps.map(({ label }) => label), report);
  if (picked === report) {
    await reports.show();
  }
  const step = steps.find(({ label }) => label === picked);
  if (step !== undefined) {
    await actions[step.id]?.();
  }
}
