import { openDocument, type PolicyDocument } from './document';
import { keepOnly } from './pattern/memo';

/** What was worked out for so many characters beside those of the documents is not much. */
const MUCH = 1_000_000;

/** Forgets what was worked out for other documents than these, if that is much. */
export function keepKnown(documents: readonly PolicyDocument[]): void {
  const characters = documents.reduce((sum, { text }) => sum + text.length, 0);
  keepOnly(() => documents.forEach(askForTexts), MUCH + 2 * characters);
}

/** Asks for the texts of a document by which its next version is known: its statements, or else what stands in them. */
function askForTexts({ text, language, override }: PolicyDocument): void {
  // The document that is open has its texts already, and would ask nobody.
  for (const { statements } of openDocument({ text, language, ...(override && { override }) }).policies) {
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
