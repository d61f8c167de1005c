import * as vscode from 'vscode';
import type { AllowsParams } from '../../../server/src/protocol/allows';
import type { TextPosition } from '../../../server/src/protocol/text';
import { type ClientContext, request } from '../context';
import { LANGUAGES, PLAIN_FILES } from '../languages';
import { chooseOrType } from './choose';
import { uriOf } from './list';

/** Answers that the command would ask for; what is left out is asked. */
export interface QuestionArguments {
  /** Where the question comes from; the active editor and its cursor when left out. */
  readonly uri?: string;
  readonly position?: TextPosition;
  /** The documents that are asked together; that of the editor alone when left out. */
  readonly uris?: readonly string[];
  readonly action?: string;
  readonly resource?: string;
  /** Empty for nobody in particular. */
  readonly principal?: string;
}

export const TITLE = vscode.l10n.t('Would this allow…?');

/** The document and cursor that a command is about; tells the user if there is none. */
export function sourceOf(
  { client }: ClientContext,
  { uri, position }: Pick<QuestionArguments, 'uri' | 'position'>,
): { readonly uri: string; readonly position?: TextPosition } | undefined {
  const editor = vscode.window.activeTextEditor;
  if (uri !== undefined) {
    return { uri, ...(position === undefined ? {} : { position }) };
  }
  if (editor === undefined) {
    void tellNoPolicy();
    return undefined;
  }
  return {
    uri: client.code2ProtocolConverter.asUri(editor.document.uri),
    position: position ?? editor.selection.active,
  };
}

/** Tells the user to open a policy first. */
export function tellNoPolicy(): Thenable<unknown> {
  return vscode.window.showInformationMessage(
    vscode.l10n.t('Open the policy that you want to ask about first.'),
  );
}

/** Everything that a question needs, asked step by step; `undefined` when the user leaves. */
export async function askQuestion(
  context: ClientContext,
  args: QuestionArguments,
): Promise<AllowsParams | undefined> {
  const source = sourceOf(context, args);
  if (source === undefined) {
    return undefined;
  }
  const uris = args.uris ?? [source.uri];
  const { actions, resources, principals, asksPrincipal, here } = await request(
    context,
    'iamPolicy/questionChoices',
    { uris, ...(source.position === undefined ? {} : { position: source.position }) },
  );
  const steps = asksPrincipal ? 3 : 2;
  const action =
    args.action ??
    (await chooseOrType({
      title: titleOf(1, steps),
      placeholder: vscode.l10n.t('Which action? Choose one, or type it.'),
      choices: withFirst(here.action, actions),
      problemOf: (text) =>
        /^[a-z0-9-]+:[a-z0-9*?]+$/i.test(text)
          ? undefined
          : vscode.l10n.t('An action is written service:Name.'),
    }));
  if (action === undefined) {
    return undefined;
  }
  const resource =
    args.resource ??
    (await chooseOrType({
      title: titleOf(2, steps),
      placeholder: vscode.l10n.t('On which resource? Choose an ARN, or type it.'),
      choices: withFirst(here.resource, resources),
      problemOf: (text) =>
        /^(?:arn(?::[^:]*){4}:.+|execute-api:\/.*|\*)$/.test(text)
          ? undefined
          : vscode.l10n.t('A resource is an ARN, or * where the action has none.'),
    }));
  if (resource === undefined) {
    return undefined;
  }
  const principal =
    args.principal ??
    (asksPrincipal
      ? await chooseOrType({
          title: titleOf(3, steps),
          placeholder: vscode.l10n.t(
            'Who makes the request? Choose a principal, or type an ARN, an account or a service.',
          ),
          choices: principals,
          none: vscode.l10n.t('No particular principal'),
          problemOf: (text) =>
            /^(?:arn:|\d{12}$|anonymous$|[a-z0-9-]+(?:\.[a-z0-9-]+)+$)/.test(text)
              ? undefined
              : vscode.l10n.t(
                  'A principal is an ARN, an account ID, a service such as lambda.amazonaws.com, or anonymous.',
                ),
        })
      : '');
  if (principal === undefined) {
    return undefined;
  }
  return { uris, action, resource, ...(principal === '' ? {} : { principal }) };
}

/** Lets the user say which open policies are asked together; the first stays among them. */
export async function askDocuments(
  context: ClientContext,
  asked: readonly string[],
): Promise<readonly string[] | undefined> {
  const candidates = vscode.workspace.textDocuments
    .filter(
      (document) =>
        LANGUAGES.includes(document.languageId) ||
        vscode.languages.match({ language: 'plaintext', pattern: PLAIN_FILES }, document) > 0,
    )
    .map(({ uri }) => context.client.code2ProtocolConverter.asUri(uri));
  const found = await Promise.all(
    candidates.map(async (uri) => ({ uri, ...(await request(context, 'iamPolicy/policyTypes', { uri })) })),
  );
  const items = found
    .filter(({ policies }) => policies.length > 0)
    .map(({ uri, policies }) => ({
      label: vscode.workspace.asRelativePath(uriOf(context, { uri })),
      description: [...new Set(policies.map(({ type }) => type))].join(', '),
      picked: asked.includes(uri),
      uri,
    }));
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: vscode.l10n.t('Which open policies apply together, to one caller and one resource?'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ uri }) => uri);
}

function titleOf(step: number, steps: number): string {
  return `${TITLE} (${step}/${steps})`;
}

function withFirst(first: string | undefined, choices: readonly string[]): readonly string[] {
  return first === undefined ? choices : [first, ...choices.filter((each) => each !== first)];
}
