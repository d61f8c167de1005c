import { firstIndex } from '../../pattern/bisect';
import type { ArrayNode, MemberNode, SourceText, Span, StringNode } from '../nodes';
import { spanIn } from '../stringSpans';
import type { HclTemplate } from './hclSyntax';
import {
  type Dialect,
  encodeTemplate,
  holesOf,
  isPlain,
  type TemplateValue,
  templateValue,
} from './hclTemplates';

/** What the nodes of one text share. */
export interface HclContext {
  readonly source: SourceText;
  /** Whether arguments of the data source that nobody knows are kept, for whoever types one. */
  readonly keepsUnknown?: boolean;
  /** The letters that a function puts something else in the place of: they read as holes. */
  readonly replaced?: readonly string[] | undefined;
}

/** The dialect of everything but the data source of policies. */
export const PLAIN_DIALECT: Dialect = { hasAmpersands: false };
export const DOCUMENT_DIALECT: Dialect = { hasAmpersands: true };

/** How a string is written. */
export type HclStringStyle = HclTemplate['style'] | 'word' | 'implied';

/**
 * A string of HCL: a template, or a word. A word may stand for another, as `actions` does for Action, and then its value is
 * the other.
 */
export class HclString implements StringNode {
  readonly kind = 'string';
  readonly parent: MemberNode | ArrayNode | undefined;
  readonly style: HclStringStyle;
  readonly dialect: Dialect;
  /** Indexes into the source's text. */
  readonly start: number;
  readonly end: number;
  readonly closed: boolean;
  readonly #context: HclContext;
  readonly #template: HclTemplate | undefined;
  /** What it reads as, where that is not what is written. */
  readonly #name: string | undefined;
  /** Null where it stands letter for letter, or reads as something else. */
  #read: TemplateValue | null | undefined;
  #value: string | undefined;

  constructor(
    context: HclContext,
    written: HclTemplate | { readonly start: number; readonly end: number },
    parent: MemberNode | ArrayNode | undefined,
    { dialect = PLAIN_DIALECT, name, isImplied = false }: StringTraits = {},
  ) {
    this.#context = context;
    this.parent = parent;
    this.start = written.start;
    this.end = written.end;
    this.#template = 'style' in written ? written : undefined;
    this.style = this.#template?.style ?? (isImplied ? 'implied' : 'word');
    this.closed = this.#template?.closed ?? true;
    this.dialect = dialect;
    this.#name = name;
  }

  get value(): string {
    this.#value ??= this.#name ?? this.#written();
    return this.#value;
  }

  /** Whether it reads as another word than is written. */
  get isRenamed(): boolean {
    return this.#name !== undefined;
  }

  get source(): SourceText {
    return this.#context.source;
  }

  get span(): Span {
    return spanIn(this.source, this.start, this.end);
  }

  get content(): Span {
    const { from, to } = this.#inside;
    return spanIn(this.source, from, to);
  }

  /** Whether expressions write parts of it that no string holds. */
  get hasDirectives(): boolean {
    return this.#decoded?.hasDirectives === true;
  }

  get isPartial(): boolean {
    return this.#decoded?.isPartial === true;
  }

  offsetAt(index: number): number {
    const { from, to } = this.#inside;
    if (this.#name !== undefined) {
      return this.source.offsetAt(index >= this.#name.length ? to : from);
    }
    if (this.#decoded === null) {
      return this.source.offsetAt(Math.max(from, Math.min(to, from + index)));
    }
    const { offsets } = this.#decoded;
    return this.source.offsetAt(offsets[Math.max(0, Math.min(index, offsets.length - 1))] ?? from);
  }

  indexAt(offset: number): number {
    // The last code unit that begins at the offset or before it.
    return firstIndex(this.value.length, (index) => this.offsetAt(index + 1) > offset);
  }

  offsetTable(): Int32Array {
    return this.#decoded !== null
      ? this.#decoded.offsets.map((index) => this.source.offsetAt(index))
      : Int32Array.from({ length: this.value.length + 1 }, (_, index) => this.offsetAt(index));
  }

  encode(text: string): string {
    const style = this.#template?.style ?? 'quoted';
    return this.source.encode(
      encodeTemplate(text, style, this.dialect, holesOf(this.source), this.#decoded?.indentation),
    );
  }

  get #inside(): { readonly from: number; readonly to: number } {
    return this.#template ?? { from: this.start, to: this.end };
  }

  get #decoded(): TemplateValue | null {
    if (this.#read === undefined) {
      const template = this.#template;
      const { text } = this.source;
      const { replaced = [] } = this.#context;
      this.#read =
        template === undefined ||
        this.#name !== undefined ||
        (replaced.length === 0 && isPlain(text, template))
          ? null
          : templateValue(text, template, this.dialect, holesOf(this.source), replaced);
    }
    return this.#read;
  }

  #written(): string {
    const { from, to } = this.#inside;
    return this.#decoded?.value ?? this.source.text.slice(from, to);
  }
}

export interface StringTraits {
  readonly dialect?: Dialect;
  /** What it reads as, whatever is written. */
  readonly name?: string;
  /** Whether it stands nowhere and lies on what implies it. */
  readonly isImplied?: boolean;
}
