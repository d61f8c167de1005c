import type { JsonTape } from './jsonTape';
import type { ArrayNode, MemberNode, SourceText, Span, StringNode } from './nodes';
import { spanIn } from './stringSpans';

/** A string of JSON: what its escapes stand for, and where. */
export class JsonString implements StringNode {
  readonly kind = 'string';
  readonly parent: MemberNode | ArrayNode | undefined;
  readonly #tape: JsonTape;
  readonly #at: number;
  #value: string | undefined = undefined;

  constructor(tape: JsonTape, at: number, parent: MemberNode | ArrayNode | undefined) {
    this.#tape = tape;
    this.#at = at;
    this.parent = parent;
  }

  get value(): string {
    this.#value ??= this.#tape.text(this.#at);
    return this.#value;
  }

  get source(): SourceText {
    return this.#tape.source;
  }

  get closed(): boolean {
    return this.#tape.isClosed(this.#at);
  }

  get span(): Span {
    return spanIn(this.source, this.#tape.start(this.#at), this.#tape.end(this.#at));
  }

  get content(): Span {
    return spanIn(this.source, Math.min(this.#contentStart, this.#tape.end(this.#at)), this.#contentEnd);
  }

  offsetAt(index: number): number {
    return this.source.offsetAt(this.#tokenIndex(index));
  }

  indexAt(offset: number): number {
    const { source } = this;
    const end = this.#contentEnd;
    let index = 0;
    for (let at = this.#contentStart; at < end; ) {
      const step = stepAt(source.text, at);
      if (source.offsetAt(Math.min(step.next, end)) > offset) {
        return index;
      }
      index += step.units;
      at = step.next;
    }
    return index;
  }

  offsetTable(): Int32Array {
    const { source, value } = this;
    const offsets = new Int32Array(value.length + 1);
    const end = this.#contentEnd;
    let index = 0;
    for (let at = this.#contentStart; at < end; ) {
      const step = stepAt(source.text, at);
      if (step.units > 0) {
        offsets[index] = source.offsetAt(at);
        index += 1;
      }
      at = step.next;
    }
    offsets[value.length] = source.offsetAt(end);
    return offsets;
  }

  encode(text: string): string {
    return this.source.encode(JSON.stringify(text).slice(1, -1));
  }

  /** Where a code unit of the value begins in the source. */
  #tokenIndex(index: number): number {
    const start = this.#contentStart;
    const end = this.#contentEnd;
    // Without escapes the content is the value, letter by letter: nearly every string of a policy.
    if (end - start === this.value.length) {
      return start + Math.min(index, this.value.length);
    }
    const { text } = this.source;
    let at = start;
    for (let seen = 0; at < end; ) {
      const step = stepAt(text, at);
      if (seen >= index && step.units > 0) {
        break;
      }
      seen += step.units;
      at = step.next;
    }
    return Math.min(at, end);
  }

  get #contentStart(): number {
    return this.#tape.start(this.#at) + 1;
  }

  get #contentEnd(): number {
    const end = this.#tape.end(this.#at);
    return this.closed ? end - 1 : end;
  }
}

/**
 * The next code unit of a value and where it ends in the source. A faulty escape gives none: jsonc-parser
 * drops it from the value, and so must the map. Of a character of two code units behind the backslash it drops the first.
 */
function stepAt(text: string, at: number): { readonly next: number; readonly units: 0 | 1 } {
  if (text.charCodeAt(at) !== BACKSLASH) {
    return { next: at + 1, units: 1 };
  }
  const escaped = text.charAt(at + 1);
  if (escaped === 'u') {
    const digits = /^[0-9a-fA-F]{0,4}/.exec(text.slice(at + 2, at + 6))?.[0].length ?? 0;
    return { next: at + 2 + digits, units: digits === 4 ? 1 : 0 };
  }
  if (/^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at + 1, at + 3))) {
    return { next: at + 3, units: 1 };
  }
  return { next: at + 2, units: '"\\/bfnrt'.includes(escaped) && escaped !== '' ? 1 : 0 };
}

const BACKSLASH = 0x5c;
