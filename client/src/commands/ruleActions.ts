import * as vscode from 'vscode';
import type { RuleEdit, SuppressionTarget } from '../../../server/src/protocol/rules';
import { type ClientContext, request } from '../context';
import { showMarkdown } from '../markdownView';
import { RULE_PAGES } from '../rulePages';

/** What a finding's light bulb goes on with: the reason of a suppression, a rule's severity, its page. */
export function registerRuleActions(context: ClientContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('iamPolicy.suppress', (target: SuppressionTarget) =>
      suppress(context, target),
    ),
    vscode.commands.registerCommand('iamPolicy.turnRuleOff', (target: RuleTarget) =>
      turnOff(context, target),
    ),
    vscode.commands.registerCommand('iamPolicy.setRuleSeverity', (target: RuleTarget) =>
      setSeverity(context, target),
    ),
    vscode.commands.registerCommand('iamPolicy.openRulePage', (rule: string) =>
      showMarkdown(vscode.Uri.parse(`${RULE_PAGES}${rule}.md`), { viewColumn: vscode.ViewColumn.Beside }),
    ),
  );
}

/** Asks for the reason, and writes the suppression with it; without one nothing is written. */
async function suppress(context: ClientContext, target: SuppressionTarget): Promise<void> {
  const isComment = target.commentAt !== undefined;
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t('Suppress {0}', target.rule),
    prompt: isComment
      ? vscode.l10n.t('Why is this finding accepted? The reason is written into the comment.')
      : vscode.l10n.t('Why is this finding accepted? The reason is written to .iam-policy.json.'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? vscode.l10n.t('A suppression needs a reason.') : undefined,
  });
  if (reason === undefined) {
    return;
  }
  const written = await request(context, 'iamPolicy/suppress', { ...target, reason: reason.trim() });
  const file = await write(context, written);
  // A document is saved by its author.
  if (file !== undefined && !isComment) {
    await saveAndSay(file, (name) => vscode.l10n.t('{0} is suppressed in {1}.', target.rule, name));
  }
}

async function turnOff(context: ClientContext, { uri, rule }: RuleTarget): Promise<void> {
  const file = await write(
    context,
    await request(context, 'iamPolicy/ruleSeverity', { uri, rule, severity: 'off' }),
  );
  if (file !== undefined) {
    await saveAndSay(file, (name) => vscode.l10n.t('{0} is turned off in {1}.', rule, name));
  }
}

/** Applies what the server answered, and gives the file that it is for; says so where there is nothing to apply. */
async function write(context: ClientContext, { file, edit }: RuleEdit): Promise<vscode.Uri | undefined> {
  const converted = await context.client.protocol2CodeConverter.asWorkspaceEdit(
    edit as Parameters<typeof context.client.protocol2CodeConverter.asWorkspaceEdit>[0],
  );
  if (file === undefined || converted === undefined || !(await vscode.workspace.applyEdit(converted))) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('Nothing was written: the document or .iam-policy.json has changed. Try again.'),
    );
    return undefined;
  }
  return vscode.Uri.parse(file);
}

async function saveAndSay(uri: vscode.Uri, message: (name: string) => string): Promise<void> {
  await (await vscode.workspace.openTextDocument(uri)).save();
  await sayWhere(message(vscode.workspace.asRelativePath(uri)), uri);
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
  ['default', vscode.l10n.t("the rule's default")],
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
    ...(shared.file === undefined
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
  if (place?.target === 'file') {
    const file = await write(context, shared);
    if (file !== undefined) {
      await saveAndSay(file, (name) =>
        vscode.l10n.t('{0} is set to {1} in {2}.', rule, severity.label, name),
      );
    }
  } else if (place !== undefined) {
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
