import { decode, plainText } from './literals';
import type { Call } from './reader';
import { hole, type Piece, type ProgramValue, type StringValue, type WrittenPiece } from './values';

/**
 * What `replace` and `replaceAll` leave of a text, or of what is written as one: the letters that they look for are holes,
 * wherever they stand (ECMA-262, `String.prototype.replace`; Python Library Reference, `str.replace`). Whatever a regular
 * expression finds is told where it has nothing but letters.
 *
 * @returns `undefined` where that is not known
 */
export function replaced(call: Call): ProgramValue | undefined {
  const [sought, by] = call.args();
  const letters = sought && soughtLetters(call.text, sought);
  const receiver = letters === undefined || letters === '' ? undefined : call.receiver();
  if (receiver === undefined || by === undefined || letters === undefined) {
    return undefined;
  }
  const calls = CALLS.get(receiver) ?? 0;
  if (calls >= MOST_CALLS) {
    return receiver;
  }
  const value = withHoles(receiver, { text: call.text, letters, by: call.text.slice(by.start, by.end) });
  CALLS.set(value, calls + 1);
  return value;
}

/** How many calls a value has gone through: each looks at all of it. */
const CALLS = new WeakMap<ProgramValue, number>();
const MOST_CALLS = 50;

/** No text is taken to more pieces than these. */
const MOST_PIECES = 1000;

interface Replacement {
  /** The document's. */
  readonly text: string;
  readonly letters: string;
  /** The expression that gives what is put in. */
  readonly by: string;
}

function soughtLetters(text: string, sought: ProgramValue): string | undefined {
  if (sought.kind === 'string') {
    return sought.pieces.every(({ style }) => style !== undefined) ? plainText(text, sought) : undefined;
  }
  return /^\/(\w{1,100})\/[a-z]{0,8}$/.exec(
    text.slice(sought.start, Math.min(sought.end, sought.start + 120)),
  )?.[1];
}

function withHoles(value: ProgramValue, replacement: Replacement): ProgramValue {
  switch (value.kind) {
    case 'string':
      return withHolesInText(value, replacement);
    case 'array':
      return { ...value, items: value.items.map((item) => withHoles(item, replacement)) };
    case 'object':
      return {
        ...value,
        entries: value.entries.map((entry) => {
          const { literal } = entry.key;
          const key = literal && withHolesInText(literal, replacement);
          return {
            ...entry,
            key:
              key === undefined || key === literal
                ? entry.key
                : { ...entry.key, name: plainText(replacement.text, key), literal: key },
            value: entry.value && withHoles(entry.value, replacement),
          };
        }),
        ...(value.choices && { choices: value.choices.map((choice) => withHoles(choice, replacement)) }),
      };
    default:
      return value;
  }
}

function withHolesInText(value: StringValue, replacement: Replacement): StringValue {
  if (value.pieces.length > MOST_PIECES) {
    return value;
  }
  const pieces = value.pieces.flatMap((piece) =>
    piece.style === undefined ? [piece] : piecesOf(piece, replacement),
  );
  return pieces.every((piece, index) => piece === value.pieces[index]) ? value : { ...value, pieces };
}

function piecesOf(piece: WrittenPiece, { text, letters, by }: Replacement): readonly Piece[] {
  const { value, offsets } = decode(text, piece.start, piece.end, piece.style);
  const pieces: Piece[] = [];
  let from = 0;
  const add = (to: number): void => {
    if (to > from) {
      pieces.push({ ...piece, start: startOf(from), end: startOf(to) });
    }
  };
  const startOf = (index: number): number => offsets[index] ?? piece.end;
  for (
    let at = value.indexOf(letters);
    at >= 0 && pieces.length < MOST_PIECES;
    at = value.indexOf(letters, from)
  ) {
    add(at);
    from = at + letters.length;
    pieces.push(hole(by, startOf(at), startOf(from), piece.literal));
  }
  add(value.length);
  return pieces.length === 0 ? [piece] : pieces;
}
