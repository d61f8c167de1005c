import * as vscode from 'vscode';
import type { InvalidationDraft, TargetPart } from '../../../server/src/protocol/draft';
import type { InvalidationTarget, Pair } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import type { Address, Answers, KeptTarget } from './memory';

export const TITLE = vscode.l10n.t('API Gateway: Invalidate Cache');

/** What each question says. */
const QUESTIONS: Readonly<Record<TargetPart, { readonly prompt: string; readonly example: string }>> = {
  region: { prompt: vscode.l10n.t('Region of the API'), example: 'eu-west-1' },
  apiId: { prompt: vscode.l10n.t('ID of the REST API'), example: 'a1b2c3d4e5' },
  stage: { prompt: vscode.l10n.t('Stage'), example: 'prod' },
  method: { prompt: vscode.l10n.t('Method of the cached request'), example: 'GET' },
  path: {
    prompt: vscode.l10n.t('Path of the cached request, with its query string if that is a cache key'),
    example: 'pets/42?lang=en',
  },
};

/** Caching is on for GET only unless a stage says otherwise, so GET comes first. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

/**
 * Asks for the parts, each with what was answered before as the proposal; the server judges every answer as it is
 * typed. `undefined` when the user leaves.
 */
export async function askParts(
  context: ClientContext,
  draft: InvalidationDraft,
  parts: readonly TargetPart[],
  proposals: Answers,
  title = TITLE,
): Promise<Answers | undefined> {
  let answers: Answers = {};
  for (const [index, part] of parts.entries()) {
    const place = parts.length === 1 ? title : `${title} (${index + 1}/${parts.length})`;
    const step = { part, proposal: proposals[part], title: place };
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
  readonly title: string;
}

async function pickMethod(draft: InvalidationDraft, { proposal, title }: Step): Promise<string | undefined> {
  const methods = [proposal ?? 'GET', ...(draft.choices.method ?? []), ...METHODS];
  return vscode.window.showQuickPick([...new Set(methods)], {
    title,
    placeHolder: withWritten(QUESTIONS.method.prompt, draft.patterns.method),
    ignoreFocusOut: true,
  });
}

async function typePart(
  context: ClientContext,
  draft: InvalidationDraft,
  { part, proposal, title }: Step,
  others: Answers,
): Promise<string | undefined> {
  const { prompt, example } = QUESTIONS[part];
  const choice = await pickChoice(draft, { part, proposal, title });
  if (choice?.isFinal !== false) {
    return choice?.value;
  }
  if (part === 'path' && hasParameters(choice.value)) {
    return askParameters(choice.value, title);
  }
  return vscode.window.showInputBox({
    title,
    prompt: withWritten(prompt, draft.patterns[part]),
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

/** A question with what was written where the answer belongs; a star alone says nothing. */
function withWritten(prompt: string, written: string): string {
  return written === '*' ? prompt : vscode.l10n.t('{0}; the ARN has "{1}"', prompt, written);
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
  { part, proposal, title }: Step,
): Promise<Choice | undefined> {
  const written = draft.patterns[part];
  if (part === 'path' && proposal === undefined && hasParameters(written)) {
    return { value: written, isFinal: false };
  }
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
      title,
      placeHolder: withWritten(prompt, written),
      ignoreFocusOut: true,
    },
  );
  return picked === undefined ? undefined : { value: picked.value, isFinal: picked.isFinal };
}

/** Whether a path is that of a definition, to be filled in: what stands in braces, and nothing else, is open. */
export function hasParameters(path: string): boolean {
  return /\{[^{}$]+\}/.test(path) && !/[*?]|\$\{/.test(path);
}

/**
 * Asks for each parameter of a path of a definition. A value is typed as it is meant and encoded here; that of a greedy
 * parameter keeps its slashes. `undefined` when the user leaves.
 */
async function askParameters(path: string, title: string): Promise<string | undefined> {
  let filled = '';
  let rest = path;
  for (let found = PARAMETER.exec(rest); found !== null; found = PARAMETER.exec(rest)) {
    const [whole, name = '', greedy] = found;
    const value = await vscode.window.showInputBox({
      title,
      prompt: vscode.l10n.t('The value of {0} in /{1}', name, path),
      ignoreFocusOut: true,
      validateInput: (text) =>
        text === '' ? vscode.l10n.t('A parameter of a path is never empty.') : undefined,
    });
    if (value === undefined) {
      return undefined;
    }
    const encoded =
      greedy === undefined ? encodeURIComponent(value) : value.split('/').map(encodeURIComponent).join('/');
    filled += rest.slice(0, found.index) + encoded;
    rest = rest.slice(found.index + whole.length);
  }
  return filled + rest;
}

/** Asks for the values that were not kept of an earlier target; `undefined` when the user leaves. */
export async function askLeftOut({
  query,
  headers,
}: KeptTarget['left']): Promise<Pick<InvalidationTarget, 'query' | 'headers'> | undefined> {
  const ask = async (names: readonly string[]): Promise<readonly Pair[] | undefined> => {
    const pairs: Pair[] = [];
    for (const name of names) {
      const value = await vscode.window.showInputBox({
        title: TITLE,
        prompt: vscode.l10n.t('The value of {0}, which was not kept', name),
        password: true,
        ignoreFocusOut: true,
      });
      if (value === undefined) {
        return undefined;
      }
      pairs.push([name, value]);
    }
    return pairs;
  };
  const inQuery = await ask(query);
  const inHeaders = inQuery && (await ask(headers));
  return inQuery && inHeaders && { query: inQuery, headers: inHeaders };
}

const PARAMETER = /\{([^{}+]+)(\+)?\}/;

/** The target that a draft and answers name. What is still open is empty, which the server reports as a problem. */
export function toTarget(
  draft: InvalidationDraft,
  answers: Answers,
  more: Partial<Pick<InvalidationTarget, 'query' | 'headers'>> & Address = {},
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
    ...(more.domain === undefined ? {} : { domain: more.domain }),
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
