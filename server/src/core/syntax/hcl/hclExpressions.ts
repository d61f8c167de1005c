import { CLOSE_BRACKET, CLOSE_PAREN, type HclCursor, isCloser } from './hclCursor';
import type { HclExpression, HclName, HclObject, HclPair, HclTemplate } from './hclSyntax';
import {
  behindNumber,
  behindWord,
  CLOSE_BRACE,
  isDigit,
  isWordStart,
  OPEN_BRACE,
  QUOTE,
  quotedExtent,
  sequenceEnd,
} from './hclText';
import { Heredocs } from './heredocs';

/** Nesting deeper than this is no policy's, and it bounds every recursion. */
export const MAX_DEPTH = 128;

const COMMA = 0x2c;
export const EQUALS = 0x3d;
export const COLON = 0x3a;
const QUESTION = 0x3f;
const DOT = 0x2e;
export const OPEN_PAREN = 0x28;
export const OPEN_BRACKET = 0x5b;
const LESS = 0x3c;
const MINUS = 0x2d;
const BANG = 0x21;

/** Reads the expressions of HCL where a cursor is, and leaves it behind them. */
export class HclExpressions {
  readonly #cursor: HclCursor;
  readonly #heredocs: Heredocs;
  #depth = 0;

  constructor(cursor: HclCursor) {
    this.#cursor = cursor;
    this.#heredocs = new Heredocs(cursor.text);
  }

  /** What an attribute's value is, on its line. */
  value(): HclExpression | undefined {
    const around = this.#cursor.overLines;
    this.#cursor.overLines = false;
    const value = this.#expression();
    this.#cursor.overLines = around;
    return value;
  }

  /** Behind a value that has just been read, with the brackets or quotes around it. */
  endOf(value: HclExpression): number;
  endOf(value: HclExpression | undefined): number | undefined;
  endOf(value: HclExpression | undefined): number | undefined {
    return value === undefined ? undefined : Math.max(value.end, this.#cursor.behind);
  }

  #expression(): HclExpression | undefined {
    if (this.#depth > MAX_DEPTH) {
      return undefined;
    }
    this.#depth += 1;
    const expression = this.#conditional();
    this.#depth -= 1;
    return expression;
  }

  #conditional(): HclExpression | undefined {
    const first = this.#operation();
    const code = this.#cursor.next(this.#cursor.overLines);
    if (first === undefined || code !== QUESTION) {
      return first;
    }
    this.#cursor.at += 1;
    const behind = this.#cursor.at;
    // The parts of a conditional may stand on lines of their own only in brackets.
    const yes = this.#expression();
    if (this.#cursor.next(this.#cursor.overLines) === COLON) {
      this.#cursor.at += 1;
    }
    const no = this.#expression();
    const branches = [yes, no].filter((branch) => branch !== undefined);
    return {
      kind: 'conditional',
      start: first.start,
      end: this.endOf(branches.at(-1)) ?? behind,
      branches,
    };
  }

  /** Operands and the operators between them. */
  #operation(): HclExpression | undefined {
    const start = this.#cursor.skipTo();
    let isPlain = !this.#skipPrefix();
    const first = this.#operand();
    if (first === undefined) {
      return undefined;
    }
    const parts: HclExpression[] = [first];
    let end = this.endOf(first);
    for (let length = this.#operatorLength(); length > 0; length = this.#operatorLength()) {
      isPlain = false;
      this.#cursor.at += length;
      const behind = this.#cursor.at;
      this.#skipPrefix();
      const operand = this.#operand();
      end = this.endOf(operand) ?? behind;
      if (operand === undefined) {
        break;
      }
      parts.push(operand);
    }
    if (isPlain) {
      return first;
    }
    // What is half-typed behind a number, or before it, is none.
    if (first.kind === 'number' && !Number.isNaN(Number(this.#cursor.text.slice(start, end)))) {
      return { kind: 'number', start, end };
    }
    return { kind: 'other', start, end, parts };
  }

  #skipPrefix(): boolean {
    let found = false;
    for (
      let code = this.#cursor.next(this.#cursor.overLines);
      code === MINUS || (code === BANG && this.#cursor.text.charCodeAt(this.#cursor.at + 1) !== EQUALS);
      code = this.#cursor.next(this.#cursor.overLines)
    ) {
      this.#cursor.at += 1;
      found = true;
    }
    return found;
  }

  #operatorLength(): number {
    const code = this.#cursor.next(this.#cursor.overLines);
    return OPERATOR_STARTS.has(code)
      ? (OPERATOR.exec(this.#cursor.text.slice(this.#cursor.at, this.#cursor.at + 2))?.[0].length ?? 0)
      : 0;
  }

  /** A term with what is asked of it: names, indexes and splats. */
  #operand(): HclExpression | undefined {
    const start = this.#cursor.skipTo();
    if (this.#cursor.brackets > MAX_DEPTH || this.#cursor.isBehind()) {
      return undefined;
    }
    const term = this.#term();
    if (term === undefined) {
      return undefined;
    }
    let isAsked = false;
    let isBare = term.kind === 'reference';
    const parts: HclExpression[] = [];
    for (;;) {
      const code = this.#cursor.text.charCodeAt(this.#cursor.at);
      if (code === DOT && this.#cursor.text.charCodeAt(this.#cursor.at + 1) !== DOT) {
        this.#cursor.at += 1;
        const next = this.#cursor.text.charCodeAt(this.#cursor.at);
        this.#cursor.at =
          next === 0x2a
            ? this.#cursor.at + 1
            : Math.max(behindWord(this.#cursor.text, this.#cursor.at), this.#cursor.at);
      } else if (code === OPEN_BRACKET) {
        const index = this.#index();
        isBare &&= index.every(({ kind }) => kind === 'number' || kind === 'template');
        parts.push(...index);
      } else {
        break;
      }
      isAsked = true;
    }
    if (!isAsked || (isBare && parts.every(({ kind }) => kind !== 'other'))) {
      return isAsked ? { kind: 'reference', start, end: this.#cursor.at } : term;
    }
    return { kind: 'other', start, end: this.#cursor.at, parts: [term, ...parts] };
  }

  /** `[0]`, `["a"]`, `[each.key]` or `[*]`. */
  #index(): readonly HclExpression[] {
    this.#cursor.open(CLOSE_BRACKET);
    const behind = this.#cursor.at;
    this.#cursor.overLines = true;
    if (this.#cursor.next(true) === 0x2a) {
      this.#cursor.at += 1;
      this.#cursor.next(true);
      this.#cursor.close(CLOSE_BRACKET);
      return [];
    }
    const index = this.#expression();
    const end = this.endOf(index) ?? behind;
    if (!this.#cursor.close(CLOSE_BRACKET)) {
      this.#cursor.at = end;
    }
    return index === undefined ? [] : [index];
  }

  #term(): HclExpression | undefined {
    const start = this.#cursor.at;
    const code = this.#cursor.text.charCodeAt(start);
    if (this.#cursor.isAtEnd) {
      return undefined;
    }
    if (code === QUOTE) {
      return this.#quoted();
    }
    if (isWordStart(code)) {
      return this.#word();
    }
    if (isDigit(code)) {
      this.#cursor.at = behindNumber(this.#cursor.text, start);
      return { kind: 'number', start, end: this.#cursor.at };
    }
    switch (code) {
      case OPEN_BRACE:
        return this.#object();
      case OPEN_BRACKET:
        return this.#tuple();
      case OPEN_PAREN: {
        this.#cursor.open(CLOSE_PAREN);
        this.#cursor.overLines = true;
        const inner = this.#expression();
        this.#cursor.close(CLOSE_PAREN);
        return inner ?? { kind: 'other', start, end: this.#cursor.at, parts: [] };
      }
      case LESS:
        return this.#heredoc();
      default:
        return undefined;
    }
  }

  #quoted(): HclExpression {
    const start = this.#cursor.at;
    const { end, closed } = quotedExtent(this.#cursor.text, start);
    if (!closed) {
      this.#cursor.noteBroken(start);
    }
    const template: HclTemplate = {
      kind: 'template',
      style: 'quoted',
      start,
      end,
      from: start + 1,
      to: closed ? end - 1 : end,
      closed,
    };
    // `"${expression}"` is what the expression is (HCL native syntax specification, "Template Unwrapping").
    if (
      closed &&
      this.#cursor.text.startsWith('${', start + 1) &&
      sequenceEnd(this.#cursor.text, start + 1) === end - 1
    ) {
      const inner = this.#unwrapped(start + 3, end - 2);
      this.#cursor.at = end;
      this.#cursor.behind = end;
      return inner === undefined || inner.kind === 'template' || inner.kind === 'number'
        ? template
        : inner.kind === 'reference' || inner.kind === 'other'
          ? { ...inner, start, end }
          : inner;
    }
    this.#cursor.at = end;
    return template;
  }

  #unwrapped(from: number, to: number): HclExpression | undefined {
    const overLines = this.#cursor.overLines;
    this.#cursor.overLines = true;
    this.#cursor.at = from;
    const inner = this.#expression();
    const isAll = this.#cursor.at >= to;
    this.#cursor.overLines = overLines;
    return isAll ? inner : undefined;
  }

  #heredoc(): HclTemplate | undefined {
    const start = this.#cursor.at;
    const extent = this.#heredocs.at(start);
    if (extent === undefined) {
      return undefined;
    }
    const { from, to, end, closed, indented } = extent;
    if (!closed) {
      this.#cursor.noteBroken(start);
    }
    this.#cursor.at = end;
    return {
      kind: 'template',
      style: indented ? 'indented-heredoc' : 'heredoc',
      start,
      end,
      from,
      to,
      closed,
    };
  }

  #word(): HclExpression {
    const start = this.#cursor.at;
    let end = behindWord(this.#cursor.text, start);
    // Functions of providers have names with colons.
    while (this.#cursor.text.startsWith('::', end) && isWordStart(this.#cursor.text.charCodeAt(end + 2))) {
      end = behindWord(this.#cursor.text, end + 2);
    }
    this.#cursor.at = end;
    if (this.#cursor.text.charCodeAt(end) === OPEN_PAREN) {
      return this.#call(start, this.#cursor.text.slice(start, end));
    }
    const word = this.#cursor.text.slice(start, end);
    switch (word) {
      case 'true':
      case 'false':
        return { kind: 'boolean', start, end };
      case 'null':
        return { kind: 'null', start, end };
      default:
        return { kind: 'reference', start, end };
    }
  }

  #call(start: number, name: string): HclExpression {
    this.#cursor.open(CLOSE_PAREN);
    const behind = this.#cursor.at;
    const args = this.#list();
    const closed = this.#cursor.close(CLOSE_PAREN);
    const end = closed ? this.#cursor.at : this.#cursor.trimmedEnd(behind, this.endOf(args.at(-1)));
    return { kind: 'call', start, end, name, args };
  }

  #tuple(): HclExpression {
    const start = this.#cursor.at;
    this.#cursor.open(CLOSE_BRACKET);
    if (this.#isFor()) {
      return this.#for(start, CLOSE_BRACKET);
    }
    const items = this.#list();
    const closed = this.#cursor.close(CLOSE_BRACKET);
    const end = closed ? this.#cursor.at : this.#cursor.trimmedEnd(start + 1, this.endOf(items.at(-1)));
    return { kind: 'tuple', start, end, items, closed };
  }

  /** Expressions with commas between them, up to a closing bracket. */
  #list(): readonly HclExpression[] {
    this.#cursor.overLines = true;
    const items: HclExpression[] = [];
    while (this.#cursor.toNext()) {
      const code = this.#cursor.text.charCodeAt(this.#cursor.at);
      const item = code === COMMA ? undefined : this.#expression();
      if (item === undefined) {
        if (code === EQUALS) {
          this.#cursor.noteBroken(this.#cursor.at);
        }
        this.#cursor.at += isCloser(this.#cursor.text.charCodeAt(this.#cursor.at)) ? 0 : 1;
      } else {
        items.push(item);
      }
    }
    return items;
  }

  /** Whether `for` stands behind an opening bracket. */
  #isFor(): boolean {
    this.#cursor.next(true);
    return (
      this.#cursor.text.startsWith('for', this.#cursor.at) &&
      /\s/.test(this.#cursor.text.charAt(this.#cursor.at + 3))
    );
  }

  #for(start: number, closer: number): HclExpression {
    const makes = closer === CLOSE_BRACKET ? 'tuple' : 'object';
    this.#cursor.overLines = true;
    this.#cursor.at += 3;
    // The names, `in` and the collection.
    this.#skipToColon();
    let body = this.#expression();
    if (this.#cursor.text.startsWith('=>', this.#cursor.at)) {
      this.#cursor.at += 2;
      body = this.#expression();
    }
    while (this.#cursor.next(true) === DOT) {
      this.#cursor.at += 1;
    }
    const condition = behindWord(this.#cursor.text, this.#cursor.at);
    if (this.#cursor.text.slice(this.#cursor.at, condition) === 'if') {
      this.#cursor.at = condition;
      this.#expression();
    }
    const closed = this.#cursor.close(closer);
    const end = closed ? this.#cursor.at : this.#cursor.trimmedEnd(start + 1, this.endOf(body));
    return { kind: 'for', start, end, makes, body };
  }

  #skipToColon(): void {
    for (;;) {
      const code = this.#cursor.next(true);
      if (this.#cursor.isAtEnd || isCloser(code) || this.#cursor.isBehind()) {
        return;
      }
      if (code === COLON) {
        this.#cursor.at += 1;
        return;
      }
      const before = this.#cursor.at;
      this.#expression();
      this.#cursor.at += this.#cursor.at === before ? 1 : 0;
    }
  }

  #object(): HclExpression {
    const start = this.#cursor.at;
    this.#cursor.open(CLOSE_BRACE);
    if (this.#isFor()) {
      return this.#for(start, CLOSE_BRACE);
    }
    const pairs: HclPair[] = [];
    let hasWhole = true;
    while (this.#cursor.toNext()) {
      const code = this.#cursor.text.charCodeAt(this.#cursor.at);
      const pair = code === COMMA ? undefined : this.#pair();
      if (pair === undefined) {
        this.#cursor.at += 1;
      } else {
        hasWhole &&= pair.value !== undefined;
        pairs.push(pair);
      }
    }
    const isClosed = this.#cursor.close(CLOSE_BRACE);
    const end = isClosed ? this.#cursor.at : this.#cursor.trimmedEnd(start + 1, pairs.at(-1)?.end);
    const object: HclObject = { kind: 'object', start, end, pairs, closed: isClosed && hasWhole };
    return object;
  }

  #pair(): HclPair | undefined {
    const start = this.#cursor.at;
    const code = this.#cursor.text.charCodeAt(start);
    let key: HclName | HclExpression | undefined;
    if (isWordStart(code)) {
      const word = this.#cursor.name();
      // `(var.a) = …` needs its parentheses, but a traversal without them is written too.
      const behind = this.#cursor.text.charCodeAt(this.#cursor.at);
      if (behind === DOT || behind === OPEN_PAREN || behind === OPEN_BRACKET) {
        this.#cursor.at = start;
        key = this.#operand();
      } else {
        key = word;
      }
    } else {
      key = this.#operand();
    }
    if (key === undefined) {
      return undefined;
    }
    const next = this.#cursor.next(false);
    if (next !== COLON && next !== EQUALS) {
      return { start, end: key.end, key, value: undefined };
    }
    const behind = this.#cursor.at + 1;
    this.#cursor.at = behind;
    const value = this.value();
    return { start, end: this.endOf(value) ?? key.end, key, value };
  }
}

const OPERATOR_STARTS: ReadonlySet<number> = new Set([...'=!<>&|*/%+-'].map((each) => each.charCodeAt(0)));
const OPERATOR = /^(?:==|!=|<=|>=|&&|\|\||[*/%+-]|<(?!<)|>)/;
