import { type DocumentInput, openDocument } from './document';
import { keepOnly } from './pattern/memo';

/** What was worked out for so many characters beside those of the documents is not much. */
const MUCH = 1_000_000;

/** Forgets what was worked out for other documents than these, if that is much. */
export function keepKnown(documents: readonly DocumentInput[]): void {
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
  keepOnly(() => documents.forEach(askForTexts), MUCH + 2 * characters);
}

/** Asks for the texts of a document by which its next version is known: its statements, or else what stands in them. */
function askForTexts(input: DocumentInput): void {
  // A document that was read has its texts already, and would ask nobody.
  for (const { statements } of openDocument(input).policies) {
    for (const { interned, actions, resources } of statements) {
      if (interned === undefined) {
        for (const { entries } of [...actions, ...resources]) {
          for (const entry of entries) {
            void entry.interned;
          }
        }
      }
    }
  }
}
