import * as vscode from 'vscode';
import type {
  CallerStanding,
  PolicyStanding,
  Standing,
  WhoMayInvalidateResult,
} from '../../../server/src/protocol/allows';
import type { TextPosition } from '../../../server/src/protocol/text';
import { chooseOrType } from '../allows/choose';
import { type ListItem, showList } from '../allows/list';
import { type QuestionArguments, sourceOf, tellNoPolicy } from '../allows/question';
import { type ClientContext, request } from '../context';

/** The ARN that is meant: that at the position, or at the cursor where both are left out. */
export interface WhoMayInvalidateArguments {
  readonly uri?: string;
  readonly position?: TextPosition;
}

const TITLE = vscode.l10n.t('Who may invalidate?');

/** Resolves when the answer has been closed. */
export function registerWhoMayInvalidate(context: ClientContext): vscode.Disposable {
  return vscode.commands.registerCommand('iamPolicy.whoMayInvalidate', (args?: WhoMayInvalidateArguments) =>
    whoMayInvalidate(context, args ?? {}),
  );
}

async function whoMayInvalidate(context: ClientContext, args: WhoMayInvalidateArguments): Promise<void> {
  const source = sourceOf(context, args);
  if (source === undefined) {
    return;
  }
  const atCursor = await request(context, 'iamPolicy/whoMayInvalidate', source);
  const { arn, policies } = atCursor.arn === undefined ? await forAnArn(context, source.uri) : atCursor;
  if (arn === undefined) {
    return;
  }
  if (policies.length === 0) {
    await tellNoPolicy();
    return;
  }
  await showList(context, {
    title: TITLE,
    placeholder: arn,
    items: policies.flatMap((policy) => policyItems(source.uri, arn, policy)),
  });
}

/** Where the cursor names no execute-api ARN, one of the document is chosen or another typed. */
async function forAnArn(context: ClientContext, uri: string): Promise<WhoMayInvalidateResult> {
  const { resources } = await request(context, 'iamPolicy/questionChoices', { uris: [uri] });
  const arn = await chooseOrType({
    title: TITLE,
    placeholder: vscode.l10n.t('Cache entries of which execute-api ARN? Choose one, or type it.'),
    choices: resources.filter((text) => isExecuteApi(text)),
    problemOf: (text) => (isExecuteApi(text) ? undefined : vscode.l10n.t('This is not an execute-api ARN.')),
  });
  return arn === undefined ? { policies: [] } : request(context, 'iamPolicy/whoMayInvalidate', { uri, arn });
}

function isExecuteApi(text: string): boolean {
  return /^(?:arn:[^:]*:)?execute-api:/.test(text);
}

function policyItems(uri: string, arn: string, policy: PolicyStanding): readonly ListItem[] {
  const { policyType, role, callers } = policy;
  const line = policy.range.start.line + 1;
  const heading =
    role === 'grants'
      ? vscode.l10n.t('{0} policy, line {1}', policyType, line)
      : vscode.l10n.t('{0} policy, line {1}: limits only', policyType, line);
  const items = callers.flatMap((caller) => callerItems(uri, arn, caller));
  return [
    { label: heading, kind: vscode.QuickPickItemKind.Separator },
    ...(items.length > 0
      ? items
      : [
          {
            label: `$(circle-slash) ${vscode.l10n.t('nobody')}`,
            description: vscode.l10n.t('no statement allows anything'),
            place: policy,
          },
        ]),
  ];
}

const ICONS: Readonly<Record<Standing['answer'], string>> = {
  yes: 'pass',
  no: 'circle-slash',
  depends: 'question',
};

const ANSWERS: Readonly<Record<Standing['answer'], string>> = {
  yes: vscode.l10n.t('yes'),
  no: vscode.l10n.t('no'),
  depends: vscode.l10n.t('depends'),
};

/** Whom the policy speaks of with both answers, then why, then the way to what would grant it. */
function callerItems(uri: string, arn: string, caller: CallerStanding): readonly ListItem[] {
  const { principal, invalidateCache, invoke } = caller;
  const question: QuestionArguments = {
    uri,
    action: 'execute-api:InvalidateCache',
    resource: arn,
    principal: principal ?? '',
  };
  const ask = () => vscode.commands.executeCommand('iamPolicy.wouldThisAllow', question);
  const [place] = invalidateCache.deciding;
  return [
    {
      label: `$(${ICONS[invalidateCache.answer]}) ${principal ?? vscode.l10n.t('whoever holds this policy')}`,
      description: `InvalidateCache: ${ANSWERS[invalidateCache.answer]} · Invoke: ${ANSWERS[invoke.answer]}`,
      ...(place === undefined ? { run: ask } : { place }),
    },
    ...reasonItems('InvalidateCache', invalidateCache),
    ...reasonItems('Invoke', invoke),
    ...(invalidateCache.answer === 'yes'
      ? []
      : [{ label: `$(lightbulb) ${vscode.l10n.t('What would grant it…')}`, run: ask }]),
  ];
}

function reasonItems(action: string, { because, deciding }: Standing): readonly ListItem[] {
  return because.map((reason) => ({
    label: `$(indent) ${action}: ${reason}`,
    place: deciding[0],
  }));
}
