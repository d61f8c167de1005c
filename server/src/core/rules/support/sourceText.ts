import { rememberLast } from '../../pattern/memo';

/**
 * A function of a document's whole text, worked out once while the policies of one document are shown: there may be
 * thousands, and each has the same text around it.
 */
export function ofWholeText<T>(make: (text: string) => T): (text: string) => T {
  return rememberLast(make);
}
