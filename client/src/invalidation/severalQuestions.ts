import * as vscode from 'vscode';
import type { InvalidatableApi, InvalidatableRoute } from '../../../server/src/protocol/draft';
import type { Identity, InvalidationTarget } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { plainText } from '../plainText';
import { targetOf } from './attempt';
import { credentialsLine } from './identity';
import { overHttpLines } from './overHttp';
import { askParts, hasParameters } from './questions';
import type { InvalidationSession } from './session';

export const TITLE = vscode.l10n.t('API Gateway: Invalidate Several Routes');

/** Routes with every parameter filled in, and those that were skipped with the reason. */
export interface Chosen {
  readonly targets: readonly InvalidationTarget[];
  readonly skipped: readonly { readonly path: string; readonly parameter: string }[];
}

/** Which API is meant. An ARN that fits no known route is no reason to offer none. */
export async function pickApi(
  context: ClientContext,
  arn: string | undefined,
): Promise<InvalidatableApi | undefined> {
  const named = arn === undefined ? [] : await apisOf(context, arn);
  const apis = named.length > 0 ? named : await apisOf(context, undefined);
  const [only, ...others] = apis;
  if (only === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No file of this workspace defines a REST API: OpenAPI, SAM, CloudFormation and Serverless are read.',
      ),
    );
    return undefined;
  }
  if (others.length === 0) {
    return only;
  }
  const picked = await vscode.window.showQuickPick(
    apis.map((api) => ({
      label: api.name,
      description: vscode.workspace.asRelativePath(context.client.protocol2CodeConverter.asUri(api.uri)),
      detail: vscode.l10n.t('{0} routes', api.routes.length),
      api,
    })),
    { title: TITLE, placeHolder: vscode.l10n.t('Which API?'), ignoreFocusOut: true },
  );
  return picked?.api;
}

async function apisOf(context: ClientContext, arn: string | undefined): Promise<readonly InvalidatableApi[]> {
  const { apis } = await request(context, 'iamPolicy/invalidatableRoutes', arn === undefined ? {} : { arn });
  return apis.filter(({ draft }) => draft.refusal === undefined);
}

/** Those without parameters are ticked: nothing has to be asked for them. */
export async function pickRoutes(api: InvalidatableApi): Promise<readonly InvalidatableRoute[] | undefined> {
  const picked = await vscode.window.showQuickPick(
    api.routes.map((route) => ({
      label: `GET /${route.path}`,
      description: [
        ...(hasParameters(route.path) ? [vscode.l10n.t('with parameters')] : []),
        ...keyNames(route),
        ...(route.authorization === undefined ? [] : [route.authorization]),
      ].join(' · '),
      picked: !hasParameters(route.path),
      route,
    })),
    {
      title: `${TITLE}: ${api.name}`,
      placeHolder: vscode.l10n.t('Which routes?'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ route }) => route);
}

/** The cache keys beside the path that a route is known to have. */
function keyNames({ parameters: { query, headers } }: InvalidatableRoute): readonly string[] {
  const names = [...query, ...headers];
  return names.length === 0 ? [] : [vscode.l10n.t('cache keys: {0}', names.join(', '))];
}

/** The target of the API's root: it has all that its routes share. */
export async function askPlace(
  context: ClientContext,
  session: InvalidationSession,
  { draft }: InvalidatableApi,
): Promise<InvalidationTarget | undefined> {
  const open = draft.open.filter((part) => part !== 'method' && part !== 'path');
  const answers = await askParts(context, draft, open, session.memory.answers(draft.arn), TITLE);
  return (
    answers &&
    targetOf({
      draft,
      source: undefined,
      address: {},
      answers: { ...answers, method: 'GET', path: '' },
      query: [],
      headers: [],
      identity: { kind: 'default' },
      checks: {},
      consent: 'ask',
    })
  );
}

/**
 * Asks for values of the parameters that the routes have, once for each name; nothing when the user leaves, or when
 * every route is skipped.
 */
export async function fillRoutes(
  context: ClientContext,
  routes: readonly InvalidatableRoute[],
  place: InvalidationTarget,
): Promise<Chosen | undefined> {
  const values: (readonly [name: string, values: readonly string[]])[] = [];
  for (const { name, need } of parametersOf(routes)) {
    const text = await vscode.window.showInputBox({
      title: TITLE,
      prompt:
        need === 'path'
          ? vscode.l10n.t(
              'Values of {0}, separated by commas; leave it empty to skip the routes that have it',
              name,
            )
          : vscode.l10n.t(
              'Values of the cache key {0}, separated by commas; leave it empty for requests without it',
              name,
            ),
      placeHolder: '1,2,3',
      ignoreFocusOut: true,
    });
    if (text === undefined) {
      return undefined;
    }
    values.push([name, splitValues(text)]);
  }
  const { targets, skipped, problem } = await request(context, 'iamPolicy/fillRoutes', {
    place,
    routes: routes.map(({ path, parameters }) => ({ path, parameters })),
    values,
  });
  if (problem !== undefined) {
    void vscode.window.showErrorMessage(plainText(problem));
  }
  return targets.length === 0 ? undefined : { targets, skipped };
}

interface Parameter {
  readonly name: string;
  readonly need: 'path' | 'key';
}

/** Each name once; one that is in a path somewhere cannot be left out there. */
function parametersOf(routes: readonly InvalidatableRoute[]): readonly Parameter[] {
  const needs = new Map<string, Parameter['need']>();
  for (const { path } of routes.map(({ parameters }) => parameters)) {
    for (const name of path) {
      needs.set(name, 'path');
    }
  }
  for (const { query, headers } of routes.map(({ parameters }) => parameters)) {
    for (const name of [...query, ...headers]) {
      needs.set(name, needs.get(name) ?? 'key');
    }
  }
  return [...needs].map(([name, need]) => ({ name, need }));
}

/** A comma that belongs to a value has a backslash before it. */
function splitValues(text: string): readonly string[] {
  return [...text.matchAll(/(?:\\.|[^,\\]|\\$)+/gs)]
    .map(([value]) => value.replace(/\\([,\\])/g, '$1').trim())
    .filter((value) => value !== '');
}

/** Asks for consent, in one dialog that says what goes where and as whom. */
export async function confirm(
  context: ClientContext,
  { targets, skipped }: Chosen,
  identity: Identity,
): Promise<boolean> {
  const [first] = targets;
  if (first === undefined) {
    return false;
  }
  const preview = await request(context, 'iamPolicy/invalidationPreview', { target: first });
  if (preview.url === undefined) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Nothing was sent. {0}',
        plainText(preview.problems.map(({ message }) => message).join(' ')),
      ),
    );
    return false;
  }
  const invalidate = vscode.l10n.t('Invalidate {0}', targets.length);
  const more = targets.length - MAX_NAMED;
  const picked = await vscode.window.showWarningMessage(
    vscode.l10n.t('Invalidate {0} cache entries?', targets.length),
    {
      modal: true,
      detail: [
        vscode.l10n.t('API: {0}', first.apiId),
        vscode.l10n.t('Stage: {0}', first.stage),
        vscode.l10n.t('Region: {0}', first.region),
        vscode.l10n.t('Host: {0}', new URL(preview.url).host),
        credentialsLine(identity),
        ...overHttpLines(preview.url, identity),
        '',
        ...targets.slice(0, MAX_NAMED).map(entryLine),
        ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
        ...skipped.map(({ path, parameter }) =>
          vscode.l10n.t('Skipped: GET /{0}, without a value for {1}', path, parameter),
        ),
      ].join('\n'),
    },
    invalidate,
  );
  return picked === invalidate;
}

/** The query is shown by its names: a value may be a secret. */
function entryLine({ path, query, headers }: InvalidationTarget): string {
  const keys = [...query, ...headers].map(([name]) => name);
  return `GET /${path}${keys.length === 0 ? '' : ` (${keys.join(', ')})`}`;
}

/** More lines than these make a dialog too tall. */
const MAX_NAMED = 8;
