import type { SyntaxFault, SyntaxFaultCode } from './nodes';

/** The faults behind which a reader goes on without a guess. */
const HARMLESS: ReadonlySet<SyntaxFaultCode> = new Set<SyntaxFaultCode>([
  'comma-expected',
  'trailing-comma',
  'comment-not-permitted',
  'invalid-escape',
  'invalid-character',
  'invalid-number',
  'unseen-character',
]);

/** Whether it is a guess how the text goes on behind a fault. */
export function leavesDoubt({ code }: SyntaxFault): boolean {
  return !HARMLESS.has(code);
}

/** What is found at the end of something, and often follows from a fault before it. */
const ENDS: ReadonlySet<SyntaxFaultCode> = new Set<SyntaxFaultCode>([
  'close-brace-expected',
  'close-bracket-expected',
  'end-of-file-expected',
]);

/**
 * The faults of a text that are certain: those that may come of an earlier one are left out. Behind one that leaves doubt
 * nothing is certain up to the next comma or the end of the line, nor is an end where something was wrong before it.
 *
 * @param faults in source order
 * @param text the text that they are faults of
 * @param placeOf where a fault begins in that text
 */
export function certainFaults(
  faults: readonly SyntaxFault[],
  text: string,
  placeOf: (fault: SyntaxFault) => number = ({ span }) => span.start,
): readonly SyntaxFault[] {
  const certain: SyntaxFault[] = [];
  let behindDoubt: BehindDoubt | undefined;
  faults.forEach((fault, index) => {
    const isEcho = behindDoubt?.reaches(fault, placeOf(fault)) === true;
    if (!isEcho && !isOfMissingEnd(fault, faults[index - 1])) {
      const next = faults[index + 1];
      // A comma before something that cannot be read may not be the last one.
      const isLast =
        next === undefined ||
        !leavesDoubt(next) ||
        fault.code !== 'trailing-comma' ||
        /[\]}]/.test(text.slice(placeOf(fault), placeOf(next)));
      if (isLast) {
        certain.push(fault);
      }
    }
    if (leavesDoubt(fault)) {
      behindDoubt = new BehindDoubt(fault, text, placeOf(fault));
    }
  });
  return certain;
}

/** Behind a list without its bracket, the comma was taken for one of the list. */
function isOfMissingEnd({ code }: SyntaxFault, previous: SyntaxFault | undefined): boolean {
  return code === 'comma-expected' && previous !== undefined && ENDS.has(previous.code);
}

/**
 * The text behind a fault that leaves doubt, read once from fault to fault: there may be thousands before the next that
 * does. Commas and line breaks in strings do not count, be the strings without their closing quote.
 */
class BehindDoubt {
  readonly #doubt: SyntaxFault;
  readonly #text: string;
  #at: number;
  #isInString = false;
  #hasComma = false;
  #hasLineBreak = false;

  constructor(doubt: SyntaxFault, text: string, at: number) {
    this.#doubt = doubt;
    this.#text = text;
    this.#at = at;
  }

  /** Whether a later fault may follow from this one: there is no comma between them, nor a line break if that helps. */
  reaches({ code }: SyntaxFault, place: number): boolean {
    if (ENDS.has(code)) {
      return true;
    }
    const needsComma = code === 'comma-expected' || this.#doubt.code === 'unterminated-string';
    while (this.#at < place && !this.#hasComma && (needsComma || !this.#hasLineBreak)) {
      this.#read(this.#text.charAt(this.#at));
    }
    return !this.#hasComma && (needsComma || !this.#hasLineBreak);
  }

  #read(character: string): void {
    if (this.#isInString && character === '\\') {
      this.#at += 2;
      return;
    }
    const isLineBreak = character === '\n' || character === '\r';
    if (character === '"') {
      this.#isInString = !this.#isInString;
    } else if (isLineBreak) {
      this.#isInString = false;
    }
    this.#hasComma ||= character === ',' && !this.#isInString;
    this.#hasLineBreak ||= isLineBreak;
    this.#at += 1;
  }
}
