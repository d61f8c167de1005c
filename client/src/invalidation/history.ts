import * as vscode from 'vscode';
import { describeIdentity } from './identity';
import type { KeptTarget } from './memory';
import type { InvalidationSession } from './session';
import { stepName } from './verdict';

/** How an earlier target is shown in a list. */
export function describeTarget(kept: KeptTarget): Pick<vscode.QuickPickItem, 'label' | 'description'> {
  const { answers, query, headers, left, identity } = kept;
  const names = [...query, ...headers].map(([name, value]) => `${name}=${value}`);
  const more = [...names, ...[...left.query, ...left.headers].map((name) => `${name}=…`)];
  return {
    label: `${answers.method} /${answers.path}`,
    description: [
      ...more,
      `${answers.apiId}/${answers.stage}`,
      answers.region,
      describeIdentity(identity),
    ].join(' · '),
  };
}

/** What was chosen of the history: a target to be invalidated again, or what its verdict proposed. */
export interface HistoryChoice {
  readonly kept: KeptTarget;
  /** The id of a next step. */
  readonly step?: string | undefined;
}

type HistoryItem = vscode.QuickPickItem & { readonly kept: KeptTarget; readonly steps?: readonly string[] };

/** Lets the user choose from the earlier targets, or take some out of the list; `undefined` when the user leaves. */
export async function pickFromHistory(session: InvalidationSession): Promise<HistoryChoice | undefined> {
  const item = await pickItem(session);
  if (item?.steps === undefined) {
    return item;
  }
  const picked = await vscode.window.showQuickPick(
    item.steps.map((step) => ({ label: stepName(step) ?? step, step })),
    { title: describeTarget(item.kept).label, placeHolder: item.kept.verdict ?? '', ignoreFocusOut: true },
  );
  return picked && { kept: item.kept, step: picked.step };
}

function pickItem({ memory, forgetTargets }: InvalidationSession): Promise<HistoryItem | undefined> {
  const pick = vscode.window.createQuickPick<HistoryItem>();
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Forget This Target') };
  const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: vscode.l10n.t('Forget All Targets') };
  const show = (): void => {
    pick.items = memory.history().flatMap((kept) => [
      {
        ...describeTarget(kept),
        detail: [formatTime(kept.at), ...(kept.verdict === undefined ? [] : [kept.verdict])].join(' · '),
        buttons: [remove],
        kept,
      },
      ...stepItem(kept),
    ]);
  };
  pick.title = vscode.l10n.t('API Gateway: Invalidation History');
  pick.placeholder = vscode.l10n.t('Invalidate again…');
  pick.buttons = [clear];
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  show();
  return new Promise((resolve) => {
    pick.onDidTriggerItemButton(async ({ item }) => {
      await memory.forget(item.kept);
      show();
    });
    pick.onDidTriggerButton(async () => {
      await forgetTargets();
      pick.hide();
    });
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** A line below the target with what its verdict proposed; its description lets the filter find both by the same words. */
function stepItem(kept: KeptTarget): readonly HistoryItem[] {
  const known = (kept.steps ?? []).flatMap((id) => {
    const name = stepName(id);
    return name === undefined ? [] : [{ id, name }];
  });
  const { label, description } = describeTarget(kept);
  return known.length === 0
    ? []
    : [
        {
          label: `$(indent) ${vscode.l10n.t('What to do next: {0}', known.map(({ name }) => name).join(', '))}`,
          description: `${label} ${description ?? ''}`,
          kept,
          steps: known.map(({ id }) => id),
        },
      ];
}

function formatTime(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
