import * as vscode from 'vscode';
import type { CacheEntry, InvalidationTarget, Pair } from '../../../server/src/protocol/invalidation';
import { type ClientContext, request } from '../context';
import { TITLE } from './questions';

/** The cache keys of a target beside its path, with their values. */
export type KeyValues = Pick<InvalidationTarget, 'query' | 'headers'>;

/** What the workspace tells about the entry that a target means; nothing where it tells nothing. */
export async function knownEntry(
  context: ClientContext,
  target: InvalidationTarget,
): Promise<CacheEntry | undefined> {
  return (await request(context, 'iamPolicy/cacheKeys', { target })).entry;
}

/**
 * Asks for the query parameters and headers that are cache keys, where the target does not have them already: for
 * exactly those, since no other tells entries apart. `undefined` when the user leaves.
 *
 * @param before what was sent last time, as proposals
 */
export async function askKeys(
  context: ClientContext,
  target: InvalidationTarget,
  before: KeyValues,
): Promise<KeyValues | undefined> {
  const entry = await knownEntry(context, target);
  const query: Pair[] = [];
  const headers: Pair[] = [];
  for (const { place, name, value } of entry?.keys ?? []) {
    if (value !== undefined || (place !== 'querystring' && place !== 'header')) {
      continue;
    }
    const typed = await vscode.window.showInputBox({
      title: TITLE,
      prompt:
        place === 'header'
          ? vscode.l10n.t(
              'The header {0} of the cached request; leave it empty for requests without it',
              name,
            )
          : vscode.l10n.t(
              'The query parameter {0} of the cached request; leave it empty for requests without it',
              name,
            ),
      placeHolder: vscode.l10n.t('a cache key of {0}', entry?.route ?? ''),
      value: sentValue(place === 'header' ? before.headers : before.query, name) ?? '',
      ignoreFocusOut: true,
    });
    if (typed === undefined) {
      return undefined;
    }
    if (typed !== '') {
      (place === 'header' ? headers : query).push([name, typed]);
    }
  }
  return { query, headers };
}

/** What a person should know of the entry before something is sent. */
export function entryLines(entry: CacheEntry | undefined): readonly string[] {
  if (entry === undefined) {
    return [];
  }
  const { meant, warnings, source } = entry;
  const more = warnings.length - MAX_WARNINGS;
  return [
    source === 'aws'
      ? vscode.l10n.t('By AWS: {0}', meant)
      : vscode.l10n.t('By the definition in the workspace: {0}', meant),
    ...warnings.slice(0, MAX_WARNINGS),
    ...(more > 0 ? [vscode.l10n.t('and {0} more', more)] : []),
  ];
}

/** More lines than these make a dialog too tall. */
const MAX_WARNINGS = 4;

function sentValue(pairs: readonly Pair[], name: string): string | undefined {
  return pairs.find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
}
