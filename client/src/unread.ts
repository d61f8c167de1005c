import * as vscode from 'vscode';
import { languageName, writesPolicy } from './unreadText';

/** A document that is longer is looked at as far as this. */
const MOST_LINES = 20_000;

/** Says in the language status of documents with a policy that nobody reads that this is so. */
export interface UnreadNote extends vscode.Disposable {
  /** The sentence about the document; nothing, and nothing shown, where there is no policy in it. */
  show(document: vscode.TextDocument | undefined): string | undefined;
}

/** The language status item that says that policies in the language of a document are not read yet. */
export function createUnreadNote(): UnreadNote {
  let item: vscode.LanguageStatusItem | undefined;
  const hide = (): void => {
    item?.dispose();
    item = undefined;
  };
  return {
    show: (document) => {
      hide();
      if (document === undefined || !writesPolicy(document.getText(new vscode.Range(0, 0, MOST_LINES, 0)))) {
        return undefined;
      }
      const { languageId, uri } = document;
      const name = languageName(languageId);
      const sentence = vscode.l10n.t('Policies in {0} are not read yet.', name);
      item = vscode.languages.createLanguageStatusItem('iamPolicy.unread', {
        scheme: uri.scheme,
        language: languageId,
      });
      item.name = vscode.l10n.t('IAM Policy');
      item.text = NOT_CHECKED;
      item.detail = sentence;
      item.accessibilityInformation = { label: `${NOT_CHECKED}. ${sentence}` };
      return sentence;
    },
    dispose: hide,
  };
}

export const NOT_CHECKED = vscode.l10n.t('IAM policy not checked');
