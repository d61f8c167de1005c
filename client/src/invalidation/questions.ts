import * as vscode from 'vscode';
import type {
  Identity,
  InvalidationDraft,
  InvalidationTarget,
  Pair,
  TargetPart,
} from '../../../server/src/protocol/messages';
import { type ClientContext, request } from '../context';
import type { Answers } from './memory';

export const TITLE = vscode.l10n.t('API Gateway: Invalidate Cache');

/** What each question says. */
const QUESTIONS: Readonly<Record<TargetPart, { readonly prompt: string; readonly example: string }>> = {
  region: { prompt: vscode.l10n.t('Region of the API'), example: 'eu-west-1' },
  apiId: { prompt: vscode.l10n.t('Id of the REST API'), example: 'a1b2c3d4e5' },
  stage: { prompt: vscode.l10n.t('Stage'), example: 'prod' },
  method: { prompt: vscode.l10n.t('Method of the cached request'), example: 'GET' },
  path: {
    prompt: vscode.l10n.t('Path of the cached request, with its query string where that is a cache key'),
    example: 'pets/42?lang=en',
  },
};

/** Caching is on for GET only unless a stage says otherwise, so GET comes first. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Asks for an execute-api ARN; `undefined` when the user leaves. */
export function askArn(last: string | undefined): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t('ARN of what should be invalidated'),
    placeHolder: 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/GET/pets',
    ignoreFocusOut: true,
    ...(last === undefined ? {} : { value: last }),
  });
}

/**
 * Asks for the parts, each with what was answered before as the proposal; the server judges every answer as it is
 * typed. `undefined` when the user leaves.
 */
export async function askParts(
  context: ClientContext,
  draft: InvalidationDraft,
  parts: readonly TargetPart[],
  proposals: Answers,
): Promise<Answers | undefined> {
  let answers: Answers = {};
  for (const [index, part] of parts.entries()) {
    const step = { part, proposal: proposals[part], place: `${index + 1}/${parts.length}` };
    const answer =
      part === 'method'
        ? await pickMethod(draft, step)
        : await typePart(context, draft, step, { ...draft.known, ...proposals, ...answers });
    if (answer === undefined) {
      return undefined;
    }
    answers = { ...answers, [part]: answer };
  }
  return answers;
}

interface Step {
  readonly part: TargetPart;
  readonly proposal: string | undefined;
  readonly place: string;
}

async function pickMethod(draft: InvalidationDraft, { proposal, place }: Step): Promise<string | undefined> {
  const methods = [proposal ?? 'GET', ...(draft.choices.method ?? []), ...METHODS];
  return vscode.window.showQuickPick([...new Set(methods)], {
    title: `${TITLE} (${place})`,
    placeHolder: vscode.l10n.t('{0}; the ARN has "{1}"', QUESTIONS.method.prompt, draft.patterns.method),
    ignoreFocusOut: true,
  });
}

async function typePart(
  context: ClientContext,
  draft: InvalidationDraft,
  { part, proposal, place }: Step,
  others: Answers,
): Promise<string | undefined> {
  const { prompt, example } = QUESTIONS[part];
  const choice = await pickChoice(draft, { part, proposal, place });
  if (choice === undefined || choice.isFinal) {
    return choice?.value;
  }
  return vscode.window.showInputBox({
    title: `${TITLE} (${place})`,
    prompt: vscode.l10n.t('{0}; the ARN has "{1}"', prompt, draft.patterns[part]),
    placeHolder: example,
    value: choice.value,
    ignoreFocusOut: true,
    validateInput: async (value) => {
      const target = toTarget(draft, { ...others, [part]: value });
      const { problems } = await request(context, 'iamPolicy/invalidationPreview', { target });
      return problems.find(({ field }) => field === part || (part === 'path' && field === 'query'))?.message;
    },
  });
}

interface Choice {
  readonly value: string;
  /** Otherwise it is where typing begins. */
  readonly isFinal: boolean;
}

/**
 * Offers what was answered before and what the workspace knows. A path with parameters is a beginning: each wants a
 * value. `undefined` when the user leaves.
 */
async function pickChoice(
  draft: InvalidationDraft,
  { part, proposal, place }: Step,
): Promise<Choice | undefined> {
  const known = draft.choices[part] ?? [];
  if (known.length === 0) {
    return { value: proposal ?? '', isFinal: false };
  }
  const { prompt } = QUESTIONS[part];
  const values = proposal === undefined ? known : [proposal, ...known.filter((value) => value !== proposal)];
  const picked = await vscode.window.showQuickPick<vscode.QuickPickItem & Choice>(
    [
      ...values.map((value) => ({
        label: value === '' ? '/' : value,
        ...(value === proposal ? { description: vscode.l10n.t('as before') } : {}),
        value,
        isFinal: !value.includes('{'),
      })),
      {
        label: `$(edit) ${vscode.l10n.t('Type another…')}`,
        alwaysShow: true,
        value: proposal ?? '',
        isFinal: false,
      },
    ],
    {
      title: `${TITLE} (${place})`,
      placeHolder: vscode.l10n.t('{0}; the ARN has "{1}"', prompt, draft.patterns[part]),
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? undefined : { value: picked.value, isFinal: picked.isFinal };
}

/** The target that a draft and answers name. What is still open is empty, which the server reports as a problem. */
export function toTarget(
  draft: InvalidationDraft,
  answers: Answers,
  more: Partial<Pick<InvalidationTarget, 'query' | 'headers' | 'endpoint'>> = {},
): InvalidationTarget {
  const { region = '', apiId = '', stage = '', method = 'GET', path = '' } = { ...draft.known, ...answers };
  const [bare = '', search] = splitOnce(path.replace(/^\//, ''), '?');
  return {
    partition: draft.partition,
    ...(draft.account === undefined ? {} : { account: draft.account }),
    region,
    apiId,
    stage,
    method,
    path: bare,
    query: [...queryPairs(search ?? ''), ...(more.query ?? [])],
    headers: more.headers ?? [],
    ...(more.endpoint === undefined ? {} : { endpoint: more.endpoint }),
  };
}

/** The decoded names and values of a query string without its question mark. */
export function queryPairs(search: string): readonly Pair[] {
  return search
    .split('&')
    .filter((piece) => piece !== '')
    .map((piece) => {
      const [name = '', value = ''] = splitOnce(piece, '=');
      return [decode(name), decode(value)];
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** What stands before and after the first mark; the text alone without one. */
export function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Asks who signs, the last choice first; `undefined` when the user leaves. */
export async function askIdentity(
  context: ClientContext,
  last: Identity | undefined,
): Promise<Identity | undefined> {
  const { profiles } = await request(context, 'iamPolicy/profiles', {});
  const choices: readonly IdentityItem[] = [
    ...profiles.map(
      ({ name, region, source }): IdentityItem => ({
        label: name,
        description: [vscode.l10n.t('profile'), source, region]
          .filter((part) => part !== undefined)
          .join(', '),
        identity: { kind: 'profile', name },
      }),
    ),
    {
      label: vscode.l10n.t('Default credential chain'),
      description: vscode.l10n.t('environment, then the default profile, then what the machine offers'),
      identity: { kind: 'default' },
    },
    {
      label: vscode.l10n.t('Unsigned'),
      description: vscode.l10n.t('works only where the stage does not require authorization'),
      identity: { kind: 'unsigned' },
    },
  ];
  const isLast = ({ identity }: IdentityItem): boolean =>
    last !== undefined && describeIdentity(identity) === describeIdentity(last);
  const picked = await vscode.window.showQuickPick(
    [...choices.filter(isLast), ...choices.filter((choice) => !isLast(choice))],
    {
      title: TITLE,
      placeHolder: vscode.l10n.t('Sign the request as'),
      ignoreFocusOut: true,
    },
  );
  return picked?.identity;
}

interface IdentityItem extends vscode.QuickPickItem {
  readonly identity: Identity;
}

export function describeIdentity(identity: Identity): string {
  switch (identity.kind) {
    case 'profile':
      return vscode.l10n.t('profile {0}', identity.name);
    case 'unsigned':
      return vscode.l10n.t('unsigned');
    default:
      return vscode.l10n.t('the default credential chain');
  }
}
