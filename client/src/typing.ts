/** How long typing must rest before findings are asked for: half a word has mistakes that nobody makes. */
export const REST_MS = 500;

/** A change of a document, as VS Code tells it. */
export interface TextChange {
  readonly rangeLength: number;
  readonly text: string;
}

/**
 * Whether changes are those of a key that types: a letter, a line break with its indentation, or a pair of brackets or
 * quotes; or of one that deletes a letter. What is accepted, pasted or fixed is whole.
 */
export function isTyping(changes: readonly TextChange[]): boolean {
  return (
    changes.length > 0 &&
    changes.every(
      ({ rangeLength, text }) =>
        rangeLength <= MOST_REPLACED && (text.length <= 1 ? text !== '' || rangeLength > 0 : KEY.test(text)),
    )
  );
}

/** A letter, or the pair that VS Code has closed by itself. */
const MOST_REPLACED = 2;

const KEY = /^(?:\r?\n[ \t]*(?:\r?\n[ \t]*)?|""|''|``|\{\}|\[\]|\(\))$/;
