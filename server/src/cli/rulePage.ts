import { printable } from './format/printable';
import type { Style } from './format/style';

/** What the page of a rule says in its author's words: without the head that is generated, and without the examples. */
export function bodyOfPage(page: string): string {
  const [, body = page] = page.split('<!-- End of the generated part. -->');
  return (body.split(/^## Examples$/m)[0] ?? '').trim();
}

/** A page in Markdown as a terminal can show it. */
export function pageForTerminal(page: string, style: Style): string {
  let isCode = false;
  const lines = page
    .replaceAll(/^<!--.*-->\n+/gm, '')
    .replaceAll(/^\| \| \|\n\| --- \| --- \|\n/gm, '')
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) {
        isCode = !isCode;
        const [, label] = /^```\w+ (\w+)/.exec(line) ?? [];
        return isCode ? style('grey', LABELS.get(label ?? '') ?? 'Example:') : '';
      }
      if (isCode) {
        return `  ${line}`;
      }
      const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
      return heading === undefined ? proseLine(line) : style('bold', proseLine(heading));
    });
  return `${lines.map(printable).join('\n').trimEnd()}\n`;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['bad', 'Reported:'],
  ['fixed', 'With the fix:'],
  ['good', 'Not reported:'],
]);

/** Rows of the head become lines, and links show where they lead. */
function proseLine(line: string): string {
  return line
    .replace(/^\| ([^|]*) \| (.*) \|$/, '$1: $2')
    .replaceAll('<br>', '; ')
    .replaceAll(/\[([^[\]]*)\]\(([^()]*)\)/g, '$1 <$2>');
}
