import * as vscode from 'vscode';
import type { ClientContext } from './context';

/** A whole policy, as a snippet with parts to fill in. */
export interface Template {
  readonly description: string;
  readonly policyType: string;
  readonly body: readonly string[];
}

/** By name. */
export type Templates = Readonly<Record<string, Template>>;

/** The template for those who come to invalidate and have no policy yet. */
export const INVALIDATE = 'Invalidate a cached path';

/** Read when first asked for. The language server offers the same templates in empty documents. */
export async function readTemplates({ extension }: ClientContext): Promise<Templates> {
  const file = vscode.Uri.joinPath(extension.extensionUri, 'server/templates/policies.json');
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file)));
}

/** The text of a template as a snippet, which ends with a line break. */
export function snippetOf({ body }: Template): vscode.SnippetString {
  return new vscode.SnippetString(`${body.join('\n')}\n`);
}
