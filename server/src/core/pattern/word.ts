import { memoize } from './memo';

/** How many there are. They are asked by the modules that are loaded, so that a word is rarely older than one. */
let questions = 0;

/**
 * A text of a policy: one object for all the places where it stands. The same actions and ARNs stand in policies by the
 * thousand, and what follows from a text is noted on its word, to be found again without a look at its letters. The
 * notes show in no other way: to all who look a word is as immutable as its text.
 */
export class Word {
  readonly text: string;
  /** By the number of the question; made when the first is answered, with room for all. */
  #notes: unknown[] | undefined;
  #quietFor: object | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** What was noted in answer to a question that `noted` or `notedFor` asks. */
  note(question: number): unknown {
    return this.#notes?.[question];
  }

  setNote(question: number, answer: unknown): void {
    this.#notes ??= new Array<unknown>(questions).fill(undefined);
    this.#notes[question] = answer;
  }

  /** Whether nobody of that circle had anything to say about the text. */
  isQuietFor(circle: object): boolean {
    return this.#quietFor === circle;
  }

  setQuietFor(circle: object): void {
    this.#quietFor = circle;
  }
}

/** The word of a text. One that is long forgotten is made anew, so that two words may be of one text. */
export const wordOf: (text: string) => Word = memoize((text) => new Word(text), 32_768);

/** A function of a text, worked out once for each word. */
export function noted<T>(make: (text: string) => T): (word: Word) => T {
  const question = questions;
  questions += 1;
  return (word) => {
    const known = word.note(question);
    if (known !== undefined) {
      return (known === NOTHING ? undefined : known) as T;
    }
    const value = make(word.text);
    word.setNote(question, value ?? NOTHING);
    return value;
  };
}

/** A function of a text and one thing more, of which there is one in a process, as a rule: the service reference. */
export function notedFor<Owner, T>(make: (text: string, owner: Owner) => T): (word: Word, owner: Owner) => T {
  const question = questions;
  questions += 1;
  return (word, owner) => {
    const known = word.note(question) as { readonly owner: Owner; readonly value: T } | undefined;
    if (known !== undefined && known.owner === owner) {
      return known.value;
    }
    const value = make(word.text, owner);
    word.setNote(question, { owner, value });
    return value;
  };
}

/** Stands for `undefined` where that was worked out. */
const NOTHING = {};
