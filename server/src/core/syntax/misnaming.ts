import { nearest } from '../pattern/nearest';

/**
 * The name of a form that a misspelt one was meant to be: the same words, however they are joined and in whichever number,
 * or the nearest by letters. `undefined` for a name of the form, and for one that is near to none, which may be younger
 * than what is known of the form.
 */
export function nameMeantBy(name: string, possible: readonly string[]): string | undefined {
  if (possible.includes(name)) {
    return undefined;
  }
  const folded = fold(name);
  return possible.find((each) => fold(each) === folded) ?? nearest(name, possible);
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[_-]|s$/g, '');
}
