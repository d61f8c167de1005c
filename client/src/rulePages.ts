import * as vscode from 'vscode';
import { showMarkdown } from './markdownView';

const SCHEME = 'iam-policy-rule';

/**
 * What the pages of the rules are found under. They have a scheme of their own, so that package.json can name VS Code's
 * preview as what opens them: a link in the Problems panel or a hover says only where to, and a file would open as source.
 */
export const RULE_PAGES = `${SCHEME}:/`;

/** Serves the pages that ship with the extension, and the command that opens their index. */
export function registerRulePages({ extensionUri }: vscode.ExtensionContext): vscode.Disposable {
  const docs = vscode.Uri.joinPath(extensionUri, 'server', 'docs');
  let packed: Thenable<ReadonlyMap<string, string>> | undefined;
  /** A file in a checkout; in the VSIX most pages are in one file, in which they take half of the room. */
  const readPage = async (path: string): Promise<string> => {
    try {
      return await readText(vscode.Uri.joinPath(docs, 'rules', path));
    } catch (error) {
      packed ??= readText(vscode.Uri.joinPath(docs, 'rules.json')).then(
        (text) => new Map(Object.entries(JSON.parse(text) as Readonly<Record<string, string>>)),
      );
      const page = (await packed).get(path.replace(/^\/(.*)\.md$/, '$1'));
      if (page === undefined) {
        throw error;
      }
      return page;
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: async ({ path }) => labelled(await readPage(path)),
    }),
    vscode.commands.registerCommand('iamPolicy.showRules', () =>
      showMarkdown(vscode.Uri.parse(`${RULE_PAGES}README.md`), { viewColumn: vscode.ViewColumn.Beside }),
    ),
    movePagesBeside(),
  );
}

async function readText(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

/**
 * Moves a page beside the policy that it would cover: the link of a finding says where to, but not in which group, and VS
 * Code opens it where the policy is. A page among pages stays.
 */
function movePagesBeside(): vscode.Disposable {
  const { window } = vscode;
  let column = window.activeTextEditor?.viewColumn;
  // A tab is told of when it is added, and once more when it is shown.
  let added: vscode.Tab | undefined;
  return vscode.Disposable.from(
    window.onDidChangeActiveTextEditor((editor) => {
      column = editor?.viewColumn ?? column;
    }),
    window.tabGroups.onDidChangeTabs(({ opened }) => {
      added = opened.find(isPage) ?? added;
      if (added?.isActive !== true || !added.group.isActive) {
        return;
      }
      const { group } = added;
      const others = group.tabs.filter((tab) => tab !== added);
      added = undefined;
      if (group.viewColumn === column && others.length > 0 && !others.some(isPage)) {
        void vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup');
      }
    }),
  );
}

function isPage({ input }: vscode.Tab): boolean {
  const uri =
    input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText ? input.uri : undefined;
  return uri?.scheme === SCHEME;
}

/** What an example is stands behind its fence, which a preview does not show. */
function labelled(page: string): string {
  const examples = page.replaceAll(
    /^```\w+ (bad|fixed|good)\b/gm,
    (fence, kind: keyof typeof LABELS) => `**${LABELS[kind]}**\n\n${fence}`,
  );
  return `${examples}\n${MARK}\n`;
}

/** By this the styles for previews, which hold for every Markdown document, know a page of ours. */
const MARK = '<div class="iam-policy-rule-page"></div>';

const LABELS = { bad: 'Reported', fixed: 'With the fix', good: 'Not reported' };
