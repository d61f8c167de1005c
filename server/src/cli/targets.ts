import {
  type ChosenRoute,
  chooseRoutes,
  fillRoute,
  type InvalidationDraft,
  MAX_FILLED,
  NO_KNOWLEDGE,
  parameterNames,
  type RouteMatch,
  type RouteValues,
  type WorkspaceKnowledge,
} from '../core/index';
import { mayChangeState } from '../gateway/method';
import type { InvalidationTarget, NameValue } from '../gateway/target';
import { readSource as readFile } from './files';
import type { CliIo } from './io';
import { type TargetRequest, type TargetSource, targetOf } from './target';

/** Everything that the command line names as targets. */
export interface TargetList {
  /** ARNs and URLs. */
  readonly texts: readonly string[];
  /** With more of them, one a line; `-` is standard input. */
  readonly file: string | undefined;
  /** What the definitions say; absent if there are none. */
  readonly knowledge: WorkspaceKnowledge | undefined;
  readonly match: readonly RouteMatch[];
  readonly values: RouteValues;
}

/** What is the same for every target. */
export interface TargetDefaults
  extends Pick<TargetRequest, 'parts' | 'query' | 'headers' | 'endpoint' | 'host'> {
  readonly read: (text: string) => TargetSource | { readonly problem: string };
}

export type TargetsOutcome =
  | {
      readonly targets: readonly InvalidationTarget[];
      /** Whether the command line names one entry and no more. */
      readonly number: 'one' | 'many';
    }
  | {
      /** One line each, at least one. */
      readonly problems: readonly string[];
    };

/**
 * The targets that the command line names, each once, in its order. One that is not complete spoils them all: nothing
 * is sent by halves.
 */
export async function readTargets(
  io: CliIo,
  list: TargetList,
  defaults: TargetDefaults,
): Promise<TargetsOutcome> {
  const lines = list.file === undefined ? [] : await linesOf(io, list.file);
  if ('problem' in lines) {
    return { problems: [lines.problem] };
  }
  const isAlone = list.texts.length === 1 && lines.length === 0;
  const named = [
    ...list.texts.map((text) => ({ text, at: isAlone ? '' : `${text === '' ? 'an empty target' : text}: ` })),
    ...lines,
  ];
  const groups = named.map(({ text, at }) => ({ at, ...targetsOf(text, list, defaults) }));
  if (named.length === 0) {
    if (list.file !== undefined) {
      return { problems: [`${list.file} names no target`] };
    }
    if (list.knowledge === undefined) {
      return { problems: ['name an ARN or a URL, or give --file or --routes'] };
    }
    groups.push({ at: '', ...fromRoutes(undefined, list, defaults) });
  }
  const problems = groups.flatMap(({ problems: own, at }) => own.map((problem) => `${at}${problem}`));
  if (problems.length > 0) {
    return { problems: shortened(problems) };
  }
  const used = new Set(groups.flatMap(({ values }) => values));
  const unused = [...list.values.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) {
    return { problems: [`--values ${unused.join(', ')}: no chosen route has a parameter of that name`] };
  }
  const targets = distinct(groups.flatMap((group) => group.targets));
  return targets.length > MAX_FILLED
    ? {
        problems: [
          `these are ${targets.length} entries, more than ${MAX_FILLED}; iam-policy flush empties the stage`,
        ],
      }
    : {
        targets,
        number:
          list.texts.length === 1 && list.file === undefined && groups[0]?.form === 'concrete'
            ? 'one'
            : 'many',
      };
}

interface Group {
  readonly targets: readonly InvalidationTarget[];
  /** Names whose values were used. */
  readonly values: readonly string[];
  readonly form: 'concrete' | 'pattern';
  readonly problems: readonly string[];
}

function failed(...problems: readonly string[]): Group {
  return { targets: [], values: [], form: 'pattern', problems: [...new Set(problems)] };
}

/** What one ARN or URL names: an entry, or, with a definition or values for its parameters, several. */
function targetsOf(text: string, list: TargetList, defaults: TargetDefaults): Group {
  const source = defaults.read(text);
  if ('problem' in source) {
    return failed(source.problem);
  }
  const { draft } = source;
  const isOpen =
    draft.refusal === undefined && draft.open.includes('path') && defaults.parts.path === undefined;
  const written = draft.patterns.path;
  if (isOpen && list.values.size > 0 && /\{[^{}$]+\}/.test(written) && !/[*?]|\$\{/.test(written)) {
    const method = defaults.parts.method ?? draft.method ?? 'GET';
    return fromRoute({ route: { path: written }, draft, method }, source, list, defaults);
  }
  if (isOpen && list.knowledge !== undefined) {
    return fromRoutes(source, list, defaults);
  }
  const outcome = targetOf({ ...defaults, source });
  return 'problem' in outcome
    ? failed(outcome.problem)
    : { targets: [outcome.target], values: [], form: 'concrete', problems: [] };
}

/** @param source an ARN that the routes have to match; without it every route of the definitions counts */
function fromRoutes(source: TargetSource | undefined, list: TargetList, defaults: TargetDefaults): Group {
  if (defaults.parts.path !== undefined) {
    return failed('--path names one entry, and --routes has the paths of several');
  }
  const { knowledge = NO_KNOWLEDGE, match } = list;
  const arn = source?.draft.arn;
  const idle = match.find((each) => chooseRoutes(knowledge, arn, [each]).length === 0);
  if (idle !== undefined) {
    return failed(`no route matches '${idle.method} ${idle.path}'`);
  }
  const chosen = chooseRoutes(knowledge, arn, match);
  const names = [...new Set(chosen.map(({ api }) => api.name))];
  if (names.length !== 1) {
    return failed(
      names.length === 0
        ? `no route of the definitions ${arn === undefined ? 'answers GET' : `matches ${arn}`}`
        : `the routes belong to several APIs (${names.join(', ')}); narrow them with --match`,
    );
  }
  const groups = chosen.map((route) => fromRoute(route, source, list, defaults));
  const problems = groups.flatMap((group) => group.problems);
  return problems.length > 0
    ? failed(...problems)
    : {
        targets: groups.flatMap(({ targets }) => targets),
        values: groups.flatMap(({ values }) => values),
        form: 'pattern',
        problems: [],
      };
}

function fromRoute(
  {
    route,
    draft,
    method,
  }: Pick<ChosenRoute, 'draft' | 'method'> & {
    readonly route: Pick<ChosenRoute['route'], 'path' | 'caching'>;
  },
  source: TargetSource | undefined,
  { values }: TargetList,
  defaults: TargetDefaults,
): Group {
  const name = `${method} /${route.path.replace(/^\//, '')}`;
  const filled = fillRoute(route, values);
  if ('open' in filled) {
    const options = filled.open.map((each) => `--values ${each}=…`);
    return failed(`${name} needs ${options.join(' ')}, or leave it out with --match`);
  }
  if ('tooMany' in filled) {
    return failed(`${name}: these values make ${filled.tooMany} entries`);
  }
  if (mayChangeState(method) && defaults.parts.method !== method) {
    return failed(
      `${method} may change something behind the API; add --method ${method} to send it all the same`,
    );
  }
  const outcomes = filled.filled.map(({ path, query, headers }) =>
    targetOf({
      ...defaults,
      source: {
        endpoint: undefined,
        domain: undefined,
        ...source,
        query: [...(source?.query ?? []), ...query],
        draft: concrete(draft),
      },
      headers: [...defaults.headers, ...headers.filter(([header]) => !has(defaults.headers, header))],
      parts: { ...defaults.parts, method, path },
      origin: source === undefined ? 'definition' : undefined,
    }),
  );
  const problems = [
    ...new Set(outcomes.flatMap((outcome) => ('problem' in outcome ? [outcome.problem] : []))),
  ];
  const { path, query, headers } = parameterNames(route);
  return problems.length > 0
    ? failed(...problems)
    : {
        targets: outcomes.flatMap((outcome) => ('target' in outcome ? [outcome.target] : [])),
        values: [...path, ...query, ...headers],
        form: 'pattern',
        problems: [],
      };
}

/** The method and the path come from the route, whatever the ARN has for them. */
function concrete(draft: InvalidationDraft): InvalidationDraft {
  return { ...draft, method: undefined, path: undefined };
}

function has(pairs: readonly NameValue[], name: string): boolean {
  return pairs.some(([other]) => other.toLowerCase() === name.toLowerCase());
}

/** The first of those that make the same request: the account is no part of it. */
function distinct(targets: readonly InvalidationTarget[]): readonly InvalidationTarget[] {
  const seen = new Set<string>();
  return targets.filter((target) => {
    const key = JSON.stringify({ ...target, accountId: undefined });
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** Each line of a file that is neither blank nor a comment, with its place. */
async function linesOf(
  io: CliIo,
  name: string,
): Promise<readonly { readonly text: string; readonly at: string }[] | { readonly problem: string }> {
  const outcome = await readFile(io, name);
  return 'problem' in outcome
    ? { problem: `cannot read ${name}: ${outcome.problem}` }
    : outcome.file.text.split(/\r\n|\n|\r/).flatMap((line, index) => {
        const text = line.trim();
        return text === '' || text.startsWith('#') ? [] : [{ text, at: `${name}:${index + 1}: ` }];
      });
}

/** Lines of problems; nobody reads on beyond a few. */
const MAX_PROBLEMS = 8;

function shortened(problems: readonly string[]): readonly string[] {
  const more = problems.length - MAX_PROBLEMS;
  return [...problems.slice(0, MAX_PROBLEMS), ...(more > 0 ? [`and ${more} more`] : [])];
}
