import * as vscode from 'vscode';

const TERRAFORM = 'terraform';

/** Opens what a policy is in Terraform as an unsaved file, coloured where some extension knows the language. */
export function registerOpenAsTerraform(): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.openAsTerraform', async (content: unknown) => {
    if (typeof content !== 'string') {
      return;
    }
    const isKnown = (await vscode.languages.getLanguages()).includes(TERRAFORM);
    const document = await vscode.workspace.openTextDocument({
      content,
      ...(isKnown && { language: TERRAFORM }),
    });
    await vscode.window.showTextDocument(document);
  });
}
