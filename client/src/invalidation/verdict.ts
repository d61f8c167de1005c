import * as vscode from 'vscode';
import type { Verdict } from '../../../server/src/protocol/invalidation';
import { own } from '../own';
import { plainText } from '../plainText';
import type { ReportView, Step } from '../reportView';

/** What the next steps do, by the ID of the step; steps without an entry are only described in the report. */
export type NextStepActions = Readonly<
  Record<string, (verdict: ToldVerdict) => Thenable<unknown> | undefined>
>;

type ToldVerdict = Pick<Verdict, 'kind' | 'title' | 'caveats' | 'nextSteps'> &
  Partial<Pick<Verdict, 'reason'>>;

/**
 * The severity of the notification of a verdict; an error unless said here. What nobody chose and nothing confirms is a
 * warning.
 */
const NOTIFICATIONS: Readonly<Record<string, 'showInformationMessage' | 'showWarningMessage'>> = {
  accepted: 'showInformationMessage',
  cancelled: 'showInformationMessage',
  ignored: 'showWarningMessage',
  unknown: 'showWarningMessage',
  throttled: 'showWarningMessage',
};

/** What stands on the buttons: the report has whole sentences. */
const LABELS: Readonly<Record<string, string>> = {
  'check-endpoint': vscode.l10n.t('Endpoint…'),
  'check-path': vscode.l10n.t('Correct Target…'),
  'check-routes': vscode.l10n.t('Known Routes…'),
  'choose-profile': vscode.l10n.t('Other Profile…'),
  'compare-plain-request': vscode.l10n.t('Prove It'),
  'correct-region': vscode.l10n.t('Correct Region…'),
  'enter-api-key': vscode.l10n.t('API Key…'),
  'enter-token': vscode.l10n.t('Token…'),
  'flush-stage': vscode.l10n.t('Flush Stage…'),
  'insert-statement': vscode.l10n.t('Insert Statement'),
  'log-in-again': vscode.l10n.t('Log In'),
  retry: vscode.l10n.t('Try Again'),
  'send-anyway': vscode.l10n.t('Send Anyway'),
  'show-stage-settings': vscode.l10n.t('Stage Settings'),
  'sign-request': vscode.l10n.t('Sign…'),
};

/** More buttons than this do not fit into a notification without being cut. */
const MAX_BUTTONS = 3;

/**
 * Tells the verdict, with its next steps as buttons, and the report as one more where there is room: it has been shown
 * already. Settles when what was chosen is done.
 */
export async function tellVerdict(
  verdict: ToldVerdict,
  actions: NextStepActions,
  report: ReportView,
): Promise<void> {
  const show = vscode.window[own(NOTIFICATIONS, verdict.kind) ?? 'showErrorMessage'];
  const [caveat] = verdict.caveats;
  const message = caveat === undefined ? verdict.title : `${verdict.title}. ${caveat}`;
  const choices: readonly Step[] = [
    ...buttonSteps(verdict, actions),
    { label: vscode.l10n.t('Show Report'), run: () => report.show() },
  ];
  const shown = choices.slice(0, MAX_BUTTONS);
  const picked = await show(plainText(message), ...shown.map(({ label }) => label));
  await shown.find(({ label }) => label === picked)?.run();
}

/** What can be done about a verdict, as its report calls it. */
export function reportSteps(verdict: ToldVerdict, actions: NextStepActions): readonly Step[] {
  return verdict.nextSteps.flatMap(({ id, label }) => {
    const run = own(actions, id);
    return run === undefined ? [] : [{ label, run: () => run(verdict) }];
  });
}

/** The same, as buttons and lists call it. */
function buttonSteps(verdict: ToldVerdict, actions: NextStepActions): readonly Step[] {
  return verdict.nextSteps.flatMap((step) => {
    const label = stepName(step.id) ?? step.label;
    return reportSteps({ ...verdict, nextSteps: [{ ...step, label }] }, actions);
  });
}

/** What a step is called where there is little room; nothing for a step that nobody knows. */
export function stepName(id: string): string | undefined {
  return own(LABELS, id);
}
