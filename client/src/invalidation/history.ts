import * as vscode from 'vscode';
import { describeIdentity } from './identity';
import type { KeptTarget, Memory } from './memory';

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

type HistoryItem = vscode.QuickPickItem & { readonly kept: KeptTarget };

/** Lets the user choose an earlier target, or take some out of the list; `undefined` when the user leaves. */
export function pickFromHistory(memory: Memory): Promise<KeptTarget | undefined> {
  const pick = vscode.window.createQuickPick<HistoryItem>();
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: vscode.l10n.t('Forget This Target') };
  const clear = { iconPath: new vscode.ThemeIcon('clear-all'), tooltip: vscode.l10n.t('Forget All Targets') };
  const show = (): void => {
    pick.items = memory.history().map((kept) => ({
      ...describeTarget(kept),
      detail: [formatTime(kept.at), ...(kept.verdict === undefined ? [] : [kept.verdict])].join(' · '),
      buttons: [remove],
      kept,
    }));
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
      await memory.forget('all');
      pick.hide();
    });
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.kept);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function formatTime(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
