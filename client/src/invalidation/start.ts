import * as vscode from 'vscode';
import type { InvalidationDraft } from '../../../server/src/protocol/draft';
import type { TextPosition } from '../../../server/src/protocol/text';
import { type ClientContext, request } from '../context';
import { plainText } from '../plainText';
import type { Source, Start } from './beginning';
import { describeTarget } from './history';
import type { KeptTarget } from './memory';
import type { InvalidationSession } from './session';

export interface StartArguments {
  /** Where an ARN, a URL or a route stands; the cursor of the active editor when left out. */
  readonly uri?: string;
  readonly position?: TextPosition;
  /** An execute-api ARN in place of what stands in a document. */
  readonly arn?: string;
  /** An invoke URL in place of what stands in a document. */
  readonly url?: string;
}

/**
 * The beginning of an invalidation: an ARN or a URL that was passed in; the URL, the ARN or the route at the cursor; or
 * what the user then chooses or types. `undefined` when the user leaves, or has been told why it will not do.
 */
export async function findStart(
  context: ClientContext,
  session: InvalidationSession,
  args: StartArguments,
  title: string,
): Promise<Start | undefined> {
  const found =
    args.arn !== undefined || args.url !== undefined
      ? await fromText(context, args.arn ?? args.url ?? '')
      : ((await atCursor(context, args)) ?? (await ask(context, session, title)));
  if (found === undefined || !('refusal' in found)) {
    return found;
  }
  void vscode.window.showErrorMessage(
    vscode.l10n.t('Nothing can be invalidated here. {0}', plainText(found.refusal)),
  );
  return undefined;
}

/** What no invalidation can begin with, and why. */
interface Refusal {
  readonly refusal: string;
}

function startWith(
  draft: InvalidationDraft,
  { query = [], address = {}, source }: Partial<Omit<Start, 'draft'>> = {},
): Start | Refusal {
  const { refusal } = draft;
  return refusal === undefined ? { draft, source, query, address } : { refusal };
}

/** An execute-api ARN, in any text. What a template fills in belongs to it. */
const ARN = /arn:[^\s:"'`<>]*:execute-api:(?:\$\{[^{}]*\}|[^\s"'`<>,\]}])+/;
const URL_TEXT = /(?:https?|wss?):\/\/(?:[^\s"'`<>{}]|\{[^\s{}]*\})+/i;

/** The execute-api ARN at the cursor, in a document of any language. */
export function arnAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor && textAt(editor.document, editor.selection.active, ARN);
}

async function atCursor(context: ClientContext, args: StartArguments): Promise<Start | Refusal | undefined> {
  const place = await placeOf(context, args);
  if (place === undefined) {
    return undefined;
  }
  const { document, position } = place;
  const url = textAt(document, position, URL_TEXT);
  const fromUrl = url === undefined ? undefined : await urlStart(context, url);
  // A text of any kind has addresses of other servers.
  if (fromUrl !== undefined && (!('refusal' in fromUrl) || /\.execute-api\./.test(url ?? ''))) {
    return fromUrl;
  }
  const source: Source = {
    uri: context.client.code2ProtocolConverter.asUri(document.uri),
    position: { line: position.line, character: position.character },
  };
  const arn = textAt(document, position, ARN);
  const route = arn === undefined ? await routeStart(context, document, source) : undefined;
  const policy = route === undefined ? await request(context, 'iamPolicy/invalidationDraft', source) : {};
  return (
    route ??
    (policy.draft && startWith(policy.draft, { source })) ??
    (arn === undefined ? undefined : fromText(context, arn))
  );
}

async function placeOf(
  { client }: ClientContext,
  { uri, position }: StartArguments,
): Promise<{ readonly document: vscode.TextDocument; readonly position: vscode.Position } | undefined> {
  if (uri !== undefined) {
    return {
      document: await vscode.workspace.openTextDocument(client.protocol2CodeConverter.asUri(uri)),
      position: new vscode.Position(position?.line ?? 0, position?.character ?? 0),
    };
  }
  const editor = vscode.window.activeTextEditor;
  return editor && { document: editor.document, position: editor.selection.active };
}

function textAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  pattern: RegExp,
): string | undefined {
  const range = document.getWordRangeAtPosition(position, pattern);
  return range && document.getText(range);
}

async function routeStart(
  context: ClientContext,
  document: vscode.TextDocument,
  { uri, position }: Source,
): Promise<Start | Refusal | undefined> {
  if (!isApiDefinition(document)) {
    return undefined;
  }
  const text = document.getText();
  const { draft } = await request(context, 'iamPolicy/routeDraft', { uri, text, position });
  return draft && startWith(draft);
}

/** Whether a document may define a REST API, by a look at its letters; the server reads it. */
export function isApiDefinition(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(DEFINITIONS, document) === 0) {
    return false;
  }
  const text = document.getText();
  return (
    /\b(?:openapi|swagger)["']?\s*:|AWS::(?:Serverless|ApiGateway)/.test(text) ||
    (/^["']?functions["']?\s*:/m.test(text) && /\bhttp["']?\s*:/.test(text))
  );
}

const DEFINITIONS: readonly vscode.DocumentFilter[] = ['json', 'jsonc', 'yaml'].map((language) => ({
  language,
}));

/** Lets the user choose what was invalidated before or an API of the workspace, or type another beginning. */
async function ask(
  context: ClientContext,
  { memory }: InvalidationSession,
  title: string,
): Promise<Start | Refusal | undefined> {
  const { apis } = await request(context, 'iamPolicy/invalidatableRoutes', {});
  const before = memory.history().slice(0, MAX_BEFORE);
  if (before.length === 0 && apis.length === 0) {
    return askText(context, title);
  }
  const picked = await vscode.window.showQuickPick<
    vscode.QuickPickItem & { readonly run?: () => Promise<Start | Refusal | undefined> }
  >(
    [
      ...(before.length === 0 ? [] : [separator(vscode.l10n.t('before'))]),
      ...before.map((kept) => ({ ...describeTarget(kept), run: () => keptStart(context, kept) })),
      ...(apis.length === 0 ? [] : [separator(vscode.l10n.t('APIs of the workspace'))]),
      ...apis.map(({ name, uri, draft }) => ({
        label: name,
        description: vscode.workspace.asRelativePath(context.client.protocol2CodeConverter.asUri(uri)),
        run: async () => startWith(draft),
      })),
      separator(''),
      {
        label: `$(edit) ${vscode.l10n.t('Type an ARN or a URL…')}`,
        alwaysShow: true,
        run: () => askText(context, title),
      },
    ],
    { title, placeHolder: vscode.l10n.t('Which API?'), ignoreFocusOut: true, matchOnDescription: true },
  );
  return picked?.run?.();
}

const MAX_BEFORE = 5;

function separator(label: string): vscode.QuickPickItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

/** An earlier target as a beginning. */
export async function keptStart(context: ClientContext, kept: KeptTarget): Promise<Start | undefined> {
  const { draft } = await request(context, 'iamPolicy/invalidationDraft', { arn: kept.arn });
  return draft && { draft, query: kept.query, address: kept.address, kept };
}

async function askText(context: ClientContext, title: string): Promise<Start | Refusal | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The execute-api ARN or the invoke URL of a cached request'),
    placeHolder: 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    ignoreFocusOut: true,
  });
  return text === undefined || text.trim() === '' ? undefined : fromText(context, text.trim());
}

async function fromText(context: ClientContext, text: string): Promise<Start | Refusal | undefined> {
  if (/^[a-z]+:\/\//i.test(text)) {
    return urlStart(context, text);
  }
  const { draft } = await request(context, 'iamPolicy/invalidationDraft', { arn: text });
  return draft && startWith(draft);
}

async function urlStart(context: ClientContext, url: string): Promise<Start | Refusal | undefined> {
  const { draft, refusal, query, endpoint, domain } = await request(context, 'iamPolicy/targetOfUrl', {
    url,
  });
  if (draft === undefined) {
    return refusal === undefined ? undefined : { refusal };
  }
  const address = {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(domain === undefined ? {} : { domain }),
  };
  return startWith(draft, { query: query ?? [], address });
}
