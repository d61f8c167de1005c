import type { CST } from 'yaml';
import { firstIndex } from '../../pattern/bisect';
import type { ArrayNode, MemberNode, SourceText, Span, StringNode } from '../nodes';
import { spanIn } from '../stringSpans';
import {
  blockScalar,
  encodeScalar,
  type FlowStyle,
  flowScalar,
  isEscaped,
  isVerbatim,
  type ScalarStyle,
} from './yamlScalars';
import { bodyOf, headerOf, type ScalarToken, tokenSpan } from './yamlTokens';

/** A scalar's value, and from where in the document each of its code units comes. */
interface ReadScalar {
  readonly value: string;
  /** By how much the lines of a block scalar are moved in. */
  readonly indent: number;
  /** Where the value begins in the source; from there on it stands letter by letter, unless there is a table. */
  readonly from: number;
  /** Document offsets, one more than the value is long. */
  readonly table?: Int32Array;
}

/** A scalar, or the tag that stands for the name of a function. */
export class YamlString implements StringNode {
  readonly kind = 'string';
  readonly parent: MemberNode | ArrayNode | undefined;
  readonly source: SourceText;
  readonly #token: ScalarToken;
  readonly #name: string | undefined;
  #read: ReadScalar | undefined;

  /** @param name what a tag reads as */
  constructor(
    source: SourceText,
    token: ScalarToken,
    parent: MemberNode | ArrayNode | undefined,
    name?: string,
  ) {
    this.source = source;
    this.#token = token;
    this.parent = parent;
    this.#name = name;
  }

  get value(): string {
    return this.#name ?? this.#scalar.value;
  }

  get span(): Span {
    return tokenSpan(this.source, this.#token);
  }

  get content(): Span {
    if (this.#token.type === 'block-scalar') {
      const { value } = this.#scalar;
      return { start: this.offsetAt(0), end: this.offsetAt(value.length) };
    }
    const [from, to] = this.#inside;
    return spanIn(this.source, from, to);
  }

  get closed(): boolean {
    const { type, source } = this.#token;
    return type === 'single-quoted-scalar' || type === 'double-quoted-scalar'
      ? isClosed(source)
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
        return 'block';
      default: {
        // A plain scalar that begins with a quote is a quoted one that lacks its end.
        const first = this.#name === undefined ? this.source.text.charAt(this.#token.offset) : '';
        return first === '"' ? 'double' : first === "'" ? 'single' : 'plain';
      }
    }
  }

  offsetAt(index: number): number {
    if (this.#name !== undefined) {
      return index >= this.#name.length ? this.span.end : this.span.start;
    }
    const { value, from, table } = this.#scalar;
    const at = Math.max(0, Math.min(index, value.length));
    return table?.[at] ?? this.source.offsetAt(from + at);
  }

  indexAt(offset: number): number {
    if (this.#name !== undefined) {
      return offset >= this.span.end ? this.#name.length : 0;
    }
    // The last code unit that begins at the offset or before it.
    return firstIndex(this.#scalar.value.length, (index) => this.offsetAt(index + 1) > offset);
  }

  offsetTable(): Int32Array {
    return (
      this.#scalar.table ??
      Int32Array.from({ length: this.value.length + 1 }, (_, index) => this.offsetAt(index))
    );
  }

  encode(text: string): string {
    const encoded = encodeScalar(text, this.style, this.#scalar.indent);
    return this.source.encode(encoded ?? text);
  }

  get #inside(): readonly [number, number] {
    const { offset, source } = this.#token as CST.FlowScalar;
    const quotes = this.style === 'plain' ? 0 : 1;
    return [offset + quotes, offset + source.length - (this.closed ? quotes : 0)];
  }

  get #scalar(): ReadScalar {
    this.#read ??= this.#readScalar();
    return this.#read;
  }

  #readScalar(): ReadScalar {
    const { text } = this.source;
    const token = this.#token;
    if (token.type === 'block-scalar') {
      const from = bodyOf(token);
      const header = headerOf(token);
      const to = from + token.source.length;
      const { value, offsets, indent } = blockScalar(text, { header, from, to, parentIndent: token.indent });
      return { value, indent, from, table: this.#inDocument(offsets) };
    }
    const [from, to] = this.#inside;
    const style = this.style as FlowStyle;
    const written = text.slice(from, to);
    if (isVerbatim(written, style)) {
      return { value: written, indent: 0, from };
    }
    const { value, offsets } = flowScalar(text, from, to, style);
    return { value, indent: 0, from, table: this.#inDocument(offsets) };
  }

  #inDocument(offsets: Int32Array): Int32Array {
    return offsets.map((index) => this.source.offsetAt(index));
  }
}

/** Whether what begins with a quote ends with one that is no part of the text, as those of `''` and `\"` are. */
function isClosed(source: string): boolean {
  const quote = source.charAt(0);
  const body = source.slice(1);
  return body.endsWith(quote) && !isEscaped(body, body.length - 1, quote === '"' ? '\\' : quote);
}
