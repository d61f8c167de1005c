import * as vscode from 'vscode';

/** Opens the list of suggestions at the cursor if its argument says so, and at each empty place that Tab leads to. */
export const COMPLETE_AT_STOPS = 'iamPolicy.completeAtStops';

/**
 * What an accepted item has inserted has places to fill in, and Tab goes from one to the next; VS Code opens no list
 * there until something is typed. This opens it where Tab comes to an empty string, or in YAML to a value that is not there
 * yet. The keyboard, the mouse and another editor end it.
 */
export function registerTabStops(): vscode.Disposable {
  let filling: vscode.TextDocument | undefined;
  return vscode.Disposable.from(
    vscode.commands.registerCommand(COMPLETE_AT_STOPS, (now: boolean) => {
      filling = vscode.window.activeTextEditor?.document;
      return now ? suggest() : undefined;
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      filling = undefined;
    }),
    vscode.window.onDidChangeTextEditorSelection(async ({ textEditor, selections, kind }) => {
      if (textEditor.document !== filling) {
        return;
      }
      if (kind === vscode.TextEditorSelectionChangeKind.Mouse) {
        filling = undefined;
        return;
      }
      const [selection] = selections;
      if (
        // Typing and moving about is of the keyboard or has no kind.
        kind === vscode.TextEditorSelectionChangeKind.Command &&
        selections.length === 1 &&
        selection?.isEmpty === true &&
        isEmptyAt(textEditor.document, selection.active)
      ) {
        await suggest();
      }
    }),
  );
}

function suggest(): Thenable<unknown> {
  return vscode.commands.executeCommand('editor.action.triggerSuggest');
}

/** Between the quotes of a string with nothing in it, or behind the colon or the dash that a line of YAML ends with. */
function isEmptyAt(document: vscode.TextDocument, { line, character }: vscode.Position): boolean {
  const { text } = document.lineAt(line);
  const isQuoted = text.charAt(character - 1) === '"' && text.charAt(character) === '"';
  return isQuoted || (character === text.length && /[:-] $/.test(text));
}
