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

/** Colour only for a terminal that has it, and unless NO_COLOR says otherwise (https://no-color.org). */
export function createStyle(output: Output, env: Readonly<Record<string, string | undefined>>): Style {
  const isPlain = !output.isTty || (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
  return isPlain
    ? (_colour, text) => text
    : (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;
}
