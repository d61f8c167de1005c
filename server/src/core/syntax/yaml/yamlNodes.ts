import type { CST } from 'yaml';
import type {
  ArrayNode,
  MemberNode,
  ObjectNode,
  OpaqueNode,
  SourceText,
  Span,
  StringNode,
  SyntaxNode,
} from '../nodes';
import { spanIn } from '../stringSpans';
import { blockScalar, encodeScalar, flowScalar, type ScalarStyle, type ScalarValue } from './yamlScalars';

/**
 * The nodes of YAML, made from the `yaml` library's concrete syntax when somebody asks for them. A short tag of
 * CloudFormation becomes its long form: `!Ref Api` reads as `{"Ref": "Api"}` does, with the tag for the key
 * (CloudFormation User Guide, "Intrinsic function reference"). Any other tag of a program's own makes its value opaque.
 */

export type Parent = MemberNode | ArrayNode | undefined;

/** What the nodes of one text share. */
export interface YamlContext {
  readonly source: SourceText;
  /** The value that each anchor names; a later one of the same name wins from there on, which is rare enough. */
  readonly anchors: ReadonlyMap<string, Properties>;
  /** Whether a template engine writes lines of the text: then nothing that has lines of its own is complete. */
  readonly isTemplate: boolean;
  /** How many aliases have been followed: a cascade of them ends where no honest document gets to. */
  readonly followed: { count: number };
}

/** A value with what stands in front of it. */
export interface Properties {
  readonly token: CST.Token | null | undefined;
  readonly tag: CST.SourceToken | undefined;
  readonly anchor: CST.SourceToken | undefined;
}

const MAX_ALIASES = 1_000;

/** The tag and anchor among the tokens in front of a value. */
export function withProperties(
  token: CST.Token | null | undefined,
  before: readonly CST.SourceToken[] | undefined,
): Properties {
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

/** The node of a value; `undefined` where nothing stands, not even a tag. */
export function nodeOf(
  context: YamlContext,
  { token, tag }: Properties,
  parent: Parent,
): SyntaxNode | undefined {
  if (tag === undefined || tag.source.startsWith('!!') || tag.source === '!') {
    return token === undefined || token === null
      ? undefined
      : plainNode(context, token, parent, tag?.source === '!!str' || tag?.source === '!');
  }
  const key = functionOf(tag.source);
  return key === undefined
    ? opaqueNode(
        context,
        { start: tag.offset, end: token ? endOf(token) : tag.offset + tag.source.length },
        parent,
      )
    : new TaggedObject(context, { name: key, tag, token }, parent);
}

/** CloudFormation's functions begin with a capital letter; so do hardly any other tags. */
function functionOf(tag: string): string | undefined {
  const [, name] = /^!([A-Z]\w*)$/.exec(tag) ?? [];
  return name === undefined || name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
}

function plainNode(
  context: YamlContext,
  token: CST.Token,
  parent: Parent,
  isText: boolean,
): SyntaxNode | undefined {
  switch (token.type) {
    case 'block-map':
      return new YamlObject(context, token, parent);
    case 'block-seq':
      return new YamlArray(context, token, parent);
    case 'flow-collection':
      return token.start.type === 'flow-map-start'
        ? new YamlObject(context, token, parent)
        : new YamlArray(context, token, parent);
    case 'alias': {
      const target = context.anchors.get(token.source.slice(1));
      const span = spanIn(context.source, token.offset, endOf(token));
      if (target === undefined || context.followed.count >= MAX_ALIASES) {
        return { kind: 'opaque', span, parent };
      }
      context.followed.count += 1;
      return nodeOf(context, target, parent) ?? { kind: 'opaque', span, parent };
    }
    case 'scalar':
      return isText ? new YamlString(context, token, parent) : scalarNode(context, token, parent);
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return new YamlString(context, token, parent);
    default:
      return undefined;
  }
}

/**
 * YAML 1.2.2, chapter 10.3 (core schema), save that a number stays the text that it is: an account id keeps its digits
 * and its zeros, and a policy's numbers are texts for IAM anyway.
 */
function scalarNode(context: YamlContext, token: CST.FlowScalar, parent: Parent): SyntaxNode {
  if (/^(?:true|True|TRUE|false|False|FALSE)$/.test(token.source)) {
    const value = token.source.toLowerCase() === 'true';
    return { kind: 'boolean', span: tokenSpan(context, token), parent, value };
  }
  if (/^(?:null|Null|NULL|~)$/.test(token.source)) {
    return { kind: 'null', span: tokenSpan(context, token), parent };
  }
  return new YamlString(context, token, parent);
}

function opaqueNode({ source }: YamlContext, { start, end }: Span, parent: Parent): OpaqueNode {
  return { kind: 'opaque', span: spanIn(source, start, end), parent };
}

function tokenSpan({ source }: YamlContext, token: CST.Token): Span {
  return spanIn(source, startOf(token), endOf(token));
}

type ScalarToken = CST.FlowScalar | CST.BlockScalar | CST.SourceToken;

/** A scalar, or the tag that stands for the name of a function. */
export class YamlString implements StringNode {
  readonly kind = 'string';
  readonly parent: MemberNode | ArrayNode | undefined;
  readonly #context: YamlContext;
  readonly #token: ScalarToken;
  readonly #name: string | undefined;
  #read: (ScalarValue & { readonly indent: number }) | undefined;

  /** @param name what a tag reads as */
  constructor(
    context: YamlContext,
    token: ScalarToken,
    parent: MemberNode | ArrayNode | undefined,
    name?: string,
  ) {
    this.#context = context;
    this.#token = token;
    this.parent = parent;
    this.#name = name;
  }

  get value(): string {
    return this.#name ?? this.#scalar.value;
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get span(): Span {
    return tokenSpan(this.#context, this.#token);
  }

  get content(): Span {
    if (this.#token.type === 'block-scalar') {
      const { offsets } = this.#scalar;
      return { start: offsets[0] ?? 0, end: offsets[offsets.length - 1] ?? 0 };
    }
    const [from, to] = this.#inside;
    return spanIn(this.source, from, to);
  }

  get closed(): boolean {
    const { type, source } = this.#token;
    return type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
      ? source.length > 1 && source.endsWith(source.charAt(0))
      : this.style !== 'single' && this.style !== 'double';
  }

  /** How it is written. */
  get style(): ScalarStyle {
    switch (this.#token.type) {
      case 'single-quoted-scalar':
        return 'single';
      case 'double-quoted-scalar':
        return 'double';
      case 'block-scalar':
        return headerOf(this.#token).startsWith('>') ? 'folded' : 'literal';
      default: {
        // A plain scalar that begins with a quote is a quoted one that lacks its end.
        const first = this.#name === undefined ? this.source.text.charAt(this.#token.offset) : '';
        return first === '"' ? 'double' : first === "'" ? 'single' : 'plain';
      }
    }
  }

  offsetAt(index: number): number {
    const { start } = this.span;
    if (this.#name !== undefined) {
      return index >= this.#name.length ? this.span.end : start;
    }
    const { offsets } = this.#scalar;
    return offsets[Math.max(0, Math.min(index, offsets.length - 1))] ?? start;
  }

  indexAt(offset: number): number {
    if (this.#name !== undefined) {
      return offset >= this.span.end ? this.#name.length : 0;
    }
    // The last code unit that begins at the offset or before it.
    const { offsets, value } = this.#scalar;
    let low = 0;
    let high = value.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((offsets[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  offsetTable(): Int32Array {
    return this.#name === undefined
      ? this.#scalar.offsets
      : Int32Array.from({ length: this.#name.length + 1 }, (_, index) => this.offsetAt(index));
  }

  encode(text: string): string {
    const encoded = encodeScalar(text, this.style, this.#name === undefined ? this.#scalar.indent : 0);
    return this.source.encode(encoded ?? text);
  }

  get #inside(): readonly [number, number] {
    const { offset, source } = this.#token as CST.FlowScalar;
    const quotes = this.style === 'plain' ? 0 : 1;
    return [offset + quotes, offset + source.length - (this.closed ? quotes : 0)];
  }

  get #scalar(): ScalarValue & { readonly indent: number } {
    this.#read ??= this.#readScalar();
    return this.#read;
  }

  #readScalar(): ScalarValue & { readonly indent: number } {
    const { text } = this.source;
    const token = this.#token;
    let read: ScalarValue & { readonly indent: number };
    if (token.type === 'block-scalar') {
      const from = bodyOf(token);
      const header = headerOf(token);
      read = blockScalar(text, { header, from, to: from + token.source.length, parentIndent: token.indent });
    } else {
      const [from, to] = this.#inside;
      const style = this.style as 'plain' | 'single' | 'double';
      read = { ...flowScalar(text, from, to, style), indent: 0 };
    }
    return { ...read, offsets: read.offsets.map((index) => this.source.offsetAt(index)) };
  }
}

function headerOf(token: CST.BlockScalar): string {
  const header = token.props.find(({ type }) => type === 'block-scalar-header');
  return header !== undefined && 'source' in header ? header.source : '|';
}

/** Where the text of a block scalar begins, behind the line of its header. */
function bodyOf({ props, offset }: CST.BlockScalar): number {
  const last = props.at(-1);
  return last === undefined ? offset : last.offset + sourceLength(last);
}

class YamlMember implements MemberNode {
  readonly kind = 'member';
  readonly parent: ObjectNode;
  readonly key: StringNode;
  readonly #context: YamlContext;
  readonly #value: Properties;
  readonly #end: number;
  #node: SyntaxNode | undefined;

  constructor(
    context: YamlContext,
    { key, name, value, end }: { key: ScalarToken; name?: string; value: Properties; end: number },
    parent: ObjectNode,
  ) {
    this.#context = context;
    this.parent = parent;
    this.key = new YamlString(context, key, this, name);
    this.#value = value;
    this.#end = end;
  }

  get name(): string {
    return this.key.value;
  }

  get value(): SyntaxNode | undefined {
    this.#node ??= nodeOf(this.#context, this.#value, this);
    return this.#node;
  }

  get span(): Span {
    return { start: this.key.span.start, end: this.#context.source.offsetAt(this.#end) };
  }
}

type MapToken = CST.BlockMap | CST.FlowCollection;
type ListToken = CST.BlockSequence | CST.FlowCollection;

abstract class YamlContainer {
  readonly parent: Parent;
  protected readonly context: YamlContext;
  protected readonly start: number;
  protected readonly end: number;
  /** Whether brackets are around it. */
  readonly isFlow: boolean;
  readonly closed: boolean;

  constructor(
    context: YamlContext,
    token: CST.BlockMap | CST.BlockSequence | CST.FlowCollection,
    parent: Parent,
  ) {
    this.context = context;
    this.parent = parent;
    this.start = startOf(token);
    this.end = endOf(token);
    this.isFlow = token.type === 'flow-collection';
    // A name without a colon is being typed, and what a template engine puts in is yet to come.
    this.closed =
      token.type === 'flow-collection'
        ? token.end.some(({ type }) => /^flow-(map|seq)-end$/.test(type))
        : !context.isTemplate && !(token.type === 'block-map' && token.items.some(isHalfTyped));
  }

  get source(): SourceText {
    return this.context.source;
  }

  get span(): Span {
    return spanIn(this.source, this.start, this.end);
  }
}

/** A name without a colon, one that runs on into the next, or one without a value: nothing of a policy is null. */
function isHalfTyped({ key, sep, value }: CST.CollectionItem): boolean {
  const name = key ?? value;
  if (!isScalarToken(name)) {
    return false;
  }
  const isEmpty = value === undefined || value === null;
  return sep === undefined || keysIn(name).length > 1 || (isEmpty && !sep.some(isProperty));
}

function isProperty({ type }: CST.SourceToken): boolean {
  return type === 'tag' || type === 'anchor';
}

/**
 * The items of a mapping. `Action: s3:` is no mapping in a mapping, of which YAML has none on one line (YAML 1.2.2, chapter
 * 8.2.2): it is text that is being typed, and what follows it on lines of their own belongs to the mapping around.
 */
function itemsOf(token: MapToken): readonly CST.CollectionItem[] {
  return token.items.flatMap((item: CST.CollectionItem) => {
    const { sep, value } = item;
    if (value?.type !== 'block-map' || sep === undefined || sep.some(({ type }) => type === 'newline')) {
      return [item];
    }
    const [first, ...rest] = value.items;
    const key = first?.key;
    return key?.type === 'scalar' && !first?.value && first?.sep?.[0]?.source === ':'
      ? [{ ...item, value: { ...key, source: `${key.source}:` } }, ...rest]
      : [item];
  });
}

export class YamlObject extends YamlContainer implements ObjectNode {
  readonly kind = 'object';
  readonly #token: MapToken;
  #members: readonly MemberNode[] | undefined;

  constructor(context: YamlContext, token: MapToken, parent: Parent) {
    super(context, token, parent);
    this.#token = token;
  }

  get blanks(): number {
    return 0;
  }

  get text(): string | undefined {
    const text = this.source.text.slice(this.start, this.end);
    // What an alias stands for is written elsewhere.
    return ALIAS.test(text) ? undefined : text;
  }

  get members(): readonly MemberNode[] {
    this.#members ??= itemsOf(this.#token).flatMap((item) => {
      const { key, sep, value, start } = item;
      const name = key ?? (sep === undefined ? item.value : undefined);
      if (!isScalarToken(name)) {
        return [];
      }
      const [last, ...halfTyped] = keysIn(name).reverse();
      if (last === undefined) {
        return [];
      }
      const properties = withProperties(name === key ? value : undefined, name === key ? sep : start);
      const colon = sep?.findLast(({ type }) => type === 'map-value-ind');
      const lead = properties.tag ?? properties.anchor ?? colon;
      const end =
        properties.token !== undefined && properties.token !== null
          ? endOf(properties.token)
          : lead === undefined
            ? endOf(name)
            : lead.offset + lead.source.length;
      const nothing: Properties = { token: undefined, tag: undefined, anchor: undefined };
      return [
        ...halfTyped
          .reverse()
          .map((key) => new YamlMember(this.context, { key, value: nothing, end: endOf(key) }, this)),
        new YamlMember(this.context, { key: last, value: properties, end }, this),
      ];
    });
    return this.#members;
  }
}

/**
 * A key goes over one line (YAML 1.2.2, chapter 7.4.2). A name without a colon, which is being typed, runs on into the
 * key below it: these are two.
 */
function keysIn(token: CST.FlowScalar): CST.FlowScalar[] {
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

const ALIAS = /(?:^|[\s,[{:-])\*[^\s*?,[\]{}"':]+(?=[\s,\]}]|$)/;

export class YamlArray extends YamlContainer implements ArrayNode {
  readonly kind = 'array';
  readonly #token: ListToken;
  #items: readonly SyntaxNode[] | undefined;

  constructor(context: YamlContext, token: ListToken, parent: Parent) {
    super(context, token, parent);
    this.#token = token;
  }

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.#token.items.flatMap((item: CST.CollectionItem): readonly SyntaxNode[] => {
      // `[a: b]` is a list of one mapping.
      if (item.sep !== undefined && item.key) {
        const { key, sep, value } = item;
        const pair = { start: [], key, sep, ...(value === undefined ? {} : { value }) };
        const token: CST.BlockMap = { type: 'block-map', offset: key.offset, indent: 0, items: [pair] };
        return [new YamlObject(this.context, token, this)];
      }
      const node = nodeOf(this.context, withProperties(item.value, item.start), this);
      return node === undefined ? [] : [node];
    });
    return this.#items;
  }
}

/** What a short tag and its value are together. */
class TaggedObject implements ObjectNode {
  readonly kind = 'object';
  readonly parent: Parent;
  readonly closed = true;
  readonly blanks = 0;
  readonly members: readonly MemberNode[];
  readonly #context: YamlContext;
  readonly #start: number;
  readonly #end: number;

  constructor(
    context: YamlContext,
    { name, tag, token }: { name: string; tag: CST.SourceToken; token: CST.Token | null | undefined },
    parent: Parent,
  ) {
    this.#context = context;
    this.parent = parent;
    this.#start = tag.offset;
    this.#end = token ? endOf(token) : tag.offset + tag.source.length;
    const value = { token, tag: undefined, anchor: undefined };
    this.members = [new YamlMember(context, { key: tag, name, value, end: this.#end }, this)];
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get span(): Span {
    return spanIn(this.source, this.#start, this.#end);
  }

  get text(): string | undefined {
    const text = this.source.text.slice(this.#start, this.#end);
    return ALIAS.test(text) ? undefined : text;
  }
}

function isScalarToken(token: CST.Token | null | undefined): token is CST.FlowScalar {
  return (
    token?.type === 'scalar' ||
    token?.type === 'single-quoted-scalar' ||
    token?.type === 'double-quoted-scalar'
  );
}

/** Where a token begins; a block scalar with its header. */
export function startOf(token: CST.Token): number {
  if (token.type === 'block-scalar') {
    return token.props.find(({ type }) => type === 'block-scalar-header')?.offset ?? token.offset;
  }
  if (token.type === 'block-map' || token.type === 'block-seq') {
    const first = token.items[0];
    const lead = first?.start.find(({ type }) => type === 'seq-item-ind' || type === 'explicit-key-ind');
    return (
      lead?.offset ?? (first?.key ? startOf(first.key) : first?.value ? startOf(first.value) : token.offset)
    );
  }
  return token.offset;
}

/** Where a token ends, without the blanks, line breaks and comments behind it. */
export function endOf(token: CST.Token): number {
  switch (token.type) {
    case 'block-map':
    case 'block-seq': {
      for (let at = token.items.length - 1; at >= 0; at -= 1) {
        const end = itemEnd(token.items[at]);
        if (end !== undefined) {
          return end;
        }
      }
      return token.offset;
    }
    case 'flow-collection': {
      const bracket = token.end.find(({ type }) => /^flow-(map|seq)-end$/.test(type));
      if (bracket !== undefined) {
        return bracket.offset + 1;
      }
      for (let at = token.items.length - 1; at >= 0; at -= 1) {
        const end = itemEnd(token.items[at]);
        if (end !== undefined) {
          return end;
        }
      }
      return token.start.offset + 1;
    }
    case 'block-scalar': {
      const body = bodyOf(token);
      const trimmed = filledLength(token.source);
      const header = token.props.find(({ type }) => type === 'block-scalar-header');
      return trimmed === 0 && header !== undefined ? header.offset + sourceLength(header) : body + trimmed;
    }
    default:
      return token.offset + sourceLength(token);
  }
}

/** How long a text is without the line breaks and blank lines at its end. */
function filledLength(text: string): number {
  const letters = text.trimEnd().length;
  const lineEnd = text.slice(letters).search(/[\r\n]/);
  return letters === 0 ? 0 : lineEnd < 0 ? text.length : letters + lineEnd;
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
  const lead = item.start.findLast(({ type }) => WRITTEN.has(type) || type === 'seq-item-ind');
  return lead === undefined ? undefined : lead.offset + lead.source.length;
}

const WRITTEN: ReadonlySet<string> = new Set(['map-value-ind', 'tag', 'anchor']);

function sourceLength(token: CST.Token): number {
  return 'source' in token ? token.source.length : 0;
}
