import * as vscode from 'vscode';
import type { DetectedPolicy, PolicyTypesResult } from '../../server/src/protocol/policies';
import { type ClientContext, request } from './context';
import { mayConcernPolicies } from './policyWatch';
import { createSizeMeter, isMeterOn } from './sizeMeter';

/** How long typing must rest before the status item is worked out anew. */
const REST_MS = 300;

/**
 * The language status items: of what type the document's policies are and why, and whether anything is missing; and
 * how much of its quota a policy uses.
 */
export function showStatus(context: ClientContext, selector: vscode.DocumentSelector): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('iamPolicy.type', selector);
  item.name = 'IAM Policy';
  item.text = vscode.l10n.t('No IAM policy');
  const meter = createSizeMeter(selector);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || vscode.languages.match(selector, document) === 0) {
      tellContext(document, true);
      return;
    }
    if (!context.client.isRunning()) {
      tellContext(document, !mayConcernPolicies(document));
      return;
    }
    try {
      const uri = context.client.code2ProtocolConverter.asUri(document.uri);
      const found = await request(context, 'iamPolicy/policyTypes', { uri });
      describe(item, found);
      tellContext(document, found.policies.length === 0);
      meter.show(isMeterOn(document) ? found.policies : []);
    } catch (error) {
      context.output.warn(`The status item: ${error}`);
    }
  };
  const schedule = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void update(), REST_MS);
  };
  schedule();
  return vscode.Disposable.from(
    item,
    meter,
    new vscode.Disposable(() => clearTimeout(timer)),
    context.client.onDidChangeState(schedule),
    new vscode.Disposable(() => tellContext(undefined, false)),
    vscode.window.onDidChangeActiveTextEditor(schedule),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) {
        schedule();
      }
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('iamPolicy')) {
        schedule();
      }
    }),
  );
}

/**
 * For the `when` clauses of commands that are about a policy. They are hidden where it is known that there is none, so
 * that nothing is missing before the server has answered.
 */
function tellContext(document: vscode.TextDocument | undefined, noPolicy: boolean): void {
  const isEmpty = document !== undefined && /^\s*$/.test(document.getText(EMPTY_AT_MOST));
  void vscode.commands.executeCommand('setContext', 'iamPolicy.noPolicy', noPolicy);
  void vscode.commands.executeCommand('setContext', 'iamPolicy.emptyDocument', noPolicy && isEmpty);
}

/** What has text further down is looked at as if it were empty, and no harm is done. */
const EMPTY_AT_MOST = new vscode.Range(0, 0, 100, 0);

function describe(item: vscode.LanguageStatusItem, { policies, reference }: PolicyTypesResult): void {
  const [first, ...others] = policies;
  item.text =
    first === undefined
      ? vscode.l10n.t('No IAM policy')
      : [first, ...others].map(nameOf).filter(isNew).join(', ');
  item.detail = first?.reason ?? vscode.l10n.t('no policy found in this document');
  item.command =
    first === undefined
      ? undefined
      : { title: vscode.l10n.t('Set Type'), command: 'iamPolicy.setPolicyType' };
  item.severity = vscode.LanguageStatusSeverity.Information;
  if (reference === undefined) {
    item.severity = vscode.LanguageStatusSeverity.Warning;
    item.detail = vscode.l10n.t('service reference missing: actions and condition keys are not checked');
    item.command = { title: vscode.l10n.t('Show Output'), command: 'iamPolicy.showOutput' };
  }
  // Read out, the item's text alone would not tell whose it is and why.
  item.accessibilityInformation = { label: vscode.l10n.t('IAM Policy: {0}, {1}', item.text, item.detail) };
}

function nameOf({ type, resourceType }: DetectedPolicy): string {
  return resourceType === undefined
    ? vscode.l10n.t('{0} policy', type)
    : vscode.l10n.t('{0} policy ({1})', type, resourceType);
}

function isNew(name: string, index: number, names: readonly string[]): boolean {
  return names.indexOf(name) === index;
}
