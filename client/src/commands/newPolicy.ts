import * as vscode from 'vscode';
import type { ClientContext } from '../context';
import { own } from '../own';
import { readTemplates, snippetOf, type Template, type Templates } from '../templates';

/** The name of a template; asked for when left out. */
export interface NewPolicyArguments {
  readonly template?: string;
}

/** Registers "New IAM Policy…". */
export function registerNewPolicy(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.newPolicy', (args?: NewPolicyArguments) =>
    newPolicy(context, args ?? {}),
  );
}

/** Opens an unsaved policy whose parts are filled in one after the other with Tab. */
async function newPolicy(context: ClientContext, args: NewPolicyArguments): Promise<void> {
  const templates = await readTemplates(context);
  const template = args.template === undefined ? await pick(templates) : own(templates, args.template);
  if (template === undefined) {
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'json' });
  const editor = await vscode.window.showTextDocument(document);
  await editor.insertSnippet(snippetOf(template));
}

/** What the templates are for, in the order in which they are shown. */
const GROUPS: readonly (readonly [policyType: string, label: string])[] = [
  ['identity', vscode.l10n.t('For a user, group or role')],
  ['resource', vscode.l10n.t('For a resource')],
  ['trust', vscode.l10n.t('Who may assume a role')],
  ['boundary', vscode.l10n.t('Permissions boundary')],
  ['scp', vscode.l10n.t('Service control policy')],
];

async function pick(templates: Templates): Promise<Template | undefined> {
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
