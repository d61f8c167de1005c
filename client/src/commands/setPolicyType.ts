import * as vscode from 'vscode';

/** What a policy can be said to be, in the words of `iamPolicy.policyTypes`. */
const TYPES: readonly (readonly [type: string, description: string])[] = [
  ['identity', 'attached to a user, group or role'],
  ['resource', 'attached to a resource, such as a REST API or a bucket'],
  ['trust', 'who may assume a role'],
  ['scp', 'service control policy of an organization'],
  ['rcp', 'resource control policy of an organization'],
  ['boundary', 'permissions boundary'],
  ['session', 'passed when a role is assumed'],
  ['endpoint', 'attached to a VPC endpoint'],
];

/** Lets the user overrule what a document's policies were taken for, by a setting for its path. */
export function registerSetPolicyType(): vscode.Disposable {
  return vscode.commands.registerCommand(
    'iamPolicy.setPolicyType',
    async (args?: { readonly type?: string }) => {
      const document = vscode.window.activeTextEditor?.document;
      if (document === undefined || document.isUntitled) {
        await vscode.window.showInformationMessage('Open a saved policy first: its path decides its type.');
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
    { label: DETECT, description: 'from the policy and what holds it' },
    ...TYPES.map(([label, description]) => ({ label, description })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: 'IAM Policy: Set Policy Type',
    placeHolder: 'What is this policy attached to?',
  });
  return picked?.label;
}
