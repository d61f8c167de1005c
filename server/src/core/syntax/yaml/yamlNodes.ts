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
import { YamlString } from './yamlStrings';
import {
  endOf,
  isDashAlone,
  isHalfTyped,
  isScalarToken,
  itemsOf,
  keysIn,
  type ListToken,
  lastOfMember,
  type MapToken,
  type Properties,
  type ScalarToken,
  startOf,
  tokenSpan,
  withProperties,
} from './yamlTokens';

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
  /**
   * How many aliases have been followed, and how many characters they stand for: a cascade of them ends where no honest
   * document gets to, and so does a long list that each statement has.
   */
  readonly followed: { count: number; characters: number };
}

const MAX_ALIASES = 1_000;
const MAX_CHARACTERS = 400_000;

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
  const key = isApart(tag, token) ? functionOf(tag.source) : undefined;
  return key === undefined
    ? opaqueNode(
        context,
        { start: tag.offset, end: token ? endOf(token) : tag.offset + tag.source.length },
        parent,
      )
    : new TaggedObject(context, { name: key, tag, token }, parent);
}

const aliases = new WeakSet<SyntaxNode | MemberNode>();

/** Whether an alias is written where a node is held, and the node itself at the anchor of that. */
export function isAlias(node: SyntaxNode | MemberNode): boolean {
  return aliases.has(node);
}

/** Where a value stands that aliases name, with its anchor. */
export interface SharedValue {
  readonly span: Span;
  /** The furthest end of all up to this one. */
  readonly furthest: number;
}

const sharedValues = new WeakMap<SourceText, SharedValue[]>();

/** Notes values of a text that aliases name, in source order. */
export function noteShared(source: SourceText, values: readonly Properties[]): void {
  const noted = sharedValues.get(source) ?? [];
  sharedValues.set(source, noted);
  for (const { anchor, token } of values) {
    if (anchor !== undefined) {
      const end = token ? endOf(token) : anchor.offset + anchor.source.length;
      const span = spanIn(source, anchor.offset, end);
      noted.push({ span, furthest: Math.max(span.end, noted.at(-1)?.furthest ?? 0) });
    }
  }
}

/** The values of a text that aliases name, in source order. */
export function sharedIn(source: SourceText): readonly SharedValue[] {
  return sharedValues.get(source) ?? [];
}

/** Whether white space stands behind a tag, without which no parser takes what follows (YAML 1.2.2, "Node Properties"). */
function isApart({ offset, source }: CST.SourceToken, token: CST.Token | null | undefined): boolean {
  return !token || startOf(token) > offset + source.length;
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
      const { followed } = context;
      if (target === undefined || followed.count >= MAX_ALIASES || followed.characters >= MAX_CHARACTERS) {
        return { kind: 'opaque', span, parent };
      }
      followed.count += 1;
      followed.characters += target.token ? endOf(target.token) - target.token.offset : 0;
      const node = nodeOf(context, target, parent) ?? { kind: 'opaque', span, parent };
      aliases.add(node);
      return node;
    }
    case 'scalar':
      return isText ? new YamlString(context.source, token, parent) : scalarNode(context, token, parent);
    case 'single-quoted-scalar':
    case 'double-quoted-scalar':
    case 'block-scalar':
      return new YamlString(context.source, token, parent);
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
    return { kind: 'boolean', span: tokenSpan(context.source, token), parent, value };
  }
  if (/^(?:null|Null|NULL|~)$/.test(token.source)) {
    return { kind: 'null', span: tokenSpan(context.source, token), parent };
  }
  return new YamlString(context.source, token, parent);
}

function opaqueNode({ source }: YamlContext, { start, end }: Span, parent: Parent): OpaqueNode {
  return { kind: 'opaque', span: spanIn(source, start, end), parent };
}

class YamlMember implements MemberNode {
  readonly kind = 'member';
  readonly parent: ObjectNode;
  readonly key: StringNode;
  readonly #context: YamlContext;
  readonly #value: Properties;
  readonly #last: CST.Token;
  #node: SyntaxNode | undefined;

  /**
   * @param last what the member ends with
   * @param name what the key reads as, where that is a tag
   */
  constructor(
    context: YamlContext,
    key: ScalarToken,
    value: Properties,
    last: CST.Token,
    parent: ObjectNode,
    name?: string,
  ) {
    this.#context = context;
    this.parent = parent;
    this.key = new YamlString(context.source, key, this, name);
    this.#value = value;
    this.#last = last;
  }

  get name(): string {
    return this.key.value;
  }

  get value(): SyntaxNode | undefined {
    this.#node ??= nodeOf(this.#context, this.#value, this);
    return this.#node;
  }

  get span(): Span {
    return { start: this.key.span.start, end: this.#context.source.offsetAt(endOf(this.#last)) };
  }
}

abstract class YamlContainer {
  readonly parent: Parent;
  protected readonly context: YamlContext;
  readonly #token: MapToken | ListToken;
  /** Whether brackets are around it. */
  readonly isFlow: boolean;
  readonly closed: boolean;

  constructor(context: YamlContext, token: MapToken | ListToken, parent: Parent) {
    this.context = context;
    this.#token = token;
    this.parent = parent;
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
    return tokenSpan(this.source, this.#token);
  }
}

/** A mapping; its members are made when asked for. */
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
    return textBetween(this.source, startOf(this.#token), endOf(this.#token));
  }

  get members(): readonly MemberNode[] {
    this.#members ??= this.#readMembers();
    return this.#members;
  }

  #readMembers(): readonly MemberNode[] {
    const members: MemberNode[] = [];
    for (const item of itemsOf(this.#token)) {
      const { key, sep, value } = item;
      if (!isScalarToken(key)) {
        continue;
      }
      const keys = keysIn(key);
      const last = keys.pop();
      if (last === undefined) {
        continue;
      }
      for (const halfTyped of keys) {
        members.push(new YamlMember(this.context, halfTyped, NOTHING, halfTyped, this));
      }
      const properties = withProperties(value, sep);
      members.push(
        new YamlMember(this.context, last, properties, lastOfMember(properties, sep) ?? key, this),
      );
    }
    return members;
  }
}

const NOTHING: Properties = { token: undefined, tag: undefined, anchor: undefined };

/** The text of a container; none with an alias in it, since what that stands for is written elsewhere. */
function textBetween({ text }: SourceText, start: number, end: number): string | undefined {
  const found = text.slice(start, end);
  return ALIAS.test(found) ? undefined : found;
}

const ALIAS = /(?:^|[\s,[{:-])\*[^\s*?,[\]{}"':]+(?=[\s,\]}]|$)/;

/** A sequence; its items are made when asked for. */
export class YamlArray extends YamlContainer implements ArrayNode {
  readonly kind = 'array';
  readonly #token: ListToken;
  #items: readonly SyntaxNode[] | undefined;

  constructor(context: YamlContext, token: ListToken, parent: Parent) {
    super(context, token, parent);
    this.#token = token;
  }

  get awaitsItem(): boolean {
    return this.#token.type === 'block-seq' && this.#token.items.some(isDashAlone);
  }

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.#readItems();
    return this.#items;
  }

  #readItems(): readonly SyntaxNode[] {
    const items: SyntaxNode[] = [];
    for (const item of this.#token.items as readonly CST.CollectionItem[]) {
      const { key, sep, value, start } = item;
      const node =
        sep !== undefined && key
          ? this.#pair(key, sep, value)
          : nodeOf(this.context, withProperties(value, start), this);
      if (node !== undefined) {
        items.push(node);
      }
    }
    return items;
  }

  /** `[a: b]` is a list of one mapping. */
  #pair(key: CST.Token, sep: CST.SourceToken[], value: CST.Token | undefined): SyntaxNode {
    const pair = { start: [], key, sep, ...(value === undefined ? {} : { value }) };
    const token: CST.BlockMap = { type: 'block-map', offset: key.offset, indent: 0, items: [pair] };
    return new YamlObject(this.context, token, this);
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
  readonly #tag: CST.SourceToken;
  readonly #last: CST.Token;

  constructor(
    context: YamlContext,
    { name, tag, token }: { name: string; tag: CST.SourceToken; token: CST.Token | null | undefined },
    parent: Parent,
  ) {
    this.#context = context;
    this.parent = parent;
    this.#tag = tag;
    this.#last = token ?? tag;
    const value = { token, tag: undefined, anchor: undefined };
    this.members = [new YamlMember(context, tag, value, this.#last, this, name)];
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get span(): Span {
    return spanIn(this.source, this.#tag.offset, endOf(this.#last));
  }

  get text(): string | undefined {
    return textBetween(this.source, this.#tag.offset, endOf(this.#last));
  }
}
