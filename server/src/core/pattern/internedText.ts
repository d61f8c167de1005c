import { detached, memoize, NOTHING } from './memo';

/**
 * How many questions there are, about single texts and about passages. They are asked by the modules that are loaded, so
 * that a text is rarely older than one.
 */
const questions = { texts: 0, passages: 0 };

/**
 * A text of a policy: one object for all the places where it stands. The same actions and ARNs stand in policies by the
 * thousand, and what follows from a text is noted on that object, to be found again without a look at its letters. The
 * notes show in no other way: an interned text is as immutable as its letters.
 */
export class InternedText {
  readonly text: string;
  /** By the number of the question. */
  #notes: unknown[] | undefined;
  #nothingFor: object | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** What was noted in answer to a question. */
  note(question: number): unknown {
    return this.#notes?.[question];
  }

  /** @param room how many questions of the kind there are */
  setNote(question: number, answer: unknown, room: number): void {
    this.#notes ??= new Array<unknown>(room).fill(undefined);
    this.#notes[question] = answer;
  }

  /** Whether nobody of that memo had anything to say about the text. */
  hasNothingFor(memo: object): boolean {
    return this.#nothingFor === memo;
  }

  setNothingFor(memo: object): void {
    this.#nothingFor = memo;
  }
}

/** The object of a text. One that is long forgotten is made again, so that there may be two of one text. */
export const internText: (text: string) => InternedText = memoize((text) => new InternedText(text), {
  room: 4_000_000,
  roomOfDocument: 1,
  holds: 'documents',
});

/**
 * The same for a text of some length, as a whole statement is; some of AWS's own policies have sixty thousand
 * characters. While somebody types in one, each version of it becomes an interned text, and then all others of the
 * document are found again.
 */
export const internPassage: (text: string) => InternedText = memoize((text) => new InternedText(text), {
  room: 8_000_000,
  roomOfDocument: 1.5,
  longest: 262_144,
  holds: 'documents',
});

/** A function of a text, worked out once for each interned text. It may ask others of the kind about the same. */
export function noted<T>(make: (text: string, interned: InternedText) => T): (interned: InternedText) => T {
  const question = questions.texts;
  questions.texts += 1;
  return (interned) => {
    const known = interned.note(question);
    if (known !== undefined) {
      return (known === NOTHING ? undefined : known) as T;
    }
    const value = make(interned.text, interned);
    interned.setNote(question, value ?? NOTHING, questions.texts);
    return value;
  };
}

/** What can be noted of something that stands in a document. */
type Data =
  | string
  | number
  | boolean
  | undefined
  | readonly Data[]
  | ReadonlySet<string | undefined>
  | { readonly [name: string]: Data };

/**
 * A function of something that has an interned passage and goes by its text alone, worked out once for each such text.
 * A note lives longer than the document: it is data, and a copy, so that it keeps no part of the document in memory.
 */
export function notedOf<Subject extends { readonly interned: InternedText | undefined }, T extends Data>(
  make: (subject: Subject) => T,
): (subject: Subject) => T {
  const question = questions.passages;
  questions.passages += 1;
  return (subject) => {
    const { interned } = subject;
    const known = interned?.note(question);
    if (known !== undefined) {
      return (known === NOTHING ? undefined : known) as T;
    }
    const value = copyOf(make(subject));
    interned?.setNote(question, value ?? NOTHING, questions.passages);
    return value as T;
  };
}

function copyOf(data: Data): Data {
  if (typeof data === 'string') {
    return detached(data);
  }
  if (typeof data !== 'object') {
    return data;
  }
  if (Array.isArray(data)) {
    return (data as readonly Data[]).map(copyOf);
  }
  if (data instanceof Set) {
    return copyOfSet(data as ReadonlySet<string | undefined>);
  }
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, copyOf(value)]));
}

function copyOfSet(texts: ReadonlySet<string | undefined>): ReadonlySet<string | undefined> {
  const copy = new Set<string | undefined>();
  for (const text of texts) {
    copy.add(text && detached(text));
  }
  return copy;
}

/** A function of a text and one thing more, of which there is one in a process, as a rule: the service reference. */
export function notedFor<Owner, T>(
  make: (text: string, owner: Owner, interned: InternedText) => T,
): (interned: InternedText, owner: Owner) => T {
  const question = questions.texts;
  questions.texts += 1;
  // Of most texts the answer is the same, as that there is no fault.
  let last: { readonly owner: Owner; readonly value: T } | undefined;
  return (interned, owner) => {
    const known = interned.note(question) as { readonly owner: Owner; readonly value: T } | undefined;
    if (known !== undefined && known.owner === owner) {
      return known.value;
    }
    const value = make(interned.text, owner, interned);
    if (last === undefined || last.value !== value || last.owner !== owner) {
      last = { owner, value };
    }
    interned.setNote(question, last, questions.texts);
    return value;
  };
}
