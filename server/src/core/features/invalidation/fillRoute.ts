import type { KnownRoute } from '../../knowledge/knowledge';

/** Values by the name of a parameter, each as it is meant: not encoded. */
export type RouteValues = ReadonlyMap<string, readonly string[]>;

/** A route whose parameters have values: what one request to it sends. */
export interface FilledRoute {
  /** Encoded, without its leading slash. */
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export type FillOutcome =
  | { readonly filled: readonly FilledRoute[] }
  /** The path parameters without a value; a path cannot be requested without them. */
  | { readonly open: readonly string[] }
  /** There are more combinations of values than anybody means. */
  | { readonly tooMany: number };

/** More entries than these are never meant: a flush costs less. */
export const MAX_FILLED = 10_000;

/**
 * The requests that a route and values make, one for each combination. Values go where the route has a parameter of
 * that name: into its path, or, where it is a cache key, into the query or a header. A value of a greedy parameter
 * keeps its slashes.
 */
export function fillRoute(route: Pick<KnownRoute, 'path' | 'caching'>, values: RouteValues): FillOutcome {
  const pieces = route.path.replace(/^\//, '').split(PARAMETER);
  const names = parameterNames(route);
  const open = names.path.filter((name) => (values.get(name) ?? []).length === 0);
  if (open.length > 0) {
    return { open };
  }
  const used = [...names.path, ...names.query, ...names.headers].filter((name) => values.has(name));
  const count = used.reduce((product, name) => product * (values.get(name)?.length ?? 1), 1);
  if (count > MAX_FILLED) {
    return { tooMany: count };
  }
  const combinations = used.reduce<readonly ReadonlyMap<string, string>[]>(
    (before, name) =>
      (values.get(name) ?? []).flatMap((value) => before.map((chosen) => new Map(chosen).set(name, value))),
    [new Map()],
  );
  const pairs = (of: readonly string[], chosen: ReadonlyMap<string, string>): FilledRoute['query'] =>
    of.flatMap((name) => {
      const value = chosen.get(name);
      return value === undefined ? [] : [[name, value] as const];
    });
  return {
    filled: combinations.map((chosen) => ({
      path: pieces.map((piece) => fillPiece(piece, chosen)).join(''),
      query: pairs(names.query, chosen),
      headers: pairs(names.headers, chosen),
    })),
  };
}

/** The names of the parameters that values can be given for, each once, by where they go. */
export function parameterNames({ path, caching }: Pick<KnownRoute, 'path' | 'caching'>): {
  readonly path: readonly string[];
  readonly query: readonly string[];
  readonly headers: readonly string[];
} {
  const keys = (place: 'querystring' | 'header'): readonly string[] => [
    ...new Set(caching?.keys.filter((key) => key.place === place).map(({ name }) => name)),
  ];
  return {
    path: [...new Set(path.split(PARAMETER).flatMap((piece) => nameOf(piece) ?? []))],
    query: keys('querystring'),
    headers: keys('header'),
  };
}

const PARAMETER = /(\{[^{}]*\})/;

function nameOf(piece: string): string | undefined {
  return /^\{([^{}+]+)\+?\}$/.exec(piece)?.[1];
}

function fillPiece(piece: string, chosen: ReadonlyMap<string, string>): string {
  const value = chosen.get(nameOf(piece) ?? '');
  if (value === undefined) {
    return piece;
  }
  return piece.endsWith('+}') ? value.split('/').map(encode).join('/') : encode(value);
}

/** As a path segment. A star would read as a wildcard, and half a character cannot be encoded at all. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/[\ud800-\udfff]/gu, '\ufffd')).replaceAll('*', '%2A');
}
