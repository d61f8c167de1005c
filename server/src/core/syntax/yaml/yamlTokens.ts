import type { CST } from 'yaml';
import type { SourceText, Span } from '../nodes';
import { spanIn } from '../stringSpans';

/**
 * What the tokens of the `yaml` library's concrete syntax say: where each begins and ends, what stands in front of a value,
 * and what the items of a mapping are while it is being typed. Offsets are indexes into the text that was parsed.
 */

export type ScalarToken = CST.FlowScalar | CST.BlockScalar | CST.SourceToken;
export type MapToken = CST.BlockMap | CST.FlowCollection;
export type ListToken = CST.BlockSequence | CST.FlowCollection;

/** A value with what stands in front of it. */
export interface Properties {
  readonly token: CST.Token | null | undefined;
  readonly tag: CST.SourceToken | undefined;
  readonly anchor: CST.SourceToken | undefined;
}

/**
 * The tag and anchor among the tokens in front of a value. In front of a comma the library has a scalar of no letters
 * where there is none.
 */
export function withProperties(
  value: CST.Token | null | undefined,
  before: readonly CST.SourceToken[] | undefined,
): Properties {
  const token = value?.type === 'scalar' && value.source === '' ? undefined : value;
  let tag: CST.SourceToken | undefined;
  let anchor: CST.SourceToken | undefined;
  for (const each of before ?? []) {
    if (each.type === 'tag') {
      tag = each;
    } else if (each.type === 'anchor') {
      anchor = each;
    }
  }
  // A block scalar's own properties stand in front of its header.
  for (const each of token?.type === 'block-scalar' ? token.props : []) {
    if (each.type === 'tag') {
      tag = each;
    } else if (each.type === 'anchor') {
      anchor = each;
    }
  }
  return { token, tag, anchor };
}

/** A name without a colon, one that runs on into the next, or one without a value: nothing of a policy is null. */
export function isHalfTyped({ key, sep, value }: CST.CollectionItem): boolean {
  if (!isScalarToken(key)) {
    return false;
  }
  return sep === undefined || keysIn(key).length > 1 || (!value && !sep.some(isProperty));
}

/** Whether there is nothing behind the dash of an item of a list. */
export function isDashAlone({ start, key, sep, value }: CST.CollectionItem): boolean {
  return (
    !key && !sep && !value && start.some(({ type }) => type === 'seq-item-ind') && !start.some(isProperty)
  );
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'tag' || type === 'anchor';
}

/**
 * The items of a mapping. `Action: s3:` is no mapping in a mapping, of which YAML has none on one line (YAML 1.2.2, chapter
 * 8.2.2): it is text that is being typed, and what follows it on lines of their own belongs to the mapping around.
 */
export function itemsOf(token: MapToken): readonly CST.CollectionItem[] {
  const items: readonly CST.CollectionItem[] = token.items;
  return items.flatMap(withoutColons);
}

function withoutColons(item: CST.CollectionItem): readonly CST.CollectionItem[] {
  const { sep, value } = item;
  if (value?.type !== 'block-map' || sep?.some(({ type }) => type === 'newline')) {
    return [item];
  }
  const [first, ...rest] = value.items;
  const key = first?.key;
  return key?.type === 'scalar' && !first?.value && first?.sep?.[0]?.source === ':'
    ? [{ ...item, value: { ...key, source: `${key.source}:` } }, ...rest]
    : [item];
}

/**
 * A key goes over one line (YAML 1.2.2, chapter 7.4.2). A name without a colon, which is being typed, runs on into the
 * key below it: these are two.
 */
export function keysIn(token: CST.FlowScalar): CST.FlowScalar[] {
  if (token.type !== 'scalar' || !token.source.includes('\n')) {
    return [token];
  }
  return [...token.source.matchAll(/[^\s][^\r\n]*/g)].map((line) => ({
    type: 'scalar',
    offset: token.offset + line.index,
    indent: token.indent,
    source: line[0].trimEnd(),
  }));
}

/** The header of a block scalar, such as `|2-`. */
export function headerOf(token: CST.BlockScalar): string {
  return headerTokenOf(token).source;
}

/** The library has no block scalar without one. */
function headerTokenOf({ props }: CST.BlockScalar): CST.SourceToken {
  return props.find(({ type }) => type === 'block-scalar-header') as CST.SourceToken;
}

/** Where the text of a block scalar begins, behind the line of its header. */
export function bodyOf({ props }: CST.BlockScalar): number {
  const last = props.at(-1) as CST.Token;
  return last.offset + sourceLength(last);
}

/** Whether a token is a scalar that is plain or in quotes, and no block scalar. */
export function isScalarToken(token: CST.Token | null | undefined): token is CST.FlowScalar {
  return (
    token?.type === 'scalar' ||
    token?.type === 'single-quoted-scalar' ||
    token?.type === 'double-quoted-scalar'
  );
}

/** Where a token begins; a block scalar with its header. */
export function startOf(token: CST.Token): number {
  return token.type === 'block-scalar' ? headerTokenOf(token).offset : token.offset;
}

/** Where a token ends, without the blanks, line breaks and comments behind it. */
export function endOf(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq':
      return lastEnd(token.items) ?? token.offset;
    case 'flow-collection': {
      const bracket = token.end.find(({ type }) => /^flow-(map|seq)-end$/.test(type));
      if (bracket !== undefined) {
        return bracket.offset + 1;
      }
      return lastEnd(token.items) ?? token.start.offset + 1;
    }
    case 'block-scalar': {
      const body = bodyOf(token);
      const trimmed = filledLength(token.source);
      const header = headerTokenOf(token);
      return trimmed === 0 ? header.offset + header.source.length : body + trimmed;
    }
    default:
      return token.offset + sourceLength(token);
  }
}

/** How long a text is without the line breaks and blank lines at its end. */
function filledLength(text: string): number {
  const letters = text.trimEnd().length;
  const lineEnd = text.slice(letters).search(/[\r\n]/);
  return letters === 0 ? 0 : lineEnd === -1 ? text.length : letters + lineEnd;
}

/** Where the last of some items ends that is more than blanks and comments. */
function lastEnd(items: readonly CST.CollectionItem[]): number | undefined {
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const end = itemEnd(items[at]);
    if (end !== undefined) {
      return end;
    }
  }
  return undefined;
}

/** Where an item ends; `undefined` for one that is nothing but blanks and comments. */
function itemEnd(item: CST.CollectionItem | undefined): number | undefined {
  if (item === undefined) {
    return undefined;
  }
  if (item.value) {
    return endOf(item.value);
  }
  const written = [...(item.sep ?? [])].findLast(({ type }) => WRITTEN.has(type));
  if (written !== undefined) {
    return written.offset + written.source.length;
  }
  if (item.key) {
    return endOf(item.key);
  }
  const lead = item.start.findLast(({ type }) => WRITTEN.has(type));
  return lead === undefined ? undefined : lead.offset + lead.source.length;
}

const WRITTEN: ReadonlySet<string> = new Set([
  'map-value-ind',
  'seq-item-ind',
  'explicit-key-ind',
  'tag',
  'anchor',
]);

function sourceLength(token: CST.Token): number {
  return 'source' in token ? token.source.length : 0;
}

/** The token that a member of a mapping ends with; `undefined` where that is its name. */
export function lastOfMember(
  { token, tag, anchor }: Properties,
  sep: readonly CST.SourceToken[] | undefined,
): CST.Token | undefined {
  return token ?? tag ?? anchor ?? sep?.findLast(({ type }) => type === 'map-value-ind');
}

/** What a token covers in the document. */
export function tokenSpan(source: SourceText, token: CST.Token): Span {
  return spanIn(source, startOf(token), endOf(token));
}
