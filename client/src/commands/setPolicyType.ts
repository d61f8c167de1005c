import * as vscode from 'vscode';

/** What a policy can be said to be, in the words of `iamPolicy.policyTypes`. */
const TYPES: readonly (readonly [type: string, description: string])[] = [
  ['identity', vscode.l10n.t('attached to a user, group or role')],
  ['resource', vscode.l10n.t('attached to a resource, such as a REST API or a bucket')],
  ['trust', vscode.l10n.t('who may assume a role')],
  ['scp', vscode.l10n.t('service control policy of an organization')],
  ['rcp', vscode.l10n.t('resource control policy of an organization')],
  ['boundary', vscode.l10n.t('permissions boundary')],
  ['session', vscode.l10n.t('passed when a role is assumed')],
  ['endpoint', vscode.l10n.t('attached to a VPC endpoint')],
];

/** Lets the user overrule what a document's policies were taken for, by a setting for its path. */
export function registerSetPolicyType(): vscode.Disposable {
  return vscode.commands.registerCommand(
    'iamPolicy.setPolicyType',
    async (args?: { readonly type?: string }) => {
      const document = vscode.window.activeTextEditor?.document;
      if (document === undefined || document.isUntitled) {
        await vscode.window.showInformationMessage(
          vscode.l10n.t('Open a saved policy first: its path decides its type.'),
        );
        return;
      }
      const type = args?.type ?? (await pickType());
      if (type === undefined) {
        return;
      }
      const path = vscode.workspace.asRelativePath(document.uri, false);
      const configuration = vscode.workspace.getConfiguration('iamPolicy', document.uri);
      const inFolder = vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
      const known = configuration.inspect<Record<string, string>>('policyTypes');
      const { [path]: _, ...others } = (inFolder ? known?.workspaceValue : known?.globalValue) ?? {};
      await configuration.update(
        'policyTypes',
        type === DETECT ? others : { ...others, [path]: type },
        inFolder ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
      );
    },
  );
}

const DETECT = 'detect';

async function pickType(): Promise<string | undefined> {
  const items = [
    { label: DETECT, description: vscode.l10n.t('from the policy and what holds it') },
    ...TYPES.map(([label, description]) => ({ label, description })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('IAM Policy: Set Policy Type'),
    placeHolder: vscode.l10n.t('What is this policy attached to?'),
  });
  return picked?.label;
}
