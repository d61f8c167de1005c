import * as vscode from 'vscode';
import type { ReasonParams } from '../../../server/src/protocol/rules';
import { type ClientContext, request } from '../context';
import { showMarkdown } from '../markdownView';
import { RULE_PAGES } from '../rulePages';

/** What a finding's light bulb goes on with: the reason of a suppression, a rule's severity, its page. */
export function registerRuleActions(context: ClientContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('iamPolicy.askReason', askReason),
    vscode.commands.registerCommand('iamPolicy.ruleTurnedOff', async (config: string, rule: string) => {
      const uri = vscode.Uri.parse(config);
      await (await vscode.workspace.openTextDocument(uri)).save();
      await sayWhere(
        vscode.l10n.t('{0} is turned off in {1}.', rule, vscode.workspace.asRelativePath(uri)),
        uri,
      );
    }),
    vscode.commands.registerCommand('iamPolicy.setRuleSeverity', (target: RuleTarget) =>
      setSeverity(context, target),
    ),
    vscode.commands.registerCommand('iamPolicy.openRulePage', (rule: string) =>
      showMarkdown(vscode.Uri.parse(`${RULE_PAGES}${rule}.md`), { viewColumn: vscode.ViewColumn.Beside }),
    ),
  );
}

/** Writes the reason of the suppression that was just added, saves it, and says where; declined, takes it back. */
async function askReason({
  config,
  isComment,
  rule,
  created,
  offset,
  inserted,
  replaced,
}: ReasonParams): Promise<void> {
  const uri = vscode.Uri.parse(config);
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0}', rule),
    prompt: isComment
      ? vscode.l10n.t('Why is this finding accepted? The reason is written into the comment.')
      : vscode.l10n.t('Why is this finding accepted? The reason is written to .iam-policy.json.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? vscode.l10n.t('A suppression needs a reason.') : undefined,
  });
  const document = await vscode.workspace.openTextDocument(uri);
  const whole = new vscode.Range(document.positionAt(offset), document.positionAt(offset + inserted.length));
  // Windows line ends may have come in between; then the author has to finish what is there.
  if (document.getText(whole) !== inserted) {
    await vscode.window.showTextDocument(document);
    return;
  }
  const change = new vscode.WorkspaceEdit();
  if (reason === undefined && created) {
    change.deleteFile(uri, { ignoreIfNotExists: true });
    await vscode.workspace.applyEdit(change);
    return;
  }
  const text =
    reason === undefined
      ? replaced
      : isComment
        ? inserted.replace(/ ?(\r?\n)$/, (_, lineBreak: string) => ` ${reason.trim()}${lineBreak}`)
        : inserted.replace(/("reason"\s*:\s*)""/, (_, name: string) => name + JSON.stringify(reason.trim()));
  change.replace(uri, whole, text);
  await vscode.workspace.applyEdit(change);
  // A document is saved by its author.
  if (isComment) {
    return;
  }
  await document.save();
  if (reason !== undefined) {
    await sayWhere(
      vscode.l10n.t('{0} is suppressed in {1}.', rule, vscode.workspace.asRelativePath(uri)),
      uri,
    );
  }
}

async function sayWhere(message: string, uri: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.window.showTextDocument(uri);
  }
}

interface RuleTarget {
  readonly uri: string;
  readonly rule: string;
}

/** In the words of `iamPolicy.rules`. */
const SEVERITIES: readonly (readonly [severity: string, description: string])[] = [
  ['off', vscode.l10n.t('report nothing')],
  ['error', vscode.l10n.t('report as an error')],
  ['warning', vscode.l10n.t('report as a warning')],
  ['info', vscode.l10n.t('report as information')],
  ['default', vscode.l10n.t('as the rule is by itself')],
];

async function setSeverity(context: ClientContext, { uri, rule }: RuleTarget): Promise<void> {
  const title = vscode.l10n.t('Severity of {0}', rule);
  const severity = await vscode.window.showQuickPick(
    SEVERITIES.map(([label, description]) => ({ label, description })),
    { title },
  );
  if (severity === undefined) {
    return;
  }
  const document = vscode.Uri.parse(uri);
  const shared = await request(context, 'iamPolicy/ruleSeverity', { uri, rule, severity: severity.label });
  const places = [
    ...(shared.config === undefined
      ? []
      : [
          {
            label: '.iam-policy.json',
            description: vscode.l10n.t('for everybody and the command line'),
            target: 'file',
          },
        ]),
    ...(vscode.workspace.getWorkspaceFolder(document) === undefined
      ? []
      : [{ label: vscode.l10n.t('Workspace settings'), description: '', target: 'workspace' }]),
    { label: vscode.l10n.t('User settings'), description: '', target: 'user' },
  ];
  const place = await vscode.window.showQuickPick(places, { title });
  if (place?.target === 'file' && shared.config !== undefined && shared.edit !== undefined) {
    const edit = await context.client.protocol2CodeConverter.asWorkspaceEdit(
      shared.edit as Parameters<typeof context.client.protocol2CodeConverter.asWorkspaceEdit>[0],
    );
    const config = vscode.Uri.parse(shared.config);
    if (edit === undefined) {
      return;
    }
    await vscode.workspace.applyEdit(edit);
    await (await vscode.workspace.openTextDocument(config)).save();
    await sayWhere(
      vscode.l10n.t(
        '{0} is set to {1} in {2}.',
        rule,
        severity.label,
        vscode.workspace.asRelativePath(config),
      ),
      config,
    );
  } else if (place !== undefined && place.target !== 'file') {
    const configuration = vscode.workspace.getConfiguration('iamPolicy', document);
    const known = configuration.inspect<Record<string, string>>('rules');
    const isWorkspace = place.target === 'workspace';
    const before = (isWorkspace ? known?.workspaceValue : known?.globalValue) ?? {};
    await configuration.update(
      'rules',
      { ...before, [rule]: severity.label },
      isWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global,
    );
  }
}
