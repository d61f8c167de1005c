import { rememberOf } from '../../pattern/memo';
import type { ArrayNode, ObjectNode, SourceText, StringNode, SyntaxNode } from '../../syntax/nodes';
import { isAlias, YamlArray, YamlObject } from '../../syntax/yaml/yamlNodes';
import { isPlainSafe, scalarText } from '../../syntax/yaml/yamlScalars';
import { YamlString } from '../../syntax/yaml/yamlStrings';
import { type Container, type JsonValue, lineStart } from '../layout';

/** How the YAML around a place is written, and how more of it is written likewise. Columns count UTF-16 code units. */
export interface YamlStyle {
  readonly lineBreak: string;
  /** By how much members of a nested mapping are moved in. */
  readonly step: number;
  /** By how much the items of a list are moved in from its key: nothing or a step. */
  readonly listStep: number;
  readonly quote: '"' | "'";
  /** Whether strings have quotes even where they need none, as their neighbours do. */
  readonly alwaysQuotes: boolean;
}

/** Whether a node is a mapping or a sequence without brackets. */
export function isBlock(node: SyntaxNode | undefined): node is YamlObject | YamlArray {
  return (node instanceof YamlObject || node instanceof YamlArray) && !node.isFlow;
}

/** Whether brackets are around a place, on whatever level. */
export function isInFlow(node: SyntaxNode | undefined): boolean {
  for (let current: SyntaxNode | undefined = node; current !== undefined; current = containerOf(current)) {
    if ((current instanceof YamlObject || current instanceof YamlArray) && current.isFlow) {
      return true;
    }
  }
  return false;
}

/** The mapping or sequence that a value is in. */
export function containerOf(node: SyntaxNode): ObjectNode | ArrayNode | undefined {
  return node.parent?.kind === 'member' ? node.parent.parent : node.parent;
}

/** The style of what stands nearest to a container, its own elements first. */
export function styleAround(container: Container): YamlStyle {
  let step: number | undefined;
  let listStep: number | undefined;
  let quotes: Signs['quotes'];
  for (
    let current: SyntaxNode | undefined = container;
    current !== undefined;
    current = containerOf(current)
  ) {
    const signs = signsIn(current);
    step ??= signs.step;
    listStep ??= signs.listStep;
    quotes ??= signs.quotes;
  }
  const { lineBreak, usualQuote } = textStyleOf(container.source);
  const isQuoted = quotes !== undefined && quotes !== 'plain';
  return {
    lineBreak,
    step: step ?? 2,
    listStep: listStep !== undefined && listStep >= 0 ? listStep : 2,
    quote: isQuoted ? (quotes === 'single' ? "'" : '"') : usualQuote,
    alwaysQuotes: isQuoted,
  };
}

/** What a container shows of the style: its elements, or else the first of what is in these. */
interface Signs {
  readonly step: number | undefined;
  readonly listStep: number | undefined;
  readonly quotes: 'plain' | 'single' | 'double' | undefined;
}

/** Each element of a long list may be rewritten. */
const signsIn = rememberOf((container: SyntaxNode): Signs => {
  let step: number | undefined;
  let listStep: number | undefined;
  let quotes: Signs['quotes'];
  const values = valuesOf(container);
  for (const [key, value] of values) {
    quotes ??= quotesOf(value);
    if (key !== undefined && isBlock(value)) {
      const moved = columnAt(value.source, value.span.start) - columnAt(key.source, key.span.start);
      if (value.kind === 'array') {
        listStep ??= moved;
      } else if (moved > 0) {
        step ??= moved;
      }
    }
  }
  for (const [, value] of values) {
    if (step !== undefined && listStep !== undefined && quotes !== undefined) {
      break;
    }
    const signs = signsIn(value);
    step ??= signs.step;
    listStep ??= signs.listStep;
    quotes ??= signs.quotes;
  }
  return { step, listStep, quotes };
});

/** Whether a text has quotes that it could do without, or none where others have them. */
function quotesOf(value: SyntaxNode): Signs['quotes'] {
  if (!(value instanceof YamlString) || value.style === 'block' || !isPlainSafe(value.value)) {
    return undefined;
  }
  return value.style === 'plain' && NEVER_QUOTED.has(value.value) ? undefined : value.style;
}

const textStyleOf = rememberOf(
  ({ text }: SourceText): Pick<YamlStyle, 'lineBreak'> & { readonly usualQuote: YamlStyle['quote'] } => {
    const sample = text.slice(0, 20_000);
    return {
      lineBreak: text.includes('\r\n') ? '\r\n' : '\n',
      usualQuote: sample.split("'").length > sample.split('"').length ? "'" : '"',
    };
  },
);

/** What a container holds itself, without what is written where the anchor of an alias is. */
function valuesOf(node: SyntaxNode): readonly (readonly [key: StringNode | undefined, value: SyntaxNode])[] {
  const values =
    node.kind === 'object'
      ? node.members.map(({ key, value }) => [key, value] as const)
      : node.kind === 'array'
        ? node.items.map((item) => [undefined, item] as const)
        : [];
  return values.flatMap(([key, value]) =>
    value === undefined || isAlias(value) ? [] : [[key, value] as const],
  );
}

/** The column of a document offset. */
export function columnAt(source: SourceText, offset: number): number {
  return offset - lineStart(source.text, offset);
}

/** A member with its value; what is below it is moved in from `column`. */
export function memberLines(name: string, value: JsonValue, column: number, style: YamlStyle): string {
  return `${scalarText(name, { inFlow: false, quote: style.quote })}:${valueLines(value, column, style)}`;
}

/** What follows the colon of a key that stands at `column`. */
export function valueLines(value: JsonValue, column: number, style: YamlStyle): string {
  if (Array.isArray(value) && value.length > 0) {
    return newLine(column + style.listStep, style) + itemsLines(value, column + style.listStep, style);
  }
  if (isMapping(value) && callOf(value) === undefined) {
    return newLine(column + style.step, style) + membersLines(value, column + style.step, style);
  }
  return ` ${flowText(value, style, false)}`;
}

/** Items with their dashes, the first where it is put, the others at `column`. */
export function itemsLines(values: readonly JsonValue[], column: number, style: YamlStyle): string {
  return values.map((value) => `- ${itemText(value, column, style)}`).join(newLine(column, style));
}

/** What follows the dash of an item that stands at `column`. */
export function itemText(value: JsonValue, column: number, style: YamlStyle): string {
  return isMapping(value) && callOf(value) === undefined
    ? membersLines(value, column + 2, style)
    : flowText(value, style, false);
}

function membersLines(
  value: { readonly [name: string]: JsonValue },
  column: number,
  style: YamlStyle,
): string {
  return Object.entries(value)
    .map(([name, item]) => memberLines(name, item, column, style))
    .join(newLine(column, style));
}

/** A line break, and blanks up to a column. */
export function newLine(column: number, { lineBreak }: YamlStyle): string {
  return lineBreak + ' '.repeat(column);
}

/** A call of a function of CloudFormation, which is written with its short tag. */
function callOf(value: JsonValue): readonly [name: string, argument: JsonValue] | undefined {
  if (!isMapping(value)) {
    return undefined;
  }
  const [call, ...others] = Object.entries(value);
  return call !== undefined && others.length === 0 && /^(?:Fn::[A-Z]\w*|Ref)$/.test(call[0])
    ? call
    : undefined;
}

function isMapping(value: JsonValue): value is { readonly [name: string]: JsonValue } {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
  );
}

/** A value on one line, collections in brackets. */
export function flowText(value: JsonValue, style: YamlStyle, inFlow: boolean): string {
  const call = callOf(value);
  if (call !== undefined) {
    const [name, argument] = call;
    return `!${name.replace('Fn::', '')} ${flowText(argument, style, inFlow)}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => flowText(item, style, true)).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(
      ([name, item]) =>
        `${scalarText(name, { inFlow: true, quote: style.quote })}: ${flowText(item, style, true)}`,
    );
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  if (typeof value !== 'string') {
    return String(value);
  }
  return style.alwaysQuotes && !NEVER_QUOTED.has(value)
    ? quoted(value, style.quote)
    : scalarText(value, { inFlow, quote: style.quote });
}

/** What people leave bare although its neighbours have quotes. */
const NEVER_QUOTED: ReadonlySet<string> = new Set(['Allow', 'Deny']);

/** A text in quotes of this kind, or in double quotes where they alone can hold it. */
export function quoted(text: string, quote: '"' | "'"): string {
  return quote === "'" && !/[\r\n]/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
