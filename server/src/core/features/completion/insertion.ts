import type { Edit } from '../../lint/rule';
import type { SourceText, Span } from '../../syntax/nodes';
import { contentSpan, indexAt, spanOfValue } from '../../syntax/stringSpans';
import type { Content, Hole, Proposal, Template } from './proposal';
import type { Site } from './site';

/**
 * Whether an edit within quotes begins with the opening one. Editors rank an item the higher the more of it has been
 * typed: beside the items of VS Code's own JSON, which take the quote with them, ours have to as well.
 */
export type Quotes = 'taken' | 'left';

/** Whether the editor understands holes in an inserted text. */
export type SnippetSupport = 'supported' | 'plain';

export interface Insertion {
  readonly edit: Edit;
  readonly additionalEdits: readonly Edit[];
  readonly format: 'plain' | 'snippet';
  /** What the text between the start of the edit and the cursor is compared with. */
  readonly filterText: string;
}

/**
 * Says how proposals are written at a site: with the quotes, the colon and the commas that are missing there and no
 * others, escaped for the place, and laid out as the lines around it are.
 */
export function inserter(
  site: Site,
  { snippets, quotes = 'left' }: { readonly snippets: SnippetSupport; readonly quotes?: Quotes | undefined },
): (proposal: Proposal) => Insertion {
  const { source, string, missing, commaAfter, quoted } = site;
  const layout = layoutAt(source.text, site.from);
  const whole: Span = { start: source.offsetAt(site.from), end: source.offsetAt(site.to) };
  const insertions = (texts: readonly (readonly [offset: number, text: string])[]): readonly Edit[] =>
    texts
      .filter(([, text]) => text !== '')
      .map(([offset, text]) => ({ span: { start: offset, end: offset }, text: source.encode(text) }));
  // What is missing right in front of the text cannot be an edit beside it.
  const isTouching = missing?.at === site.from;
  const touching = isTouching ? `${missing?.text} ` : '';
  const apart: readonly (readonly [number, string])[] =
    missing === undefined || isTouching ? [] : [[source.offsetAt(missing.at), missing.text]];

  return (proposal) => {
    const { content, slice, filter = proposal.label } = proposal;
    const within = withinQuotes(content, site, layout);
    if (string !== undefined && within !== undefined) {
      const { before, text, behind } = within;
      const replaced = slice === undefined ? contentSpan(string) : spanOfValue(string, slice.from, slice.to);
      const ends = [whole.end, behind + (commaAfter ? ',' : '')] as const;
      if (quotes === 'left') {
        return {
          edit: { span: replaced, text: written(text, source, snippets) },
          additionalEdits: insertions([...apart, [whole.start, touching + before], ends]),
          format: formatOf(text, snippets),
          filterText: filter,
        };
      }
      const kept = source.text.slice(site.from, indexAt(source, replaced.start));
      return {
        edit: {
          span: { start: whole.start, end: replaced.end },
          text: written([touching + before + kept, ...text], source, snippets),
        },
        additionalEdits: insertions([...apart, ends]),
        format: formatOf(text, snippets),
        filterText: source.encode(kept) + filter,
      };
    }
    const lead = source.text.charAt(site.from - 1) === ':' ? ' ' : touching;
    const trail = commaAfter ? (/\S/.test(source.text.charAt(site.to)) ? ', ' : ',') : '';
    const json = [lead, ...jsonOf(proposal, site, layout), trail];
    const kept = slice === undefined ? '' : (site.before + site.after).slice(0, slice.from);
    return {
      edit: { span: whole, text: written(json, source, snippets) },
      additionalEdits: insertions(apart),
      format: formatOf(json, snippets),
      filterText: `${quoted ? source.encode('"') : ''}${kept}${filter}`,
    };
  };
}

/**
 * What goes between the quotes that are there, and what outside of them; `undefined` where a value of another kind is
 * written.
 */
function withinQuotes(
  content: Content,
  { value, holder }: Site,
  layout: Layout,
): { readonly before: string; readonly text: Template; readonly behind: string } | undefined {
  if (content.kind === 'strings') {
    const list = listText(content.texts, holder, layout);
    const first = list.indexOf('"');
    const last = list.lastIndexOf('"');
    return {
      before: list.slice(0, first),
      text: [list.slice(first + 1, last)],
      behind: list.slice(last + 1),
    };
  }
  return content.kind === 'string' || (content.kind === 'name' && value === 'present')
    ? { before: '', text: escaped(content.text), behind: '' }
    : undefined;
}

function jsonOf(proposal: Proposal, site: Site, layout: Layout): Template {
  const { content } = proposal;
  const { value, holder } = site;
  switch (content.kind) {
    case 'string':
      return ['"', ...escaped(stringText(content.text, proposal, site)), '"'];
    case 'name':
      return [
        '"',
        ...escaped(content.text),
        value === 'present' ? '"' : '":',
        ...(value === 'absent' ? [' ', ...laidOut(content.value, layout)] : []),
      ];
    case 'strings':
      return [listText(content.texts, holder, layout)];
    case 'json':
      return laidOut(content.text, layout);
  }
}

/** More items for a list, or the list itself. */
function listText(texts: readonly string[], holder: Site['holder'], layout: Layout): string {
  const items = texts.map((text) => JSON.stringify(text));
  if (holder === 'list') {
    return items.join(layout.betweenItems);
  }
  return layout === ON_ONE_LINE
    ? `[${items.join(', ')}]`
    : `[${lineBroken(`\n\t${items.join(',\n\t')}\n`, layout)}]`;
}

/** The text of a string with a proposal in it, not yet escaped; what the proposal does not replace stays. */
export function stringText(
  text: Template,
  { slice, continues }: Pick<Proposal, 'slice' | 'continues'>,
  { before, after }: Pick<Site, 'before' | 'after'>,
): Template {
  const all = before + after;
  const { from, to } = slice ?? { from: 0, to: all.length };
  const rest = continues === undefined ? [all.slice(to)] : [NOTHING_YET, all.slice(to)];
  return [all.slice(0, from), ...text, ...rest];
}

/** Where the author goes on typing, within the quotes. */
const NOTHING_YET: Hole = { placeholder: '' };

interface Layout {
  /** A line break and the indentation of the line that the text begins on; a blank where all is on one line. */
  readonly lineBreak: string;
  /** One more level of indentation; nothing where all is on one line. */
  readonly unit: string;
  /** What stands between items that are added to a list. */
  readonly betweenItems: string;
}

const ON_ONE_LINE: Layout = { lineBreak: ' ', unit: '', betweenItems: ', ' };

/** The blanks at the site tell how deep it is, those of the lines above how much a level goes in. */
function layoutAt(text: string, at: number): Layout {
  const eol = /\r?\n/.exec(text)?.[0];
  if (eol === undefined) {
    // What stands on one line stays so; where there is nothing, a new policy has lines of its own.
    return /["{[]/.test(text) ? ON_ONE_LINE : { lineBreak: '\n', unit: '  ', betweenItems: ',\n' };
  }
  const above = text.slice(0, at).split('\n');
  const line = above.pop() ?? '';
  const indentation = blanksOf(line);
  const outer = above.findLast((each) => each.trim() !== '' && blanksOf(each).length < indentation.length);
  const lineBreak = eol + indentation;
  return {
    lineBreak,
    unit: outer === undefined ? '  ' : indentation.slice(blanksOf(outer).length),
    betweenItems: line.trim() === '' ? `,${lineBreak}` : ', ',
  };
}

function blanksOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** Line breaks and tabs of our own texts as the document has them. */
function laidOut(template: Template, layout: Layout): Template {
  return template.map((part) => (typeof part === 'string' ? lineBroken(part, layout) : part));
}

function lineBroken(text: string, { lineBreak, unit }: Layout): string {
  return text.replace(/\n(\t*)/g, (_, tabs: string) => lineBreak + unit.repeat(tabs.length));
}

/** As it stands between quotes. */
function escaped(template: Template): Template {
  return template.map((part) => (typeof part === 'string' ? JSON.stringify(part).slice(1, -1) : part));
}

function isHole(part: string | Hole): part is Hole {
  return typeof part !== 'string';
}

function formatOf(template: Template, snippets: SnippetSupport): Insertion['format'] {
  return snippets === 'supported' && template.some(isHole) ? 'snippet' : 'plain';
}

/** Escaped for the place, and for the editor where that reads a snippet. */
function written(template: Template, source: SourceText, snippets: SnippetSupport): string {
  return withHoles(template, formatOf(template, snippets), (text) => source.encode(text));
}

/** A template as text, escaped for the editor where it reads snippets. Texts are escaped for the place by `encode`. */
export function withHoles(
  template: Template,
  format: Insertion['format'],
  encode: (text: string) => string,
): string {
  if (format === 'plain') {
    return encode(template.map((part) => (isHole(part) ? plainText(part) : part)).join(''));
  }
  const numbers: (number | undefined)[] = [];
  const parts = template.map((part) => {
    if (!isHole(part)) {
      return encode(part).replace(/[\\$}]/g, '\\$&');
    }
    if (part.number === 0) {
      return '$0';
    }
    const known = part.number === undefined ? -1 : numbers.indexOf(part.number);
    if (known < 0) {
      numbers.push(part.number);
    }
    return holeText(part, known < 0 ? numbers.length : known + 1, encode);
  });
  return parts.join('');
}

/** An example that a template gives is written where an editor knows no holes; what merely says what to type is not. */
function plainText({ choices, number, placeholder }: Hole): string {
  return choices?.[0] ?? (number === undefined ? '' : placeholder);
}

/** Language Server Protocol, "Snippet syntax". */
function holeText({ placeholder, choices }: Hole, number: number, encode: (text: string) => string): string {
  if (choices !== undefined) {
    return `\${${number}|${choices.map((choice) => encode(choice).replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  }
  return placeholder === ''
    ? `$${number}`
    : `\${${number}:${encode(placeholder).replace(/[\\$}]/g, '\\$&')}}`;
}
