import type { ArrayNode, MemberNode, ObjectNode, SourceText, Span, StringNode, SyntaxNode } from '../nodes';
import { spanIn } from '../stringSpans';
import { type HclContext, HclString } from './hclStrings';

/** What the objects, lists and members of HCL are made of, wherever they come from: expressions, blocks, or a data source. */
export type Parent = MemberNode | ArrayNode | undefined;

/** Indexes into the source's text, half-open. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface MemberTraits {
  /** Indexes into the source's text. */
  readonly start: number;
  readonly end: number;
  /** Whether nobody has written it. */
  readonly isImplied?: boolean;
  /** The blocks that it comes of, where it comes of blocks. */
  readonly blocks?: readonly Range[];
  readonly wantsList?: string | undefined;
  readonly key: (member: MemberNode) => StringNode;
  /** The same name in the blocks behind the first. */
  readonly otherKeys?: ((member: MemberNode) => readonly StringNode[]) | undefined;
  readonly value: ((member: MemberNode) => SyntaxNode | undefined) | undefined;
}

/** An argument of a block, an attribute of an object, or the blocks of one name together. */
export class HclMember implements MemberNode {
  readonly kind = 'member';
  readonly parent: ObjectNode;
  readonly start: number;
  readonly end: number;
  readonly key: StringNode;
  readonly isImplied: boolean;
  readonly blocks: readonly Range[] | undefined;
  readonly wantsList: string | undefined;
  readonly #context: HclContext;
  readonly #make: MemberTraits['value'];
  readonly #makeOtherKeys: MemberTraits['otherKeys'];
  #value: SyntaxNode | undefined;
  #otherKeys: readonly StringNode[] | undefined;

  constructor(
    context: HclContext,
    parent: ObjectNode,
    { start, end, key, otherKeys, value, isImplied = false, blocks, wantsList }: MemberTraits,
  ) {
    this.wantsList = wantsList;
    this.isImplied = isImplied;
    this.blocks = blocks;
    this.#context = context;
    this.parent = parent;
    this.start = start;
    this.end = end;
    this.key = key(this);
    this.#make = value;
    this.#makeOtherKeys = otherKeys;
  }

  get otherKeys(): readonly StringNode[] {
    this.#otherKeys ??= this.#makeOtherKeys?.(this) ?? [];
    return this.#otherKeys;
  }

  get name(): string {
    return this.key.value;
  }

  get value(): SyntaxNode | undefined {
    this.#value ??= this.#make?.(this);
    return this.#value;
  }

  get span(): Span {
    return spanIn(this.#context.source, this.start, this.end);
  }
}

abstract class HclContainer {
  readonly parent: Parent;
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  protected readonly context: HclContext;

  constructor(context: HclContext, { start, end }: Range, parent: Parent, closed: boolean) {
    this.context = context;
    this.start = start;
    this.end = end;
    this.parent = parent;
    this.closed = closed;
  }

  get source(): SourceText {
    return this.context.source;
  }

  get span(): Span {
    return spanIn(this.source, this.start, this.end);
  }
}

interface ObjectTraits {
  readonly members: (object: ObjectNode) => readonly MemberNode[];
  readonly closed: boolean;
  /** Whether a function makes it of others. */
  readonly isCall?: boolean;
  /** What its text is taken for, besides HCL: equal texts of one kind mean the same. */
  readonly reading?: string;
}

/** An object, a block that is read as one, or a function that makes one of others. */
export class HclObjectNode extends HclContainer implements ObjectNode {
  readonly kind = 'object';
  readonly blanks = 0;
  readonly #traits: ObjectTraits;
  #members: readonly MemberNode[] | undefined;

  constructor(context: HclContext, range: Range, parent: Parent, traits: ObjectTraits) {
    super(context, range, parent, traits.closed);
    this.#traits = traits;
  }

  get members(): readonly MemberNode[] {
    this.#members ??= this.#traits.members(this);
    return this.#members;
  }

  get isCall(): boolean {
    return this.#traits.isCall === true;
  }

  /** The same letters mean something else in JSON, and where a function replaces some of them. */
  get text(): string | undefined {
    if (this.context.replaced !== undefined) {
      return undefined;
    }
    return `${this.#traits.reading ?? 'hcl'} ${this.source.text.slice(this.start, this.end)}`;
  }
}

/** What stands between the braces of a block, which is no value: nothing else can be written in its place. */
export class HclBlockBody extends HclObjectNode {}

interface ListTraits {
  readonly items: (list: ArrayNode) => readonly SyntaxNode[];
  readonly closed?: boolean;
}

abstract class HclList extends HclContainer implements ArrayNode {
  readonly kind = 'array';
  readonly #make: (list: ArrayNode) => readonly SyntaxNode[];
  #items: readonly SyntaxNode[] | undefined;

  constructor(context: HclContext, range: Range, parent: Parent, { items, closed = true }: ListTraits) {
    super(context, range, parent, closed);
    this.#make = items;
  }

  get items(): readonly SyntaxNode[] {
    this.#items ??= this.#make(this);
    return this.#items;
  }
}

/** A list that is written as one, or that functions make of such. */
export class HclArray extends HclList {}

/** A list that is made up of nodes of any origin: the arguments of a function, or blocks of one kind. */
export class HclFunctionList extends HclList {}

/** An expression, as an object that calls the function of that name. */
export class HclFunction extends HclContainer implements ObjectNode {
  readonly kind = 'object';
  readonly blanks = 0;
  readonly members: readonly MemberNode[];

  constructor(
    context: HclContext,
    range: Range,
    name: string,
    parent: Parent,
    argument: (member: MemberNode) => SyntaxNode,
  ) {
    super(context, range, parent, true);
    this.members = [
      new HclMember(context, this, {
        start: range.start,
        end: range.end,
        key: (member) => new HclString(context, range, member, { name, isImplied: true }),
        value: argument,
      }),
    ];
  }

  get text(): string | undefined {
    if (this.context.replaced !== undefined) {
      return undefined;
    }
    return `hcl ${this.source.text.slice(this.start, this.end)}`;
  }
}
