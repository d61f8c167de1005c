import type { Output } from '../io';

export type Colour = 'red' | 'yellow' | 'cyan' | 'green' | 'grey' | 'bold';

/** Marks text for a terminal, or leaves it as it is. */
export type Style = (colour: Colour, text: string) => string;

/** SGR parameters of ECMA-48: on, and off again. */
const CODES: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  green: [32, 39],
  grey: [90, 39],
  bold: [1, 22],
};

/**
 * Colour for a terminal that has it, and for the logs of pipelines where FORCE_COLOR asks for it (https://force-color.org,
 * with `0` for none as Node reads it); none where NO_COLOR says so (https://no-color.org).
 */
export function createStyle(output: Output, env: Readonly<Record<string, string | undefined>>): Style {
  const { NO_COLOR: none = '', FORCE_COLOR: forced = '', TERM: terminal } = env;
  const hasColour = forced === '' ? output.isTty && terminal !== 'dumb' : forced !== '0';
  return none !== '' || !hasColour
    ? (_colour, text) => text
    : (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;
}
