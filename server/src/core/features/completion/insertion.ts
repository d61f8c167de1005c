import type { Edit } from '../../lint/rule';
import type { SourceText, Span } from '../../syntax/nodes';
import { contentSpan, spanOfValue } from '../../syntax/stringSpans';
import type { Site } from './cursor';
import type { Content, Hole, Proposal, Template } from './proposal';

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
export function inserter(site: Site, snippets: SnippetSupport): (proposal: Proposal) => Insertion {
  const { source, string, from, to, quoted } = site;
  const layout = layoutAt(source.text, from);
  const whole: Span = { start: source.offsetAt(from), end: source.offsetAt(to) };
  const inside = string === undefined ? undefined : contentSpan(string);
  const commaBehind = site.commaAfter ? [insertion(whole.end, ',', source)] : [];
  const commaBefore =
    site.missing === undefined
      ? []
      : [insertion(source.offsetAt(site.missing.at), site.missing.text, source)];
  // An edit may not touch another: what is missing right in front of the text becomes part of it.
  const touching = site.missing?.at === from ? `${site.missing.text} ` : '';
  const lead = touching !== '' ? touching : source.text.charAt(from - 1) === ':' ? ' ' : '';
  const trail = site.commaAfter ? (/\S/.test(source.text.charAt(to)) ? ', ' : ',') : '';

  return (proposal) => {
    const { content, filter = proposal.label } = proposal;
    const text = contentText(content, site);
    if (string !== undefined && inside !== undefined && text !== undefined) {
      const { slice } = proposal;
      const span = slice === undefined ? inside : spanOfValue(string, slice.from, slice.to);
      return {
        edit: { span, text: written(escaped(text), source, snippets) },
        additionalEdits: [...commaBefore, ...commaBehind],
        format: formatOf(text, snippets),
        filterText: filter,
      };
    }
    const json = [lead, ...jsonOf(proposal, site, layout), trail];
    const kept = proposal.slice === undefined ? '' : (site.before + site.after).slice(0, proposal.slice.from);
    return {
      edit: { span: whole, text: written(json, source, snippets) },
      additionalEdits: touching === '' ? commaBefore : [],
      format: formatOf(json, snippets),
      filterText: `${quoted ? '"' : ''}${kept}${filter}`,
    };
  };
}

/** The text for between the quotes that are there, if that is all there is to write. */
function contentText(content: Content, site: Site): Template | undefined {
  return content.kind === 'string' || (content.kind === 'name' && site.value === 'present')
    ? content.text
    : undefined;
}

function jsonOf(proposal: Proposal, { before, after, value, holder }: Site, layout: Layout): Template {
  const { content, slice, continues } = proposal;
  switch (content.kind) {
    case 'string': {
      const all = before + after;
      const { from, to } = slice ?? { from: 0, to: all.length };
      const rest = continues === undefined ? [all.slice(to)] : [NOTHING_YET, all.slice(to)];
      return ['"', ...escaped([all.slice(0, from), ...content.text, ...rest]), '"'];
    }
    case 'name':
      return [
        '"',
        ...escaped(content.text),
        '"',
        ...(value === 'absent'
          ? [': ', ...laidOut(content.value, layout)]
          : value === 'present'
            ? []
            : [':']),
      ];
    case 'strings': {
      const items = content.texts.map((text) => JSON.stringify(text));
      return holder === 'list'
        ? [items.join(layout.betweenItems)]
        : laidOut([`[\n\t${items.join(',\n\t')}\n]`], layout);
    }
    case 'json':
      return laidOut(content.text, layout);
  }
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
    return ON_ONE_LINE;
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
function laidOut(template: Template, { lineBreak, unit }: Layout): Template {
  return template.map((part) =>
    typeof part === 'string'
      ? part.replace(/\n(\t*)/g, (_, tabs: string) => lineBreak + unit.repeat(tabs.length))
      : part,
  );
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
  if (formatOf(template, snippets) === 'plain') {
    return source.encode(template.map((part) => (isHole(part) ? (part.choices?.[0] ?? '') : part)).join(''));
  }
  let holes = 0;
  const parts = template.map((part) => {
    if (!isHole(part)) {
      return source.encode(part).replace(/[\\$}]/g, '\\$&');
    }
    holes += 1;
    return holeText(part, holes, source);
  });
  return parts.join('');
}

/** Language Server Protocol, "Snippet syntax". */
function holeText({ placeholder, choices }: Hole, number: number, source: SourceText): string {
  if (choices !== undefined) {
    return `\${${number}|${choices.map((choice) => source.encode(choice).replace(/[\\,|]/g, '\\$&')).join(',')}|}`;
  }
  return placeholder === ''
    ? `$${number}`
    : `\${${number}:${source.encode(placeholder).replace(/[\\$}]/g, '\\$&')}}`;
}

function insertion(offset: number, text: string, source: SourceText): Edit {
  return { span: { start: offset, end: offset }, text: source.encode(text) };
}
