/** Beyond this a quotation is cut: a message is one sentence, not the policy. */
const LONGEST = 80;

/** A text as a message shows it: in quotes, escaped as in JSON so that it stays on one line, and not too long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
}
