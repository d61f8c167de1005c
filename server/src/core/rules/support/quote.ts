/** Beyond this a quotation is cut: a message is one sentence, not the policy. */
const LONGEST = 80;

/** What cannot be seen, turns the direction of writing, or is not to be told from a blank. */
const UNSEEN = /[\u007f-\u00a0\u00ad\u061c\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]/g;

/**
 * A text as a message shows it: in quotes, escaped as in JSON so that it stays on one line and everything in it can be seen,
 * and not too long.
 */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text).replaceAll(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
