import * as vscode from 'vscode';
import type { ClientContext } from '../context';

/** The name of a template; asked for when left out. */
export interface NewPolicyArguments {
  readonly template?: string;
}

/** A whole policy, as `client/snippets/policies.json` has it: the same texts are snippets for an open document. */
interface Template {
  readonly description: string;
  readonly policyType: string;
  readonly body: readonly string[];
}

export function registerNewPolicy(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.newPolicy', (args?: NewPolicyArguments) =>
    newPolicy(context, args ?? {}),
  );
}

/** Opens an unsaved policy whose parts are filled in one after the other with Tab. */
async function newPolicy({ extension }: ClientContext, args: NewPolicyArguments): Promise<void> {
  const file = vscode.Uri.joinPath(extension.extensionUri, 'client/snippets/policies.json');
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const templates: Readonly<Record<string, Template>> = JSON.parse(text);
  const template = args.template === undefined ? await pick(templates) : templates[args.template];
  if (template === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'json' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(new vscode.SnippetString(`${template.body.join('\n')}\n`));
}

/** What the templates are for, in the order in which they are shown. */
const GROUPS: readonly (readonly [policyType: string, label: string])[] = [
  ['identity', vscode.l10n.t('For a user, group or role')],
  ['resource', vscode.l10n.t('For a resource')],
  ['trust', vscode.l10n.t('Who may assume a role')],
  ['boundary', vscode.l10n.t('Permissions boundary')],
  ['scp', vscode.l10n.t('Service control policy')],
];

async function pick(templates: Readonly<Record<string, Template>>): Promise<Template | undefined> {
  const items = GROUPS.flatMap(([policyType, label]) => [
    { label, kind: vscode.QuickPickItemKind.Separator },
    ...Object.entries(templates)
      .filter(([, template]) => template.policyType === policyType)
      .map(([name, template]) => ({ ...textsOf(name, template), template })),
  ]);
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & { readonly template?: Template }>(
    items,
    {
      title: vscode.l10n.t('New IAM Policy'),
      placeHolder: vscode.l10n.t('What should the policy do?'),
      matchOnDetail: true,
    },
  );
  return picked?.template;
}

/** The names and descriptions of templates are data, which the bundle of texts takes from their file. */
function textsOf(
  name: string,
  { description }: Template,
): { readonly label: string; readonly detail: string } {
  const { t } = vscode.l10n;
  return { label: t(name), detail: t(description) };
}
