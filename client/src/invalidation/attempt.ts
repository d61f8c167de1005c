import * as vscode from 'vscode';
import type {
  Identity,
  InvalidationDraft,
  InvalidationTarget,
  Pair,
  TargetPart,
  TextPosition,
} from '../../../server/src/protocol/messages';
import type { ClientContext } from '../context';
import type { Answers } from './memory';
import { askIdentity, askParts, describeIdentity, queryPairs, splitOnce, TITLE, toTarget } from './questions';

/** An invalidation with every question answered; a retry is another one with one answer changed. */
export interface Attempt {
  readonly draft: InvalidationDraft;
  readonly source: Source | undefined;
  readonly answers: Answers;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly identity: Identity;
  readonly consent: 'ask' | 'given-for-loopback';
}

export interface Source {
  readonly uri: string;
  readonly position: TextPosition;
}

/** Lets the user change one thing about an attempt; `undefined` when the user leaves. */
export async function change(context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Target'),
      description: vscode.l10n.t('region, API, stage, method, path'),
      run: changeTarget,
    },
    {
      label: vscode.l10n.t('Query string'),
      description: formatPairs(attempt.query, '=', '&'),
      run: changeQuery,
    },
    {
      label: vscode.l10n.t('Header'),
      description: formatPairs(attempt.headers, ': ', ', '),
      run: changeHeader,
    },
    {
      label: vscode.l10n.t('Identity'),
      description: describeIdentity(attempt.identity),
      run: changeIdentity,
    },
    {
      label: vscode.l10n.t('API key'),
      description: vscode.l10n.t('kept in the secret storage'),
      run: changeApiKey,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: TITLE,
    placeHolder: vscode.l10n.t('What should be different?'),
    ignoreFocusOut: true,
  });
  return picked?.run(context, attempt);
}

const ALL_PARTS: readonly TargetPart[] = ['region', 'apiId', 'stage', 'method', 'path'];

export async function changeTarget(context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const { draft } = attempt;
  const answers = await askParts(context, draft, ALL_PARTS, { ...draft.known, ...attempt.answers });
  return answers === undefined ? undefined : { ...attempt, answers };
}

export async function changeIdentity(context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const identity = await askIdentity(context, attempt.identity);
  return identity === undefined ? undefined : { ...attempt, identity };
}

async function changeQuery(_context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const text = await vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t('Query string of the cached request, where it is a cache key'),
    placeHolder: 'lang=en&limit=10',
    value: attempt.query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'),
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : { ...attempt, query: queryPairs(text.replace(/^\?/, '')) };
}

async function changeHeader(_context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const text = await vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t(
      'A header of the cached request, where it is a cache key; an empty value takes it away',
    ),
    placeHolder: 'Accept-Language: en',
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[^\s:]+:/.test(value) ? undefined : vscode.l10n.t('Write it as Name: value.'),
  });
  if (text === undefined) {
    return undefined;
  }
  const [name = '', value = ''] = splitOnce(text, ':');
  const others = attempt.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
  return {
    ...attempt,
    headers: value.trim() === '' ? others : [...others, [name, value.trim()]],
  };
}

export async function changeApiKey(context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const key = await vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t('API key for this stage, kept in the secret storage; leave empty to forget it'),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) {
    return undefined;
  }
  const name = apiKeyName(toTarget(attempt.draft, attempt.answers));
  const { secrets } = context.extension;
  await (key === '' ? secrets.delete(name) : secrets.store(name, key));
  return attempt;
}

/** The name in the secret storage of a stage's API key. */
export function apiKeyName({ region, apiId, stage }: InvalidationTarget): string {
  return `apiKey:${region}/${apiId}/${stage}`;
}

function formatPairs(pairs: readonly Pair[], between: string, after: string): string {
  return pairs.map((pair) => pair.join(between)).join(after);
}
