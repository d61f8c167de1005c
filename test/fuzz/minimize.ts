/** After so many tries what is left is short enough. */
const MOST_TRIES = 400;

/**
 * A shorter text that still fails, by leaving out ever smaller parts (delta debugging, Zeller and Hildebrandt 2002).
 *
 * @param fails whether a text fails in the way that is looked for
 */
export function minimize(text: string, fails: (text: string) => boolean): string {
  let current = text;
  let tries = 0;
  for (let size = Math.ceil(current.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < current.length && tries < MOST_TRIES; ) {
      const shorter = current.slice(0, at) + current.slice(at + size);
      tries += 1;
      if (fails(shorter)) {
        current = shorter;
      } else {
        at += size;
      }
    }
  }
  return current;
}
