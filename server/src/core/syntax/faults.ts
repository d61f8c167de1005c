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

/** What is found at the end of something, and often comes of a fault before it. */
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
 * @param between the text from the start of one fault to that of another
 */
export function certainFaults(
  faults: readonly SyntaxFault[],
  between: (from: SyntaxFault, to: SyntaxFault) => string,
): readonly SyntaxFault[] {
  const certain: SyntaxFault[] = [];
  let doubt: SyntaxFault | undefined;
  faults.forEach((fault, index) => {
    const isEcho =
      doubt !== undefined && (ENDS.has(fault.code) || isEchoOf(doubt, fault, between(doubt, fault)));
    if (!isEcho && !isOfMissingEnd(fault, faults[index - 1])) {
      const next = faults[index + 1];
      // A comma before something that cannot be read may not be the last one.
      const isLast = next === undefined || !leavesDoubt(next) || /[\]}]/.test(between(fault, next));
      if (fault.code !== 'trailing-comma' || isLast) {
        certain.push(fault);
      }
    }
    if (leavesDoubt(fault)) {
      doubt = fault;
    }
  });
  return certain;
}

/** Behind a list without its bracket, the comma was taken for one of the list. */
function isOfMissingEnd({ code }: SyntaxFault, previous: SyntaxFault | undefined): boolean {
  return code === 'comma-expected' && previous !== undefined && ENDS.has(previous.code);
}

/** Whether a fault may come of an earlier one: no comma, nor a line break where that helps, stands between them. */
function isEchoOf(doubt: SyntaxFault, { code }: SyntaxFault, text: string): boolean {
  const rest = text.replaceAll(STRINGS, '');
  const needsComma = code === 'comma-expected' || doubt.code === 'unterminated-string';
  return !(needsComma ? /,/ : /[,\r\n]/).test(rest);
}

/** Strings, be they without their closing quote. */
const STRINGS = /"(?:[^"\\\r\n]|\\.)*"?/g;
