/** How much a memo keeps, in characters. */
export interface MemoSize {
  /** Of all texts together, with some more for what is kept of each. */
  readonly room?: number;
  /** How much room there is for each character of the largest document, where that is more; see `makeRoomFor`. */
  readonly roomOfDocument?: number;
  /** For one text. Longer ones are computed again each time. */
  readonly longest?: number;
  /** Whether the amount kept depends on which documents are open; see `keepOnly`. */
  readonly holds?: 'documents' | 'words';
}

/** A memo of what stands in documents. */
interface DocumentMemo {
  /** How many characters it keeps. */
  used(): number;
  /** From now on all that it keeps is what nobody asked for. */
  turn(): void;
  /** Forgets what nobody asked for since the last turn. */
  forget(): void;
}

/** They are made by the modules that are loaded. */
const documentMemos: DocumentMemo[] = [];

/**
 * Forgets what follows from the texts of documents, but for those for which `ask` asks.
 *
 * @param most so many characters may be kept without that anything is forgotten
 */
export function keepOnly(ask: () => void, most: number): void {
  if (documentMemos.reduce((sum, memo) => sum + memo.used(), 0) <= most) {
    return;
  }
  for (const memo of documentMemos) {
    memo.turn();
  }
  ask();
  for (const memo of documentMemos) {
    memo.forget();
  }
}

/** Of more characters in one document no memo takes notice: memory stays bounded. */
const LARGEST_DOCUMENT = 40_000_000;

let largestDocument = 0;

/**
 * Lets memos keep all of a document that is larger than those before it: what is worked out again with each key would make
 * it many times slower than one that is a little smaller.
 */
export function makeRoomFor(characters: number): void {
  largestDocument = Math.max(largestDocument, Math.min(characters, LARGEST_DOCUMENT));
}

/**
 * Remembers what a pure function of a text gave. Policies repeat themselves: the same actions, services and fields of
 * ARNs stand in them by the thousand. Memory stays bounded: where it is full, what nobody asked for lately goes, and where
 * somebody asked for all of it, what is new is not kept for some time. So a document that is larger than the room is known
 * as far as the room goes.
 */
export function memoize<T>(
  make: (text: string) => T,
  { room = 2_000_000, roomOfDocument = 0, longest = LONGEST_KEPT, holds = 'words' }: MemoSize = {},
): (text: string) => T {
  /** What was requested since the last turn, and what was not. */
  let asked = new Map<string, T | typeof NOTHING>();
  let unasked = new Map<string, T | typeof NOTHING>();
  /** The texts of `unasked`, and some that have left it; the oldest, with which documents begin, go last. */
  let leaving: string[] = [];
  let used = 0;
  let refused = 0;

  const isRoomFor = (cost: number): boolean => {
    const size = Math.max(room, roomOfDocument * largestDocument);
    if (used + cost <= size) {
      return true;
    }
    if (unasked.size === 0) {
      refused += cost;
      if (refused * 2 <= size) {
        return false;
      }
      refused = 0;
      unasked = asked;
      leaving = [...unasked.keys()];
      asked = new Map();
    }
    while (used + cost > size) {
      const text = leaving.pop();
      if (text === undefined) {
        return false;
      }
      if (unasked.delete(text)) {
        used -= text.length + OF_EACH;
      }
    }
    return true;
  };

  if (holds === 'documents') {
    documentMemos.push({
      used: () => used,
      turn: () => {
        for (const [text, value] of asked) {
          unasked.set(text, value);
        }
        asked = new Map();
        leaving = [...unasked.keys()];
      },
      forget: () => {
        unasked = new Map();
        leaving = [];
        refused = 0;
        used = 0;
        for (const text of asked.keys()) {
          used += text.length + OF_EACH;
        }
      },
    });
  }

  return (text) => {
    if (text.length > longest) {
      return make(text);
    }
    let known = asked.get(text);
    if (known === undefined && unasked.size > 0) {
      known = unasked.get(text);
      if (known !== undefined) {
        unasked.delete(text);
        asked.set(detached(text), known);
      }
    }
    if (known !== undefined) {
      return (known === NOTHING ? undefined : known) as T;
    }
    const own = detached(text);
    const value = make(own);
    const cost = text.length + OF_EACH;
    if (isRoomFor(cost)) {
      used += cost;
      asked.set(own, value ?? NOTHING);
    }
    return value;
  };
}

/**
 * Names and ARNs are shorter. What is longer may be typed letter by letter, and each of its versions would be kept: many
 * times the document.
 */
const LONGEST_KEPT = 2_048;

/** Stands for `undefined` where that was worked out. */
export const NOTHING: unique symbol = Symbol('nothing');

/** What is kept with a text counts as so many characters. */
const OF_EACH = 64;

/**
 * A copy that stands alone. A string that was cut out of a document keeps the whole document in memory, and a memo that
 * lives for days would so keep every version that was ever typed.
 */
export function detached(text: string): string {
  return text.length < SHORTEST_CUT ? text : ` ${text}`.slice(1);
}

/** What is shorter V8 copies whenever it is cut out (`SlicedString::kMinLength`). */
const SHORTEST_CUT = 13;

/**
 * Remembers only the last answer of a pure function. The rules are shown one thing after the other, and several ask
 * the same about it; what is gone need not be kept, and `forgetLast` sees to it that nothing outlives its document.
 */
export function rememberLast<Subject extends object | string, T>(
  make: (subject: Subject) => T,
): (subject: Subject) => T {
  let last: Subject | undefined;
  let answer: T | undefined;
  forgetters.push(() => {
    last = undefined;
    answer = undefined;
  });
  return (subject) => {
    if (last !== subject) {
      answer = make(subject);
      last = subject;
    }
    return answer as T;
  };
}

/**
 * Remembers what follows from a part of an immutable tree for as long as that part lives: of a long list something may be
 * asked once for each of its elements.
 */
export function rememberOf<Subject extends object, T>(
  make: (subject: Subject) => T,
): (subject: Subject) => T {
  const known = new WeakMap<Subject, T | typeof NOTHING>();
  return (subject) => {
    const answer = known.get(subject);
    if (answer !== undefined) {
      return (answer === NOTHING ? undefined : answer) as T;
    }
    const made = make(subject);
    known.set(subject, made ?? NOTHING);
    return made;
  };
}

/** One for each function; they are made by the modules that are loaded. */
const forgetters: (() => void)[] = [];

/**
 * Has every last answer forgotten. An answer keeps the tree of its document in memory, and a large one that is still
 * there while the next is read is moved to where only the most expensive garbage collections find it.
 */
export function forgetLast(): void {
  for (const forget of forgetters) {
    forget();
  }
}
