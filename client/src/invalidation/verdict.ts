import * as vscode from 'vscode';
import type { Verdict } from '../../../server/src/protocol/messages';
import type { Reports } from './report';

/** What the next-step buttons do; steps without an entry are only told in the report. */
export type NextStepActions = Readonly<Record<string, () => Thenable<unknown> | undefined>>;

/** How loud a verdict is; an error unless said here. What nobody chose and nothing confirms is a warning. */
const LOUDNESS: Readonly<Record<string, 'showInformationMessage' | 'showWarningMessage'>> = {
  accepted: 'showInformationMessage',
  cancelled: 'showInformationMessage',
  ignored: 'showWarningMessage',
  unknown: 'showWarningMessage',
  throttled: 'showWarningMessage',
};

/** More buttons than this do not fit into a notification. */
const MAX_STEPS = 2;

/** Tells the verdict, with its next steps and the report as buttons. Settles when the notification is gone. */
export async function tellVerdict(
  verdict: Verdict,
  actions: NextStepActions,
  reports: Reports,
): Promise<void> {
  const report = vscode.l10n.t('Show Report');
  const steps = verdict.nextSteps.filter(({ id }) => Object.hasOwn(actions, id)).slice(0, MAX_STEPS);
  const show = vscode.window[LOUDNESS[verdict.kind] ?? 'showErrorMessage'];
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
