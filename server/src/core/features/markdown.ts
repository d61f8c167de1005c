/*
 * The one place where texts that others wrote (documents, file names, answers of servers) become Markdown. Editors
 * render hovers and reports, load the pictures in them and follow their links, so nothing of such a text may be read
 * as Markdown: it stands in `code`, or is `escaped`. Both hold for CommonMark, its tables (GFM) and bare addresses.
 */

/** A text as inline code, whatever it holds; what would end a line becomes a blank. Never empty. */
export function code(text: string): string {
  const line = oneLine(text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text);
  if (line === '') {
    return '` `';
  }
  if (!line.includes('`')) {
    return `\`${line}\``;
  }
  const fence = '`'.repeat(longestRun(line) + 1);
  return `${fence} ${line} ${fence}`;
}

/** Characters of one value that are shown: of more nobody reads on, and a value may be a megabyte. */
const MOST_QUOTED = 2048;

/**
 * A text as running text of one line, in which nothing is a link, an image, HTML, a formula or emphasis. Marks that are
 * harmless where they stand, as in `my_role` and `10.0.0.1`, stay as they are.
 */
export function escaped(text: string): string {
  return oneLine(text)
    .trim()
    .replaceAll(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|[\\`*{}[\]<>#|!~&$@]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll('//', '\\/\\/')
    .replaceAll(/(?<!\d)\.(?=[^\s.])|\.(?=[^\s.\d])/g, '\\.')
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A link with running text. */
export function link(text: string, address: string): string {
  return `[${escaped(text)}](${linkTarget(address)})`;
}

/** The same with a text that is code, save one with back quotes: renderers disagree where such a link ends. */
export function codeLink(text: string, address: string): string {
  return `[${text.includes('`') ? escaped(text) : code(text)}](${linkTarget(address)})`;
}

/** Of an address only what an address is made of stays as it is. */
function linkTarget(address: string): string {
  return oneLine(address)
    .replaceAll(/[^\w\-.~:/?#@!$&+,;=%]/gu, encodeURIComponent)
    .replaceAll('(', '%28')
    .replaceAll(')', '%29');
}

/** A block of code, whatever it holds. */
export function fence(language: string, content: string): string {
  const marks = '`'.repeat(Math.max(2, longestRun(content)) + 1);
  return `${marks}${language}\n${content.replaceAll('\r', '')}\n${marks}`;
}

/**
 * A row of a table, its cells Markdown already. A bar ends a cell, also within code. GitHub Flavored Markdown, "Tables".
 * Renderers differ on a bar behind backslashes of its own; with an odd number of them it ends a cell for none.
 */
export function tableRow(cells: readonly string[]): string {
  const shown = cells.map((cell) =>
    cell === ''
      ? ' '
      : ` ${cell.replaceAll(/(?<!\\)\\*\|/g, (bar) => (bar.length % 2 === 1 ? `\\${bar}` : `\\\\${bar}`))} `,
  );
  return `|${shown.join('|')}|`;
}

/** Line ends and other control characters as blanks, and no half of a character that UTF-16 writes in two. */
function oneLine(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');
}

/** The most back quotes in a row. */
function longestRun(text: string): number {
  let longest = 0;
  for (const [run] of text.matchAll(/`+/g)) {
    longest = Math.max(longest, run.length);
  }
  return longest;
}
