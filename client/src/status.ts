import * as vscode from 'vscode';
import type { PolicyTypesResult } from '../../server/src/protocol/policies';
import { type ClientContext, request } from './context';
import { READ_AS } from './languages';
import { own } from './own';
import { mayConcernPolicies } from './policyWatch';
import { nameOf } from './policyWords';
import { createReferenceStatus } from './referenceStatus';
import { createSizeMeter, isMeterOn } from './sizeMeter';
import { createPolicyBar } from './statusBar';
import { createUnreadNote, NOT_CHECKED } from './unread';

/** How long typing must pause before the status item is updated. */
const REST_MS = 300;

/**
 * The language status items: of what type the document's policies are and why, and whether anything is missing; how much
 * of its quota a policy uses; and how old the service reference is.
 */
export function showStatus(
  context: ClientContext,
  selector: readonly { readonly scheme: string; readonly language: string }[],
): vscode.Disposable {
  const schemes = new Set(selector.map(({ scheme }) => scheme));
  const item = vscode.languages.createLanguageStatusItem('iamPolicy.type', selector);
  item.name = 'IAM Policy';
  item.text = vscode.l10n.t('No IAM policy');
  const meter = createSizeMeter(selector);
  const reference = createReferenceStatus(selector);
  const bar = createPolicyBar();
  const unread = createUnreadNote();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const update = async (): Promise<void> => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || vscode.languages.match(selector, document) === 0) {
      tellContext(document, true);
      bar.tell(
        unread.show(document !== undefined && schemes.has(document.uri.scheme) ? document : undefined),
      );
      return;
    }
    unread.show(undefined);
    const client = context.madeClient;
    if (client?.isRunning() !== true) {
      tellContext(document, !mayConcernPolicies(document));
      bar.tell(undefined);
      return;
    }
    try {
      const uri = client.code2ProtocolConverter.asUri(document.uri);
      const found = await request(context, 'iamPolicy/policyTypes', { uri });
      const off = found.policies.length === 0 ? switchedOff(document) : undefined;
      describe(item, found, off);
      reference.show(found.policies.length === 0 ? undefined : found.reference);
      tellContext(document, found.policies.length === 0, found.policies.length > 0);
      meter.show(isMeterOn(document) ? found.policies : []);
      if (off === undefined) {
        bar.show(found.policies, isMeterOn(document) ? 'shown' : 'hidden');
      } else {
        bar.tell(off);
      }
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
    reference,
    bar,
    unread,
    new vscode.Disposable(() => clearTimeout(timer)),
    context.whenClientIsMade((client) => client.onDidChangeState(schedule)),
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
function tellContext(document: vscode.TextDocument | undefined, noPolicy: boolean, hasPolicy = false): void {
  const isEmpty = document !== undefined && /^\s*$/.test(document.getText(EMPTY_AT_MOST));
  void vscode.commands.executeCommand('setContext', 'iamPolicy.noPolicy', noPolicy);
  // In other languages than JSON most documents hold none, so the commands wait until one is known.
  void vscode.commands.executeCommand('setContext', 'iamPolicy.hasPolicy', hasPolicy);
  void vscode.commands.executeCommand('setContext', 'iamPolicy.emptyDocument', noPolicy && isEmpty);
}

/** What has text further down is looked at as if it were empty, and no harm is done. */
const EMPTY_AT_MOST = new vscode.Range(0, 0, 100, 0);

/** The setting by which a document with something like a policy is not read; nothing where it is read. */
function switchedOff(document: vscode.TextDocument): string | undefined {
  const settings = vscode.workspace.getConfiguration('iamPolicy', document);
  // Of plain text that is of a language of ours by its name, those of Terraform are read as HCL and all others as templates.
  const isHcl = document.languageId === 'plaintext' && /\.(?:tf|tofu|tfvars|hcl)$/i.test(document.uri.path);
  const language = isHcl ? 'hcl' : (own(READ_AS, document.languageId) ?? 'template');
  const off = !settings.get('enable', true)
    ? 'iamPolicy.enable'
    : own(settings.get<Readonly<Record<string, boolean>>>('languages', {}), language) === false
      ? `iamPolicy.languages: ${language}`
      : undefined;
  return off === undefined || !mayConcernPolicies(document)
    ? undefined
    : vscode.l10n.t('Turned off in the settings ({0}).', off);
}

function describe(
  item: vscode.LanguageStatusItem,
  { policies, reference }: PolicyTypesResult,
  off: string | undefined,
): void {
  const [first, ...others] = policies;
  item.text =
    first === undefined
      ? off === undefined
        ? vscode.l10n.t('No IAM policy')
        : NOT_CHECKED
      : [first, ...others].map(nameOf).filter(isNew).join(', ');
  item.detail = first?.reason ?? off ?? vscode.l10n.t('no policy found in this document');
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

function isNew(name: string, index: number, names: readonly string[]): boolean {
  return names.indexOf(name) === index;
}
