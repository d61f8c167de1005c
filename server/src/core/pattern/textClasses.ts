import type { Pattern } from './pattern';

/*
 * Which combinations of patterns a text can match: a product of automata, built as far as it is walked. Patterns of `*`
 * and `?` alone keep their automata small: behind a `*` nothing that came before it counts.
 */

/** A pattern made ready for the product. Codes are UTF-16, or negative: the constants below and symbols. */
export interface ClassPattern {
  readonly codes: readonly number[];
  /** Whether letters match in either case. */
  readonly ignoresCase: boolean;
  /** What stands for some text that is not known, by its code. */
  readonly symbols: ReadonlyMap<number, string>;
}

const ANY = -1;
const RUN = -2;
/** The wildcards of the first five fields of an ARN under the operators for ARNs. */
const ANY_IN_FIELD = -3;
const RUN_IN_FIELD = -4;
const FIRST_SYMBOL = -10;
const COLON = 0x3a;

/**
 * Makes a compiled pattern ready. Variables and holes become symbols: the same text is the same symbol, and only a `*`
 * matches it beside itself.
 *
 * @param text what the pattern was compiled from
 * @param symbols the codes that symbols have been given so far; shared by all patterns of one question
 * @param fields whether wildcards stay within the first five fields of an ARN
 */
export function classPattern(
  pattern: Pattern,
  text: string,
  symbols: Map<string, number>,
  { ignoresCase = false, fields = false }: { readonly ignoresCase?: boolean; readonly fields?: boolean } = {},
): ClassPattern {
  const used = new Map<number, string>();
  let colons = 0;
  const codes = pattern.tokens.map((token) => {
    switch (token.kind) {
      case 'literal':
        colons += token.code === COLON ? 1 : 0;
        return token.code;
      case 'one':
        return fields && colons < 5 ? ANY_IN_FIELD : ANY;
      case 'run':
        return fields && colons < 5 ? RUN_IN_FIELD : RUN;
      default: {
        const name = text.slice(token.start, token.end);
        const code = symbols.get(name) ?? FIRST_SYMBOL - symbols.size;
        symbols.set(name, code);
        used.set(code, name);
        return code;
      }
    }
  });
  return { codes, ignoresCase, symbols: used };
}

export interface TextClass {
  /** The shortest text of the class that was found; symbols stand in it as they are written. */
  readonly text: string;
  /** For each of the other patterns whether it matches. */
  readonly matched: readonly boolean[];
}

export interface TextClasses {
  readonly classes: readonly TextClass[];
  /** False where the bounds were reached, so that there may be more. */
  readonly isComplete: boolean;
  /** How many steps of automata were made. */
  readonly steps: number;
}

export interface ClassLimits {
  /** States of the product that are visited. */
  readonly states: number;
  readonly classes: number;
  /** Steps of automata, of which each state takes one for each pattern and character. */
  readonly steps: number;
}

const LIMITS: ClassLimits = { states: 6_000, classes: 200, steps: 1_500_000 };

/**
 * All combinations in which texts that every required pattern matches are matched by the others, each with one such text.
 * Time and memory grow with the states visited times the patterns, and are bounded.
 */
export function textClasses(
  required: readonly ClassPattern[],
  others: readonly ClassPattern[],
  limits: Partial<ClassLimits> = LIMITS,
): TextClasses {
  const most = { ...LIMITS, ...limits };
  const fresh = freshCode([...required, ...others]);
  // The automata themselves take a step for each token.
  const work = {
    steps: [...required, ...others].reduce((sum, { codes }) => sum + 50 + 5 * codes.length, 0),
  };
  const automata = [...required, ...others].map((pattern) => new Automaton(pattern, fresh, work));
  const names = new Map([...required, ...others].flatMap(({ symbols }) => [...symbols]));
  const symbolCodes = [...names.keys()];
  const classes = new Map<string, TextClass>();
  const start = automata.map((automaton) => automaton.start);
  const queue: Visit[] = [{ states: start, from: undefined, code: 0 }];
  const seen = new Set<string>([start.join()]);
  let isComplete = true;
  for (let at = 0; at < queue.length; at += 1) {
    const visit = queue[at];
    if (visit === undefined) {
      break;
    }
    if (work.steps > most.steps) {
      isComplete = false;
      break;
    }
    const { states } = visit;
    if (required.every((_, index) => automata[index]?.accepts(states[index]))) {
      const matched = others.map(
        (_, index) => automata[required.length + index]?.accepts(states[required.length + index]) === true,
      );
      const key = matched.map(Number).join('');
      if (!classes.has(key)) {
        if (classes.size >= most.classes) {
          isComplete = false;
          break;
        }
        classes.set(key, { text: textOf(visit, names), matched });
      }
    }
    for (const code of codesAt(automata, states, fresh, symbolCodes)) {
      work.steps += automata.length;
      const next = automata.map((automaton, index) => automaton.step(states[index] ?? DEAD, code));
      if (required.some((_, index) => next[index] === DEAD)) {
        continue;
      }
      const key = next.join();
      if (seen.has(key)) {
        continue;
      }
      if (seen.size >= most.states) {
        isComplete = false;
        continue;
      }
      seen.add(key);
      queue.push({ states: next, from: visit, code });
    }
  }
  return { classes: [...classes.values()], isComplete, steps: work.steps };
}

interface Visit {
  readonly states: readonly number[];
  readonly from: Visit | undefined;
  readonly code: number;
}

function textOf(visit: Visit, names: ReadonlyMap<number, string>): string {
  const parts: string[] = [];
  for (let at: Visit | undefined = visit; at?.from !== undefined; at = at.from) {
    parts.push(names.get(at.code) ?? String.fromCharCode(at.code));
  }
  return parts.reverse().join('');
}

/** The codes after which anything differs: those that some pattern waits for, one that none does, and symbols. */
function codesAt(
  automata: readonly Automaton[],
  states: readonly number[],
  fresh: number,
  symbols: readonly number[],
): ReadonlySet<number> {
  const codes = new Set<number>([fresh]);
  for (let index = 0; index < automata.length; index += 1) {
    for (const code of automata[index]?.awaited(states[index] ?? DEAD) ?? NONE) {
      codes.add(code);
    }
  }
  for (const code of symbols) {
    codes.add(code);
  }
  return codes;
}

const NONE: readonly number[] = [];
const DEAD = 0;

interface AutomatonState {
  /** Sorted, with what is reached without a character. */
  readonly positions: readonly number[];
  readonly awaited: readonly number[];
  readonly isAccepting: boolean;
  readonly next: Map<number, number>;
}

/** One pattern, made deterministic as far as it is walked. State 0 is the one from which nothing is accepted. */
class Automaton {
  readonly start: number;
  private readonly states: AutomatonState[] = [];
  private readonly ids = new Map<string, number>();

  private readonly pattern: ClassPattern;
  private readonly fresh: number;
  private readonly work: { steps: number };

  constructor(pattern: ClassPattern, fresh: number, work: { steps: number }) {
    this.pattern = pattern;
    this.fresh = fresh;
    this.work = work;
    this.idOf([]);
    this.start = this.idOf([0]);
  }

  accepts(state: number | undefined): boolean {
    return this.states[state ?? DEAD]?.isAccepting === true;
  }

  awaited(state: number): readonly number[] {
    return this.states[state]?.awaited ?? NONE;
  }

  step(state: number, code: number): number {
    const from = this.states[state];
    if (state === DEAD || from === undefined) {
      return DEAD;
    }
    // All that no position waits for do the same, symbols apart.
    const read = code < 0 || from.awaited.includes(code) ? code : this.fresh;
    const known = from.next.get(read);
    if (known !== undefined) {
      return known;
    }
    const to: number[] = [];
    this.work.steps += from.positions.length;
    for (const position of from.positions) {
      const wanted = this.pattern.codes[position];
      if (wanted === RUN || (wanted === RUN_IN_FIELD && read !== COLON)) {
        to.push(position);
      } else if (
        (wanted === ANY && read >= 0) ||
        (wanted === ANY_IN_FIELD && read >= 0 && read !== COLON) ||
        wanted === read ||
        (this.pattern.ignoresCase && wanted !== undefined && wanted >= 0 && inOtherCase(wanted) === read)
      ) {
        to.push(position + 1);
      }
    }
    const id = this.idOf(to);
    from.next.set(read, id);
    return id;
  }

  private idOf(reached: readonly number[]): number {
    const { codes, ignoresCase } = this.pattern;
    const closed = new Set<number>();
    for (let position of reached) {
      closed.add(position);
      while (codes[position] === RUN || codes[position] === RUN_IN_FIELD) {
        position += 1;
        closed.add(position);
      }
    }
    const sorted = [...closed].sort((a, b) => a - b);
    const lastRun = sorted.findLastIndex((position) => codes[position] === RUN);
    const positions = lastRun < 0 ? sorted : sorted.slice(lastRun);
    const key = positions.join();
    const known = this.ids.get(key);
    if (known !== undefined) {
      return known;
    }
    const awaited = new Set<number>();
    for (const position of positions) {
      const code = codes[position];
      if (code === ANY_IN_FIELD || code === RUN_IN_FIELD) {
        awaited.add(COLON);
      } else if (code !== undefined && code >= 0) {
        awaited.add(code);
        if (ignoresCase) {
          awaited.add(inOtherCase(code));
        }
      }
    }
    const id = this.states.length;
    this.states.push({
      positions,
      awaited: [...awaited],
      isAccepting: positions.includes(codes.length),
      next: new Map(),
    });
    this.ids.set(key, id);
    return id;
  }
}

function inOtherCase(code: number): number {
  const letter = String.fromCharCode(code);
  const [lower, upper] = [letter.toLowerCase(), letter.toUpperCase()];
  const other = letter === lower ? upper : lower;
  return other.length === 1 ? other.charCodeAt(0) : code;
}

/** A character that no pattern has, one that reads well where there is one. */
function freshCode(patterns: readonly ClassPattern[]): number {
  const used = new Set(
    patterns.flatMap(({ codes, ignoresCase }) =>
      codes.flatMap((code) => (ignoresCase && code >= 0 ? [code, inOtherCase(code)] : [code])),
    ),
  );
  const letter = [...'xyzwvqjkuhgfbdmnpoclrtsiae0123456789_-'].find((each) => !used.has(each.charCodeAt(0)));
  if (letter !== undefined) {
    return letter.charCodeAt(0);
  }
  let code = 0xa1;
  while (used.has(code)) {
    code += 1;
  }
  return code;
}
