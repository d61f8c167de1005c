import { columnAt, newLine, quoted, styleAround, type YamlStyle } from '../../../lint/writers/yamlText';
import { parseJson } from '../../../syntax/json';
import type { SyntaxNode } from '../../../syntax/nodes';
import { isPlainSafe } from '../../../syntax/yaml/yamlScalars';
import { type Insertion, type SnippetSupport, stringText, withHoles } from '../insertion';
import type { Content, Hole, Proposal, Template } from '../proposal';
import { isAloneOnLine, type YamlSite } from './yamlCursor';

/**
 * Says how proposals are written at a site of YAML: as plain as can be, in the quotes that are there, and with what is
 * below on lines of its own, moved in as the lines around are.
 */
export function yamlInserter(site: YamlSite, snippets: SnippetSupport): (proposal: Proposal) => Insertion {
  const style = styleAround(site.around);
  const { source } = site;
  return (proposal) => {
    const { filter = proposal.label, slice } = proposal;
    const all = site.before + site.after;
    const kept = slice === undefined ? '' : all.slice(0, slice.from);
    const template: Template = [site.lead, ...textOf(proposal, site, style)];
    const isSnippet = snippets === 'supported' && template.some(isHole);
    return {
      edit: {
        span: { start: source.offsetAt(site.from), end: source.offsetAt(site.to) },
        text: withHoles(template, isSnippet ? 'snippet' : 'plain', (part) => part),
      },
      additionalEdits: [],
      format: isSnippet ? 'snippet' : 'plain',
      filterText: `${site.quote ?? ''}${kept}${filter}`,
    };
  };
}

function textOf(proposal: Proposal, site: YamlSite, style: YamlStyle): Template {
  const { content } = proposal;
  switch (content.kind) {
    case 'string':
      return scalar(stringText(content.text, proposal, site), site, style);
    case 'strings':
      return stringsText(content.texts, site, style);
    case 'name':
      return nameText(content, site, style);
    case 'json':
      return blockText(content.text, site, style);
  }
}

/** A scalar with holes in it. What is typed into a hole later may need quotes, so what goes on has some. */
function scalar(template: Template, site: YamlSite, style: YamlStyle): Template {
  const parts = template.filter((part) => part !== '');
  const sample = parts.map((part) => (isHole(part) ? 'x' : part)).join('');
  const endsOpen = /[:{,]$/.test(parts.filter((part) => !isHole(part)).join(''));
  const isPlain =
    site.quote === undefined &&
    !style.alwaysQuotes &&
    !endsOpen &&
    isPlainSafe(sample) &&
    !(site.inFlow && /[{}]/.test(sample));
  if (isPlain) {
    return parts;
  }
  const quote = site.quote ?? (style.alwaysQuotes && isPlainWord(sample) ? undefined : style.quote);
  if (quote === undefined) {
    return parts;
  }
  return [quote, ...parts.map((part) => (isHole(part) ? part : quoted(part, quote).slice(1, -1))), quote];
}

/** What people leave bare although its neighbours have quotes. */
function isPlainWord(text: string): boolean {
  return text === 'Allow' || text === 'Deny';
}

function stringsText(texts: readonly string[], site: YamlSite, style: YamlStyle): Template {
  const items = texts.map((text) => scalar([text], { ...site, quote: undefined }, style).join(''));
  if (site.inFlow) {
    return [site.holder === 'list' ? items.join(', ') : `[${items.join(', ')}]`];
  }
  if (site.holder === 'list') {
    const start = site.source.text.lastIndexOf('-', site.from - 1);
    const dash = site.source.text.slice(start, site.from) + site.lead;
    return [items.join(newLine(columnAt(site.source, start), style) + dash)];
  }
  const column = site.column + style.listStep;
  return [items.map((item) => `${newLine(column, style)}- ${item}`).join('')];
}

function nameText(content: Extract<Content, { kind: 'name' }>, site: YamlSite, style: YamlStyle): Template {
  const name = scalar(content.text, site, { ...style, alwaysQuotes: false });
  if (site.value === 'present') {
    return name;
  }
  const value = yamlOf(content.value, site, site.column, style);
  const [first] = value;
  const isBelow = typeof first === 'string' && /^\r?\n/.test(first);
  return [...name, isBelow ? ':' : ': ', ...value];
}

/**
 * A block of JSON as YAML: in a list its first line stands behind the dash, on a line of its own right there, and behind a
 * key it begins below.
 */
function blockText(template: Template, site: YamlSite, style: YamlStyle): Template {
  const isThere = site.holder === 'list' || site.role === 'name' || isAloneOnLine(site);
  const step = template[0]?.toString().startsWith('[') ? style.listStep : style.step;
  const lines = yamlOf(template, site, isThere ? site.column - step : site.column, style);
  const [first, ...rest] = lines;
  return isThere && typeof first === 'string' ? [first.replace(/^\r?\n[ \t]*/, ''), ...rest] : lines;
}

/** What stands for the hole of a number; private use characters are in no text of ours. */
const HOLE_START = '\ue000';
const HOLE_END = '\ue001';

/** JSON with holes as a value of YAML: on the line of its key, or below it. */
function yamlOf(template: Template, site: YamlSite, column: number, style: YamlStyle): Template {
  const holes: Hole[] = [];
  let isInString = false;
  const json = template
    .map((part) => {
      if (isHole(part)) {
        // Where the author goes on behind all of it needs no place of its own.
        if (part.number === 0) {
          return '';
        }
        holes.push(part);
        const mark = `${HOLE_START}${holes.length - 1}${HOLE_END}`;
        return isInString ? mark : `"${mark}"`;
      }
      for (const _ of part.matchAll(/"/g)) {
        isInString = !isInString;
      }
      return part;
    })
    .join('');
  const { root } = parseJson(json, 'json');
  const text = root === undefined ? '' : site.inFlow ? flowOf(root, style) : blockOf(root, column, style);
  return text
    .split(/(\ue000\d+\ue001)/)
    .map((part) => holes[Number(/^\ue000(\d+)\ue001$/.exec(part)?.[1] ?? -1)] ?? part)
    .filter((part) => part !== '');
}

function blockOf(node: SyntaxNode, column: number, style: YamlStyle): string {
  if (node.kind === 'object') {
    const inner = column + style.step;
    return node.members.length === 0
      ? newLine(inner, style)
      : node.members.map((member) => newLine(inner, style) + memberOf(member, inner, style)).join('');
  }
  if (node.kind === 'array') {
    const inner = column + style.listStep;
    return node.items
      .map((item) => {
        const text = blockOf(item, inner + 2 - style.step, style);
        return `${newLine(inner, style)}- ${text.replace(/^\r?\n[ \t]*/, '')}`;
      })
      .join('');
  }
  return scalarOf(node, style);
}

function memberOf(
  { name, value }: { readonly name: string; readonly value: SyntaxNode | undefined },
  column: number,
  style: YamlStyle,
): string {
  if (value === undefined) {
    return name;
  }
  const text = blockOf(value, column, style);
  return `${keyText(name, style)}:${/^\r?\n/.test(text) ? '' : ' '}${text}`;
}

function flowOf(node: SyntaxNode, style: YamlStyle): string {
  if (node.kind === 'object') {
    const members = node.members.map(({ name, value }) =>
      value === undefined ? name : `${keyText(name, style)}: ${flowOf(value, style)}`,
    );
    return `{ ${members.join(', ')} }`;
  }
  return node.kind === 'array'
    ? `[${node.items.map((item) => flowOf(item, style)).join(', ')}]`
    : scalarOf(node, style);
}

function scalarOf(node: SyntaxNode, style: YamlStyle): string {
  if (node.kind !== 'string') {
    return '';
  }
  const sample = node.value.replaceAll(/\ue000\d+\ue001/g, 'x');
  const isPlain = isPlainSafe(sample) && (!style.alwaysQuotes || /^\ue000\d+\ue001$/.test(node.value));
  return isPlain ? node.value : quoted(node.value, style.quote);
}

function keyText(name: string, style: YamlStyle): string {
  return isPlainSafe(name.replaceAll(/\ue000\d+\ue001/g, 'x')) ? name : quoted(name, style.quote);
}

function isHole(part: string | Hole): part is Hole {
  return typeof part !== 'string';
}
