import type { IamData } from '../../iamData/iamData';
import { COMMON_ACTIONS } from '../../iamData/overlay/commonActions';
import { SERVICE_NICKNAMES } from '../../iamData/overlay/serviceNicknames';
import type { ServiceEntry } from '../../iamData/types';
import { compareTexts } from '../../pattern/bisect';
import { Letters, scoreOf } from './scoring';

/** What the author is likely to mean besides what is typed. All in lower case. */
export interface Usage {
  /** Ids of actions in use, the likeliest first: those of the document, then those of the workspace. */
  readonly actions: ReadonlySet<string>;
  /** Services whose actions or resources the document names. */
  readonly services: ReadonlySet<string>;
}

export interface FoundService {
  readonly entry: ServiceEntry;
  readonly score: number;
}

export interface FoundAction {
  readonly service: string;
  readonly name: string;
  readonly score: number;
}

/**
 * Finds services and actions by what people type: letters of the service, of the action, or of both one after the
 * other, as in `s3getobj`, `lambdainvoke` and `dynamo:put`. Services answer to their prefix, their name and what people
 * call them.
 */
export interface ActionSearch {
  /** The best first, of those whose prefixes are allowed. */
  services(typed: string, usage: Usage, allowed: ReadonlySet<string>): readonly FoundService[];
  /** The same of actions, at most `limit`. */
  actions(typed: string, usage: Usage, allowed: ReadonlySet<string>, limit: number): readonly FoundAction[];
}

/** Longer words are pasted, and name nothing by their letters. */
const MOST_LETTERS = 60;

/** What a service or action in use, or commonly written, is worth against letters that fit better. */
const IN_USE = 5;
/** Shorter words find half of all actions. */
const LEAST_LETTERS = 2;
/** Of what a common service is worth, so much goes to each of its actions. */
const OF_COMMON_SERVICE = 0.25;
const OF_SERVICE_IN_USE = 3;
const MOST_COMMON = 6;
const LEAST_COMMON = 2;

/** An action that is found by its service alone comes behind the service, and only where it is in use or common. */
const BY_SERVICE_ALONE = -2;
const SERVICE_ROW = 3;
/** Letters of a service and an action begin two texts, and would be found too well. */
const BY_BOTH = -2;

interface IndexedService {
  readonly entry: ServiceEntry;
  readonly words: readonly Letters[];
  readonly actions: readonly IndexedAction[];
}

interface IndexedAction {
  /** In lower case. */
  readonly id: string;
  readonly name: Letters;
  /** What it is worth that it is commonly written; 0 where it is not. */
  readonly common: number;
}

const COMMON_RANKS: ReadonlyMap<string, number> = new Map(
  COMMON_ACTIONS.map((id, rank) => [id.toLowerCase(), rank]),
);

/** The services by the first of their actions in the order of what is commonly written. */
export const COMMON_SERVICES: readonly string[] = [
  ...new Set(COMMON_ACTIONS.map((id) => id.slice(0, id.indexOf(':')))),
];
const SERVICE_RANKS: ReadonlyMap<string, number> = new Map(
  COMMON_SERVICES.map((prefix, rank) => [prefix, rank]),
);

const searches = new WeakMap<IamData, ActionSearch>();

/** The search over a service reference. It is made ready with the first question, and once. */
export function actionSearch(iamData: IamData): ActionSearch {
  let known = searches.get(iamData);
  if (known === undefined) {
    known = createSearch(iamData);
    searches.set(iamData, known);
  }
  return known;
}

function createSearch(iamData: IamData): ActionSearch {
  let index: readonly IndexedService[] | undefined;
  const indexed = (): readonly IndexedService[] => {
    index ??= iamData.services().map((entry) => ({
      entry,
      words: wordsOf(entry).map((word) => new Letters(word)),
      actions: (iamData.service(entry.prefix)?.actionNames() ?? []).map((text) => {
        const name = new Letters(text);
        const id = `${entry.prefix}:${name.lower}`;
        return { id, name, common: commonBonus(COMMON_RANKS, id) };
      }),
    }));
    return index;
  };
  return {
    services: (typed, usage, allowed) => {
      const [letters] = partsOf(typed);
      return letters === undefined || letters === ''
        ? []
        : indexed()
            .flatMap(({ entry, words }) => {
              const score = allowed.has(entry.prefix) ? serviceScore(letters, words) : undefined;
              return score === undefined
                ? []
                : [{ entry, score: score + SERVICE_ROW + serviceBonus(entry.prefix, usage) }];
            })
            .sort((a, b) => b.score - a.score || compareTexts(a.entry.prefix, b.entry.prefix));
    },
    actions: (typed, usage, allowed, limit) => {
      const [left = '', right] = partsOf(typed);
      if (left.length + (right?.length ?? 0) > MOST_LETTERS || left === '') {
        return [];
      }
      const found: FoundAction[] = [];
      for (const service of indexed()) {
        if (allowed.has(service.entry.prefix)) {
          collect(service, left, right, usage, found);
        }
      }
      return found
        .sort(
          (a, b) => b.score - a.score || a.name.length - b.name.length || compareTexts(a.service, b.service),
        )
        .slice(0, limit);
    },
  };
}

/** The letters and digits of what is typed, in two parts where there is a colon. */
function partsOf(typed: string): readonly string[] {
  const colon = typed.indexOf(':');
  const parts = colon < 0 ? [typed] : [typed.slice(0, colon), typed.slice(colon + 1)];
  return parts.map((part) => part.toLowerCase().replaceAll(/[^a-z0-9]/g, ''));
}

/** The prefix, the name without its vendor, and what people call it. */
function wordsOf({ prefix, name }: ServiceEntry): readonly string[] {
  const plain = name.replace(/^(?:Amazon|AWS)\s+/, '').replaceAll(/\s+/g, '-');
  return [prefix, plain, ...(SERVICE_NICKNAMES.get(prefix) ?? [])];
}

/** Only from the first letter on, and without gaps but between words. */
function serviceScore(letters: string, words: readonly Letters[]): number | undefined {
  let best: number | undefined;
  for (const word of words) {
    const score = scoreOf(letters, word, 'from-start');
    if (score !== undefined && (best === undefined || score > best)) {
      best = score;
    }
  }
  return best;
}

function collect(
  { entry: { prefix }, words, actions }: IndexedService,
  left: string,
  right: string | undefined,
  usage: Usage,
  found: FoundAction[],
): void {
  const bonus = usage.services.has(prefix) ? OF_SERVICE_IN_USE : 0;
  /** What the service part scores, with the letters that are left for the name. */
  const splits: { readonly score: number; readonly rest: string }[] = [];
  if (right === undefined) {
    splits.push({ score: 0, rest: left });
    for (let at = 1; at <= left.length; at += 1) {
      const score = serviceScore(left.slice(0, at), words);
      if (score !== undefined) {
        splits.push({ score: score + BY_BOTH, rest: left.slice(at) });
      }
    }
  } else {
    const score = serviceScore(left, words);
    if (score !== undefined) {
      splits.push({ score: score + BY_BOTH, rest: right });
    }
  }
  if (splits.length === 0) {
    return;
  }
  const service = bonus + commonBonus(SERVICE_RANKS, prefix) * OF_COMMON_SERVICE;
  for (const { id, name, common } of actions) {
    let best: number | undefined;
    for (const { score, rest } of splits) {
      const own =
        rest.length < LEAST_LETTERS ? aloneScore(rest, id, common, usage) : scoreOf(rest, name, 'anywhere');
      if (own !== undefined && (best === undefined || score + own > best)) {
        best = score + own;
      }
    }
    if (best !== undefined) {
      const known = common + (usage.actions.has(id) ? IN_USE : 0);
      found.push({ service: prefix, name: name.text, score: best + known + service });
    }
  }
}

/** One letter, or none, finds only what is in use or common, and begins so. */
function aloneScore(letter: string, id: string, common: number, usage: Usage): number | undefined {
  const fits = id.startsWith(letter, id.indexOf(':') + 1);
  return fits && (common > 0 || usage.actions.has(id)) ? BY_SERVICE_ALONE + letter.length : undefined;
}

/** The more commonly something is written, the more the difference to the next counts. */
function commonBonus(ranks: ReadonlyMap<string, number>, key: string): number {
  const rank = ranks.get(key);
  return rank === undefined
    ? 0
    : MOST_COMMON - ((MOST_COMMON - LEAST_COMMON) * Math.log(1 + rank)) / Math.log(1 + ranks.size);
}

function serviceBonus(prefix: string, usage: Usage): number {
  return commonBonus(SERVICE_RANKS, prefix) + (usage.services.has(prefix) ? IN_USE : 0);
}

/** The score of a service's action by the letters behind the colon; `undefined` where they are not in it. */
export function nameScore(typed: string, id: string, usage: Usage): number | undefined {
  const letters = typed.toLowerCase().replaceAll(/[^a-z0-9*]/g, '');
  const score = letters === '' ? 0 : scoreOf(letters, new Letters(id.slice(id.indexOf(':') + 1)), 'anywhere');
  const key = id.toLowerCase();
  return score === undefined
    ? undefined
    : score + commonBonus(COMMON_RANKS, key) + (usage.actions.has(key) ? IN_USE : 0);
}
