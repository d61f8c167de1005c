import * as vscode from 'vscode';
import type { TextPosition } from '../../../server/src/protocol/text';
import { type ClientContext, request } from '../context';
import { createReportView } from '../reportView';

/** The ARN, or where one stands; where the cursor is when left out. */
export interface ExplainArnArguments {
  readonly arn?: string;
  readonly uri?: string;
  readonly position?: TextPosition;
}

/** Shows the segments of an ARN beside the policy. Resolves with the text, or with nothing when there was no ARN. */
export function registerExplainArn(context: ClientContext): vscode.Disposable {
  const view = createReportView(vscode.l10n.t('ARN Explained'));
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand('iamPolicy.explainArn', async (args: ExplainArnArguments = {}) => {
      const report = await reportOf(context, args);
      if (report !== undefined) {
        view.set(report);
        view.show();
      }
      return report;
    }),
  );
}

async function reportOf(context: ClientContext, args: ExplainArnArguments): Promise<string | undefined> {
  const { report } = await request(context, 'iamPolicy/explainArn', withCursor(context, args));
  if (report !== undefined) {
    return report;
  }
  const arn = await vscode.window.showInputBox({
    title: vscode.l10n.t('IAM Policy: Explain ARN'),
    prompt: vscode.l10n.t('An Amazon Resource Name, with or without wildcards'),
    placeHolder: 'arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    ignoreFocusOut: true,
  });
  return arn?.trim()
    ? (await request(context, 'iamPolicy/explainArn', { arn: arn.trim() })).report
    : undefined;
}

function withCursor({ client }: ClientContext, args: ExplainArnArguments): ExplainArnArguments {
  const editor = vscode.window.activeTextEditor;
  return args.arn !== undefined || args.uri !== undefined || editor === undefined
    ? args
    : {
        uri: client.code2ProtocolConverter.asUri(editor.document.uri),
        position: editor.selection.active,
      };
}
