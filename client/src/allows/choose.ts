import * as vscode from 'vscode';

export interface Choice {
  readonly title: string;
  readonly placeholder: string;
  /** To choose from, the first of them proposed. */
  readonly choices: readonly string[];
  /** Why a typed text will not do; `undefined` where it will. */
  readonly problemOf: (text: string) => string | undefined;
  /** The item for "no answer", if there may be none. */
  readonly none?: string;
}

/** Lets the user choose a text or type another one: empty for none, `undefined` when the user leaves. */
export function chooseOrType(choice: Choice): Promise<string | undefined> {
  const { title, placeholder, choices, problemOf, none } = choice;
  const pick = vscode.window.createQuickPick<TextItem>();
  const fixed: readonly TextItem[] = [
    ...(none === undefined ? [] : [{ label: none, text: '' }]),
    ...choices.map((text) => ({ label: text, text })),
  ];
  const show = (typed: string): void => {
    const text = typed.trim();
    const problem = text === '' ? undefined : problemOf(text);
    // While a choice is narrowed down, what cannot be meant as an answer does not stand in its way.
    const isNarrowing =
      problem !== undefined && choices.some((each) => each.toLowerCase().includes(text.toLowerCase()));
    const isKnown = choices.includes(text) || text.toLowerCase() === none?.toLowerCase();
    const isNew = text !== '' && !isNarrowing && !isKnown;
    const item: TextItem = {
      label: text,
      description: problem ?? vscode.l10n.t('as typed'),
      alwaysShow: true,
      ...(problem === undefined ? { text } : {}),
    };
    // VS Code names items by their place in the list: what is shown already keeps its place, or an answer that is on
    // its way would mean another item. Nothing is active but what VS Code chooses or what is typed.
    pick.items = isNew ? [...fixed, item] : fixed;
    if (isNew) {
      pick.activeItems = [item];
    }
  };
  pick.title = title;
  pick.placeholder = placeholder;
  pick.ignoreFocusOut = true;
  show('');
  return new Promise<string | undefined>((resolve) => {
    pick.onDidChangeValue(show);
    pick.onDidAccept(() => {
      const text = pick.activeItems[0]?.text;
      if (text !== undefined) {
        resolve(text);
        pick.hide();
      }
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

interface TextItem extends vscode.QuickPickItem {
  /** Absent for what will not do. */
  readonly text?: string;
}
