import * as vscode from 'vscode';
import type { InvalidationDraft, TargetPart } from '../../../server/src/protocol/draft';
import type {
  Identity,
  InvalidationChecks,
  InvalidationTarget,
  Pair,
} from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { askApiKey } from './apiKey';
import { askBearer } from './bearer';
import type { Source, Start } from './beginning';
import { askIdentity, describeIdentity } from './identity';
import { type Address, type Answers, formatQuery } from './memory';
import { askParts, queryPairs, splitOnce, TITLE, toTarget } from './questions';
import { invalidationSettings } from './settings';

/** An invalidation with every question answered; a retry is another one with one answer changed. */
export interface Attempt {
  readonly draft: InvalidationDraft;
  readonly source: Source | undefined;
  readonly address: Address;
  /** Every part that the draft leaves open; the path without its query. */
  readonly answers: Answers;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly identity: Identity;
  /** What this attempt in particular is to have checked. */
  readonly checks: InvalidationChecks;
  readonly consent: 'ask' | 'given-for-loopback';
}

/** The attempt for a beginning and the answers to its open parts, whose path may have a query behind it. */
export function attemptOf(
  { draft, source, address, query: begun }: Start,
  answers: Answers,
  {
    query = [],
    ...more
  }: Pick<Attempt, 'headers' | 'identity' | 'consent'> & Partial<Pick<Attempt, 'query'>>,
): Attempt {
  const base = { draft, source, address, checks: {}, answers: {}, query: [], ...more };
  const attempt = withAnswers(base, answers);
  return { ...attempt, query: [...attempt.query, ...begun, ...query] };
}

/** The attempt with other answers. A query behind the path takes the place of the attempt's. */
function withAnswers(attempt: Attempt, answers: Answers): Attempt {
  const [path = '', search] = splitOnce(answers.path ?? '', '?');
  return {
    ...attempt,
    answers: answers.path === undefined ? answers : { ...answers, path },
    query: search === undefined ? attempt.query : queryPairs(search),
  };
}

/** The target of an attempt; the endpoint of the settings applies unless the attempt has an address of its own. */
export function targetOf({ draft, answers, query, headers, address }: Attempt): InvalidationTarget {
  const { endpoint } = invalidationSettings();
  const isElsewhere = address.endpoint !== undefined || address.domain !== undefined;
  const own = isElsewhere || endpoint === '' ? address : { endpoint };
  return toTarget(draft, answers, { query, headers, ...own });
}

/** The attempt with what the policy that it came from says by now. */
export async function refreshed(context: ClientContext, attempt: Attempt): Promise<Attempt> {
  const { source, draft } = attempt;
  const now = source === undefined ? {} : await request(context, 'iamPolicy/invalidationDraft', source);
  return now.draft?.arn === draft.arn ? { ...attempt, draft: now.draft } : attempt;
}

export type Change = (context: ClientContext, attempt: Attempt) => Promise<Attempt | undefined>;

/** Lets the user change one thing about an attempt; `undefined` when the user leaves. */
export async function change(context: ClientContext, attempt: Attempt): Promise<Attempt | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly run: Change })[] = [
    {
      label: vscode.l10n.t('Target'),
      description: vscode.l10n.t('region, API, stage, method, path'),
      run: changeTarget,
    },
    {
      label: vscode.l10n.t('Query string'),
      description: formatQuery(attempt.query),
      run: changeQuery,
    },
    {
      label: vscode.l10n.t('Header'),
      description: attempt.headers.map((pair) => pair.join(': ')).join(', '),
      run: changeHeader,
    },
    {
      label: vscode.l10n.t('Identity'),
      description: describeIdentity(attempt.identity),
      run: changeIdentity,
    },
    ...(attempt.identity.kind === 'bearer'
      ? [
          {
            label: vscode.l10n.t('Bearer token'),
            description: vscode.l10n.t('kept in the secret storage'),
            run: changeToken,
          },
        ]
      : []),
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

export const changeTarget: Change = (context, attempt) => changeParts(context, attempt, ALL_PARTS);

export const changeRegion: Change = (context, attempt) => changeParts(context, attempt, ['region']);

async function changeParts(
  context: ClientContext,
  attempt: Attempt,
  parts: readonly TargetPart[],
): Promise<Attempt | undefined> {
  const current = { ...attempt.draft.known, ...attempt.answers };
  const answers = await askParts(context, attempt.draft, parts, current);
  return answers && withAnswers(attempt, { ...attempt.answers, ...answers });
}

export const changeIdentity: Change = async (context, attempt) => {
  const identity = await askIdentity(context, {
    last: attempt.identity,
    title: TITLE,
    purpose: 'invalidate',
  });
  return identity && { ...attempt, identity };
};

const changeQuery: Change = async (_, attempt) => {
  const text = await vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t('Query string of the cached request, if it is a cache key'),
    placeHolder: 'lang=en&limit=10',
    value: formatQuery(attempt.query),
    ignoreFocusOut: true,
  });
  return text === undefined ? undefined : { ...attempt, query: queryPairs(text.replace(/^\?/, '')) };
};

const changeHeader: Change = async (_, attempt) => {
  const text = await vscode.window.showInputBox({
    title: TITLE,
    prompt: vscode.l10n.t('A header of the cached request that is a cache key; an empty value removes it'),
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
};

/** Another token; the keys of the previous signer are no longer needed. */
export const changeToken: Change = async (context, attempt) =>
  (await askBearer(context, targetOf(attempt), TITLE)) === undefined
    ? undefined
    : { ...attempt, identity: { kind: 'bearer' } };

export const changeApiKey: Change = async (context, attempt) =>
  (await askApiKey(context, targetOf(attempt), TITLE)) === 'done' ? attempt : undefined;
