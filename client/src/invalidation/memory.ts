import type * as vscode from 'vscode';
import type { TargetPart } from '../../../server/src/protocol/draft';
import type {
  CustomDomain,
  Identity,
  InvalidationTarget,
  Pair,
} from '../../../server/src/protocol/invalidation';

export type Answers = Partial<Readonly<Record<TargetPart, string>>>;

/** Where an API is reached, if not where the settings say. */
export interface Address {
  readonly endpoint?: string;
  readonly domain?: CustomDomain;
}

/** A target as it is kept beyond the window: what may be a secret is left out, and asked for again. */
export interface KeptTarget {
  readonly arn: string;
  readonly answers: Answers;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  /** The names whose values were left out. */
  readonly left: { readonly query: readonly string[]; readonly headers: readonly string[] };
  readonly address: Address;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The title of the verdict; absent where there was none. */
  readonly verdict?: string;
  /** The ids of the next steps that the verdict proposed. */
  readonly steps?: readonly string[];
}

/** What was invalidated from this workspace, to be offered again. Holds names and paths, never a secret. */
export interface Memory {
  /** The newest first. */
  history(): readonly KeptTarget[];
  /** What was answered last for an ARN, with the query behind the path as it would be typed. */
  answers(arn: string): Answers;
  identity(): Identity | undefined;
  /** Puts a target first, in place of the same one. */
  keep(target: KeptTarget): Promise<void>;
  forget(which: 'all' | KeptTarget): Promise<void>;
}

const KEY = 'invalidation.history';

/** The newest targets are kept, so that the store cannot grow for ever. */
const KEPT = 50;

/** @param changed told after every change, and once for what is there */
export function createMemory(state: vscode.Memento, changed: (memory: Memory) => void): Memory {
  const history = (): readonly KeptTarget[] => state.get<readonly KeptTarget[]>(KEY) ?? [];
  const store = async (targets: readonly KeptTarget[]): Promise<void> => {
    await state.update(KEY, targets.slice(0, KEPT));
    changed(memory);
  };
  const memory: Memory = {
    history,
    answers: (arn) => {
      const kept = history().find((each) => each.arn === arn);
      return kept === undefined ? {} : { ...kept.answers, ...withQuery(kept) };
    },
    identity: () => history()[0]?.identity,
    keep: (target) => store([target, ...history().filter((each) => !isSame(each, target))]),
    forget: (which) =>
      store(which === 'all' ? [] : history().filter((each) => which.at !== each.at || !isSame(each, which))),
  };
  changed(memory);
  return memory;
}

/** What is kept of a target: of names that are secret, only the names. */
export function keptOf(
  { region, apiId, stage, method, path, query, headers }: InvalidationTarget,
  secretNames: readonly string[],
  more: Pick<KeptTarget, 'arn' | 'address' | 'identity' | 'at' | 'verdict'>,
): KeptTarget {
  const isSecret = ([name]: Pair): boolean => secretNames.includes(name);
  const shown = (pairs: readonly Pair[]): readonly Pair[] => pairs.filter((pair) => !isSecret(pair));
  const names = (pairs: readonly Pair[]): readonly string[] => pairs.filter(isSecret).map(([name]) => name);
  return {
    answers: { region, apiId, stage, method, path },
    query: shown(query),
    headers: shown(headers),
    left: { query: names(query), headers: names(headers) },
    ...more,
  };
}

function withQuery({ answers, query }: KeptTarget): Answers {
  return answers.path === undefined || query.length === 0
    ? {}
    : { path: `${answers.path}?${formatQuery(query)}` };
}

/** A query string as it is typed. */
export function formatQuery(query: readonly Pair[]): string {
  return query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}

function isSame(left: KeptTarget, right: KeptTarget): boolean {
  const key = ({ arn, answers, query, headers, left: names, address }: KeptTarget): string => {
    const { region, apiId, stage, method, path } = answers;
    return JSON.stringify([arn, region, apiId, stage, method, path, query, headers, names, address]);
  };
  return key(left) === key(right);
}
