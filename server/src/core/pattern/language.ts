import type { Pattern, PatternToken } from './pattern';

/**
 * A regular language whose every character has a role, such as "the API id of a request ARN", and the question
 * whether a pattern can match a text of it. This is how an ARN pattern is judged by what it can match instead of by
 * counting its segments, which gives false alarms because `*` crosses `/` and `:`.
 */
export interface Language<Role extends string> {
  readonly states: readonly State<Role>[];
  readonly start: number;
  readonly accept: number;
}

interface State<Role extends string> {
  readonly edges: readonly Edge<Role>[];
  /** Edges that consume nothing. */
  readonly empty: readonly number[];
}

interface Edge<Role extends string> {
  readonly accepts: CharacterTest;
  readonly role: Role;
  readonly to: number;
}

/** Tells whether a UTF-16 code unit belongs. */
export type CharacterTest = (code: number) => boolean;

/** A building block of a language. */
export type Part<Role extends string> =
  | { readonly kind: 'text'; readonly text: string; readonly role: Role }
  | { readonly kind: 'chars'; readonly accepts: CharacterTest; readonly role: Role }
  | { readonly kind: 'repeat'; readonly part: Part<Role>; readonly least: number; readonly most: number }
  | { readonly kind: 'sequence'; readonly parts: readonly Part<Role>[] }
  | { readonly kind: 'either'; readonly parts: readonly Part<Role>[] };

/** A text of a certain role. */
export function text<Role extends string>(role: Role, value: string): Part<Role> {
  return { kind: 'text', text: value, role };
}

/** One character of those that a test accepts. */
export function chars<Role extends string>(role: Role, accepts: CharacterTest): Part<Role> {
  return { kind: 'chars', accepts, role };
}

/** `least` to `most` times; `most` may be `Infinity`. */
export function repeat<Role extends string>(
  part: Part<Role>,
  least: number,
  most = Number.POSITIVE_INFINITY,
): Part<Role> {
  return { kind: 'repeat', part, least, most };
}

/** Parts one after the other. */
export function sequence<Role extends string>(...parts: readonly Part<Role>[]): Part<Role> {
  return { kind: 'sequence', parts };
}

/** One of several parts. */
export function either<Role extends string>(...parts: readonly Part<Role>[]): Part<Role> {
  return { kind: 'either', parts };
}

/** One for each character, of which a long language has many. */
const tests = new Map<number, CharacterTest>();

function testOf(code: number): CharacterTest {
  let test = tests.get(code);
  if (test === undefined) {
    test = (other) => other === code;
    tests.set(code, test);
  }
  return test;
}

/** Builds the automaton; do it once and keep it. */
export function buildLanguage<Role extends string>(part: Part<Role>): Language<Role> {
  const states: { edges: Edge<Role>[]; empty: number[] }[] = [];
  const newState = (): number => states.push({ edges: [], empty: [] }) - 1;

  /** Adds the part behind a state and gives the state after it. */
  const add = (from: number, piece: Part<Role>): number => {
    switch (piece.kind) {
      case 'text': {
        let at = from;
        for (let i = 0; i < piece.text.length; i += 1) {
          at = addEdge(at, testOf(piece.text.charCodeAt(i)), piece.role);
        }
        return at;
      }
      case 'chars':
        return addEdge(from, piece.accepts, piece.role);
      case 'sequence':
        return piece.parts.reduce(add, from);
      case 'either': {
        const end = newState();
        for (const option of piece.parts) {
          states[add(from, option)]?.empty.push(end);
        }
        return end;
      }
      case 'repeat': {
        let at = from;
        for (let i = 0; i < piece.least; i += 1) {
          at = add(at, piece.part);
        }
        if (piece.most === Number.POSITIVE_INFINITY) {
          const loop = newState();
          states[at]?.empty.push(loop);
          const after = add(loop, piece.part);
          states[after]?.empty.push(loop);
          return loop;
        }
        const end = newState();
        for (let i = piece.least; i < piece.most; i += 1) {
          states[at]?.empty.push(end);
          at = add(at, piece.part);
        }
        states[at]?.empty.push(end);
        return end;
      }
    }
  };
  const addEdge = (from: number, accepts: CharacterTest, role: Role): number => {
    const to = newState();
    states[from]?.edges.push({ accepts, role, to });
    return to;
  };

  const start = newState();
  const accept = add(start, part);
  return { states, start, accept };
}

/** What became of laying a pattern over a language. */
export interface Overlay<Role extends string> {
  /** Whether at least one text of the language is matched. */
  readonly meets: boolean;
  /**
   * Where the pattern leaves the language: the index in the pattern's text of the first token that no text of the
   * language can go on with, or the text's length when the pattern is only too short. `undefined` when it meets.
   */
  readonly failsAt: number | undefined;
  /** The roles that could have come next where the pattern failed. */
  readonly expected: ReadonlySet<Role>;
  /**
   * For each token of the pattern the roles of the characters it can stand for in a text that is matched; empty sets
   * when the pattern does not meet the language.
   */
  readonly roles: readonly ReadonlySet<Role>[];
}

/**
 * Lays a pattern over a language. Time grows with tokens times the edges of the states that are alive, which are few
 * between two wildcards; a variable counts as `*`.
 */
export function overlay<Role extends string>(pattern: Pattern, language: Language<Role>): Overlay<Role> {
  const { tokens } = pattern;
  const forward: StateSet[] = [closure(language, [language.start])];
  for (const token of tokens) {
    const from = forward.at(-1) ?? [];
    const next = step(language, from, token);
    if (next.length === 0) {
      return failure(tokens, token.start, language, from);
    }
    forward.push(next);
  }
  const last = forward[tokens.length] ?? [];
  if (!last.includes(language.accept)) {
    return failure(tokens, tokens.at(-1)?.end ?? 0, language, last);
  }
  return { meets: true, failsAt: undefined, expected: new Set(), roles: rolesOf(tokens, language, forward) };
}

/** Each state once, in no order that means anything. */
type StateSet = readonly number[];

function failure<Role extends string>(
  tokens: readonly PatternToken[],
  failsAt: number,
  language: Language<Role>,
  states: StateSet,
): Overlay<Role> {
  const expected = new Set(states.flatMap((at) => edgesOf(language, at).map((edge) => edge.role)));
  return { meets: false, failsAt, expected, roles: tokens.map(() => new Set<Role>()) };
}

/** Walks back from the accepting state, keeping only what lies on a path to it. */
function rolesOf<Role extends string>(
  tokens: readonly PatternToken[],
  language: Language<Role>,
  forward: readonly StateSet[],
): readonly ReadonlySet<Role>[] {
  const roles: Set<Role>[] = tokens.map(() => new Set<Role>());
  let alive: StateSet = [language.accept];
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    const before = forward[index];
    if (token === undefined || before === undefined) {
      break;
    }
    const isRun = token.kind === 'run' || token.kind === 'unknown' || token.kind === 'hole';
    const after = new Set(isRun ? backReach(language, alive) : backClosure(language, alive));
    const previous = new Set(isRun ? before.filter((at) => after.has(at)) : []);
    const starts = new Set(before);
    for (const at of isRun ? reach(language, before) : before) {
      for (const edge of edgesOf(language, at)) {
        if (after.has(edge.to) && (token.kind !== 'literal' || edge.accepts(token.code))) {
          roles[index]?.add(edge.role);
          if (starts.has(at)) {
            previous.add(at);
          }
        }
      }
    }
    alive = [...previous];
  }
  return roles;
}

function step<Role extends string>(language: Language<Role>, from: StateSet, token: PatternToken): StateSet {
  if (token.kind === 'run' || token.kind === 'unknown' || token.kind === 'hole') {
    return reach(language, from);
  }
  const next: number[] = [];
  for (const at of from) {
    for (const edge of edgesOf(language, at)) {
      if (token.kind !== 'literal' || edge.accepts(token.code)) {
        next.push(edge.to);
      }
    }
  }
  return closure(language, next);
}

function edgesOf<Role extends string>(language: Language<Role>, at: number): readonly Edge<Role>[] {
  return language.states[at]?.edges ?? [];
}

/** Adds what is reachable without a character. */
function closure<Role extends string>(language: Language<Role>, states: StateSet): StateSet {
  return spread(language, states, (at) => language.states[at]?.empty);
}

/** Adds what is reachable with any characters. */
function reach<Role extends string>(language: Language<Role>, states: StateSet): StateSet {
  const { all } = neighboursOf(language);
  return spread(language, states, (at) => all[at]);
}

function backClosure<Role extends string>(language: Language<Role>, states: StateSet): StateSet {
  const { backEmpty } = neighboursOf(language);
  return spread(language, states, (at) => backEmpty[at]);
}

function backReach<Role extends string>(language: Language<Role>, states: StateSet): StateSet {
  const { backAll } = neighboursOf(language);
  return spread(language, states, (at) => backAll[at]);
}

function spread<Role extends string>(
  language: Language<Role>,
  states: StateSet,
  neighbours: (at: number) => readonly number[] | undefined,
): StateSet {
  const seen = new Uint8Array(language.states.length);
  const result: number[] = [];
  const add = (at: number): void => {
    if (seen[at] === 0) {
      seen[at] = 1;
      result.push(at);
    }
  };
  states.forEach(add);
  // The list grows while it is read: that is the worklist.
  for (let next = 0; next < result.length; next += 1) {
    neighbours(result[next] ?? 0)?.forEach(add);
  }
  return result;
}

/** For each state the states one step away: over any edge, and backwards over empty edges or any. */
interface Neighbours {
  readonly all: readonly (readonly number[])[];
  readonly backEmpty: readonly (readonly number[])[];
  readonly backAll: readonly (readonly number[])[];
}

const neighbourhoods = new WeakMap<object, Neighbours>();

function neighboursOf<Role extends string>(language: Language<Role>): Neighbours {
  const known = neighbourhoods.get(language);
  if (known !== undefined) {
    return known;
  }
  const all = language.states.map((state) => [...state.empty, ...state.edges.map((edge) => edge.to)]);
  const backEmpty: number[][] = language.states.map(() => []);
  const backAll: number[][] = language.states.map(() => []);
  for (const [from, state] of language.states.entries()) {
    for (const to of state.empty) {
      backEmpty[to]?.push(from);
    }
    for (const to of all[from] ?? []) {
      backAll[to]?.push(from);
    }
  }
  const built = { all, backEmpty, backAll };
  neighbourhoods.set(language, built);
  return built;
}
