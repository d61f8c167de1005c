import { STATEMENT_NAMES } from '../../syntax/hcl/documentNames';
import { DOCUMENT_DIALECT, PLAIN_DIALECT } from '../../syntax/hcl/hclStrings';
import { encodeTemplate, holesOf } from '../../syntax/hcl/hclTemplates';
import type { SourceText } from '../../syntax/nodes';
import { type JsonValue, lineStart } from '../layout';
import { Unwritable } from './writer';

/**
 * Values of policies as text of HCL, as `terraform fmt` leaves it (Terraform language, "Style Conventions"): one blank
 * around `=`, which stand below each other on lines that follow each other, and a comma behind the last item of a list on
 * lines of its own.
 */

/** Where text goes: how far its first line is moved in, and how much further what is in brackets is. */
export interface HclPlace {
  readonly source: SourceText;
  readonly lineBreak: string;
  readonly indentation: string;
  readonly step: string;
  /** Whether all of it goes on one line. */
  readonly isOneLine: boolean;
  /** Whether it is part of the data source of policies, whose dialect and lists are its own. */
  readonly isDocument: boolean;
}

/** The place of what begins at an index of a source: as far in as its line. */
export function placeAt(source: SourceText, at: number, isDocument = false): HclPlace {
  const { text } = source;
  const line = text.slice(lineStart(text, at), at);
  return {
    source,
    lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
    indentation: /^[ \t]*/.exec(line)?.[0] ?? '',
    step: /\n\t/.test(text) ? '\t' : '  ',
    isOneLine: false,
    isDocument,
  };
}

/** The place of what is one level further in. */
export function deeper(place: HclPlace): HclPlace {
  return { ...place, indentation: place.indentation + place.step };
}

/** A line break and the indentation of the place. */
export function newLine({ lineBreak, indentation }: HclPlace): string {
  return lineBreak + indentation;
}

/** A string in quotes. */
export function quotedText(text: string, { source, isDocument }: HclPlace): string {
  const dialect = isDocument ? DOCUMENT_DIALECT : PLAIN_DIALECT;
  return `"${encodeTemplate(text, 'quoted', dialect, holesOf(source))}"`;
}

/** A value as an expression of HCL. */
export function valueText(value: JsonValue, place: HclPlace): string {
  if (Array.isArray(value)) {
    return listText(value, place);
  }
  if (typeof value === 'object' && value !== null) {
    return objectText(value as { readonly [name: string]: JsonValue }, place);
  }
  if (value === null) {
    // What cannot be known reads as null, and nothing of a policy is.
    throw new Unwritable();
  }
  return typeof value === 'string' ? quotedText(value, place) : String(value);
}

function listText(items: readonly JsonValue[], place: HclPlace): string {
  if (place.isOneLine || items.length < 2) {
    return `[${items.map((item) => valueText(item, place)).join(', ')}]`;
  }
  const inner = deeper(place);
  const lines = items.map((item) => `${newLine(inner)}${valueText(item, inner)},`);
  return `[${lines.join('')}${newLine(place)}]`;
}

function objectText(value: { readonly [name: string]: JsonValue }, place: HclPlace): string {
  const entries = Object.entries(value);
  const [first] = entries;
  if (first !== undefined && entries.length === 1 && first[0] === 'Ref' && typeof first[1] === 'string') {
    return first[1];
  }
  if (entries.some(([name]) => name.startsWith('Fn::'))) {
    throw new Unwritable();
  }
  if (entries.length === 0) {
    return '{}';
  }
  if (place.isOneLine) {
    return `{ ${entries.map(([name, item]) => `${keyText(name, place)} = ${valueText(item, place)}`).join(', ')} }`;
  }
  const inner = deeper(place);
  const lines = alignedLines(
    entries.map(([name, item]) => [keyText(name, place), valueText(item, inner)] as const),
    inner,
  );
  return `{${lines}${newLine(place)}}`;
}

/** A key of an object: bare where it is a word. */
export function keyText(name: string, place: HclPlace): string {
  return /^[A-Za-z_][\w-]*$/.test(name) ? name : quotedText(name, place);
}

/** `name = value` on lines of their own, each with its line break in front. */
export function alignedLines(
  entries: readonly (readonly [name: string, value: string])[],
  place: HclPlace,
): string {
  let text = '';
  for (let at = 0; at < entries.length; ) {
    let end = at;
    while (entries[end] !== undefined && !isMultiline(entries[end]?.[1])) {
      end += 1;
    }
    const group = entries.slice(at, Math.max(end, at + 1));
    const width = Math.max(...group.map(([name]) => name.length));
    for (const [name, value] of group) {
      text += `${newLine(place)}${name.padEnd(isMultiline(value) ? 0 : width)} = ${value}`;
    }
    at += group.length;
  }
  return text;
}

function isMultiline(value: string | undefined): boolean {
  return value?.includes('\n') === true;
}

/** What the arguments of a statement are called in the data source, by IAM's names. */
const ARGUMENTS: ReadonlyMap<string, string> = new Map(
  Array.from(STATEMENT_NAMES, ([argument, name]) => [name, argument] as const),
);

/** The name of an argument; `undefined` for what is written in blocks, or not at all. */
export function argumentName(name: string): string | undefined {
  return ARGUMENTS.get(name) ?? (name === 'Version' ? 'version' : name === 'Id' ? 'policy_id' : undefined);
}

const LISTS: ReadonlySet<string> = new Set(['Action', 'NotAction', 'Resource', 'NotResource']);

/** What an argument of the data source is set to: lists are lists there, be it of one. */
export function argumentText(name: string, value: JsonValue, place: HclPlace): string {
  return valueText(LISTS.has(name) && !Array.isArray(value) ? [value] : value, place);
}

/**
 * A member of a statement in the data source: an argument, or the blocks that say the same. Without the first line
 * break.
 */
export function elementLines(name: string, value: JsonValue, place: HclPlace): string {
  const argument = argumentName(name);
  if (argument !== undefined) {
    return `${argument} = ${argumentText(name, value, place)}`;
  }
  const blocks = blocksText(name, value, place);
  return blocks.join(newLine(place));
}

/** A whole statement of the data source. */
export function statementText(value: JsonValue, place: HclPlace): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unwritable();
  }
  const entries = Object.entries(value as { readonly [name: string]: JsonValue });
  const inner = deeper(place);
  const attributes = entries.flatMap(([name, item]) => {
    const argument = argumentName(name);
    return argument === undefined ? [] : [[argument, argumentText(name, item, inner)] as const];
  });
  const blocks = entries.flatMap(([name, item]) =>
    argumentName(name) === undefined ? blocksText(name, item, inner) : [],
  );
  const body = alignedLines(attributes, inner);
  const rest = blocks.map((block) => `${place.lineBreak}${newLine(inner)}${block}`).join('');
  return `statement {${body}${rest}${newLine(place)}}`;
}

/** What principals and conditions are in the data source: a block for each type, or for each key. */
function blocksText(name: string, value: JsonValue, place: HclPlace): readonly string[] {
  const word = BLOCKS.get(name);
  if (word === undefined) {
    throw new Unwritable();
  }
  const inner = deeper(place);
  const block = (entries: readonly (readonly [string, JsonValue])[]): string =>
    `${word} {${alignedLines(
      entries.map(([key, item]) => [key, valueText(item, inner)] as const),
      inner,
    )}${newLine(place)}}`;
  if (word !== 'condition') {
    const types = value === '*' ? [['*', '*'] as const] : membersOf(value);
    return types.map(([type, identifiers]) =>
      block([
        ['type', type],
        ['identifiers', asList(identifiers)],
      ]),
    );
  }
  return membersOf(value).flatMap(([test, keys]) =>
    membersOf(keys).map(([variable, values]) =>
      block([
        ['test', test],
        ['variable', variable],
        ['values', asList(values)],
      ]),
    ),
  );
}

const BLOCKS: ReadonlyMap<string, string> = new Map([
  ['Principal', 'principals'],
  ['NotPrincipal', 'not_principals'],
  ['Condition', 'condition'],
]);

function membersOf(value: JsonValue): readonly (readonly [string, JsonValue])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unwritable();
  }
  const entries = Object.entries(value as { readonly [name: string]: JsonValue });
  if (entries.some(([name]) => name.startsWith('Fn::') || name === 'Ref')) {
    throw new Unwritable();
  }
  return entries;
}

/** A list, whose items are texts as the data source takes them. */
function asList(value: JsonValue): JsonValue {
  const items: readonly JsonValue[] = Array.isArray(value) ? value : [value];
  return items.map((item) => (typeof item === 'number' || typeof item === 'boolean' ? String(item) : item));
}
