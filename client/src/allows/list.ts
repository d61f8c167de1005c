import * as vscode from 'vscode';
import type { Place } from '../../../server/src/protocol/allows';
import type { ClientContext } from '../context';

/** A line of a list that answers something. */
export interface ListItem extends vscode.QuickPickItem {
  /** Shown in its editor while the line is active, and gone to when it is chosen. */
  readonly place?: Place | undefined;
  /** What choosing the line does instead. */
  readonly run?: () => unknown;
}

/**
 * Shows lines to read, to walk through and to choose from; the places of the active line are lit up in the editors.
 * Resolves when the list is gone and what was chosen is done.
 */
export async function showList(
  context: ClientContext,
  list: { readonly title: string; readonly placeholder: string; readonly items: readonly ListItem[] },
): Promise<void> {
  const pick = vscode.window.createQuickPick<ListItem>();
  const light = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
    // High contrast themes have borders in place of backgrounds.
    border: '1px solid',
    borderColor: new vscode.ThemeColor('editor.findMatchHighlightBorder'),
    isWholeLine: true,
  });
  pick.title = list.title;
  pick.placeholder = list.placeholder;
  pick.items = list.items;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  // The answer stays while its statements are looked at in the editor.
  pick.ignoreFocusOut = true;
  const chosen = await new Promise<ListItem | undefined>((resolve) => {
    pick.onDidChangeActive(([item]) => lightUp(context, light, item?.place));
    pick.onDidAccept(() => {
      const [item] = pick.activeItems;
      // A line that leads nowhere is there to be read.
      if (item?.run !== undefined || item?.place !== undefined) {
        resolve(item);
        pick.hide();
      }
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  light.dispose();
  if (chosen?.run !== undefined) {
    await chosen.run();
  } else if (chosen?.place !== undefined) {
    await goTo(context, chosen.place);
  }
}

function lightUp(
  context: ClientContext,
  light: vscode.TextEditorDecorationType,
  place: Place | undefined,
): void {
  const uri = place === undefined ? undefined : uriOf(context, place);
  for (const editor of vscode.window.visibleTextEditors) {
    const isThere = place !== undefined && editor.document.uri.toString() === uri?.toString();
    const ranges = isThere ? [rangeOf(place)] : [];
    editor.setDecorations(light, ranges);
    for (const range of ranges) {
      editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    }
  }
}

async function goTo(context: ClientContext, place: Place): Promise<void> {
  const { start } = rangeOf(place);
  const editor = await vscode.window.showTextDocument(uriOf(context, place));
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(rangeOf(place), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The file of a place as VS Code's URI. */
export function uriOf({ client }: ClientContext, { uri }: Pick<Place, 'uri'>): vscode.Uri {
  return client.protocol2CodeConverter.asUri(uri);
}

/** A place as it is spoken of: the file and its line. */
export function nameOfPlace(context: ClientContext, place: Place): string {
  const path = vscode.workspace.asRelativePath(uriOf(context, place));
  return `${path}:${place.range.start.line + 1}`;
}

/** The range of a place as VS Code's: lines and UTF-16 columns from 0, the end exclusive. */
export function rangeOf({ range: { start, end } }: Pick<Place, 'range'>): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}
