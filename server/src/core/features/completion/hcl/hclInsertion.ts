import { type JsonValue, plainValue } from '../../../lint/layout';
import {
  argumentName,
  argumentText,
  type HclPlace,
  keyText,
  placeAt,
  quotedText,
  valueText,
} from '../../../lint/writers/hclText';
import { parseJson } from '../../../syntax/json';
import { type Insertion, type SnippetSupport, stringText, withHoles } from '../insertion';
import type { Content, Hole, Proposal, Template } from '../proposal';
import type { HclSite } from './hclCursor';

/** The blocks of the data source, by the element that they make. */
const BLOCKS: ReadonlyMap<string, Template> = new Map<string, Template>([
  [
    'Principal',
    [
      'principals {\n\ttype        = "',
      { placeholder: '', choices: ['AWS', 'Service', 'Federated', '*'] },
      '"\n\tidentifiers = ["',
      { placeholder: '' },
      '"]\n}',
    ],
  ],
  [
    'NotPrincipal',
    ['not_principals {\n\ttype        = "AWS"\n\tidentifiers = ["', { placeholder: '' }, '"]\n}'],
  ],
  [
    'Condition',
    [
      'condition {\n\ttest     = "',
      { placeholder: '' },
      '"\n\tvariable = "',
      { placeholder: '' },
      '"\n\tvalues   = ["',
      { placeholder: '' },
      '"]\n}',
    ],
  ],
  [
    'Statement',
    [
      'statement {\n\tactions   = ["',
      { placeholder: '' },
      '"]\n\tresources = ["',
      { placeholder: '' },
      '"]\n}',
    ],
  ],
]);

/** The arguments of the data source that name others, whose statements it has too; those before them are deprecated. */
export const SOURCES: readonly string[] = ['source_policy_documents', 'override_policy_documents'];

/** Whether an element consists of blocks, which can be repeated. */
export function isOfBlocks(name: string): boolean {
  return BLOCKS.has(name);
}

/**
 * The same proposals by the names that they have at a site: those of arguments and blocks in the data source, and only those
 * of blocks where braces follow, of arguments where a value does.
 */
export function namedForHcl(
  proposals: readonly Proposal[],
  { document, role, names, written }: Pick<HclSite, 'document' | 'role' | 'names' | 'written'>,
): readonly Proposal[] {
  if (role === 'value' || (document !== 'policy' && document !== 'statement')) {
    return proposals;
  }
  const sources = written === undefined ? [] : SOURCES.filter((name) => !written.has(name));
  return [...proposals, ...sources.map((name) => sourceProposal(name, SOURCES.indexOf(name)))].flatMap(
    (proposal) => {
      const [name] = proposal.content.kind === 'name' ? proposal.content.text : [];
      if (typeof name !== 'string') {
        return [];
      }
      const block = BLOCKS.get(name);
      const label =
        argumentName(name) ?? (block && blockWord(block)) ?? (SOURCES.includes(name) ? name : undefined);
      // The provider writes the version by itself, and nobody begins with it.
      const rank = name === 'Statement' ? -1 : proposal.rank;
      const isPossible = names === 'all' || (names === 'of-blocks') === (block !== undefined);
      return label === undefined || !isPossible ? [] : [{ ...proposal, label, rank }];
    },
  );
}

/** Between a statement, with which one begins, and the version, which the provider writes. */
function sourceProposal(name: string, order: number): Proposal {
  return {
    label: name,
    kind: 'element',
    rank: -0.5 + order / 10,
    content: { kind: 'name', text: [name], value: ['[', { placeholder: '' }, ']'] },
  };
}

/** The name of a block as it is written. */
function blockWord([start]: Template): string {
  return typeof start === 'string' ? start.slice(0, start.indexOf(' ')) : '';
}

/** Says how proposals are written at a site of HCL: in quotes, with `=`, and laid out as `terraform fmt` leaves it. */
export function hclInserter(site: HclSite, snippets: SnippetSupport): (proposal: Proposal) => Insertion {
  const { source } = site;
  // Within a string of JSON all of it is on one line.
  const isOneLine = source.encode('\n') !== '\n';
  const place = { ...placeAt(site.source, site.from, site.document !== undefined), isOneLine };
  return (proposal) => {
    const { filter = proposal.label, slice } = proposal;
    const kept = slice === undefined ? '' : (site.before + site.after).slice(0, slice.from);
    // A place to fill in that is between quotes stays one while these stay.
    const isText =
      proposal.content.kind === 'string' || (proposal.content.kind === 'name' && site.value === 'present');
    const inner = isText ? site.inner : undefined;
    const { start: from, end: to } = inner ?? { start: site.from, end: site.to };
    const whole = textOf(proposal, site, place);
    const template = inner === undefined ? whole : whole.slice(1, -1);
    const isSnippet = snippets === 'supported' && template.some((part) => typeof part !== 'string');
    return {
      edit: {
        span: { start: source.offsetAt(from), end: source.offsetAt(to) },
        text: withHoles(template, isSnippet ? 'snippet' : 'plain', (part) => source.encode(part)),
      },
      additionalEdits: [],
      format: isSnippet ? 'snippet' : 'plain',
      filterText: `${site.quoted && inner === undefined ? source.encode('"') : ''}${kept}${filter}`,
    };
  };
}

function textOf(proposal: Proposal, site: HclSite, place: HclPlace): Template {
  const { content } = proposal;
  switch (content.kind) {
    case 'string':
      return inQuotes(stringText(content.text, proposal, site), place);
    case 'strings':
      return [stringsText(content.texts, site, place)];
    case 'name':
      return nameText(content, site, place);
    case 'json': {
      const value = hclOf(content.text, (json) => valueText(json, place));
      return isPolicy(content.text) && !isEncoded(site) ? ['jsonencode(', ...value, ')'] : value;
    }
  }
}

/** Whether what stands at a site is an argument of the function that makes a text of it. */
function isEncoded({ source: { text }, from }: HclSite): boolean {
  return text.slice(0, from).trimEnd().endsWith('jsonencode(');
}

function isPolicy([first]: Template): boolean {
  return typeof first === 'string' && /^\{\s*"Version"/.test(first);
}

function inQuotes(template: Template, place: HclPlace): Template {
  const parts = template.map((part) =>
    typeof part === 'string' ? quotedText(part, place).slice(1, -1) : part,
  );
  return ['"', ...parts, '"'].filter((part) => part !== '');
}

function stringsText(texts: readonly string[], { holder, from, source }: HclSite, place: HclPlace): string {
  if (holder !== 'list') {
    return valueText(texts, place);
  }
  const line = source.text.slice(source.text.lastIndexOf('\n', from - 1) + 1, from);
  const separator = line.trim() === '' ? `,${place.lineBreak}${place.indentation}` : ', ';
  return texts.map((text) => quotedText(text, place)).join(separator);
}

function nameText(
  { text, value }: Extract<Content, { kind: 'name' }>,
  site: HclSite,
  place: HclPlace,
): Template {
  const [name] = text;
  if (site.document === 'policy' || site.document === 'statement') {
    if (typeof name === 'string' && SOURCES.includes(name)) {
      return site.value === 'present' ? [name] : [`${name} = `, ...value];
    }
    const argument = typeof name === 'string' ? argumentName(name) : undefined;
    if (typeof name === 'string' && argument === undefined) {
      const block = BLOCKS.get(name) ?? [];
      return site.value === 'present' ? [blockWord(block)] : laidOut(block, place);
    }
    return site.value === 'present' || typeof name !== 'string'
      ? [argument ?? '']
      : [`${argument} = `, ...hclOf(value, (json) => argumentText(name, json, place))];
  }
  // The value of an argument such as `test` is the name of a member.
  const key =
    site.document === 'block' || site.quoted || text.some((part) => typeof part !== 'string')
      ? inQuotes(text, place)
      : [keyText(text.join(''), place)];
  return site.value === 'present' ? key : [...key, ' = ', ...hclOf(value, (json) => valueText(json, place))];
}

function laidOut(template: Template, { lineBreak, indentation, step }: HclPlace): Template {
  return template.map((part) =>
    typeof part === 'string'
      ? part.replace(/\n(\t*)/g, (_, tabs: string) => lineBreak + indentation + step.repeat(tabs.length))
      : part,
  );
}

/**
 * What stands for the hole of a number, within a text, for a value, and where members are to come, which reads as a name;
 * private use characters are in no text of ours.
 */
const HOLE = /(\ue000\d+\ue001|"\ue002\d+\ue003"(?: = "")?)/;

/** JSON with holes as HCL. */
function hclOf(template: Template, write: (value: JsonValue) => string): Template {
  const holes: Hole[] = [];
  let isInString = false;
  const json = template
    .map((part) => {
      if (typeof part !== 'string') {
        if (part.number === 0) {
          return '';
        }
        holes.push(part);
        const index = holes.length - 1;
        return isInString ? `\ue000${index}\ue001` : `"\ue002${index}\ue003"`;
      }
      for (const _ of part.matchAll(/"/g)) {
        isInString = !isInString;
      }
      return part;
    })
    .join('');
  const { root } = parseJson(json, 'json');
  const text = root === undefined ? '' : write(filled(plainValue(root)));
  return text
    .split(HOLE)
    .map((part) => holes[Number(/^"?[\ue000\ue002](\d+)/.exec(part)?.[1] ?? -1)] ?? part)
    .filter((part) => part !== '');
}

/** What is left open in JSON is an empty text: no value of a policy is null. */
function filled(value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    return value.map(filled);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item)]))
    : (value ?? '');
}
